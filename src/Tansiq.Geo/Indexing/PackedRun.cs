using System.Numerics;
using System.Runtime.CompilerServices;
using Tansiq.Geo.Outlines;

namespace Tansiq.Geo.Indexing;

/// <summary>An entry's box and number, with the key that it is packed by.</summary>
internal readonly record struct PackedSlot(ulong Key, int Entry, SearchBox Box)
{
    /// <summary>The slots in the order of their keys; where these are the same, of their entries.</summary>
    public static PackedSlot[] InOrder(PackedSlot[] slots)
    {
        var keys = Array.ConvertAll(slots, slot => (slot.Key, slot.Entry));
        Array.Sort(keys, slots);
        return slots;
    }
}

/// <summary>
/// A packed R-tree over the boxes of some entries: sixteen neighbours in the order of <see cref="PackingKey"/> make a node,
/// sixteen nodes one above (I. Kamel, C. Faloutsos, "Hilbert R-tree", VLDB 1994). Never changes.
/// </summary>
/// <remarks>Beside the boxes lie the cells of the outlines, so that most places need no look at the outline itself.</remarks>
internal sealed class PackedRun
{
    private readonly int[] _nodes;
    private readonly int[] _entries;
    private readonly ulong[] _keys;
    private readonly ulong[] _cells;
    // The edges of outlines that have few and lie in one turn, else null.
    private readonly EdgeBlocks[] _edges;
    // Of every node above the lowest level its first child, in the order of the nodes.
    private readonly int[] _firstChildren;
    private readonly int _leafCount;

    private PackedRun(Writer writer)
    {
        _nodes = writer.Nodes;
        _entries = writer.Entries;
        _keys = writer.Keys;
        _cells = writer.Cells;
        _edges = writer.Edges;
        _firstChildren = writer.FirstChildren;
        _leafCount = LeafCountOf(_keys.Length);
    }

    /// <summary>How many boxes there are: one for each entry, and one more for each that crosses the antimeridian.</summary>
    public int Count => _keys.Length;

    public long MemoryBytes =>
        (long)_nodes.Length * sizeof(int) + (long)_entries.Length * sizeof(int) + (long)_keys.Length * sizeof(ulong)
        + (long)_cells.Length * sizeof(ulong) + (long)_edges.Length * IntPtr.Size + (long)_firstChildren.Length * sizeof(int);

    /// <summary>Packs boxes.</summary>
    /// <param name="slots">One or more, in the order of their keys.</param>
    /// <param name="entries">The entries.</param>
    public static PackedRun Of(ReadOnlySpan<PackedSlot> slots, in SeenEntries entries)
    {
        var writer = new Writer(slots.Length);
        foreach (ref readonly var slot in slots) writer.Add(slot, entries.OutlineOf(slot.Entry));
        return writer.Finish();
    }

    /// <summary>The key in a slot; keys ascend.</summary>
    public ulong KeyAt(int slot) => _keys[slot];

    /// <summary>The entry in a slot.</summary>
    public int EntryAt(int slot) => _entries[slot];

    /// <summary>Adds the entries whose boxes meet a box.</summary>
    /// <param name="box">The box.</param>
    /// <param name="flags">What is not settled of every entry.</param>
    /// <param name="candidates">Where they are added.</param>
    public void Search(in SearchBox box, int flags, Candidates candidates) => Search(box, flags, new BoxLeaf(), candidates);

    /// <summary>Adds the entries whose boxes meet the box of a place and whose outline holds the place, or may.</summary>
    /// <param name="box">The box of a place.</param>
    /// <param name="flags">What is not settled of every entry.</param>
    /// <param name="candidates">Where they are added.</param>
    public void SearchPlace(in SearchBox box, int flags, Candidates candidates) => Search(box, flags, new PlaceLeaf(), candidates);

    private void Search<TLeaf>(in SearchBox box, int flags, TLeaf leaf, Candidates candidates)
        where TLeaf : struct, ILeaf
    {
        ref var nodes = ref _nodes[0];
        var isOfPlaceAlone = box.IsOfPlaceAlone;
        var stack = candidates.Stack;
        stack[0] = _leafCount + _firstChildren.Length - 1;
        var waiting = 1;
        while (waiting > 0)
        {
            var node = stack[--waiting];
            var meeting = PackedNodes.Meeting(ref Unsafe.Add(ref nodes, node * PackedNodes.Stride), box, isOfPlaceAlone);
            if (meeting == 0) continue;
            if (node < _leafCount)
            {
                ref var room = ref candidates.Room();
                candidates.Took(leaf.Add(this, node, meeting, box, flags, candidates, ref room));
                continue;
            }
            var first = _firstChildren[node - _leafCount];
            for (; meeting != 0; meeting &= meeting - 1) stack[waiting++] = first + BitOperations.TrailingZeroCount(meeting);
        }
    }

    private static int LeafCountOf(int slotCount) => (slotCount + PackedNodes.Fanout - 1) / PackedNodes.Fanout;

    /// <summary>The edges of an outline. In a structure, since an array of arrays looks at each that is put into it.</summary>
    internal readonly record struct EdgeBlocks(int[]? Numbers);

    /// <summary>What becomes of the entries of a lowest node whose boxes meet a box.</summary>
    private interface ILeaf
    {
        int Add(PackedRun run, int node, uint lanes, in SearchBox box, int flags, Candidates candidates, ref int codes);
    }

