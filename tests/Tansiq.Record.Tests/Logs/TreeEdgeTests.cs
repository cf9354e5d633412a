using CsCheck;
using Tansiq.Record.Logs;
using Tansiq.Record.Merkle;
using Tansiq.Record.Tiles;

namespace Tansiq.Record.Tests.Logs;

/// <summary>A tree that is written as tiles, against one that keeps every node of every height.</summary>
[Trait("Requirement", "REC-1")]
public class TreeEdgeTests
{
    private const int Leaves = 70_000;

    // Nodes[h][i] is the root of the i-th complete subtree of height h.
    private static readonly MerkleHash[][] Nodes = AllNodes();

    [Fact]
    public void Add_SeventyThousandLeaves_WritesTheTilesOfEverySize()
    {
        var edge = new TreeEdge();
        var full = new Dictionary<Tile, byte[]>();
        for (var size = 0L; size <= Leaves; size++)
        {
            edge.Size.ShouldBe(size);
            if (IsLookedAt(size)) HasTheTilesOf(size, edge, full);
            if (size < Leaves) edge.Add(Nodes[0][size], (level, index, hashes) => full.Add(Tile.Hashes(level, index), hashes.ToArray()));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(69_000)]
    public void Load_FromTiles_GrowsAsTheEdgeThatWroteThem(long size)
    {
        var edge = TreeEdge.Load(size, TileOf).Value;
        edge.Root().ShouldBe(RootOf(size));
        var apart = edge.Copy();
        for (var index = size; index < Math.Min(size + 600, Leaves); index++)
            edge.Add(Nodes[0][index], (level, number, hashes) => hashes.ToArray().ShouldBe(TileOf(Tile.Hashes(level, number))!.Value.ToArray()));
        edge.Root().ShouldBe(RootOf(edge.Size));
        foreach (var (level, index, hashes) in edge.Partial()) hashes.ToArray().ShouldBe(TileOf(Tile.Hashes(level, index, hashes.Length / MerkleHash.Length))!.Value.ToArray());
        (apart.Size, apart.Root()).ShouldBe((size, RootOf(size)));
    }

    [Fact]
    public void Load_TileMissingOrOfAnotherLength_NamesIt()
    {
        TreeEdge.Load(70_000, tile => tile.Level == 1 && tile.IsPartial ? null : TileOf(tile)).Fault.ShouldBe(new Fault(RecordFaults.Missing, "tile/1/001.p/17", "nothing", "the tile"));
        TreeEdge.Load(70_000, tile => tile.Level == 0 ? TileOf(tile)!.Value[1..] : TileOf(tile)).Fault!.Code.ShouldBe(RecordFaults.MalformedTile);
    }

    [Fact]
    public void TileHashes_AnySubtreeOfAnySize_IsTheNaiveNodeAndAFaultWhereTheTileIsGone() =>
        Gen.Select(Gen.Long[1, Leaves], Gen.Int[0, 16], Gen.Double[0, 1]).Sample(
            (size, height, part) =>
            {
                var complete = size >> height;
                if (complete == 0) return;
                var subtree = new Subtree(height, (long)(part * (complete - 1)));
                new TileHashes(size, TileOf).Hash(subtree).Value.ShouldBe(Nodes[height][subtree.Index]);
                new TileHashes(size, _ => null).Hash(subtree).Fault!.Code.ShouldBe(RecordFaults.Missing);
                Should.Throw<ArgumentOutOfRangeException>(() => new TileHashes(size, TileOf).Hash(new Subtree(height, complete)));
            },
            iter: 2_000);

    [Fact]
    public void Proofs_OfATreeOfTiles_VerifyForAnyPlaceAndAnyTwoSizes() =>
        Gen.Select(Gen.Long[1, Leaves], Gen.Double[0, 1]).Sample(
            (size, part) =>
            {
                var (tiles, place) = (new TileHashes(size, TileOf), (long)(part * (size - 1)));
                InclusionProof.Verifies(place, size, Nodes[0][place], InclusionProof.Of(place, size, tiles).Value, RootOf(size)).ShouldBeTrue();
                ConsistencyProof.Verifies(place + 1, size, RootOf(place + 1), RootOf(size), ConsistencyProof.Of(place + 1, size, tiles).Value).ShouldBeTrue();
            },
            iter: 1_000);

    private static bool IsLookedAt(long size) => size is <= 600 or > 65_500 and < 65_600 or > 65_770 and < 65_820 || size > Leaves - 3 || size % 4_999 == 0;

    private static void HasTheTilesOf(long size, TreeEdge edge, Dictionary<Tile, byte[]> full)
    {
        edge.Root().ShouldBe(RootOf(size));
        var partial = edge.Partial().ToDictionary(part => Tile.Hashes(part.Level, part.Index, part.Hashes.Length / MerkleHash.Length), part => part.Hashes.ToArray());
        full.Keys.Concat(partial.Keys).ShouldBe(Tile.Of(size), ignoreOrder: true);
        foreach (var (tile, hashes) in partial) hashes.ShouldBe(TileOf(tile)!.Value.ToArray());
        foreach (var (tile, hashes) in full.TakeLast(2)) hashes.ShouldBe(TileOf(tile)!.Value.ToArray());
    }

    private static ReadOnlyMemory<byte>? TileOf(Tile tile)
    {
        var bytes = new byte[tile.Width * MerkleHash.Length];
        for (var number = 0; number < tile.Width; number++) Nodes[tile.Level * 8][tile.Index * 256 + number].CopyTo(bytes.AsSpan(number * MerkleHash.Length));
        return bytes;
    }

    private static MerkleHash RootOf(long size)
    {
        if (size == 0) return MerkleHashing.Empty;
        var (from, subtrees) = (0L, new Stack<MerkleHash>());
        for (var height = Nodes.Length - 1; height >= 0; height--)
        {
            if ((size >> height & 1) == 0) continue;
            subtrees.Push(Nodes[height][from >> height]);
            from += 1L << height;
        }

        return subtrees.Skip(1).Aggregate(subtrees.Peek(), (right, left) => MerkleHashing.Node(left, right));
    }

    private static MerkleHash[][] AllNodes()
    {
        var nodes = new List<MerkleHash[]> { Enumerable.Range(0, Leaves).Select(index => MerkleHashing.Leaf(BitConverter.GetBytes(index))).ToArray() };
        while (nodes[^1].Length > 1) nodes.Add([.. nodes[^1].Chunk(2).Where(pair => pair.Length == 2).Select(pair => MerkleHashing.Node(pair[0], pair[1]))]);
        return [.. nodes];
    }
}
