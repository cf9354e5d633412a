using System.Diagnostics;
using Tansiq.Geo;
using Tansiq.Geo.Indexing;

namespace Tansiq.Figures;

/// <summary>What one thread wrote while another one asked.</summary>
/// <param name="ChangesPerSecond">Inserts and ends per second of the writer's processor time.</param>
/// <param name="AskedPerSecond">Questions per second of the reader's processor time meanwhile.</param>
public sealed record Changing(double ChangesPerSecond, double AskedPerSecond);

/// <summary>
/// An index that holds as many volumes as the workload has areas, while a writer adds one and ends the oldest as fast as it can and
/// a reader asks the newest view.
/// </summary>
public sealed class ChangingIndex
{
    private const double Seconds = 3;
    private const int AsksBetweenClocks = 1_000;

    private readonly SpaceWorkload _workload;
    private VolumeIndex _index;
    private bool _isOver;

    /// <summary>Fills the index.</summary>
    public ChangingIndex(SpaceWorkload workload)
    {
        ArgumentNullException.ThrowIfNull(workload);
        _workload = workload;
        _index = OwnEngine.Filled(workload.Areas);
    }

    /// <summary>Writes and asks for a few seconds.</summary>
    /// <param name="withHeightAndTime">Whether height and moment are asked too.</param>
    public Changing Measure(bool withHeightAndTime)
    {
        Volatile.Write(ref _isOver, false);
        var asked = 0.0;
        var reader = new Thread(() => asked = Ask(withHeightAndTime));
        reader.Start();
        var changed = Change();
        reader.Join();
        return new(changed, asked);
    }

    private double Change()
    {
        var oldest = _index.Count - _workload.Areas.Length;
        var changes = 0L;
        var watch = Stopwatch.StartNew();
        var start = ProcessorClock.ThreadSeconds();
        while (watch.Elapsed.TotalSeconds < Seconds)
        {
            for (var pair = 0; pair < AsksBetweenClocks; pair++)
            {
                var size = _index.Count + 1;
                var volume = _workload.Areas[_index.Count % _workload.Areas.Length];
                Volatile.Write(ref _index, _index.Add(volume, size, size));
                Volatile.Write(ref _index, _index.End(oldest++, size));
                changes += 2;
            }
        }

        var seconds = ProcessorClock.ThreadSeconds() - start;
        Volatile.Write(ref _isOver, true);
        return changes / seconds;
    }

    private double Ask(bool withHeightAndTime)
    {
        var entries = new List<int>();
        var hits = new List<IndexHit>();
        var asked = 0L;
        var start = ProcessorClock.ThreadSeconds();
        while (!Volatile.Read(ref _isOver))
        {
            for (var question = 0; question < AsksBetweenClocks; question++)
            {
                var point = _workload.Points[(int)(asked++ % _workload.Points.Length)];
                var index = Volatile.Read(ref _index);
                entries.Clear();
                hits.Clear();
                if (withHeightAndTime) index.Holding(point.Place, point.Height, point.At, index.Count, hits);
                else index.Holding(point.Place, index.Count, entries);
            }
        }

        return asked / (ProcessorClock.ThreadSeconds() - start);
    }
}
