namespace Tansiq.Feeds.Positions.Asterix;

/// <summary>Where an item stands in its record.</summary>
internal readonly record struct ItemRange(int Start, int Length);

/// <summary>One record of a data block, its items found.</summary>
/// <param name="octets">The record.</param>
/// <param name="items">The items by their field reference number less one.</param>
internal readonly ref struct AsterixRecord(ReadOnlySpan<byte> octets, ReadOnlySpan<ItemRange> items)
{
    private readonly ReadOnlySpan<byte> _octets = octets;
    private readonly ReadOnlySpan<ItemRange> _items = items;

    /// <summary>The item with a field reference number, from 1; empty where the record does not have it.</summary>
    public ReadOnlySpan<byte> this[int reference] => _octets.Slice(_items[reference - 1].Start, _items[reference - 1].Length);
}

/// <summary>One category in its standard user application profile.</summary>
/// <param name="number">The number of the category.</param>
/// <param name="profile">The items by field reference number; null where none is defined.</param>
internal abstract class AsterixCategory(int number, ItemLayout?[] profile)
{
    /// <summary>The most items of a record.</summary>
    public const int MaximumItems = 49;

    /// <summary>The field reference number of the data source identifier, in every category that is read.</summary>
    public const int DataSource = 1;

    /// <summary>The number of the category.</summary>
    public int Number => number;

    /// <summary>Finds the items of the record at the start of some data.</summary>
    /// <param name="data">The record and what follows it in its block.</param>
    /// <param name="items">Where they are put, at least <see cref="MaximumItems"/>.</param>
    /// <returns>The octets of the record; −1 where it runs over the end, has no data source or an item that is not defined.</returns>
    public int Measure(ReadOnlySpan<byte> data, Span<ItemRange> items)
    {
        items.Clear();
        var at = Presence.OctetsOf(data);
        if (at < 0) return -1;
        var presence = data[..at];
        if (!Presence.Has(presence, DataSource - 1) || Presence.HasBeyond(presence, profile.Length)) return -1;
        for (var index = 0; index < profile.Length; index++)
        {
            if (!Presence.Has(presence, index)) continue;
            if (profile[index]?.Measure(data[at..]) is not (> 0 and var length)) return -1;
            items[index] = new(at, length);
            at += length;
        }

        return at;
    }

    /// <summary>Whether all items hold what they can hold in this edition.</summary>
    public abstract bool IsPlausible(AsterixRecord record);

    /// <summary>Takes what a record says of an aircraft.</summary>
    public abstract void Read(AsterixRecord record, AsterixReport report);
}
