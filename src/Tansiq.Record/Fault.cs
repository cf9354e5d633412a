using System.Diagnostics.CodeAnalysis;

namespace Tansiq.Record;

/// <summary>What does not hold in something of a record: what, where, what was expected. A value, not an exception.</summary>
/// <param name="Code">A stable code of <see cref="RecordFaults"/> (docs/formats/record-faults.md).</param>
/// <param name="Where">Where: <c>line 3</c>, <c>entry 412</c>, <c>tile/0/x001/067</c>; empty for the whole.</param>
/// <param name="Found">What stands there, at most 80 characters.</param>
/// <param name="Expected">What should stand there, in a few words.</param>
public sealed record Fault(string Code, string Where, string Found, string Expected)
{
    /// <summary>The fault as one line: <c>WHERE: found FOUND, expected EXPECTED [CODE]</c>.</summary>
    public override string ToString() =>
        $"{(Where.Length == 0 ? "" : Where + ": ")}found {Found}, expected {Expected} [{Code}]";

    /// <summary>The same fault with its place put under a longer one: <c>entry 7, line 3</c>.</summary>
    public Fault In(string place) => this with { Where = Where.Length == 0 ? place : $"{place}, {Where}" };
}

/// <summary>What checking gave: a value, or the fault. Never both; the default value is not legal.</summary>
public readonly struct Checked<T>
{
    private readonly T? _value;
    private readonly Fault? _fault;

    private Checked(T? value, Fault? fault)
    {
        _value = value;
        _fault = fault;
    }

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">There is a fault.</exception>
    public T Value => _fault is null ? _value! : throw new InvalidOperationException("A fault: " + _fault);

    /// <summary>The fault, or null where there is a value.</summary>
    public Fault? Fault => _fault;

    /// <summary>Whether there is a value; gives either the value or the fault.</summary>
    public bool TryGet([MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out Fault? fault)
    {
        value = _value;
        fault = _fault;
        return fault is null;
    }

    /// <summary>A value that holds.</summary>
    public static implicit operator Checked<T>(T value) => new(value, null);

    /// <summary>A fault.</summary>
    public static implicit operator Checked<T>(Fault fault) => new(default, fault);
}
