using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Parties;

namespace Tansiq.Coordination.Agreements;

/// <summary>How a version of an agreement stands at a moment.</summary>
public enum AgreementState
{
    /// <summary>Proposed; not every signatory's signature has effect.</summary>
    Proposed = 0,

    /// <summary>Signed by all, and its start is not agreed.</summary>
    StartUndefined = 1,

    /// <summary>Signed by all, and its start has not come.</summary>
    NotBegun = 2,

    /// <summary>In force.</summary>
    InForce = 3,

    /// <summary>A higher version has taken its place, or does so before it would begin.</summary>
    Replaced = 4,

    /// <summary>Its end has come (AGR-8).</summary>
    Lapsed = 5,
}

/// <summary>How a version of an agreement stands at a moment.</summary>
/// <param name="Proposed">The agreement on the record.</param>
/// <param name="State">How it stands.</param>
/// <param name="Time">From when to when it holds, half-open; null where it is not signed by all or its start is not agreed.</param>
public sealed record AgreementStanding(ProposedAgreement Proposed, AgreementState State, Interval? Time)
{
    /// <summary>How each proposed agreement stands, in the order of the record.</summary>
    /// <param name="situation">What is known.</param>
    /// <param name="validAt">The moment; what was said later has no effect.</param>
    public static ImmutableArray<AgreementStanding> Of(Situation situation, Instant validAt)
    {
        ArgumentNullException.ThrowIfNull(situation);
        if (situation.Founding is not { } founding) return [];
        var terms = situation.Proposed.TermsAt(situation, founding, validAt);
        return [.. situation.Agreements.Where(proposed => Situation.Restricts(proposed.Proposed, validAt)).Select(proposed =>
        {
            var term = Array.Find(terms, each => ReferenceEquals(each.Agreement, proposed.Agreement));
            return new AgreementStanding(proposed, StateOf(term, validAt), term?.Time);
        })];
    }

    /// <summary>The suspension under which a clause is at a moment, or null; the earliest where there are several (AGR-9).</summary>
    /// <param name="situation">What is known.</param>
    /// <param name="clause">The clause.</param>
    /// <param name="validAt">The moment.</param>
    public static MadeSuspension? SuspensionOf(Situation situation, Clause clause, Instant validAt)
    {
        ArgumentNullException.ThrowIfNull(situation);
        ArgumentNullException.ThrowIfNull(clause);
        if (clause.Survives) return null;
        foreach (var suspension in situation.Suspensions)
        {
            if (!Situation.Restricts(suspension.Since, validAt)) continue;
            if (suspension.Resumed is { } resumed && situation.Permits(resumed, validAt)) continue;
            if (suspension.Scope.Means(clause)) return suspension;
        }

        return null;
    }

    private static AgreementState StateOf(AgreementTerm? term, Instant validAt)
    {
        if (term is null) return AgreementState.Proposed;
        if (term.Time is not { } time) return AgreementState.StartUndefined;
        if (time.Contains(validAt)) return AgreementState.InForce;
        if (term.ReplacedFrom is { } replaced && (replaced <= validAt || time.Duration == Duration.Zero)) return AgreementState.Replaced;
        return validAt < time.Start ? AgreementState.NotBegun : AgreementState.Lapsed;
    }
}
