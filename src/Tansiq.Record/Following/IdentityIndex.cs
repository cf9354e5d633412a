namespace Tansiq.Record.Following;

/// <summary>
/// At which index an identity stands on the record: 24 bytes a place, at most three quarters of the places filled. Identities are hashes, so their
/// low bits say where to look first. Not thread-safe.
/// </summary>
public sealed class IdentityIndex
{
    private const int LeastPlaces = 64;
    private UInt128[] _identities = new UInt128[LeastPlaces];
    private long[] _indicesPlusOne = new long[LeastPlaces];

    /// <summary>How many identities.</summary>
    public int Count { get; private set; }

    /// <summary>The index at which an identity stands; null where it does not.</summary>
    public long? Find(UInt128 identity)
    {
        var place = Place(identity);
        return _indicesPlusOne[place] == 0 ? null : _indicesPlusOne[place] - 1;
    }

    /// <summary>Adds an identity that does not stand there yet.</summary>
    /// <returns>Whether it is added; not where it stands there already.</returns>
    public bool TryAdd(UInt128 identity, long index)
    {
        var place = Place(identity);
        if (_indicesPlusOne[place] != 0) return false;
        (_identities[place], _indicesPlusOne[place]) = (identity, index + 1);
        if (++Count > _identities.Length / 4 * 3) Grow();
        return true;
    }

    /// <summary>Adds all of another index.</summary>
    public void AddAll(IdentityIndex other)
    {
        ArgumentNullException.ThrowIfNull(other);
        for (var place = 0; place < other._identities.Length; place++)
        {
            if (other._indicesPlusOne[place] != 0) TryAdd(other._identities[place], other._indicesPlusOne[place] - 1);
        }
    }

    private int Place(UInt128 identity)
    {
        var last = _identities.Length - 1;
        var place = (int)(ulong)(identity & (UInt128)last);
        while (_indicesPlusOne[place] != 0 && _identities[place] != identity) place = (place + 1) & last;
        return place;
    }

    private void Grow()
    {
        var (identities, indices) = (_identities, _indicesPlusOne);
        _identities = new UInt128[2 * identities.Length];
        _indicesPlusOne = new long[2 * indices.Length];
        for (var place = 0; place < identities.Length; place++)
        {
            if (indices[place] == 0) continue;
            var next = Place(identities[place]);
            (_identities[next], _indicesPlusOne[next]) = (identities[place], indices[place]);
        }
    }
}
