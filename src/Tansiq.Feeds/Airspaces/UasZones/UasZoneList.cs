using System.Text.Json;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Airspaces.UasZones;

/// <summary>Goes through the zones of a file.</summary>
internal static class UasZoneList
{
    /// <summary>Reads the zones in the first of some members that is a list.</summary>
    /// <param name="content">The file.</param>
    /// <param name="lists">The members, in the order in which they are looked for.</param>
    /// <param name="zone">Reads one zone at a pointer.</param>
    public static IReadOnlyList<Parsed<Airspace>> Read(
        ReadOnlyMemory<byte> content, IEnumerable<string> lists, Func<JsonElement, string, IReadOnlyList<Parsed<Airspace>>> zone)
    {
        if (!JsonText.Parse(content, AirspaceFile.MaximumBytes).TryGet(out var root, out var refusal)) return [refusal];
        var list = lists.FirstOrDefault(name => UasZone.Member(root, name).ValueKind == JsonValueKind.Array);
        if (list is null) return [new Refusal(AirspaceRefusals.Nothing, "", "no list", "a list of zones: " + string.Join(", ", lists))];
        var airspaces = new List<Parsed<Airspace>>();
        var (number, vertices) = (0, 0L);
        foreach (var item in UasZone.Member(root, list).EnumerateArray())
        {
            var place = FeedRefusals.Invariant($"/{list}/{number++}");
            foreach (var airspace in zone(item, place))
            {
                if (airspace.TryGet(out var read, out _)) vertices += AirspaceRefusals.Vertices(read);
                airspaces.Add(airspace);
            }

            if (airspaces.Count < AirspaceFile.MaximumAirspaces && vertices <= AirspaceFile.MaximumVertices) continue;
            airspaces.Add(AirspaceRefusals.More(place));
            return airspaces;
        }

        if (airspaces.Count == 0) airspaces.Add(new Refusal(AirspaceRefusals.Nothing, "/" + list, "nothing", "a zone"));
        return airspaces;
    }
}
