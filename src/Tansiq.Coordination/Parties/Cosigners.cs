using Tansiq.Record.Notes;

namespace Tansiq.Coordination.Parties;

/// <summary>Whose cosignatures make entries joint (REC-2).</summary>
public static class Cosigners
{
    /// <summary>The witness keys of all signatories; none where a signatory has none, so that nothing becomes joint.</summary>
    public static IReadOnlyCollection<VerifierKey> Of(Situation situation)
    {
        ArgumentNullException.ThrowIfNull(situation);
        if (situation.Founding is not { } founding) return [];
        var witnesses = founding.Parties.Keys.Select(party => situation.Keys.Of(party, KeyRole.Witness)).ToList();
        return witnesses.TrueForAll(witness => witness is not null) ? [.. witnesses.OfType<VerifierKey>()] : [];
    }
}
