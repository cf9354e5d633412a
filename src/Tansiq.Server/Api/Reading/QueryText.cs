using System.Collections.Frozen;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using NodaTime;
using NodaTime.Text;
using Tansiq.Coordination;
using Tansiq.Geo;
using Tansiq.Geo.Text;
using Tansiq.Server.Problems;

namespace Tansiq.Server.Api.Reading;

/// <summary>Reads the parameters of a request's query, strictly: the first that is refused stays, and says what stands there and what should.</summary>
internal sealed class QueryText
{
    /// <summary>The most characters of one value.</summary>
    public const int MaximumValueLength = 256;

    private readonly IQueryCollection _query;

    /// <param name="query">The query.</param>
    /// <param name="known">The parameters that are taken; another is refused, so that no slip of the pen is passed over.</param>
    public QueryText(IQueryCollection query, FrozenSet<string> known)
    {
        _query = query;
        foreach (var (name, values) in query)
        {
            if (!known.Contains(name)) Refuse(name, name, known.Count == 0 ? "no parameters" : "one of " + string.Join(", ", known.Order(StringComparer.Ordinal)), ApiCodes.UnknownParameter);
            else if (values is not [{ Length: <= MaximumValueLength }]) Refuse(name, values.Count + " values", $"one value of at most {MaximumValueLength} characters");
        }
    }

    /// <summary>The first refusal, or null.</summary>
    public Refusal? Refusal { get; private set; }

    /// <summary>Refuses a parameter.</summary>
    public void Refuse(string name, string found, string expected, string code = ApiCodes.BadParameter) =>
        Refusal ??= new(code, "?" + JsonText.Shorten(name), JsonText.Shorten(found), expected);

    /// <summary>A text; null where it is not given, or empty.</summary>
    public string? Text(string name) => Refusal is null && _query.TryGetValue(name, out var values) && values is [{ Length: > 0 } value] ? value : null;

    /// <summary>An identifier; null where it is not given.</summary>
    public Id<TEntity>? Id<TEntity>(string name)
    {
        if (Text(name) is not { } text) return null;
        if (text.Length <= JsonCursor.MaximumIdentifierLength && text.All(IsOfIdentifier)) return new(text);
        Refuse(name, text, "an identifier: 1 to 64 of A-Z a-z 0-9 - _ . : /");
        return null;
    }

    /// <summary>A whole number in a range; a value of one's own where it is not given.</summary>
    public long Number(string name, long least, long greatest, long otherwise)
    {
        if (Text(name) is not { } text) return otherwise;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= greatest) return number;
        Refuse(name, text, string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {greatest}"));
        return otherwise;
    }

    /// <summary>A moment; null where it is not given.</summary>
    public Instant? Moment(string name)
    {
        if (Text(name) is not { } text) return null;
        if (TryMoment(text, out var moment)) return moment;
        Refuse(name, text, "a moment such as 2016-07-15T09:00:00Z, years 1900 to 2199");
        return null;
    }

    /// <summary>Decimal degrees as units of 10⁻⁷, either way at most so many; 0 where they are refused. They have to be given.</summary>
    public long Degrees(string name, long greatestE7)
    {
        var text = Text(name);
        if (text is not null && DecimalE7.Parse(text).TryGet(out var units, out _) && Math.Abs(units) <= greatestE7) return units;
        Refuse(name, text ?? "nothing", string.Create(CultureInfo.InvariantCulture, $"degrees from -{greatestE7 / GeoPoint.UnitsPerDegree} to {greatestE7 / GeoPoint.UnitsPerDegree}, WGS 84"));
        return 0;
    }

    /// <summary>One of some words; null where it is not given.</summary>
    public string? OneOf(string name, params ReadOnlySpan<string> words)
    {
        if (Text(name) is not { } text) return null;
        if (words.Contains(text)) return text;
        Refuse(name, text, "one of " + string.Join(", ", words.ToArray()));
        return null;
    }

    /// <summary>Whether a text is a moment that is taken; gives it.</summary>
    public static bool TryMoment(string text, out Instant moment)
    {
        var parsed = InstantPattern.ExtendedIso.Parse(text);
        moment = parsed.Success ? parsed.Value : default;
        return parsed.Success && moment >= TimeReading.Earliest && moment < TimeReading.Limit;
    }

    private static bool IsOfIdentifier(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.' or ':' or '/';
}
