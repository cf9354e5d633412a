using Tansiq.Record.Notes;

namespace Tansiq.Record.Federation;

/// <summary>What nodes know one another by: the name of the key that signs for it. The default value names nobody.</summary>
public readonly record struct NodeName : IComparable<NodeName>
{
    private readonly string? _value;

    private NodeName(string value) => _value = value;

    /// <summary>The name; empty for the default value.</summary>
    public string Value => _value ?? "";

    /// <summary>A name by the rules for names of keys (<see cref="KeyName"/>).</summary>
    /// <exception cref="ArgumentException">It is none.</exception>
    public static NodeName Of(string name) => KeyName.IsValid(name) ? new(name) : throw new ArgumentException("Not the name of a key.", nameof(name));

    /// <summary>Orders names by their code units.</summary>
    public int CompareTo(NodeName other) => string.CompareOrdinal(Value, other.Value);

    /// <summary>The name.</summary>
    public override string ToString() => Value;

    /// <summary>Whether the first stands before the second.</summary>
    public static bool operator <(NodeName left, NodeName right) => left.CompareTo(right) < 0;

    /// <summary>Whether the first stands after the second.</summary>
    public static bool operator >(NodeName left, NodeName right) => left.CompareTo(right) > 0;

    /// <summary>Whether the first does not stand after the second.</summary>
    public static bool operator <=(NodeName left, NodeName right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the first does not stand before the second.</summary>
    public static bool operator >=(NodeName left, NodeName right) => left.CompareTo(right) >= 0;
}
