using Tansiq.Geo.Text;
using Tansiq.Record.Notes;

namespace Tansiq.Coordination.Parties;

/// <summary>Keys as JSON members. What is refused is noted in the reading.</summary>
internal static class KeyReading
{
    private const int MaximumLength = 4_096;

    /// <summary>A key of a role, written <c>name+hash+key</c> (signed-note, Verifier keys); null if refused.</summary>
    public static VerifierKey? Key(this JsonCursor place, KeyRole role) =>
        place.Key(role == KeyRole.Witness ? SignatureType.Cosignature : SignatureType.Ed25519);

    /// <summary>A key of whatever type; null if refused.</summary>
    public static VerifierKey? Key(this JsonCursor place)
    {
        var text = place.Text(MaximumLength);
        if (place.Reading.IsRefused) return null;
        if (VerifierKey.Parse(text).TryGet(out var key, out _)) return key;
        place.Refuse("parties.key-malformed", "a key of type 0x01 or 0x04, written name+hash+key");
        return null;
    }

    /// <summary>What a key is for.</summary>
    public static KeyRole RoleOfKey(this JsonCursor place) =>
        place.OneOf(("statement", KeyRole.Statement), ("witness", KeyRole.Witness), ("recovery", KeyRole.Recovery));

    /// <summary>The word for what a key is for.</summary>
    public static string Word(this KeyRole role) => role switch
    {
        KeyRole.Statement => "statement",
        KeyRole.Witness => "witness",
        KeyRole.Recovery => "recovery",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "No such role."),
    };

    private static VerifierKey? Key(this JsonCursor place, SignatureType type)
    {
        var key = place.Key();
        if (key is null || key.Type == type) return key;
        place.Refuse("parties.key-type", FormattableString.Invariant($"a key of type 0x{(byte)type:x2}"));
        return null;
    }
}
