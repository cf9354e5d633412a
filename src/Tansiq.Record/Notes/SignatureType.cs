namespace Tansiq.Record.Notes;

/// <summary>What a key signs and how: the type byte of signed-note, Signature types. Open: an unknown byte is a key that is not used.</summary>
public enum SignatureType : byte
{
    /// <summary>No type.</summary>
    None = 0,

    /// <summary>Ed25519 over the note's text (signed-note, Ed25519 signatures).</summary>
    Ed25519 = 0x01,

    /// <summary>Ed25519 over a checkpoint with a time (tlog-cosignature).</summary>
    Cosignature = 0x04,

    /// <summary>ML-DSA-44 over a checkpoint with a time (tlog-cosignature). Named so that its keys are recognised; not verified here yet.</summary>
    MlDsa44Cosignature = 0x06,
}