    private readonly struct BoxLeaf : ILeaf
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public int Add(PackedRun run, int node, uint lanes, in SearchBox box, int flags, Candidates candidates, ref int codes)
        {
            ref var entries = ref run._entries[node * PackedNodes.Fanout];
            var count = 0;
            for (; lanes != 0; lanes &= lanes - 1)
                Unsafe.Add(ref codes, count++) = Candidate.CodeOf(Unsafe.Add(ref entries, BitOperations.TrailingZeroCount(lanes)), flags);
            return count;
        }
    }

    private readonly struct PlaceLeaf : ILeaf
    {
        // Without a decision between, the cells come from memory many at a time.
        public int Add(PackedRun run, int node, uint lanes, in SearchBox box, int flags, Candidates candidates, ref int codes)
        {
            Span<PlaceInCells> looks = stackalloc PlaceInCells[PackedNodes.Fanout];
            ref var lane0 = ref run._nodes[node * PackedNodes.Stride];
            var first = node * PackedNodes.Fanout;
            for (var left = lanes; left != 0; left &= left - 1)
            {
                var lane = BitOperations.TrailingZeroCount(left);
                var (west, south, width, height) = PackedNodes.Place(ref Unsafe.Add(ref lane0, lane));
                var (east, north) = unchecked(((uint)(box.West - west), (uint)(box.South - south)));
                looks[lane] = OutlineCells.Look(ref run._cells[(first + lane) * OutlineCells.WordCount], east, north, width, height);
            }
            var count = 0;
            for (; lanes != 0; lanes &= lanes - 1)
            {
                var lane = BitOperations.TrailingZeroCount(lanes);
                var code = Candidate.CodeOf(run._entries[first + lane], flags);
                if (looks[lane] == PlaceInCells.Cut)
                {
                    if (run._edges[first + lane].Numbers is { } edges)
                    {
                        candidates.Postpone(edges, unchecked(box.West - Unsafe.Add(ref lane0, lane) + int.MinValue), code);
                        continue;
                    }
                    code |= Candidate.MayBeOutside;
                }
                Unsafe.Add(ref codes, count) = code;
                count += looks[lane] == PlaceInCells.Outside ? 0 : 1;
            }
            return count;
        }
    }

    /// <summary>Packs boxes that come in the order of their keys.</summary>
    internal sealed class Writer
    {
        private int _count;

        /// <param name="count">How many will come, one or more.</param>
        public Writer(int count)
        {
            var leaves = LeafCountOf(count);
            var above = 0;
            for (var level = leaves; level > 1; above += level) level = LeafCountOf(level);
            // All of it is written before it is read.
            Nodes = GC.AllocateUninitializedArray<int>((leaves + above) * PackedNodes.Stride);
            Entries = GC.AllocateUninitializedArray<int>(leaves * PackedNodes.Fanout);
            Keys = GC.AllocateUninitializedArray<ulong>(count);
            Cells = GC.AllocateUninitializedArray<ulong>(count * OutlineCells.WordCount);
            Edges = new EdgeBlocks[count];
            FirstChildren = new int[above];
        }

        public int[] Nodes { get; }

        public int[] Entries { get; }

        public ulong[] Keys { get; }

        public ulong[] Cells { get; }

        public EdgeBlocks[] Edges { get; }

        public int[] FirstChildren { get; }

        /// <summary>Adds a box with the outline that it is of, or null.</summary>
        public void Add(in PackedSlot slot, Outline? outline)
        {
            var cells = Cells.AsSpan(_count * OutlineCells.WordCount, OutlineCells.WordCount);
            if (outline is null)
            {
                cells.Fill(OutlineCells.AllInside);
            }
            else if ((long)slot.Box.East - slot.Box.West != outline.Box.East - outline.Box.West)
            {
                // Cut by the antimeridian: its cells begin elsewhere.
                cells.Fill(OutlineCells.AllCut);
            }
            else
            {
                outline.Cells.Words.CopyTo(cells);
                // Edges that nobody has asked yet stay with the outline until one does.
                Edges[_count] = new(outline.EdgesIfAsked?.OnlyBlocks);
            }
            Add(slot);
        }

        /// <summary>Adds a slot of another run.</summary>
        public void Add(PackedRun run, int slot)
        {
            run._cells.AsSpan(slot * OutlineCells.WordCount, OutlineCells.WordCount).CopyTo(Cells.AsSpan(_count * OutlineCells.WordCount));
            Edges[_count] = run._edges[slot];
            Add(new(run._keys[slot], run._entries[slot], PackedNodes.Read(run._nodes, slot)));
        }

        public PackedRun Finish()
        {
            if (_count != Keys.Length) throw new InvalidOperationException("A run has as many boxes as it was made for.");
            Pad(_count);
            int first = 0, count = LeafCountOf(_count);
            var leaves = count;
            while (count > 1)
            {
                var above = first + count;
                for (var child = first; child < above; child++)
                {
                    var slot = above * PackedNodes.Fanout + child - first;
                    PackedNodes.Write(Nodes, slot, PackedNodes.Around(Nodes, child));
                    if (slot % PackedNodes.Fanout == 0) FirstChildren[slot / PackedNodes.Fanout - leaves] = child;
                }
                Pad(above * PackedNodes.Fanout + count);
                (first, count) = (above, LeafCountOf(count));
            }
            return new(this);
        }

        private void Add(in PackedSlot slot)
        {
            Keys[_count] = slot.Key;
            Entries[_count] = slot.Entry;
            PackedNodes.Write(Nodes, _count++, slot.Box);
        }

        private void Pad(int slot)
        {
            for (; slot % PackedNodes.Fanout != 0; slot++) PackedNodes.Clear(Nodes, slot);
        }
    }
}
