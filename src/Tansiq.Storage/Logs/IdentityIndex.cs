namespace Tansiq.Storage.Logs;

/// <summary>
/// At which entry an identity stands. Identities are bits of a hash, in no order: on the disk they lie in the order of entries, and are found by
/// this table in memory, about 24 bytes an entry. One thread adds and finds.
/// </summary>
internal sealed class IdentityIndex
{
    private const int PageBits = 16;
    private const int PageMask = (1 << PageBits) - 1;
    private const int SmallestTable = 1 << 10;

    // Pages instead of one array: growing copies nothing.
    private readonly List<UInt128[]> _pages = [];

    // Number of the entry + 1 where something stands; its length is a power of two, at least a quarter of it free.
    private int[] _table = new int[SmallestTable];
    private int _used;

    /// <summary>How many entries there are, with and without an identity.</summary>
    public int Count { get; private set; }

    /// <summary>Adds the next entry's identity; null where it has none. The first entry under an identity keeps it.</summary>
    public void Add(UInt128? identity)
    {
        var number = Count++;
        if (number >> PageBits == _pages.Count) _pages.Add(new UInt128[1 << PageBits]);
        if (identity is not { } value) return;
        _pages[number >> PageBits][number & PageMask] = value;
        if (_used + 1 > _table.Length / 4 * 3) Grow();
        Place(value, number);
    }

    /// <summary>The entry under an identity; null where there is none.</summary>
    public long? Find(UInt128 identity)
    {
        for (var slot = Slot(identity); ; slot = (slot + 1) & (_table.Length - 1))
        {
            var entry = _table[slot] - 1;
            if (entry < 0) return null;
            if (Identity(entry) == identity) return entry;
        }
    }

    private void Place(UInt128 identity, int number)
    {
        var slot = Slot(identity);
        for (; _table[slot] != 0; slot = (slot + 1) & (_table.Length - 1))
        {
            if (Identity(_table[slot] - 1) == identity) return;
        }

        _table[slot] = number + 1;
        _used++;
    }

    private void Grow()
    {
        var old = _table;
        _table = new int[2 * old.Length];
        _used = 0;
        foreach (var entry in old)
        {
            if (entry != 0) Place(Identity(entry - 1), entry - 1);
        }
    }

    private UInt128 Identity(int number) => _pages[number >> PageBits][number & PageMask];

    private int Slot(UInt128 identity) => unchecked((int)(ulong)identity) & (_table.Length - 1);
}
