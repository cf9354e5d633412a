using System.Collections.Immutable;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Agreements;

/// <summary>An agreement on the record, with who has signed it.</summary>
/// <param name="Agreement">The agreement.</param>
/// <param name="Hash">The hash of the proposal's text, which signatures cite.</param>
/// <param name="Proposed">Where it was proposed.</param>
/// <param name="Signatures">Where each signatory signed.</param>
public sealed record ProposedAgreement(
    Agreement Agreement,
    ContentHash Hash,
    RecordPlace Proposed,
    ImmutableSortedDictionary<Id<Party>, RecordPlace> Signatures)
{
    /// <summary>What signatories said of its renewal, in the order of the record (AGR-8).</summary>
    public ImmutableList<SaidRenewal> Renewals { get; init; } = [];

    /// <summary>Its areas, to be asked what meets them.</summary>
    internal AreaIndex Areas { get; init; } = AreaIndex.None;
}

/// <summary>A suspension on the record.</summary>
/// <param name="Scope">What is suspended.</param>
/// <param name="Hash">The hash of its text.</param>
/// <param name="Party">Who suspended.</param>
/// <param name="Since">Where it was made.</param>
/// <param name="Resumed">Where the same party ended it, or null.</param>
public sealed record MadeSuspension(
    SuspensionScope Scope,
    ContentHash Hash,
    Id<Party> Party,
    RecordPlace Since,
    RecordPlace? Resumed);

/// <summary>A control map on the record, with who has accepted it.</summary>
/// <param name="Map">The map.</param>
/// <param name="Hash">The hash of its statement, which acceptances cite.</param>
/// <param name="Proposed">Where it was put forward.</param>
/// <param name="Acceptances">Where each signatory accepted it.</param>
public sealed record ProposedControlMap(
    ControlMap Map,
    ContentHash Hash,
    RecordPlace Proposed,
    ImmutableSortedDictionary<Id<Party>, RecordPlace> Acceptances);
