using System.Collections.Concurrent;
using Tansiq.Cli.Scenarios;
using Tansiq.Coordination;
using Tansiq.Coordination.Languages;
using Tansiq.Geo;
using Tansiq.Geo.Grids;

namespace Tansiq.Cli;

/// <summary>The languages of the command: English, Arabic and Russian, with the names of a scenario.</summary>
internal static class Languages
{
    private static readonly ConcurrentDictionary<string, Phrasebook> Books = new(StringComparer.Ordinal);

    /// <summary>The words of one language, read once.</summary>
    public static Phrasebook Phrases(string language) => Books.GetOrAdd(language, static each => Phrasebook.For(each).Value);

    /// <summary>The writer of sentences in one language.</summary>
    public static SentenceWriter Sentences(Scenario scenario, string language) => new(Phrases(language), Names(scenario));

    /// <summary>Names in one language as the record itself gives them.</summary>
    public static NameText Names(Situation situation, string language) => new(Phrases(language), Names(situation));

    private static RecordNames Names(Situation situation)
    {
        if (situation.Founding is not { } founding) return RecordNames.None;
        return RecordNames.Of(
            founding,
            situation.Agreements.Select(proposed => proposed.Agreement),
            situation.Sites.Values.Select(site => site.Site),
            situation.ControlMaps.Select(proposed => proposed.Map)) with
        {
            GridReference = GridReference,
        };
    }

    /// <summary>The names that a scenario gives, with places as MGRS squares of 10 m too.</summary>
    private static RecordNames Names(Scenario scenario) =>
        RecordNames.Of(
            scenario.Founding,
            [scenario.Agreement],
            scenario.Sites.Values.Select(notified => notified.Site),
            scenario.ControlMaps.Values) with
        {
            GridReference = GridReference,
        };

    /// <summary>A place as the square of 10 m that holds it; empty where MGRS does not reach.</summary>
    private static string GridReference(GeoPoint place) =>
        Mgrs.FromPoint(place, digits: 4).TryGet(out var square, out _) ? square.ToString() : "";
}
