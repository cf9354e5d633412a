namespace Tansiq.Record.Notes;

/// <summary>How much of a note is read. signed-note, Format: at least 16 signatures have to be taken.</summary>
public static class NoteLimits
{
    /// <summary>The most bytes of a note.</summary>
    public const int MaximumBytes = 512 * 1024;

    /// <summary>The most signatures of a note.</summary>
    public const int MaximumSignatures = 64;

    /// <summary>The most bytes of a key's name in UTF-8; tlog-cosignature encodes names in one byte's length.</summary>
    public const int MaximumNameBytes = 255;

    /// <summary>The most bytes of one signature without its key ID; room for ML-DSA-44 with a timestamp.</summary>
    public const int MaximumSignatureBytes = 8_192;
}
