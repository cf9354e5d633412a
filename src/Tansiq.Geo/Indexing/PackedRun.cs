using System.Numerics;
using System.Runtime.CompilerServices;

namespace Tansiq.Geo.Indexing;

/// <summary>An entry's box and number, with the key that it is packed by.</summary>
internal readonly record struct PackedSlot(ulong Key, int Entry, SearchBox Box)
{
    /// <summary>The slots in the order of their keys; where these are the same, in the order given.</summary>
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
internal sealed class PackedRun
{
    private readonly int[] _nodes;
    private readonly int[] _entries;
    private readonly ulong[] _keys;
    // Of every node above the lowest level its first child, in the order of the nodes.
    private readonly int[] _firstChildren;
    private readonly int _leafCount;

    private PackedRun(int[] nodes, int[] entries, ulong[] keys, int[] firstChildren)
    {
        _nodes = nodes;
        _entries = entries;
        _keys = keys;
        _firstChildren = firstChildren;
        _leafCount = LeafCountOf(keys.Length);
    }

    /// <summary>How many boxes there are: one for each entry, and one more for each that crosses the antimeridian.</summary>
    public int Count => _keys.Length;

    public long MemoryBytes =>
        (long)_nodes.Length * sizeof(int) + (long)_entries.Length * sizeof(int) + (long)_keys.Length * sizeof(ulong)
        + (long)_firstChildren.Length * sizeof(int);

    /// <summary>Packs boxes.</summary>
    /// <param name="slots">One or more, in the order of their keys.</param>
    public static PackedRun Of(ReadOnlySpan<PackedSlot> slots)
    {
        var writer = new Writer(slots.Length);
        foreach (ref readonly var slot in slots) writer.Add(slot);
        return writer.Finish();
    }

    /// <summary>The box in a slot.</summary>
    public PackedSlot SlotAt(int slot) => new(_keys[slot], _entries[slot], PackedNodes.Read(_nodes, slot));

    /// <summary>The key in a slot; keys ascend.</summary>
    public ulong KeyAt(int slot) => _keys[slot];

    /// <summary>The entry in a slot.</summary>
    public int EntryAt(int slot) => _entries[slot];

    /// <summary>Adds the entries whose boxes meet a box.</summary>
    public void Search(in SearchBox box, Candidates candidates)
    {
        ref var nodes = ref _nodes[0];
        ref var entries = ref _entries[0];
        var stack = candidates.Stack;
        stack[0] = _leafCount + _firstChildren.Length - 1;
        var waiting = 1;
        while (waiting > 0)
        {
            var node = stack[--waiting];
            var meeting = PackedNodes.Meeting(ref Unsafe.Add(ref nodes, node * PackedNodes.Stride), box);
            if (meeting == 0) continue;
            if (node < _leafCount)
            {
                AddLanes(meeting, ref Unsafe.Add(ref entries, node * PackedNodes.Fanout), candidates);
                continue;
            }
            var first = _firstChildren[node - _leafCount];
            for (; meeting != 0; meeting &= meeting - 1) stack[waiting++] = first + BitOperations.TrailingZeroCount(meeting);
        }
    }

    /// <summary>Adds the entries of a node whose bits are set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void AddLanes(uint lanes, ref int entries, Candidates candidates)
    {
        var room = candidates.Room();
        var count = 0;
        for (; lanes != 0; lanes &= lanes - 1) room[count++] = Unsafe.Add(ref entries, BitOperations.TrailingZeroCount(lanes));
        candidates.Took(count);
    }

    private static int LeafCountOf(int slotCount) => (slotCount + PackedNodes.Fanout - 1) / PackedNodes.Fanout;

    /// <summary>Packs boxes that come in the order of their keys.</summary>
    internal sealed class Writer
    {
        private readonly int[] _nodes;
        private readonly int[] _entries;
        private readonly ulong[] _keys;
        private readonly int[] _firstChildren;
        private int _count;

        /// <param name="count">How many will come, one or more.</param>
        public Writer(int count)
        {
            var leaves = LeafCountOf(count);
            var above = 0;
            for (var level = leaves; level > 1; above += level) level = LeafCountOf(level);
            _nodes = new int[(leaves + above) * PackedNodes.Stride];
            _entries = new int[leaves * PackedNodes.Fanout];
            _keys = new ulong[count];
            _firstChildren = new int[above];
        }

        public void Add(in PackedSlot slot)
        {
            _keys[_count] = slot.Key;
            _entries[_count] = slot.Entry;
            PackedNodes.Write(_nodes, _count++, slot.Box);
        }

        public PackedRun Finish()
        {
            if (_count != _keys.Length) throw new InvalidOperationException("A run has as many boxes as it was made for.");
            Pad(_count);
            int first = 0, count = LeafCountOf(_count);
            var leaves = count;
            while (count > 1)
            {
                var above = first + count;
                for (var child = first; child < above; child++)
                {
                    var slot = above * PackedNodes.Fanout + child - first;
                    PackedNodes.Write(_nodes, slot, PackedNodes.Around(_nodes, child));
                    if (slot % PackedNodes.Fanout == 0) _firstChildren[slot / PackedNodes.Fanout - leaves] = child;
                }
                Pad(above * PackedNodes.Fanout + count);
                (first, count) = (above, LeafCountOf(count));
            }
            return new(_nodes, _entries, _keys, _firstChildren);
        }

        private void Pad(int slot)
        {
            for (; slot % PackedNodes.Fanout != 0; slot++) PackedNodes.Clear(_nodes, slot);
        }
    }
}
