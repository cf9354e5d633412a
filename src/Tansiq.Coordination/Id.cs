namespace Tansiq.Coordination;

/// <summary>The identifier of a <typeparamref name="TEntity"/>: 1 to 64 of <c>A-Z a-z 0-9 - _ . : /</c>.</summary>
/// <remarks>Identifiers of different entities are different types. The default value is empty and names nothing.</remarks>
/// <typeparam name="TEntity">What is identified; used as a mark only.</typeparam>
public readonly record struct Id<TEntity> : IComparable<Id<TEntity>>
{
    private readonly string? _value;

    /// <summary>Creates an identifier from text that a reader has found well formed.</summary>
    /// <exception cref="ArgumentException"><paramref name="value"/> is empty.</exception>
    public Id(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        _value = value;
    }

    /// <summary>The identifier's text; empty for the default value.</summary>
    public string Value => _value ?? "";

    /// <summary>Orders by code unit, the same on every machine.</summary>
    public int CompareTo(Id<TEntity> other) => string.CompareOrdinal(Value, other.Value);

    /// <summary>The identifier's text.</summary>
    public override string ToString() => Value;

    /// <summary>Orders by code unit.</summary>
    public static bool operator <(Id<TEntity> left, Id<TEntity> right) => left.CompareTo(right) < 0;

    /// <summary>Orders by code unit.</summary>
    public static bool operator <=(Id<TEntity> left, Id<TEntity> right) => left.CompareTo(right) <= 0;

    /// <summary>Orders by code unit.</summary>
    public static bool operator >(Id<TEntity> left, Id<TEntity> right) => left.CompareTo(right) > 0;

    /// <summary>Orders by code unit.</summary>
    public static bool operator >=(Id<TEntity> left, Id<TEntity> right) => left.CompareTo(right) >= 0;
}
