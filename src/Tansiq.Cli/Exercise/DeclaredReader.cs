using System.Collections.Immutable;
using Tansiq.Cli.Scenarios;
using Tansiq.Coordination;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Statements;
using Tansiq.Geo.Text;

namespace Tansiq.Cli.Exercise;

/// <summary>Reads which tracks are declared to fly which notice (declared.json of docs/formats/scenario.md).</summary>
internal static class DeclaredReader
{
    /// <summary>The most characters of a track's name.</summary>
    public const int MaximumTrackLength = 64;

    /// <summary>Reads the declarations.</summary>
    /// <param name="utf8">The file's bytes.</param>
    /// <param name="notices">The notices of the scenario.</param>
    /// <returns>The tracks of each notice that has some; or why they were not taken. Unknown members are refused.</returns>
    public static Parsed<ImmutableDictionary<Id<Statement>, ImmutableSortedSet<string>>> Read(
        ReadOnlyMemory<byte> utf8, ImmutableSortedDictionary<Id<Statement>, DraftNotice> notices) =>
        JsonReading.Read(utf8, ScenarioFile.MaximumBytes, refusesUnknownMembers: true, root =>
        {
            root.Only("format", "flights");
            _ = root["format"].OneOf(("tansiq-declared/1", 0));
            var declared = ImmutableDictionary.CreateBuilder<Id<Statement>, ImmutableSortedSet<string>>();
            foreach (var item in root["flights"].ItemsAtLeastOne(ScenarioFolder.MaximumNotices))
            {
                item.Only("notice", "tracks");
                var notice = item["notice"].KnownId<Statement>(notices.ContainsKey, "scenario.unknown-notice", "a notice of the scenario");
                var tracks = item["tracks"].Set(Track);
                if (!item.Reading.IsRefused && !declared.TryAdd(notice, tracks)) item["notice"].Refuse("json.duplicate-id", "a notice that no other item has");
            }

            return declared.ToImmutable();
        });

    /// <summary>The name of a track as feeds give it (docs/formats/feeds.md, <c>icao24</c>): letters in lower case.</summary>
    private static string Track(JsonCursor place)
    {
        var track = place.Text(MaximumTrackLength);
        if (!place.Reading.IsRefused && !track.All(IsOfTrack)) place.Refuse("json.wrong-type", "a track: 1 to 64 of a-z 0-9 ~ - _ . :");
        return track;
    }

    private static bool IsOfTrack(char character) =>
        char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character is '~' or '-' or '_' or '.' or ':';
}
