using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Tansiq.Server.Federation.Signing;

/// <summary>What a signature on a request covers, as <c>Signature-Input</c> says it (RFC 9421, 2.3 and 4.1).</summary>
/// <param name="Label">The signature's name in the message.</param>
/// <param name="Components">The covered components, without parameters of their own.</param>
/// <param name="Text">The inner list with its parameters exactly as it stands in the field: the value of <c>@signature-params</c>.</param>
internal sealed record SignatureInput(string Label, ImmutableArray<string> Components, string Text)
{
    /// <summary>The most characters of the field.</summary>
    public const int MaximumCharacters = 1_024;

    private const int MaximumComponents = 16;
    private const int MaximumParameters = 8;

    /// <summary>When it was made, in seconds since 1970.</summary>
    public long? Created { get; init; }

    /// <summary>When it ends, in seconds since 1970.</summary>
    public long? Expires { get; init; }

    /// <summary>What makes it one of its kind.</summary>
    public string? Nonce { get; init; }

    /// <summary>Whose key it is.</summary>
    public string? KeyId { get; init; }

    /// <summary>What it is for.</summary>
    public string? Tag { get; init; }

    /// <summary>An input of one's own making.</summary>
    public static SignatureInput Of(string label, ImmutableArray<string> components, long created, long? expires, string? nonce, string keyId, string? tag)
    {
        var text = new StringBuilder("(").AppendJoin(' ', components.Select(component => $"\"{component}\"")).Append(CultureInfo.InvariantCulture, $");created={created}");
        if (expires is { } end) text.Append(CultureInfo.InvariantCulture, $";expires={end}");
        if (nonce is not null) text.Append(CultureInfo.InvariantCulture, $";nonce=\"{nonce}\"");
        text.Append(CultureInfo.InvariantCulture, $";keyid=\"{keyId}\"");
        if (tag is not null) text.Append(CultureInfo.InvariantCulture, $";tag=\"{tag}\"");
        return new(label, components, text.ToString()) { Created = created, Expires = expires, Nonce = nonce, KeyId = keyId, Tag = tag };
    }

    /// <summary>Reads the field of a request with exactly one signature; null where it is not that. Components with parameters are not understood.</summary>
    public static SignatureInput? Parse(string field)
    {
        if (field.Length > MaximumCharacters) return null;
        var equals = field.IndexOf('=', StringComparison.Ordinal);
        if (equals < 1 || !IsKey(field.AsSpan(0, equals))) return null;
        var reader = new FieldReader(field, equals + 1);
        if (!reader.Takes('(')) return null;
        var components = ImmutableArray.CreateBuilder<string>();
        while (!reader.Takes(')'))
        {
            if (components.Count == MaximumComponents || (components.Count > 0 && !reader.Takes(' ')) || reader.Quoted() is not { Length: > 0 } component) return null;
            if (components.Contains(component)) return null;
            components.Add(component);
        }

        var input = new SignatureInput(field[..equals], components.ToImmutable(), field[(equals + 1)..]);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Takes(';'))
        {
            if (seen.Count == MaximumParameters || reader.Key() is not { } name || !reader.Takes('=') || !seen.Add(name) || input.With(name, ref reader) is not { } read) return null;
            input = read;
        }

        return reader.IsAtEnd ? input : null;
    }

    private SignatureInput? With(string name, ref FieldReader reader)
    {
        switch (name)
        {
            case "created" when reader.Integer() is { } created: return this with { Created = created };
            case "expires" when reader.Integer() is { } expires: return this with { Expires = expires };
            case "nonce" when reader.Quoted() is { } nonce: return this with { Nonce = nonce };
            case "keyid" when reader.Quoted() is { } keyId: return this with { KeyId = keyId };
            case "tag" when reader.Quoted() is { } tag: return this with { Tag = tag };
            case "alg" when reader.Quoted() is "ed25519": return this;
            default: return null;
        }
    }

    private static bool IsKey(ReadOnlySpan<char> key)
    {
        foreach (var letter in key)
        {
            if (!char.IsAsciiLetterLower(letter) && !char.IsAsciiDigit(letter) && letter is not ('-' or '_')) return false;
        }

        return !key.IsEmpty && char.IsAsciiLetterLower(key[0]);
    }

    /// <summary>Reads the few forms of structured fields (RFC 8941) that occur, and no others.</summary>
    private struct FieldReader(string text, int position)
    {
        private const int MaximumDigits = 15;
        private int _position = position;

        public readonly bool IsAtEnd => _position == text.Length;

        public bool Takes(char expected)
        {
            if (IsAtEnd || text[_position] != expected) return false;
            _position++;
            return true;
        }

        // Escapes are not understood: no component, key or nonce needs one.
        public string? Quoted()
        {
            if (!Takes('"')) return null;
            var start = _position;
            while (!IsAtEnd && text[_position] is >= ' ' and <= '~' and not '"' and not '\\') _position++;
            var value = text[start.._position];
            return Takes('"') ? value : null;
        }

        public string? Key()
        {
            var start = _position;
            while (!IsAtEnd && char.IsAsciiLetterLower(text[_position])) _position++;
            return _position > start ? text[start.._position] : null;
        }

        public long? Integer()
        {
            var start = _position;
            while (!IsAtEnd && char.IsAsciiDigit(text[_position])) _position++;
            return _position - start is > 0 and <= MaximumDigits ? long.Parse(text.AsSpan(start, _position - start), CultureInfo.InvariantCulture) : null;
        }
    }
}
