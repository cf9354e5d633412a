using System.Diagnostics.CodeAnalysis;

namespace Tansiq.Geo.Text;

/// <summary>Why an input was not taken: what, where, what was expected. An expected refusal, not an exception.</summary>
/// <param name="Code">A stable code, for example <c>geo.outline-crosses-itself</c> (listed in docs/formats/refusals.md).</param>
/// <param name="Where">Where in the input: a JSON pointer, <c>line 12</c>, or both; empty for the whole.</param>
/// <param name="Found">What stands there, shortened to at most 80 characters.</param>
/// <param name="Expected">What should stand there, in a few words.</param>
public sealed record Refusal(string Code, string Where, string Found, string Expected)
{
    /// <summary>The refusal as one line: <c>WHERE: found FOUND, expected EXPECTED [CODE]</c>.</summary>
    public override string ToString() =>
        $"{(Where.Length == 0 ? "" : Where + ": ")}found {Found}, expected {Expected} [{Code}]";

    /// <summary>The same refusal with its place put under a longer path.</summary>
    public Refusal Under(string path) => this with { Where = path + Where };
}

/// <summary>What reading some text gave: a value, or the refusal. Never both; the default value is not legal.</summary>
public readonly struct Parsed<T>
{
    private readonly T? _value;
    private readonly Refusal? _refusal;

    private Parsed(T? value, Refusal? refusal)
    {
        _value = value;
        _refusal = refusal;
    }

    /// <summary>The value.</summary>
    /// <exception cref="InvalidOperationException">The text was refused.</exception>
    public T Value => _refusal is null ? _value! : throw new InvalidOperationException("Refused: " + _refusal);

    /// <summary>The refusal, or null where there is a value.</summary>
    public Refusal? Refusal => _refusal;

    /// <summary>Whether there is a value; gives either the value or the refusal.</summary>
    public bool TryGet([MaybeNullWhen(false)] out T value, [NotNullWhen(false)] out Refusal? refusal)
    {
        value = _value;
        refusal = _refusal;
        return refusal is null;
    }

    /// <summary>A value that was read.</summary>
    public static implicit operator Parsed<T>(T value) => new(value, null);

    /// <summary>A refusal.</summary>
    public static implicit operator Parsed<T>(Refusal refusal) => new(default, refusal);
}
