using Tansiq.Geo;
using Tansiq.Geo.Indexing;
using Tansiq.Geo.Separation;

namespace Tansiq.Coordination.Flights.Deciding;

/// <summary>
/// What an index says may be near to any of several volumes, brought together by key: for each key, in ascending order, the
/// entries that are near, volume by volume. Keys have to ascend with the entries.
/// </summary>
internal sealed class Candidates
{
    private readonly VolumeIndex _index;
    private readonly List<int>[] _entries;
    private readonly int[] _next;

    /// <summary>Asks an index.</summary>
    /// <param name="index">The index.</param>
    /// <param name="volumes">The volumes.</param>
    /// <param name="minima">How near.</param>
    /// <param name="knownAt">As of how many statements have effect.</param>
    public Candidates(VolumeIndex index, (int Number, Volume Volume)[] volumes, SeparationMinima minima, long knownAt)
    {
        _index = index;
        _entries = new List<int>[volumes.Length];
        _next = new int[volumes.Length];
        for (var place = 0; place < volumes.Length; place++)
        {
            _entries[place] = [];
            index.Near(volumes[place].Volume, minima, knownAt, _entries[place]);
        }
    }

    /// <summary>The key of the candidate that was come to last.</summary>
    public long Key { get; private set; } = -1;

    /// <summary>The places of the volumes and the entries near to each, of the candidate that was come to last.</summary>
    public List<(int Volume, int Entry)> Pairs { get; } = [];

    /// <summary>Goes on to the next candidate.</summary>
    /// <returns>Whether there is one.</returns>
    public bool MoveNext()
    {
        Pairs.Clear();
        Key = long.MaxValue;
        for (var volume = 0; volume < _next.Length; volume++)
        {
            if (_next[volume] < _entries[volume].Count) Key = Math.Min(Key, _index.KeyOf(_entries[volume][_next[volume]]));
        }

        for (var volume = 0; volume < _next.Length; volume++)
        {
            var entries = _entries[volume];
            for (; _next[volume] < entries.Count && _index.KeyOf(entries[_next[volume]]) == Key; _next[volume]++) Pairs.Add((volume, entries[_next[volume]]));
        }

        return Pairs.Count > 0;
    }
}
