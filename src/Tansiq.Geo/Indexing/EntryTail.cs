using System.Numerics;
using System.Runtime.CompilerServices;

namespace Tansiq.Geo.Indexing;

/// <summary>
/// The boxes of the entries that were added last, in the order in which they came. Views share it: each looks at as many
/// slots as there were when it was made, and only the newest writes, behind them.
/// </summary>
internal sealed class EntryTail(int firstEntry)
{
    /// <summary>How many boxes it takes.</summary>
    public const int Capacity = 128;

    private readonly int[] _nodes = new int[Capacity / PackedNodes.Fanout * PackedNodes.Stride];
    private readonly int[] _entries = new int[Capacity];

    /// <summary>The number of the first entry; all later ones are in the tail.</summary>
    public int FirstEntry => firstEntry;

    public long MemoryBytes => (long)_nodes.Length * sizeof(int) + (long)_entries.Length * sizeof(int);

    public void Write(int slot, int entry, in SearchBox box)
    {
        PackedNodes.Write(_nodes, slot, box);
        _entries[slot] = entry;
    }

    /// <summary>A tail with the same first slots, that the views of this one do not share.</summary>
    public EntryTail Copy(int slotCount)
    {
        var copy = new EntryTail(firstEntry);
        for (var slot = 0; slot < slotCount; slot++) copy.Write(slot, _entries[slot], PackedNodes.Read(_nodes, slot));
        return copy;
    }

    /// <summary>The first slots in the order of their keys.</summary>
    public PackedSlot[] InOrder(int slotCount)
    {
        var slots = new PackedSlot[slotCount];
        for (var slot = 0; slot < slotCount; slot++)
        {
            var box = PackedNodes.Read(_nodes, slot);
            slots[slot] = new(PackingKey.Of(box), _entries[slot], box);
        }
        return PackedSlot.InOrder(slots);
    }

    /// <summary>Adds the entries of the first slots whose boxes meet a box.</summary>
    public void Search(in SearchBox box, int slotCount, Candidates candidates)
    {
        var isOfPlaceAlone = box.IsOfPlaceAlone;
        for (var slot = 0; slot < slotCount; slot += PackedNodes.Fanout)
        {
            var meeting = PackedNodes.Meeting(ref _nodes[slot / PackedNodes.Fanout * PackedNodes.Stride], box, isOfPlaceAlone);
            if (slotCount - slot < PackedNodes.Fanout) meeting &= (1u << (slotCount - slot)) - 1;
            if (meeting == 0) continue;
            ref var room = ref candidates.Room();
            var count = 0;
            for (; meeting != 0; meeting &= meeting - 1)
            {
                var entry = _entries[slot + BitOperations.TrailingZeroCount(meeting)];
                Unsafe.Add(ref room, count++) = Candidate.CodeOf(entry, Candidate.MayBeUnknown | Candidate.MayBeOutside);
            }
            candidates.Took(count);
        }
    }
}
