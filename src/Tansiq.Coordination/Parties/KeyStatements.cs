using System.Collections.Immutable;
using Tansiq.Coordination.Statements;
using Tansiq.Record.Notes;

namespace Tansiq.Coordination.Parties;

/// <summary>
/// A party puts a new key in the place of one that it holds, has lost, or had revoked (PTY-7). It counts from the next entry
/// on, joint or not: the signature of that entry has to be checkable by whoever has the entries before it.
/// </summary>
/// <param name="Key">The new key.</param>
/// <param name="Replaces">Which of the party's keys it replaces.</param>
/// <param name="Endorsements">Signature lines over <see cref="KeyEndorsement.OfRotation"/>, without newlines.</param>
public sealed record KeyRotation(VerifierKey Key, KeyRole Replaces, ImmutableArray<string> Endorsements) : StatementBody;

/// <summary>A key counts no longer, from the next entry on (PTY-7). What it signed before stays.</summary>
/// <param name="Key">The key.</param>
/// <param name="Endorsements">Signature lines over <see cref="KeyEndorsement.OfRevocation"/>, without newlines, where others revoke it.</param>
public sealed record KeyRevocation(VerifierKey Key, ImmutableArray<string> Endorsements) : StatementBody;
