using System.Text;
using CsCheck;
using NodaTime;
using NodaTime.Text;
using Tansiq.Feeds.Positions;

namespace Tansiq.Feeds.Tests.Positions;

public sealed class ReportTimeTests
{
    private static readonly Gen<Instant> Times = Gen.Long[ReportTime.Earliest.ToUnixTimeSeconds(), ReportTime.End.ToUnixTimeSeconds() - 1]
        .SelectMany(seconds => Gen.Int[0, 999_999_999].Select(nanoseconds => Instant.FromUnixTimeSeconds(seconds).PlusNanoseconds(nanoseconds)));

    [Fact]
    public void FromUsualIso_TimeInItsUsualForm_IsThatTime() =>
        Gen.Select(Times, Gen.Int[0, 9], Gen.Bool).Sample((time, digits, isBlank) =>
        {
            var pattern = InstantPattern.CreateWithInvariantCulture($"uuuu-MM-dd{(isBlank ? "' '" : "'T'")}HH:mm:ss{(digits == 0 ? "" : "." + new string('f', digits))}'Z'");
            var text = pattern.Format(time);
            ReportTime.FromUsualIso(Encoding.ASCII.GetBytes(text)).ShouldBe(pattern.Parse(text).Value);
        });

    [Fact]
    public void FromUsualIso_MutatedTime_IsReadAsTheWholeFormIsOrNotAtAll()
    {
        const string characters = "0123456789-:.,TZ +";
        var mutation = Gen.Select(Gen.Int[0, 29], Gen.Int[0, characters.Length - 1]);
        Gen.Select(Times, mutation.Array[1, 3], Gen.Int[18, 31]).Sample(
            (time, mutations, length) =>
            {
                var text = InstantPattern.ExtendedIso.Format(time).ToCharArray();
                foreach (var (at, character) in mutations) text[Math.Min(at, text.Length - 1)] = characters[character];
                var bytes = Encoding.ASCII.GetBytes(text.Take(length).ToArray());
                if (ReportTime.FromUsualIso(bytes) is { } read) read.ShouldBe(ReportTime.FromAnyIso(bytes).ShouldNotBeNull());
            },
            iter: 20_000);
    }
}
