using System.Runtime.CompilerServices;

namespace Tansiq.Geo.Outlines;

/// <summary>Consecutive edges: of one ring, of whole rings, or of the end of one and the start of another.</summary>
/// <param name="LeastX">Western side of their box.</param>
/// <param name="GreatestX">Its eastern side.</param>
/// <param name="LeastY">Its southern side.</param>
/// <param name="GreatestY">Its northern side.</param>
/// <param name="StartY">Latitude of the first vertex.</param>
/// <param name="EndY">Latitude of the last.</param>
/// <param name="StartsRing">Whether a ring starts with it.</param>
/// <param name="EndsRing">Whether a ring ends with it.</param>
/// <param name="IsMixed">Whether its ends do not tell how often a ray crosses it.</param>
internal readonly record struct Chain(
    int LeastX, int GreatestX, int LeastY, int GreatestY, int StartY, int EndY, bool StartsRing, bool EndsRing, bool IsMixed)
{
    /// <summary>The chain of chains that follow each other.</summary>
    public static Chain Of(ReadOnlySpan<Chain> chains)
    {
        var whole = chains[0];
        foreach (var chain in chains[1..])
        {
            whole = new(
                Math.Min(whole.LeastX, chain.LeastX), Math.Max(whole.GreatestX, chain.GreatestX),
                Math.Min(whole.LeastY, chain.LeastY), Math.Max(whole.GreatestY, chain.GreatestY),
                whole.StartY, chain.EndY, whole.StartsRing, chain.EndsRing,
                whole.IsMixed || chain.IsMixed || whole.EndsRing);
        }
        // Whole rings are crossed an even number of times, as what ends where it starts is.
        return whole is { StartsRing: true, EndsRing: true } ? whole with { EndY = whole.StartY, IsMixed = false } : whole;
    }
}

/// <summary>The nodes of one level of a tree of edges, sixteen to a group.</summary>
internal sealed class ChainLevel
{
    private const int StartY = BoxLanes.Stride;
    private const int EndY = StartY + BoxLanes.Count;
    private const int Stride = EndY + BoxLanes.Count;

    private readonly int[] _groups;
    private readonly ushort[] _mixed;

    public ChainLevel(ReadOnlySpan<Chain> chains)
    {
        GroupCount = (chains.Length + BoxLanes.Count - 1) / BoxLanes.Count;
        _groups = new int[GroupCount * Stride];
        _mixed = new ushort[GroupCount];
        for (var node = 0; node < GroupCount * BoxLanes.Count; node++)
        {
            var numbers = _groups.AsSpan(node / BoxLanes.Count * Stride, Stride);
            if (node < chains.Length) Write(numbers, node, chains[node]);
            else BoxLanes.Clear(numbers, node % BoxLanes.Count);
        }
    }

    /// <summary>How many groups of sixteen nodes there are.</summary>
    public int GroupCount { get; }

    public long MemoryBytes => (long)_groups.Length * sizeof(int) + _mixed.Length * sizeof(ushort);

    /// <summary>The boxes of a group.</summary>
    public ref int Boxes(int group) => ref _groups[group * Stride];

    /// <summary>The chains of the level above.</summary>
    public static Chain[] Above(ReadOnlySpan<Chain> chains)
    {
        var above = new Chain[(chains.Length + BoxLanes.Count - 1) / BoxLanes.Count];
        for (var group = 0; group < above.Length; group++)
        {
            var first = group * BoxLanes.Count;
            above[group] = Chain.Of(chains[first..Math.Min(first + BoxLanes.Count, chains.Length)]);
        }
        return above;
    }

    /// <summary>
    /// Which nodes of a group have to be looked into, and which of the others, all to the east of a point, a ray to the east
    /// crosses an odd number of times.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (uint LookedInto, uint Odd) Around(int group, int x, int y)
    {
        ref var first = ref Boxes(group);
        var (holding, eastOf) = BoxLanes.Around(ref first, x, y);
        var mixed = eastOf & _mixed[group];
        var odd = BoxLanes.Above(ref Unsafe.Add(ref first, StartY), y) ^ BoxLanes.Above(ref Unsafe.Add(ref first, EndY), y);
        return (holding | mixed, eastOf & odd & ~mixed);
    }

    private void Write(Span<int> numbers, int node, Chain chain)
    {
        var lane = node % BoxLanes.Count;
        BoxLanes.Write(numbers, lane, chain.LeastX, chain.GreatestX, chain.LeastY, chain.GreatestY);
        numbers[StartY + lane] = chain.StartY;
        numbers[EndY + lane] = chain.EndY;
        if (chain.IsMixed) _mixed[node / BoxLanes.Count] |= (ushort)(1 << lane);
    }
}
