namespace Tansiq.Coordination;

/// <summary>The identifier of a <typeparamref name="TEntity"/>: 1 to 64 of <c>A-Z a-z 0-9 - _ . : /</c>.</summary>
/// <remarks>
/// Identifiers of different entities are different types. A class and not a struct: collections of references are compiled
/// ahead with the framework, those of a struct would be compiled at each start of the command.
/// </remarks>
/// <typeparam name="TEntity">What is identified; used as a mark only.</typeparam>
public sealed class Id<TEntity> : IEquatable<Id<TEntity>>, IComparable<Id<TEntity>>
{
    /// <summary>Creates an identifier from text that a reader has found well formed.</summary>
    /// <exception cref="ArgumentException"><paramref name="value"/> is empty.</exception>
    public Id(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        Value = value;
    }

    private Id() => Value = "";

    /// <summary>What a reader gives in place of an identifier that it refused: empty, and names nothing.</summary>
    public static Id<TEntity> None { get; } = new();

    /// <summary>The identifier's text; empty for <see cref="None"/>.</summary>
    public string Value { get; }

    /// <summary>Orders by code unit, the same on every machine.</summary>
    public int CompareTo(Id<TEntity>? other) => string.CompareOrdinal(Value, other?.Value);

    /// <summary>Whether both have the same text.</summary>
    public bool Equals(Id<TEntity>? other) => other is not null && string.Equals(Value, other.Value, StringComparison.Ordinal);

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as Id<TEntity>);

    /// <inheritdoc />
    public override int GetHashCode() => string.GetHashCode(Value, StringComparison.Ordinal);

    /// <summary>The identifier's text.</summary>
    public override string ToString() => Value;

    /// <summary>Whether both have the same text.</summary>
    public static bool operator ==(Id<TEntity>? left, Id<TEntity>? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether both have different texts.</summary>
    public static bool operator !=(Id<TEntity>? left, Id<TEntity>? right) => !(left == right);

    /// <summary>Orders by code unit.</summary>
    public static bool operator <(Id<TEntity> left, Id<TEntity> right) => Compare(left, right) < 0;

    /// <summary>Orders by code unit.</summary>
    public static bool operator <=(Id<TEntity> left, Id<TEntity> right) => Compare(left, right) <= 0;

    /// <summary>Orders by code unit.</summary>
    public static bool operator >(Id<TEntity> left, Id<TEntity> right) => Compare(left, right) > 0;

    /// <summary>Orders by code unit.</summary>
    public static bool operator >=(Id<TEntity> left, Id<TEntity> right) => Compare(left, right) >= 0;

    private static int Compare(Id<TEntity>? left, Id<TEntity>? right) => string.CompareOrdinal(left?.Value, right?.Value);
}
