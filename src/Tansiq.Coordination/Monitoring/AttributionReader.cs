using System.Collections.Immutable;
using Tansiq.Coordination.Parties;
using Tansiq.Geo.Text;

namespace Tansiq.Coordination.Monitoring;

/// <summary>Reads what was declared or assessed of whose aircraft tracks are (docs/formats/attribution.md).</summary>
public static class AttributionReader
{
    /// <summary>The most bytes.</summary>
    public const int MaximumBytes = 16 * 1024 * 1024;

    /// <summary>The most rules.</summary>
    public const int MaximumRules = 10_000;

    /// <summary>The most ranges of addresses in one rule.</summary>
    public const int MaximumBlocks = 1_000;

    /// <summary>The most characters of what a callsign begins with.</summary>
    public const int MaximumCallsignLength = 16;

    /// <summary>The most characters of a source.</summary>
    public const int MaximumSourceLength = 1_000;

    private const int AddressLength = 6;

    /// <summary>Reads the rules.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="founding">The founding whose actors are named.</param>
    /// <returns>The rules, or why they were not taken; unknown members are refused.</returns>
    public static Parsed<AttributionRules> Read(ReadOnlyMemory<byte> utf8, Founding founding)
    {
        ArgumentNullException.ThrowIfNull(founding);
        return JsonReading.Read(utf8, MaximumBytes, refusesUnknownMembers: true, root =>
        {
            root.Only("format", "attributions");
            _ = root["format"].OneOf(("tansiq-attribution/1", 0));
            var used = new Used([], [], []);
            return new AttributionRules([.. root["attributions"].ItemsAtLeastOne(MaximumRules).Select(item => Rule(item, founding, used))]);
        });
    }

    private sealed record Used(HashSet<string> Tracks, HashSet<string> Callsigns, HashSet<AddressRange> Blocks);

    private static AttributionRule Rule(JsonCursor item, Founding founding, Used used)
    {
        item.Only("tracks", "callsigns", "blocks", "actor", "basis", "confidence", "source");
        if (!item["tracks"].Exists && !item["callsigns"].Exists && !item["blocks"].Exists) item["tracks"].Refuse("json.missing", "tracks, callsigns or blocks");
        return new()
        {
            Tracks = item["tracks"].OptionalSet(place => Once(place, Track(place), used.Tracks)),
            Callsigns = item["callsigns"].OptionalSet(place => Once(place, Callsign(place), used.Callsigns)),
            Blocks = item["blocks"].Exists ? [.. item["blocks"].ItemsAtLeastOne(MaximumBlocks).Select(place => Once(place, Block(place), used.Blocks))] : [],
            Actor = item["actor"].KnownId<Actor>(founding.Actors.ContainsKey, "parties.unknown-actor", "an actor of this record"),
            Basis = item["basis"].OneOf(("declared", AttributionBasis.Declared), ("assessed", AttributionBasis.Assessed)),
            Confidence = item["confidence"].OneOf(
                ("low", AttributionConfidence.Low), ("moderate", AttributionConfidence.Moderate), ("high", AttributionConfidence.High)),
            Source = item["source"].Text(MaximumSourceLength),
        };
    }

    private static T Once<T>(JsonCursor place, T value, HashSet<T> used)
    {
        if (!used.Add(value) && !place.Reading.IsRefused) place.Refuse("json.duplicate-value", "what no other item has");
        return value;
    }

    private static string Track(JsonCursor place)
    {
        var track = place.Text(Replay.MaximumTrackLength);
        if (!place.Reading.IsRefused && !track.All(IsOfTrack)) place.Refuse("json.wrong-type", "a track: 1 to 64 of a-z 0-9 ~ - _ . :");
        return track;
    }

    private static string Callsign(JsonCursor place)
    {
        var callsign = place.Text(MaximumCallsignLength);
        if (!place.Reading.IsRefused && !callsign.All(character => char.IsAsciiLetterUpper(character) || char.IsAsciiDigit(character)))
            place.Refuse("json.wrong-type", "what a callsign begins with: 1 to 16 of A-Z 0-9");
        return callsign;
    }

    private static AddressRange Block(JsonCursor place)
    {
        place.Only("first", "last");
        var range = new AddressRange(Address(place["first"]), Address(place["last"]));
        if (!place.Reading.IsRefused && range.First > range.Last) place.Refuse("scenario.block-reversed", "a last address that is not below the first");
        return range;
    }

    private static int Address(JsonCursor place)
    {
        var text = place.Text(AddressLength);
        if (place.Reading.IsRefused) return 0;
        if (AddressBlocks.AddressOf(text) is { } address && !text.Any(char.IsAsciiLetterUpper)) return address;
        place.Refuse("json.wrong-type", "an address: six of 0-9 a-f");
        return 0;
    }

    private static bool IsOfTrack(char character) =>
        char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '~' or '-' or '_' or '.' or ':';
}
