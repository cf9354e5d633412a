using System.Globalization;
using Tansiq.Coordination.Monitoring;

namespace Tansiq.Cli.Reporting;

/// <summary>Writes what the marks and colours of the map mean, and how much of everything it draws.</summary>
internal sealed class MapLegend(HtmlWriter html, ReportContent content)
{
    /// <summary>Writes the legend.</summary>
    public void Write()
    {
        html.Open("figcaption").Open("ul", ("class", "legend"));
        var classes = content.Scenario.Agreement.AreaClasses;
        for (var number = 0; number < Math.Min(classes.Length, MapDrawing.ClassStyles); number++)
        {
            var name = classes[number].Name;
            Entry(string.Create(CultureInfo.InvariantCulture, $"<svg class=\"key\" viewBox=\"-12 -9 24 18\"><path class=\"area c{number}\" d=\"M-11-8H11V8H-11z\"/></svg>"), language => language.Names.Values.Name(name));
        }

        Entry("<svg class=\"key\" viewBox=\"-12 -9 24 18\"><path class=\"track with-events\" d=\"M-11 5-3-3 4 2 11-5\"/></svg>", language => language.Phrases.Text("report.legend.track-with-events"));
        Entry("<svg class=\"key\" viewBox=\"-12 -9 24 18\"><path class=\"track\" d=\"M-11 5-3-3 4 2 11-5\"/></svg>", language => language.Phrases.Text("report.legend.track"));
        var happened = content.Collected.Events.Select(each => each.Kind).ToHashSet();
        foreach (var kind in MapMarks.Kinds.Where(happened.Contains))
            Entry($"<svg class=\"key mark certain plain\" viewBox=\"-12 -9 24 18\"><use href=\"#{MapMarks.IdOf(kind)}\"/></svg>", language => language.Phrases.Text("replay.event." + ReplayEventWriter.WordOf(kind)));
        foreach (var meaning in new[] { "certain uncovered", "certain covered", "certain feed", "possible plain" })
            Entry($"<svg class=\"key mark {meaning}\" viewBox=\"-12 -9 24 18\"><use href=\"#mark-appeared\"/></svg>", language => language.Phrases.Text("report.legend." + meaning.Replace(' ', '-')));
        html.CloseLine("ul");
        var (tracks, marks) = (content.Collected.Tracks().Length, content.Occurrences.Length);
        html.Said("p", language => language.Phrases.Fill(
            "report.map-caption",
            KeyValuePair.Create("areas", language.Names.Values.Count(Math.Min(content.Areas.Length, MapDrawing.MaximumAreas))),
            KeyValuePair.Create("allAreas", language.Names.Values.Count(content.Areas.Length)),
            KeyValuePair.Create("tracks", language.Names.Values.Count(Math.Min(tracks, MapDrawing.MaximumTracks))),
            KeyValuePair.Create("allTracks", language.Names.Values.Count(content.Summary.Tracks)),
            KeyValuePair.Create("marks", language.Names.Values.Count(Math.Min(marks, MapDrawing.MaximumMarks))),
            KeyValuePair.Create("corners", language.Names.Values.Count(TrackShape.MaximumCorners))));
        html.Phrase("p", "report.map-keys", ("class", "keys"));
        html.CloseLine("figcaption");
    }

    private void Entry(string key, Wording wording)
    {
        html.Open("li").Own(key).Said("span", wording).Close("li");
    }
}
