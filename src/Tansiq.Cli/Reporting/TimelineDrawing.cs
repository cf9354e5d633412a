using System.Globalization;
using NodaTime;
using Tansiq.Coordination;
using Tansiq.Coordination.Monitoring;

namespace Tansiq.Cli.Reporting;

/// <summary>Draws over time when notices hold, when feeds delivered, and when tracks were seen and in an area.</summary>
internal sealed class TimelineDrawing(HtmlWriter html, ReportContent content, Interval shown)
{
    /// <summary>The most tracks drawn, those with the first events.</summary>
    public const int MaximumTracks = 40;

    /// <summary>The most notices drawn.</summary>
    public const int MaximumNotices = 20;

    /// <summary>The most feeds drawn.</summary>
    public const int MaximumFeeds = 12;

    private const int Width = 1_200;
    private const int Left = 190;
    private const int Right = 16;
    private const int RowHeight = 20;
    private const int BaseLine = 14;
    private const int AxisHeight = 30;
    private const int TicksWanted = 9;

    private static readonly long[] StepsSeconds =
        [1, 5, 10, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800, 2_592_000, 31_536_000];

    /// <summary>The notices that hold in the time shown.</summary>
    public static IEnumerable<WatchedNotice> NoticesOf(ReportContent content, Interval shown) =>
        content.Picture.Notices.Where(notice => notice.Notice.Start < shown.End && notice.Notice.End > shown.Start);

    /// <summary>Writes the drawing.</summary>
    public void Write()
    {
        var rows = Rows().ToList();
        var height = AxisHeight * 2 + rows.Count * RowHeight;
        html.OpenNamed("svg", "report.timeline", ("class", "timeline"), ("role", "img"), ("viewBox", Invariant($"0 0 {Width} {height}")));
        WriteAxis(height);
        for (var index = 0; index < rows.Count; index++)
        {
            var y = AxisHeight + index * RowHeight;
            if (index % 2 == 0) Box("stripe", 0, Width, y, RowHeight);
            rows[index](y);
        }

        html.CloseLine("svg");
    }

    private IEnumerable<Action<int>> Rows()
    {
        foreach (var notice in NoticesOf(content, shown).Take(MaximumNotices)) yield return y => WriteNotice(notice, y);
        foreach (var feed in content.Summary.Feeds.Take(MaximumFeeds)) yield return y => WriteFeed(feed, y);
        var stays = content.Collected.Stays.Stays.ToLookup(stay => stay.Track, StringComparer.Ordinal);
        var marks = content.Collected.Events.ToLookup(happened => happened.Track, StringComparer.Ordinal);
        foreach (var track in content.Collected.Tracks().Take(MaximumTracks))
            yield return y => WriteTrack(track, stays[track.Track], marks[track.Track], y);
    }

    private void WriteNotice(WatchedNotice notice, int y)
    {
        Label(notice.Flight.Id.Value, "report.notice-row", y);
        foreach (var volume in notice.Notice.Volumes) Bar("notice", volume.Time.Start, volume.Time.End, y + 5, RowHeight - 10, notice.Flight.Id.Value);
    }

    private void WriteFeed(FeedCoverage feed, int y)
    {
        if (feed.Source.Length == 0) html.Phrase("text", "report.only-feed", ("class", "row"), ("x", "8"), ("y", Invariant($"{y + BaseLine}")));
        else Label(Path.GetFileName(feed.Source), "report.feed-row", y);
        foreach (var window in feed.Windows) Bar("feed-window", window.From, window.Until, y + 7, RowHeight - 14, feed.Source);
    }

