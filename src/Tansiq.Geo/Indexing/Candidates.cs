using System.Runtime.InteropServices;

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

    /// <summary>What <see cref="IndexEntry.Touch"/> gave, kept so that no compiler leaves the reading out.</summary>
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
        if (candidates._codes.Length > MaximumKept) candidates._codes = new int[FirstCapacity];
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
