using System.Text.Json;
using System.Text.Unicode;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Positions.Json;

/// <summary>Takes one member of an object, standing on its value; takes all of the value.</summary>
internal delegate void TakeMember(ReadOnlySpan<byte> name, ref Utf8JsonReader value);

/// <summary>Takes one value, standing on its first token; takes all of it.</summary>
internal delegate void TakeValue(ref Utf8JsonReader value);

/// <summary>Reads the values of one item after the other, whatever stands in them. Used by one thread.</summary>
internal sealed class JsonItem
{
    /// <summary>The longest name or text that is read as a value.</summary>
    public const int MaximumTextBytes = JsonPositionReader.MaximumTextBytes;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = JsonText.MaximumDepth };

    private readonly byte[] _name = new byte[MaximumTextBytes];
    private readonly byte[] _text = new byte[MaximumTextBytes];

    /// <summary>Reads an item; null where it is well formed, else why it is not (its place is left empty).</summary>
    public static Refusal? Read(ReadOnlySpan<byte> item, TakeValue take)
    {
        if (!Utf8.IsValid(item)) return new Refusal(FeedRefusals.InvalidUtf8, "", FeedRefusals.Show(item), "UTF-8");
        var reader = new Utf8JsonReader(item, Options);
        try
        {
            reader.Read();
            take(ref reader);
            while (reader.Read())
            {
            }

            return null;
        }
        catch (JsonException)
        {
            return JsonPositionReader.Malformed(item, (int)reader.BytesConsumed, default);
        }
        catch (InvalidOperationException)
        {
            // An escape that is half of a surrogate pair is well-formed JSON but no text (RFC 7493, 2.1).
            return new Refusal(FeedRefusals.InvalidUtf8, "", "half of a surrogate pair", "Unicode characters (RFC 7493)");
        }
    }

    /// <summary>Gives the members of an object one after the other; false (and all of it skipped) where it is none.</summary>
    public bool ReadMembers(ref Utf8JsonReader reader, TakeMember take)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return false;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueSpan;
            if (reader.ValueIsEscaped) name = name.Length > MaximumTextBytes ? default : _name.AsSpan(0, reader.CopyString(_name));
            reader.Read();
            take(name, ref reader);
        }

        return true;
    }

    /// <summary>The digits of a number. False for <c>null</c>, and for anything else, which is then refused.</summary>
    public static bool TryNumber(ref Utf8JsonReader value, PositionDraft draft, string expected, out ReadOnlySpan<byte> number)
    {
        number = value.TokenType == JsonTokenType.Number ? value.ValueSpan : default;
        return value.TokenType == JsonTokenType.Number || RefuseUnlessNull(ref value, draft, expected);
    }

    /// <summary>A text without its escapes. False for <c>null</c>, and for anything else, which is then refused.</summary>
    /// <remarks>The bytes are good until the next call.</remarks>
    public bool TryText(ref Utf8JsonReader value, PositionDraft draft, string expected, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (value.TokenType != JsonTokenType.String || value.ValueSpan.Length > MaximumTextBytes) return RefuseUnlessNull(ref value, draft, expected);
        text = value.ValueIsEscaped ? _text.AsSpan(0, value.CopyString(_text)) : value.ValueSpan;
        return true;
    }

    private static bool RefuseUnlessNull(ref Utf8JsonReader value, PositionDraft draft, string expected)
    {
        if (value.TokenType == JsonTokenType.Null) return false;
        draft.Refuse(FeedRefusals.WrongType, value.ValueSpan, expected);
        value.Skip();
        return false;
    }
}
