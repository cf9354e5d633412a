namespace Tansiq.Feeds.Positions.Asterix;

/// <summary>How many octets a data item takes, by the forms of EUROCONTROL-SPEC-0149, part 1.</summary>
internal sealed class ItemLayout
{
    /// <summary>Begins with its own length in one octet, which counts (the reserved expansion and special purpose fields).</summary>
    public static readonly ItemLayout Explicit = new(Form.Explicit, 0, []);

    private readonly Form _form;
    private readonly int _octets;
    private readonly ItemLayout[] _subfields;

    private ItemLayout(Form form, int octets, ItemLayout[] subfields)
    {
        _form = form;
        _octets = octets;
        _subfields = subfields;
    }

    private enum Form
    {
        Fixed = 0,
        Extended,
        Repeated,
        Explicit,
        Compound,
    }

    /// <summary>A fixed number of octets.</summary>
    public static ItemLayout Fixed(int octets) => new(Form.Fixed, octets, []);

    /// <summary>Parts of equal length, of which each but the last ends in a bit 1.</summary>
    public static ItemLayout Extended(int octetsOfPart = 1) => new(Form.Extended, octetsOfPart, []);

    /// <summary>A count in one octet and so many parts.</summary>
    public static ItemLayout Repeated(int octetsOfPart) => new(Form.Repeated, octetsOfPart, []);

    /// <summary>Bits that say which subfields follow, seven to an octet, and those subfields.</summary>
    public static ItemLayout Compound(params ItemLayout[] subfields) => new(Form.Compound, 0, subfields);

    /// <summary>The octets of the item at the start of some data; −1 where it runs over the end or has a subfield that is not known.</summary>
    public int Measure(ReadOnlySpan<byte> data)
    {
        var length = _form switch
        {
            Form.Fixed => _octets,
            Form.Extended => LengthOfParts(data),
            Form.Repeated => data.IsEmpty ? -1 : 1 + data[0] * _octets,
            Form.Explicit => data.IsEmpty || data[0] == 0 ? -1 : data[0],
            _ => Find(data, _subfields.Length, out _),
        };
        return length <= data.Length ? length : -1;
    }

    /// <summary>One subfield of a compound item that was measured; empty where it is not there.</summary>
    /// <param name="item">The whole item.</param>
    /// <param name="number">The number of the subfield, from 1.</param>
    public ReadOnlySpan<byte> Subfield(ReadOnlySpan<byte> item, int number)
    {
        if (item.IsEmpty) return default;
        Find(item, number - 1, out var subfield);
        return subfield;
    }

    /// <summary>Runs over the subfields before one, by index; gives where they end, and that one where it is there.</summary>
    private int Find(ReadOnlySpan<byte> data, int index, out ReadOnlySpan<byte> subfield)
    {
        subfield = default;
        var at = Presence.OctetsOf(data);
        if (at < 0) return -1;
        var presence = data[..at];
        if (Presence.HasBeyond(presence, _subfields.Length)) return -1;
        for (var current = 0; current < _subfields.Length && current <= index; current++)
        {
            if (!Presence.Has(presence, current)) continue;
            var length = _subfields[current].Measure(data[at..]);
            if (length < 0) return -1;
            if (current == index) subfield = data.Slice(at, length);
            at += length;
        }

        return at;
    }

    private int LengthOfParts(ReadOnlySpan<byte> data)
    {
        for (var end = _octets; end <= data.Length; end += _octets)
        {
            if ((data[end - 1] & 1) == 0) return end;
        }

        return -1;
    }
}
