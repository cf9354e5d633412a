using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using Tansiq.Geo.Text;

namespace Tansiq.Coordination.Languages;

/// <summary>
/// A phrase with places for values: <c>{name}</c> is a value that belongs there, <c>[… {name} …]</c> a part that is left
/// out unless every value in it is there. Parts are not nested. Immutable and thread-safe.
/// </summary>
public sealed class PhraseTemplate
{
    /// <summary>The most characters of one template.</summary>
    public const int MaximumLength = 2_000;

    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    private readonly ImmutableArray<Part> _parts;

    private PhraseTemplate(ImmutableArray<Part> parts)
    {
        _parts = parts;
        Required = NamesOf(parts, optional: false);
        Optional = NamesOf(parts, optional: true);
    }

    /// <summary>Names of values outside brackets.</summary>
    public ImmutableSortedSet<string> Required { get; }

    /// <summary>Names of values within brackets.</summary>
    public ImmutableSortedSet<string> Optional { get; }

    /// <summary>Reads a template.</summary>
    /// <returns>
    /// The template; or <c>languages.template-too-long</c>, <c>languages.template-brackets</c> (unbalanced or nested),
    /// <c>languages.template-name</c> (a name that is not letters a–z, A–Z), <c>languages.template-part-without-value</c>.
    /// </returns>
    public static Parsed<PhraseTemplate> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaximumLength)
            return Refuse("languages.template-too-long", text, "at most 2,000 characters");
        var parts = ImmutableArray.CreateBuilder<Part>();
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            var optional = rest[0] == '[';
            var end = optional ? rest.IndexOf(']') : rest.IndexOf('[');
            if (optional && end < 0) return Refuse("languages.template-brackets", text, "a closing bracket");
            var length = end < 0 ? rest.Length : end;
            if (!ReadPieces(optional ? rest[1..length] : rest[..length], text).TryGet(out var read, out var refusal)) return refusal;
            if (optional && !read.Any(piece => piece.IsValue))
                return Refuse("languages.template-part-without-value", text, "a value between the brackets");
            parts.Add(new(optional, read));
            rest = rest[(optional ? length + 1 : length)..];
        }

        return new PhraseTemplate(parts.ToImmutable());
    }

    /// <summary>The phrase with its values put in.</summary>
    /// <param name="values">Values by name, ready to be read; those that the template does not name are ignored.</param>
    /// <param name="missing">What stands for a required value that is not there.</param>
    public string Fill(IReadOnlyDictionary<string, string> values, string missing)
    {
        ArgumentNullException.ThrowIfNull(values);
        var text = new StringBuilder();
        foreach (var part in _parts)
        {
            if (part.IsOptional && !part.Pieces.All(piece => !piece.IsValue || values.ContainsKey(piece.Text))) continue;
            foreach (var piece in part.Pieces)
                text.Append(piece.IsValue ? values.GetValueOrDefault(piece.Text, missing) : piece.Text);
        }

        return text.ToString();
    }

    /// <summary>The template's own words, without its values.</summary>
    public string FixedText() => Fill(Required.Union(Optional).ToDictionary(name => name, _ => "", StringComparer.Ordinal), "");

    private static Parsed<ImmutableArray<Piece>> ReadPieces(ReadOnlySpan<char> span, string whole)
    {
        var pieces = ImmutableArray.CreateBuilder<Piece>();
        while (!span.IsEmpty)
        {
            var special = span.IndexOfAny("{}[]");
            if (special < 0) special = span.Length;
            if (special > 0)
            {
                pieces.Add(new(IsValue: false, span[..special].ToString()));
                span = span[special..];
                continue;
            }

            var close = span.IndexOf('}');
            if (span[0] != '{' || close < 0) return Refuse("languages.template-brackets", whole, "brackets in pairs, not nested");
            var name = span[1..close];
            if (name.IsEmpty || name.ContainsAnyExcept(Letters))
                return Refuse("languages.template-name", whole, "a name of letters a-z, A-Z");
            pieces.Add(new(IsValue: true, name.ToString()));
            span = span[(close + 1)..];
        }

        return pieces.ToImmutable();
    }

    private static ImmutableSortedSet<string> NamesOf(ImmutableArray<Part> parts, bool optional) =>
        parts.Where(part => part.IsOptional == optional).SelectMany(part => part.Pieces).Where(piece => piece.IsValue)
            .Select(piece => piece.Text).ToImmutableSortedSet(StringComparer.Ordinal);

    private static Refusal Refuse(string code, string text, string expected) => new(code, "", JsonText.Shorten(text), expected);

    private sealed record Piece(bool IsValue, string Text);

    private sealed record Part(bool IsOptional, ImmutableArray<Piece> Pieces);
}
