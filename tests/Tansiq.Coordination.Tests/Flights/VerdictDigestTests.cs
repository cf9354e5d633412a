using CsCheck;
using NodaTime;
using Shouldly;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Flights.Deciding;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Tests.Situations;
using Xunit;

namespace Tansiq.Coordination.Tests.Flights;

[Trait("Requirement", "FLT-3")]
public sealed class VerdictDigestTests
{
    /// <summary>The bytes of docs/formats/verdicts.md, written by hand and hashed by another program.</summary>
    [Fact]
    public void Of_VerdictWithoutReasons_IsTheDocumentedBytes() => VerdictDigest.Of(Plain()).Hex.ShouldBe(PlainHex);

    [Fact]
    public void Of_VerdictsOfRandomRecords_AreTheSameExactlyIfTheySayTheSame() => RandomRecord.Sayings.Sample(
        sayings =>
        {
            var record = RandomRecord.Begin();
            foreach (var saying in sayings) RandomRecord.Say(record, saying);
            var situation = record.Latest;
            var verdicts = situation.Notices.Values.Select(notice => Decide.Flight(situation, FlightInQuestion.OnRecord(notice))).Take(12).ToList();
            foreach (var first in verdicts)
            {
                VerdictDigest.Of(first with { JointSize = 0 }).ShouldBe(VerdictDigest.Of(first), "the joint size may differ between nodes");
                VerdictDigest.Of(first with { KnownAtSize = first.KnownAtSize + 1 }).ShouldNotBe(VerdictDigest.Of(first));
                VerdictDigest.Of(first with { ValidAt = first.ValidAt + Duration.Epsilon }).ShouldNotBe(VerdictDigest.Of(first));
                foreach (var second in verdicts) (VerdictDigest.Of(first) == VerdictDigest.Of(second)).ShouldBe(first.SaysTheSame(second));
            }
        },
        iter: 40);

    private const string PlainHex = "ea88b3af93f7699ec5024bb41fdb94c83b6f43eaa26a4876011167eea1e80a6a";

    private static Verdict Plain() => new()
    {
        Kind = VerdictKind.NoObjection,
        ConsentOf = [],
        Reasons = [],
        KnownAtSize = 258,
        JointSize = 3,
        ValidAt = Instant.FromUnixTimeSeconds(86_401),
        RulesVersion = 1,
        RecordKind = RecordKind.Exercise,
    };
}
