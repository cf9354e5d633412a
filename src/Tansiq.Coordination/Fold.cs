using System.Collections.Immutable;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Situations;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination;

/// <summary>What each admitted statement does to the situation. One case for each type of statement.</summary>
internal static class Fold
{
    public static Situation Apply(Situation before, Statement statement)
    {
        var (effect, number) = EffectOf(before, statement);
        var place = before.NextPlace;
        var heights = (before.Founding ?? (Founding)statement.Body).Heights;
        var lineage = before.Lineage.Claim(before.Extent, heights);
        var admitted = new AdmittedStatement(statement.Hash, statement.Party, statement.Id, place.Index, effect, number);
        var after = before.Longer(lineage, before.Extent.With(effect));
        lineage.Statements.Add(admitted);
        switch (statement.Body)
        {
            case Notice notice:
                lineage.Add(FiledNotice.Of(notice, admitted, place, lineage.NoticeVolumes.Count), after.Extent.Admitted);
                return after;
            case Amendment or Retiming:
                var old = before.FindNotice(FlightCourse.Replaced(statement.Body)!)!;
                var filed = FiledNotice.Of(FlightCourse.Filed(statement.Body, _ => old)!, admitted, place, lineage.NoticeVolumes.Count);
                lineage.Add(FlightCourse.InPlaceOf(filed, old), after.Extent.Admitted);
                return after;
            case SiteNotification site:
                lineage.Add(new(site.Site, statement.Hash, statement.Party, place, Withdrawn: null), number, after.Extent.Admitted);
                return after;
            case RecordTime time:
                lineage.Past.Times.Add(time.Now);
                return after;
            case Consent or Objection or OtherDate or Withdrawal or Lapse or SiteWithdrawal or Activation or Completion:
                lineage.Past.Change(admitted, place, (statement.Body as OtherDate)?.From, after.Extent.Admitted);
                return after;
            default:
                return OfTheTerms(after, statement, place);
        }
    }

    /// <summary>What the founding, keys, agreements, suspensions and maps do: seldom, and kept in the situation.</summary>
    /// <param name="after">The situation with the statement, but for what it does.</param>
    /// <param name="statement">The statement, admitted.</param>
    /// <param name="place">Where it stands.</param>
    public static Situation OfTheTerms(Situation after, Statement statement, RecordPlace place) => statement.Body switch
    {
        Founding founding => after with { Founding = founding, Keys = PartyKeys.Of(founding.Keys, statement.Hash) },
        KeyRotation or KeyRevocation => after with { Keys = after.Keys.After(statement, place.Index) },
        AgreementProposal proposal => Propose(after, proposal, statement.Hash, place),
        AgreementSignature signature => Sign(after, signature, statement.Party, place),
        Suspension suspension => after with
        {
            Suspensions = after.Suspensions.Add(new(suspension.Scope, statement.Hash, statement.Party, place, Resumed: null)),
        },
        Resumption resumption => Resume(after, resumption, place),
        ControlMapProposal proposal => after with
        {
            ControlMaps = after.ControlMaps.Add(new(
                proposal.Map, statement.Hash, place, ImmutableSortedDictionary<Id<Party>, RecordPlace>.Empty)),
        },
        ControlMapAcceptance acceptance => Accept(after, acceptance, statement.Party, place),
        _ => PartyFold.Apply(after, statement, place)
            ?? throw new InvalidOperationException($"Admitted a statement of type {statement.Body.GetType().Name} that the fold does not know."),
    };

    /// <summary>What an admitted statement does, and the number of the notice or site that it is about, or −1.</summary>
    private static (Effect Effect, int Number) EffectOf(Situation before, Statement statement) => statement.Body switch
    {
        Notice => (Effect.Notice, before.Extent.Notices),
        RecordTime => (Effect.Time, -1),
        Consent consent => (Effect.Consent, before.NumberSpokenOf(consent.Cites)),
        Objection objection => (Effect.Objection, before.FindStanding(objection.Cites)!.Number),
        OtherDate other => (Effect.OtherDate, before.NumberSpokenOf(other.Cites)),
        Withdrawal withdrawal => OfWithdrawal(before, before.NumberSpokenOf(withdrawal.Cites), statement.Party),
        Lapse lapse => (Effect.Lapse, before.NumberSpokenOf(lapse.Cites)),
        Amendment => (Effect.Amendment, before.Extent.Notices),
        Retiming => (Effect.Retiming, before.Extent.Notices),
        Activation activation => (Effect.Activation, before.NumberSpokenOf(activation.Cites)),
        Completion completion => (Effect.Completion, before.NumberSpokenOf(completion.Cites)),
        SiteNotification => (Effect.Site, before.Extent.Sites),
        SiteWithdrawal withdrawal => (Effect.SiteWithdrawal, before.NumberOfSite(withdrawal.Cites)),
        _ => (TermsEffectOf(statement.Body) ?? throw new InvalidOperationException($"Admitted a statement of type {statement.Body.GetType().Name} that the fold does not know."), -1),
    };

    /// <summary>What an admitted statement does that is about the founding, keys, agreements, suspensions and maps; null for others.</summary>
    public static Effect? TermsEffectOf(StatementBody body) => body switch
    {
        Founding => Effect.Founding,
        AgreementProposal => Effect.Proposal,
        AgreementSignature => Effect.Signature,
        Suspension => Effect.Suspension,
        Resumption => Effect.Resumption,
        ControlMapProposal => Effect.ControlMap,
        ControlMapAcceptance => Effect.MapAcceptance,
        KeyRotation => Effect.KeyRotation,
        KeyRevocation => Effect.KeyRevocation,
        _ => PartyFold.EffectOf(body),
    };

    /// <summary>Who takes its consent back answers the notice; who takes its own notice back does not.</summary>
    private static (Effect Effect, int Number) OfWithdrawal(Situation before, int number, Id<Party> party) =>
        (before.Notice(number).Reference.Party == party ? Effect.NoticeWithdrawal : Effect.ConsentWithdrawal, number);

    private static Situation Propose(Situation after, AgreementProposal proposal, ContentHash hash, RecordPlace place)
    {
        var founding = after.Founding ?? throw new InvalidOperationException("Admitted an agreement before the founding.");
        return after with
        {
            Proposed = new(after.Agreements.Add(new(proposal.Agreement, hash, place, ImmutableSortedDictionary<Id<Party>, RecordPlace>.Empty)
            {
                Areas = AreaIndex.Of(proposal.Agreement, founding.Heights),
            })),
        };
    }

    private static Situation Sign(Situation after, AgreementSignature signature, Id<Party> party, RecordPlace place)
    {
        var index = after.Agreements.FindIndex(agreement => agreement.Hash == signature.Cites);
        var agreement = after.Agreements[index];
        return after with
        {
            Proposed = new(after.Agreements.SetItem(index, agreement with { Signatures = agreement.Signatures.Add(party, place) })),
        };
    }

    private static Situation Resume(Situation after, Resumption resumption, RecordPlace place)
    {
        var index = after.Suspensions.FindIndex(suspension => suspension.Hash == resumption.Cites);
        return after with
        {
            Suspensions = after.Suspensions.SetItem(index, after.Suspensions[index] with { Resumed = place }),
        };
    }

    private static Situation Accept(Situation after, ControlMapAcceptance acceptance, Id<Party> party, RecordPlace place)
    {
        var index = after.ControlMaps.FindIndex(map => map.Hash == acceptance.Cites);
        var map = after.ControlMaps[index];
        return after with
        {
            ControlMaps = after.ControlMaps.SetItem(index, map with { Acceptances = map.Acceptances.Add(party, place) }),
        };
    }
}
