using System.Globalization;
using Tansiq.Figures.Peers;

namespace Tansiq.Figures;

/// <summary>One row: what was asked, what we reached, and what a peer reached with the same data in the same run.</summary>
/// <param name="Question">The question.</param>
/// <param name="Own">What we reached.</param>
/// <param name="Peers">What each peer reached, with the hits that we have for its questions.</param>
public sealed record GeoRow(SpaceQuestion Question, Reached Own, IReadOnlyList<(string Peer, Reached Reached, long OwnHits)> Peers)
{
    /// <summary>Whether every peer found as many hits as we did.</summary>
    public bool Agrees => Peers.All(peer => peer.Reached.Hits == peer.OwnHits);
}

/// <summary>The figures of <c>tansiq bench geo</c>: the engine beside PostGIS and NetTopologySuite, in one run on one thread.</summary>
public sealed class GeoFigures
{
    private readonly SpaceWorkload _workload;
    private readonly TextWriter _output;

    /// <summary>Takes a workload.</summary>
    /// <param name="workload">The workload.</param>
    /// <param name="output">Where the table goes, row by row as it is measured.</param>
    public GeoFigures(SpaceWorkload workload, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(workload);
        ArgumentNullException.ThrowIfNull(output);
        _workload = workload;
        _output = output;
    }

    /// <summary>Measures and prints.</summary>
    /// <param name="withChanges">Whether the figures while writing are measured too.</param>
    /// <returns>The rows.</returns>
    public IReadOnlyList<GeoRow> Run(bool withChanges)
    {
        Line($"{_workload.Areas.Length} areas of {_workload.Areas.Average(area => area.Outline.Shell.Length):F1} vertices on average, {_workload.Points.Length} points, {_workload.Probes.Length} probe volumes");
        var own = new OwnEngine(_workload);
        using var postGis = PostGis.Start(_workload);
        var peers = new List<ISpaceEngine> { new NetTopologyEngine(_workload) };
        if (postGis is not null) peers.AddRange(postGis.Engines);
        Line($"peers: {NetTopologyEngine.Version}{(postGis is null ? "" : "; " + postGis.Version)}");
        if (postGis is null) Line($"PostGIS is not installed here (Debian: postgresql-15 postgresql-15-postgis-3): its lines are left out");
        Line($"questions per second of processor time, one thread; each engine is given the same questions");
        var rows = new List<GeoRow>();
        foreach (var question in Enum.GetValues<SpaceQuestion>())
        {
            var row = Measure(own, peers, question);
            Print(row);
            if (question == SpaceQuestion.PointInAreas) PrintSorted(own.MeasureSorted(), row);
            rows.Add(row);
        }

        if (withChanges) PrintChanges(rows);
        return rows;
    }

    private static GeoRow Measure(OwnEngine own, IEnumerable<ISpaceEngine> peers, SpaceQuestion question)
    {
        var reached = own.Measure(question);
        var others = new List<(string, Reached, long)>();
        foreach (var peer in peers)
        {
            var other = peer.Measure(question);
            others.Add((peer.Name, other, own.HitsOf(question, other.Round)));
        }

        return new(question, reached, others);
    }

    private void Print(GeoRow row)
    {
        Line($"{TitleOf(row.Question),-34} {"Tansiq",-18} {row.Own.PerSecond,12:N0}/s   {row.Own.Hits / (double)row.Own.Round:F2} hits a question");
        foreach (var (peer, reached, ownHits) in row.Peers)
        {
            var agreement = reached.Hits == ownHits ? "same hits" : string.Create(CultureInfo.InvariantCulture, $"OTHER HITS: {reached.Hits} against {ownHits}");
            Line($"{"",-34} {peer,-18} {reached.PerSecond,12:N0}/s   ours is {row.Own.PerSecond / reached.PerSecond:F1} times that; {agreement}");
        }
    }

    private void PrintSorted(Reached sorted, GeoRow row)
    {
        Line($"{"point in areas, sorted first",-34} {"Tansiq",-18} {sorted.PerSecond,12:N0}/s   {(sorted.Hits == row.Own.Hits ? "same hits" : "OTHER HITS")}");
        foreach (var (peer, reached, _) in row.Peers.Where(each => each.Peer.Contains("join", StringComparison.Ordinal)))
        {
            Line($"{"",-34} {peer,-18} {reached.PerSecond,12:N0}/s   ours is {sorted.PerSecond / reached.PerSecond:F1} times that");
        }
    }

    private void PrintChanges(List<GeoRow> rows)
    {
        var changing = new ChangingIndex(_workload);
        foreach (var (withHeightAndTime, question) in new[] { (false, SpaceQuestion.PointInAreas), (true, SpaceQuestion.PointInVolumes) })
        {
            var reached = changing.Measure(withHeightAndTime);
            var quiet = rows.Single(row => row.Question == question).Own.PerSecond;
            Line($"{TitleOf(question) + ", changing",-34} {"Tansiq",-18} {reached.AskedPerSecond,12:N0}/s   quiet it is {quiet / reached.AskedPerSecond:F2} times that");
            Line($"{"inserts and ends meanwhile",-34} {"Tansiq",-18} {reached.ChangesPerSecond,12:N0}/s");
        }
    }

    private void Line(FormattableString text) => _output.WriteLine(FormattableString.Invariant(text));

    private static string TitleOf(SpaceQuestion question) => question switch
    {
        SpaceQuestion.PointInAreas => "point in areas",
        SpaceQuestion.PointInVolumes => "point with height and time",
        SpaceQuestion.SparseConflict => "conflict, sparse",
        _ => "conflict, all active",
    };
}
