using System.Text.Json;
using System.Text.Unicode;
using Tansiq.Geo;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Positions;

/// <summary>Reads positions from a JSON array of objects, item by item in bounded memory.</summary>
internal sealed class JsonPositionReader
{
    /// <summary>The longest item of the array in bytes.</summary>
    public const int MaximumItemBytes = 64 * 1024;

    /// <summary>The longest text that is read as a value; longer ones are no identifier, callsign or time.</summary>
    public const int MaximumTextBytes = 256;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = JsonText.MaximumDepth };

    private readonly JsonArrayItems _items;
    private readonly PositionRow _row = new(new IdentifierCache());

    public JsonPositionReader(FeedInput input) => _items = new(input, MaximumItemBytes);

    /// <summary>Gives each item once; the last is a fatal refusal where the array cannot be read to its end.</summary>
    public IEnumerable<PositionRecord> Read()
    {
        while (_items.MoveNext())
        {
            var place = new RecordPlace(RecordKind.Item, _items.Number);
            yield return new(place, ReadItem(_items.Current, place));
        }

        if (_items.Failure is { } failure) yield return new(new(RecordKind.Item, _items.Number), failure);
    }

    private Parsed<ReportedPosition> ReadItem(ReadOnlySpan<byte> item, RecordPlace place)
    {
        _row.Clear();
        if (!Utf8.IsValid(item)) return new Refusal(FeedRefusals.InvalidUtf8, place.ToString(), FeedRefusals.Show(item), "UTF-8");
        var reader = new Utf8JsonReader(item, Options);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return new Refusal(FeedRefusals.WrongType, place.ToString(), FeedRefusals.Show(item), "an object");
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var column = FindColumn(ref reader);
                reader.Read();
                SetValue(column, ref reader);
            }

            return _row.Finish(place);
        }
        catch (JsonException)
        {
            return Malformed(item, (int)reader.BytesConsumed, place);
        }
        catch (InvalidOperationException)
        {
            // An escape that is half of a surrogate pair is well-formed JSON but no text (RFC 7493, 2.1).
            return new Refusal(FeedRefusals.InvalidUtf8, place.ToString(), "half of a surrogate pair", "Unicode characters (RFC 7493)");
        }
    }

    private static PositionColumn FindColumn(ref Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped) return PositionColumns.Find(reader.ValueSpan);
        if (reader.ValueSpan.Length > MaximumTextBytes) return PositionColumn.None;
        Span<byte> unescaped = stackalloc byte[MaximumTextBytes];
        return PositionColumns.Find(unescaped[..reader.CopyString(unescaped)]);
    }

    private void SetValue(PositionColumn column, ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                _row.Set(column, ValueForm.Nothing, default);
                break;
            case JsonTokenType.Number:
                _row.Set(column, ValueForm.Number, reader.ValueSpan);
                break;
            case JsonTokenType.True:
                _row.Set(column, ValueForm.Boolean, "true"u8);
                break;
            case JsonTokenType.False:
                _row.Set(column, ValueForm.Boolean, "false"u8);
                break;
            case JsonTokenType.String:
                SetText(column, ref reader);
                break;
            default:
                _row.Set(column, ValueForm.Nested, reader.ValueSpan);
                reader.Skip();
                break;
        }
    }

    private void SetText(PositionColumn column, ref Utf8JsonReader reader)
    {
        if (column == PositionColumn.None || !reader.ValueIsEscaped || reader.ValueSpan.Length > MaximumTextBytes)
        {
            _row.Set(column, ValueForm.Text, reader.ValueSpan);
            return;
        }

        Span<byte> unescaped = stackalloc byte[MaximumTextBytes];
        _row.Set(column, ValueForm.Text, unescaped[..reader.CopyString(unescaped)]);
    }

    /// <summary>NaN and infinity are no JSON, though Python and others write them: they get the code of their own.</summary>
    internal static Refusal Malformed(ReadOnlySpan<byte> item, int readBytes, RecordPlace place)
    {
        var rest = item[Math.Min(readBytes, item.Length)..].TrimStart(" \t\r\n:,"u8);
        var end = rest.IndexOfAny(",}] \n"u8);
        var word = end < 0 ? rest : rest[..end];
        return PositionRow.IsNotFinite(word)
            ? new(FeedRefusals.NotFinite, place.ToString(), FeedRefusals.Show(word), "a finite number")
            : new(FeedRefusals.MalformedItem, place.ToString(), FeedRefusals.Show(rest), "a JSON object");
    }
}