    private void WriteTrack(TrackShape track, IEnumerable<Stay> stays, IEnumerable<ReplayEvent> marks, int y)
    {
        Label(track.Callsign is { } callsign ? $"{track.Track} {callsign}" : track.Track, key: null, y);
        foreach (var sighting in track.Sightings) Bar("seen", sighting.From, sighting.Until, y + 9, 2, track.Track);
        foreach (var stay in stays)
            Bar(stay.IsCovered ? "stay covered" : "stay uncovered", stay.From, stay.Until, y + 5, RowHeight - 10, $"{stay.Area.Value} {ReportTime.Exact(stay.From)} – {ReportTime.Exact(stay.Until)}");
        foreach (var happened in marks.Where(happened => happened is not AreaEvent))
        {
            html.Open("g", ("class", MapMarks.ClassOf(happened)), ("transform", Invariant($"translate({X(happened.At):F1} {y + RowHeight / 2})")));
            html.Open("use", ("href", "#" + MapMarks.IdOf(happened.Kind)), ("transform", "scale(.7)")).Close("use").Close("g");
        }
    }

    private void WriteAxis(int height)
    {
        var length = (long)Math.Ceiling((shown.End - shown.Start).TotalSeconds);
        var step = StepsSeconds.FirstOrDefault(seconds => length / seconds <= TicksWanted, StepsSeconds[^1]);
        var shows = step >= 86_400 ? "uuuu-MM-dd" : step >= 60 ? "HH:mm" : "HH:mm:ss";
        var first = (shown.Start.ToUnixTimeSeconds() + step - 1) / step * step;
        for (var seconds = first; seconds <= shown.End.ToUnixTimeSeconds(); seconds += step)
        {
            var at = Instant.FromUnixTimeSeconds(seconds);
            var x = Invariant($"{X(at):F1}");
            html.Open("line", ("class", "tick"), ("x1", x), ("x2", x), ("y1", Invariant($"{AxisHeight - 6}")), ("y2", Invariant($"{height - AxisHeight + 6}"))).Close("line");
            Tick(at.InUtc().ToString(shows, CultureInfo.InvariantCulture) + "Z", x, AxisHeight - 11);
            if (content.Zone is { } zone) Tick(at.InZone(zone).ToString(shows, CultureInfo.InvariantCulture), x, height - 10);
        }

        Tick(shown.Start.InUtc().ToString("uuuu-MM-dd", CultureInfo.InvariantCulture), "8", AxisHeight - 11, "start");
        if (content.Zone is { } local) Tick(local.Id, "8", height - 10, "start");
    }

    private void Tick(string text, string x, int y, string anchor = "middle") =>
        html.Open("text", ("class", "time"), ("x", x), ("y", Invariant($"{y}")), ("text-anchor", anchor)).Text(text).Close("text");

    private void Label(string text, string? key, int y)
    {
        var place = (X: ("x", "8"), Y: ("y", Invariant($"{y + BaseLine}")));
        var shownText = text.Length > 24 ? string.Concat(text.AsSpan(0, 23), "…") : text;
        if (key is null) html.Open("text", ("class", "row"), place.X, place.Y).Text(shownText).Close("text");
        else html.Said("text", language => language.Phrases.Fill(key, KeyValuePair.Create("name", language.Names.Values.Identifier(shownText))), ("class", "row"), place.X, place.Y);
    }

    private void Bar(string kind, Instant from, Instant until, int y, int height, string title)
    {
        if (until < shown.Start || from > shown.End) return;
        var (left, right) = (X(Instant.Max(from, shown.Start)), X(Instant.Min(until, shown.End)));
        html.Open("rect", ("class", kind), ("x", Invariant($"{left:F1}")), ("y", Invariant($"{y}")), ("width", Invariant($"{Math.Max(right - left, 1.5):F1}")), ("height", Invariant($"{height}")));
        html.Open("title").Text(title).Close("title").Close("rect");
    }

    private void Box(string kind, int x, int width, int y, int height) =>
        html.Open("rect", ("class", kind), ("x", Invariant($"{x}")), ("y", Invariant($"{y}")), ("width", Invariant($"{width}")), ("height", Invariant($"{height}"))).Close("rect");

    private double X(Instant at)
    {
        var length = Math.Max((shown.End - shown.Start).TotalSeconds, 1);
        return Left + (Width - Left - Right) * (at - shown.Start).TotalSeconds / length;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
