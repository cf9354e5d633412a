using System.Text;

namespace Tansiq.Record.Notes;

/// <summary>A signature line of a note: <c>— name base64(keyID ‖ signature)</c> (signed-note, Signatures).</summary>
public readonly struct NoteSignature
{
    internal NoteSignature(ReadOnlyMemory<byte> nameUtf8, uint keyId, ReadOnlyMemory<byte> bytes)
    {
        NameUtf8 = nameUtf8;
        KeyId = keyId;
        Bytes = bytes;
    }

    /// <summary>The key's name in UTF-8.</summary>
    public ReadOnlyMemory<byte> NameUtf8 { get; }

    /// <summary>The key's name.</summary>
    public string Name => Encoding.UTF8.GetString(NameUtf8.Span);

    /// <summary>The key's ID.</summary>
    public uint KeyId { get; }

    /// <summary>The signature without the key ID.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The line with its newline, as it stands in a note.</summary>
    public string Line()
    {
        var value = new byte[4 + Bytes.Length];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(value, KeyId);
        Bytes.CopyTo(value.AsMemory(4));
        return $"— {Name} {Convert.ToBase64String(value)}\n";
    }
}
