using System.Runtime.InteropServices;

namespace Tansiq.Geo.Indexing;

/// <summary>Numbers of entries that a search found, before they are looked at exactly. One for each thread, used again.</summary>
internal sealed class Candidates
{
    // A buffer that one search made this large is not kept.
    private const int MaximumKept = 1 << 20;

    [ThreadStatic]
    private static Candidates? _ofThread;

    private int[] _numbers = new int[256];
    private int _count;

    /// <summary>The nodes that are still to be looked at: at most fifteen of each level, and sixteen of the last.</summary>
    public int[] Stack { get; } = new int[PackedNodes.Fanout * 9];

    /// <summary>The calling thread's own, empty.</summary>
    public static Candidates Begin()
    {
        var candidates = _ofThread ??= new();
        candidates._count = 0;
        if (candidates._numbers.Length > MaximumKept) candidates._numbers = new int[256];
        return candidates;
    }

    /// <summary>Room for as many more as a node has; <see cref="Took"/> says how many were written.</summary>
    public Span<int> Room()
    {
        if (_numbers.Length - _count < PackedNodes.Fanout) Array.Resize(ref _numbers, _numbers.Length * 2);
        return MemoryMarshal.CreateSpan(ref _numbers[_count], PackedNodes.Fanout);
    }

    /// <summary>Keeps the first so many of the room.</summary>
    public void Took(int count) => _count += count;

    /// <summary>The numbers found, in ascending order, each once.</summary>
    public ReadOnlySpan<int> InOrder()
    {
        var found = _numbers.AsSpan(0, _count);
        if (found.Length < 2) return found;
        found.Sort();
        var kept = 0;
        for (var i = 1; i < found.Length; i++)
        {
            if (found[i] != found[kept]) found[++kept] = found[i];
        }
        return found[..(kept + 1)];
    }
}
