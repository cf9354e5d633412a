using Tansiq.Coordination.Parties;
using Tansiq.Geo.Text;

namespace Tansiq.Coordination.Statements;

/// <summary>Finds and reads the attachments that a statement's body names by hash.</summary>
/// <param name="attachment">Gives an attachment's bytes, or null where it is not held.</param>
/// <param name="founding">The record's founding, or null before there is one.</param>
internal sealed class AttachmentReader(Func<ContentHash, ReadOnlyMemory<byte>?> attachment, Founding? founding)
{
    /// <summary>The record's founding; where there is none yet, refused at <paramref name="place"/>.</summary>
    public Founding? Founding(JsonCursor place)
    {
        if (founding is null) place.Refuse("statement.before-founding", "a record that is founded");
        return founding;
    }

    /// <summary>Reads the attachment whose hash stands at a place.</summary>
    /// <returns>What it holds; the default of <typeparamref name="T"/> if refused, with the place in the statement before that in the attachment.</returns>
    public T? Read<T>(JsonCursor place, Func<ReadOnlyMemory<byte>, Parsed<T>> read)
    {
        var hash = place.Hash();
        if (place.Reading.IsRefused) return default;
        if (attachment(hash) is not { } bytes)
        {
            place.Refuse("statement.attachment-missing", "the hash of an attachment that is held");
            return default;
        }

        if (read(bytes).TryGet(out var value, out var refusal)) return value;
        place.RefuseNamed(refusal);
        return default;
    }
}

/// <summary>Reads hashes in statements.</summary>
internal static class HashReader
{
    /// <summary>64 lower-case hexadecimal digits; <see cref="ContentHash.None"/> if refused.</summary>
    public static ContentHash Hash(this JsonCursor place)
    {
        var text = place.Text(64);
        if (ContentHash.Parse(text) is { } hash) return hash;
        place.Refuse("json.wrong-type", "64 lower-case hexadecimal digits (SHA-256)");
        return ContentHash.None;
    }

    /// <summary>The member <c>cites</c>: the hash of the exact text that a statement answers.</summary>
    public static ContentHash Cites(this JsonCursor body) => body["cites"].Hash();
}
