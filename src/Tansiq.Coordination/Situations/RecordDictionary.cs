using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Tansiq.Coordination.Situations;

/// <summary>What a situation knows of one kind (notices, sites), by index on the record and in the order of the record.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
/// <typeparam name="T">What is known.</typeparam>
public sealed class RecordDictionary<T> : IReadOnlyDictionary<long, T>
    where T : class
{
    private readonly VersionedList<T> _items;
    private readonly int _admitted;
    private readonly Func<T, long> _indexOf;

    internal RecordDictionary(VersionedList<T> items, int count, int admitted, Func<T, long> indexOf)
    {
        (_items, Count, _admitted, _indexOf) = (items, count, admitted, indexOf);
    }

    /// <inheritdoc />
    public int Count { get; }

    /// <inheritdoc />
    public IEnumerable<long> Keys => Values.Select(_indexOf);

    /// <inheritdoc />
    public IEnumerable<T> Values
    {
        get
        {
            for (var number = 0; number < Count; number++) yield return _items.At(number, _admitted);
        }
    }

    /// <inheritdoc />
    public T this[long key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException();

    /// <inheritdoc />
    public bool ContainsKey(long key) => TryGetValue(key, out _);

    /// <inheritdoc />
    public bool TryGetValue(long key, [MaybeNullWhen(false)] out T value)
    {
        var (low, high) = (0, Count - 1);
        while (low <= high)
        {
            var middle = low + (high - low) / 2;
            value = _items.At(middle, _admitted);
            var index = _indexOf(value);
            if (index == key) return true;
            if (index < key) low = middle + 1;
            else high = middle - 1;
        }

        value = null;
        return false;
    }

    /// <inheritdoc />
    public IEnumerator<KeyValuePair<long, T>> GetEnumerator() => Values.Select(value => KeyValuePair.Create(_indexOf(value), value)).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
