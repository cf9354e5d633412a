namespace Tansiq.Feeds.Positions.Json;

/// <summary>Items that wait for what their document says after them.</summary>
internal sealed class HeldItems(int maximumBytes)
{
    private readonly List<(IJsonItems Items, byte[] Bytes, RecordPlace Place)> _held = [];
    private long _bytes;

    /// <summary>Keeps a copy of an item; false where that would be too many bytes.</summary>
    public bool TryAdd(IJsonItems items, ReadOnlySpan<byte> item, RecordPlace place)
    {
        _bytes += item.Length;
        if (_bytes > maximumBytes) return false;
        _held.Add((items, item.ToArray(), place));
        return true;
    }

    /// <summary>Reads what was kept, in its order.</summary>
    public IEnumerable<PositionRecord> Read()
    {
        var records = new List<PositionRecord>();
        foreach (var (items, bytes, place) in _held)
        {
            records.Clear();
            items.Read(bytes, place, records);
            foreach (var record in records) yield return record;
        }
    }
}
