using NodaTime;
using Tansiq.Coordination;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Monitoring;
using Tansiq.Geo;

namespace Tansiq.Cli.Reporting;

/// <summary>One stay of a track in an area, from an appearance or entry until it left or was lost.</summary>
internal sealed record Stay(string Track, Id<DesignatedArea> Area, Instant From, Instant Until, bool IsCertain, bool IsCovered);

/// <summary>Stays by area and clause.</summary>
/// <param name="Area">The area.</param>
/// <param name="Clause">The clause, or null where the area stands under none.</param>
internal sealed record AreaFigures(Id<DesignatedArea> Area, Id<Clause>? Clause)
{
    private readonly HashSet<string> _tracks = new(StringComparer.Ordinal);

    /// <summary>How often a track came in or appeared within.</summary>
    public long Stays { get; private set; }

    /// <summary>Those of them that no notice covered at their start.</summary>
    public long NotCovered { get; private set; }

    /// <summary>How long tracks stayed, all together.</summary>
    public Duration Time { get; private set; }

    /// <summary>Different tracks, as far as they are told apart.</summary>
    public int Tracks => _tracks.Count;

    /// <summary>Whether there was no room to tell a further track apart, so that <see cref="Tracks"/> is a lower bound.</summary>
    public bool TracksIsLowerBound { get; private set; }

    /// <summary>Counts a stay that begins.</summary>
    /// <param name="happened">Its first event.</param>
    /// <param name="hasRoom">Whether one more track can be remembered.</param>
    /// <returns>Whether one more track is remembered.</returns>
    public bool Begin(AreaEvent happened, bool hasRoom)
    {
        Stays++;
        if (happened.Covered == Certainty.No) NotCovered++;
        if (hasRoom) return _tracks.Add(happened.Track);
        if (!_tracks.Contains(happened.Track)) TracksIsLowerBound = true;
        return false;
    }

    /// <summary>Counts the time of a stay that ended.</summary>
    public void End(Duration time) => Time += time;
}

/// <summary>Pairs the events of areas into stays (docs/formats/replay.md, Events: each beginning has its end).</summary>
/// <param name="maximumTracks">How many tracks are told apart, counted once for each area and clause.</param>
internal sealed class StayLedger(int maximumTracks = StayLedger.MaximumTracks)
{
    /// <summary>The most stays that are kept for the timeline; figures count all.</summary>
    public const int MaximumStays = 10_000;

    /// <summary>The most tracks that are told apart, counted once for each area and clause.</summary>
    public const int MaximumTracks = 200_000;

    private readonly Dictionary<(string Track, Id<DesignatedArea> Area, Id<Clause>? Clause), AreaEvent> _open = [];
    private readonly Dictionary<(Id<DesignatedArea> Area, Id<Clause>? Clause), AreaFigures> _figures = [];
    private readonly List<Stay> _stays = [];
    private int _tracks;

    /// <summary>The first stays that ended.</summary>
    public IReadOnlyList<Stay> Stays => _stays;

    /// <summary>Figures by area and clause, most stays first.</summary>
    public IEnumerable<AreaFigures> Figures =>
        _figures.Values.OrderByDescending(figures => figures.Stays).ThenBy(figures => figures.Area.Value, StringComparer.Ordinal)
            .ThenBy(figures => figures.Clause?.Value, StringComparer.Ordinal);

    /// <summary>Takes the next event of an area.</summary>
    public void Take(AreaEvent happened)
    {
        var key = (happened.Track, happened.Area, happened.Clause);
        if (happened.Kind is ReplayEventKind.Appeared or ReplayEventKind.Enter)
        {
            if (!_open.TryAdd(key, happened)) return;
            if (!_figures.TryGetValue((happened.Area, happened.Clause), out var figures)) _figures.Add((happened.Area, happened.Clause), figures = new(happened.Area, happened.Clause));
            if (figures.Begin(happened, _tracks < maximumTracks)) _tracks++;
            return;
        }

        var falls = happened.Kind == ReplayEventKind.Leave && happened.Certainty == Certainty.Possible;
        if (falls || !_open.Remove(key, out var begun)) return;
        _figures[(happened.Area, happened.Clause)].End(happened.At - begun.At);
        if (_stays.Count < MaximumStays)
            _stays.Add(new(happened.Track, happened.Area, begun.At, happened.At, begun.Certainty == Certainty.Certain, begun.Covered != Certainty.No));
    }
}
