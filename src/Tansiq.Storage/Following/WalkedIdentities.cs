using Tansiq.Storage.Logs;

namespace Tansiq.Storage.Following;

/// <summary>
/// At which entry an identity stands among those that a walk went through: a small table for the usual step of a few entries, the compact one for a
/// whole record.
/// </summary>
/// <param name="first">The index of the first entry.</param>
/// <param name="count">How many entries there will be.</param>
internal sealed class WalkedIdentities(long first, long count)
{
    private const int MostInSmallTable = 10_000;
    private readonly Dictionary<UInt128, long> _few = [];
    private readonly IdentityIndex? _many = count > MostInSmallTable ? new() : null;
    private long _added;

    /// <summary>Adds the next entry's identity; null where it has none.</summary>
    public void Add(UInt128? identity)
    {
        if (_many is not null) _many.Add(identity);
        else if (identity is { } known) _few.Add(known, first + _added);
        _added++;
    }

    /// <summary>The entry under an identity; null where there is none.</summary>
    public long? Find(UInt128 identity)
    {
        if (_many is not null) return first + _many.Find(identity);
        return _few.TryGetValue(identity, out var entry) ? entry : null;
    }
}
