using System.Runtime.InteropServices;
using Tansiq.Geo.Outlines;

namespace Tansiq.Geo.Indexing;

/// <summary>An entry that a search found.</summary>
/// <param name="code">Its number and what is still to be looked at, so that codes sort as the numbers do.</param>
internal readonly struct Candidate(int code)
{
    /// <summary>The most entries that codes have room for.</summary>
    public const int MaximumEntries = 1 << 29;

    /// <summary>It is not settled whether the entry is known at the size.</summary>
    public const int MayBeUnknown = 1;

    /// <summary>It is not settled whether the outline holds the place.</summary>
    public const int MayBeOutside = 2;

    private const int FlagBits = 2;

    public int Entry => code >> FlagBits;

    public bool IsKnownForSure => (code & MayBeUnknown) == 0;

    public bool IsInsideForSure => (code & MayBeOutside) == 0;

    public static int CodeOf(int entry, int flags) => entry << FlagBits | flags;
}

/// <summary>The entries that a search finds, before they are looked at exactly. One for each thread, used again.</summary>
internal sealed class Candidates
{
    private const int FirstCapacity = 256;

    // A buffer that one search made larger than this is not kept.
    private const int MaximumKept = 1 << 20;

    // So few are sorted sooner by insertion.
    private const int MaximumInserted = 24;

    [ThreadStatic]
    private static Candidates? _ofThread;

    private int[] _codes = new int[FirstCapacity];
    private int _count;
    private Postponed[] _postponed = new Postponed[FirstCapacity];
    private int _postponedCount;

    private readonly record struct Postponed(int[] Edges, int X, int Code);

    /// <summary>What <see cref="IndexEntry.Touch"/> and <see cref="EdgeTree.Touch(int[])"/> gave, kept so that no compiler leaves the reading out.</summary>
    public int Touched { get; set; }

    /// <summary>The nodes that are still to be looked at: at most fifteen of each level, and sixteen of the last.</summary>
    public int[] Stack { get; } = new int[PackedNodes.Fanout * 9];

    /// <summary>The calling thread's own.</summary>
    public static Candidates OfThread => _ofThread ??= new();

    /// <summary>The calling thread's own, empty.</summary>
    public static Candidates Begin()
    {
        var candidates = OfThread;
        candidates._count = 0;
        candidates._postponedCount = 0;
        if (candidates._codes.Length > MaximumKept) candidates._codes = new int[FirstCapacity];
        if (candidates._postponed.Length > MaximumKept) candidates._postponed = new Postponed[FirstCapacity];
        return candidates;
    }

    /// <summary>Room for as many more codes as a node has entries; <see cref="Took"/> says how many were written.</summary>
    public ref int Room()
    {
        if (_codes.Length - _count < PackedNodes.Fanout) Array.Resize(ref _codes, _codes.Length * 2);
        return ref _codes[_count];
    }

    /// <summary>Keeps the first so many of the room.</summary>
    public void Took(int count) => _count += count;

    /// <summary>An entry whose edges are to be looked at by <see cref="Settle"/>; until then memory may bring them.</summary>
    /// <param name="edges">The edges of its outline.</param>
    /// <param name="x">The place, as of <see cref="EdgeTree.Locate(int[], int, int)"/>.</param>
    /// <param name="code">The code of the entry if it holds the place.</param>
    public void Postpone(int[] edges, int x, int code)
    {
        Touched ^= EdgeTree.Touch(edges);
        if (_postponedCount == _postponed.Length) Array.Resize(ref _postponed, _postponed.Length * 2);
        _postponed[_postponedCount++] = new(edges, x, code);
    }

    /// <summary>Keeps those of the postponed entries whose outline holds the place.</summary>
    /// <param name="y">Latitude of the place.</param>
    public void Settle(int y)
    {
        foreach (ref readonly var postponed in _postponed.AsSpan(0, _postponedCount))
        {
            if (EdgeTree.Locate(postponed.Edges, postponed.X, y) == PointLocation.Outside) continue;
            Room() = postponed.Code;
            _count++;
        }
        _postponedCount = 0;
    }

    /// <summary>The entries found, in ascending order, each once.</summary>
    public ReadOnlySpan<Candidate> InOrder()
    {
        var found = _codes.AsSpan(0, _count);
        if (found.Length > MaximumInserted) found.Sort();
        else SortByInsertion(found);
        var kept = 0;
        for (var i = 1; i < found.Length; i++)
        {
            if (new Candidate(found[i]).Entry != new Candidate(found[kept]).Entry) found[++kept] = found[i];
        }
        return MemoryMarshal.Cast<int, Candidate>(found[..Math.Min(kept + 1, found.Length)]);
    }

    private static void SortByInsertion(Span<int> codes)
    {
        for (var i = 1; i < codes.Length; i++)
        {
            var code = codes[i];
            var place = i - 1;
            for (; place >= 0 && codes[place] > code; place--) codes[place + 1] = codes[place];
            codes[place + 1] = code;
        }
    }
}
