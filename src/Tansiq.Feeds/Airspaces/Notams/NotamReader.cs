using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Airspaces.Notams;

/// <summary>Reads areas from NOTAM as they are sent (ICAO Annex 15, Doc 8126): any text that holds them one after the other.</summary>
/// <remarks>Never throws for what the text holds. Forms and rules: docs/formats/airspace-aixm-ed-notam.md.</remarks>
internal static class NotamReader
{
    /// <summary>The longest NOTAM in characters.</summary>
    public const int MaximumLength = 64 * 1024;

    // How far the first is looked for.
    private const int MaximumLeadBytes = 64 * 1024;

    private static readonly Regex Header = new(
        @"\b(?<id>[A-Z][0-9]{4}/[0-9]{2})\s{1,4}NOTAM(?<kind>[NRC])\b", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant);

    /// <summary>Whether content is text in which a NOTAM begins.</summary>
    public static bool IsFormatOf(ReadOnlyMemory<byte> content)
    {
        var start = FeedInput.WithoutPreamble(content.Span[..Math.Min(content.Length, MaximumLeadBytes)]).TrimStart(" \t\r\n"u8);
        if (start.IsEmpty || start[0] is (byte)'{' or (byte)'[' or (byte)'<' || start.Contains((byte)0)) return false;
        return Header.IsMatch(Encoding.Latin1.GetString(start));
    }

    /// <summary>Reads content.</summary>
    /// <returns>Each NOTAM or its refusal, in order.</returns>
    public static IReadOnlyList<Parsed<Airspace>> Read(ReadOnlyMemory<byte> content)
    {
        var bytes = FeedInput.WithoutPreamble(content.Span);
        var text = (Utf8.IsValid(bytes) ? Encoding.UTF8 : Encoding.Latin1).GetString(bytes);
        var airspaces = new List<Parsed<Airspace>>();
        for (var header = Header.Match(text); header.Success;)
        {
            var next = header.NextMatch();
            var end = next.Success ? next.Index : text.Length;
            airspaces.Add(ReadOne(text, header, end));
            header = next;
            if (airspaces.Count < AirspaceFile.MaximumAirspaces) continue;
            airspaces.Add(AirspaceRefusals.More(header.Groups["id"].Value));
            break;
        }

        return airspaces.Count > 0 ? airspaces : [new Refusal(AirspaceRefusals.Nothing, "", "nothing", "a NOTAM")];
    }

    private static Parsed<Airspace> ReadOne(string text, Match header, int end)
    {
        var identifier = header.Groups["id"].Value;
        var body = text[(header.Index + header.Length)..end];
        if (body.Length > MaximumLength)
            return new Refusal(AirspaceRefusals.LineTooLong, identifier, FeedRefusals.Invariant($"{body.Length} characters"), FeedRefusals.Invariant($"at most {MaximumLength}"));
        return header.Groups["kind"].Value == "C"
            ? new Refusal(AirspaceRefusals.NotAnArea, identifier, "a cancellation", "a NOTAM that opens an area or replaces one")
            : new NotamArea(identifier, NotamFields.Of(body)).Read();
    }
}
