using System.Text;
using CsCheck;
using Tansiq.Feeds.Positions;

namespace Tansiq.Feeds.Tests.Positions;

/// <summary>Whatever the bytes are: no exception, no more records than there is room for, at most one fatal refusal and that the last.</summary>
public sealed class PositionFuzzTests
{
    private static readonly byte[] Json = Encoding.UTF8.GetBytes(Feed.Array(
        """{"timestamp":1533101250000,"altitude":34975.0,"callsign":"DLH8JW","groundspeed":443.48,"icao24":"3003ae","latitude":45.81,"longitude":9.22,"onground":false}""",
        """{"time":"2018-08-01T05:27:30Z","baroaltitude":null,"callsign":"\u0041\"","velocity":1e2,"icao24":"a","lat":-45.81,"lon":-9.22,"x":[1,{"y":"]"}]}"""));

    private static readonly byte[] Csv = Encoding.UTF8.GetBytes(
        Feed.StateHeader + "\r\n1533101250,3003ae,45.81,9.22,228.16,324.2,4.8,\"DLH,\"\"8\",False,False,False,1000,10660.38,10668.0,1,1\n1533101251.5,a,,,,,,,,,,,,,,\n");

    private static readonly string[] Tokens =
        ["[", "]", "{", "}", ",", ":", "\"", "\\", "\"latitude\"", "1", "-", "NaN", "null", " ", "\\ud800", "\u00e9", "\"time\":"];

    [Fact]
    public void Read_RandomBytes_NeverThrows() => Gen.Byte.Array[0, 300].Sample(Check, iter: 3_000);

    [Fact]
    public void Read_RandomTokensOfJson_NeverThrows() =>
        Gen.Int[0, Tokens.Length - 1].Array[0, 40].Sample(tokens => Check(Encoding.UTF8.GetBytes("[" + string.Concat(tokens.Select(token => Tokens[token])))), iter: 5_000);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_MutatedAndTruncated_NeverThrows(bool isJson)
    {
        var original = isJson ? Json : Csv;
        var mutation = Gen.Select(Gen.Int[0, original.Length - 1], Gen.Byte, Gen.Int[0, 2]);
        Gen.Select(mutation.Array[1, 5], Gen.Int[0, original.Length * 2]).Sample(
            (mutations, end) =>
            {
                var bytes = original.ToList();
                foreach (var (at, value, kind) in mutations)
                {
                    if (kind == 0) bytes[Math.Min(at, bytes.Count - 1)] = value;
                    else if (kind == 1) bytes.Insert(Math.Min(at, bytes.Count), value);
                    else bytes.RemoveAt(Math.Min(at, bytes.Count - 1));
                }

                Check([.. bytes.Take(end)]);
            },
            iter: 3_000);
    }

    [Fact]
    public void Read_MutatedGzip_NeverThrows()
    {
        var gzip = Feed.Gzip(Encoding.UTF8.GetString(Json));
        Gen.Select(Gen.Int[0, gzip.Length - 1], Gen.Byte).Array[1, 4].Sample(
            mutations =>
            {
                var bytes = gzip.ToArray();
                foreach (var (at, value) in mutations) bytes[at] = value;
                Check(bytes);
            },
            iter: 2_000);
    }

    private static void Check(byte[] bytes)
    {
        var records = Feed.Read(bytes);
        records.Count.ShouldBeLessThanOrEqualTo(10_000);
        records.SkipLast(1).Any(r => r.Content.Refusal is { } refusal && FeedRefusals.IsFatal(refusal)).ShouldBeFalse();
        records.Select(r => r.Place.Number).Zip(records.Skip(1).Select(r => r.Place.Number)).All(pair => pair.First <= pair.Second).ShouldBeTrue();
    }
}
