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
        var (subject, number) = SubjectOf(before, statement);
        var place = before.NextPlace;
        var heights = (before.Founding ?? (Founding)statement.Body).Heights;
        var lineage = before.Lineage.Claim(before.Extent, heights);
        lineage.Statements.Add(new(statement.Hash, statement.Party, statement.Id, place.Index, subject, number));
        var after = before.Longer(lineage, new(
            before.Extent.Admitted + 1,
            before.Extent.Notices + (subject == Subject.Notice ? 1 : 0),
            before.Extent.Sites + (subject == Subject.Site ? 1 : 0)));
        switch (statement.Body)
        {
            case Notice notice:
                File(after, notice, statement, number, place);
                return after;
            case Consent:
                return Answered(after, number, new(AnswerKind.Consent, statement.Hash, statement.Party, place, OtherStart: null));
            case Objection:
                return Answered(after, number, new(AnswerKind.Objection, statement.Hash, statement.Party, place, OtherStart: null));
            case OtherDate other:
                return Answered(after, number, new(AnswerKind.OtherDate, statement.Hash, statement.Party, place, other.From));
            case Withdrawal when subject == Subject.Answer:
                return Answered(after, number, new(AnswerKind.ConsentWithdrawn, statement.Hash, statement.Party, place, OtherStart: null));
            case Withdrawal:
                return Changed(after, number, after.Notice(number) with { Withdrawn = place });
            case Lapse:
                return Changed(after, number, after.Notice(number) with { LapseMarked = place });
            case SiteNotification site:
                lineage.Add(new(site.Site, statement.Hash, statement.Party, place, Withdrawn: null), number, after.Extent.Admitted);
                return after;
            case SiteWithdrawal:
                lineage.Sites.Change(number, after.Site(number) with { Withdrawn = place }, after.Extent.Admitted);
                return after;
            default:
                return OfTheRecord(after, statement, place);
        }
    }

    /// <summary>What is said of the record itself, of agreements and of maps: seldom, and kept in the situation.</summary>
    private static Situation OfTheRecord(Situation after, Statement statement, RecordPlace place) => statement.Body switch
    {
        Founding founding => after with { Founding = founding, Keys = PartyKeys.Of(founding.Keys, statement.Hash) },
        KeyRotation or KeyRevocation => after with { Keys = after.Keys.After(statement, place.Index) },
        RecordTime time => after with { Time = time.Now },
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
        _ => throw new InvalidOperationException($"Admitted a statement of type {statement.Body.GetType().Name} that the fold does not know."),
    };

    /// <summary>What an admitted statement is about, and the number of the notice or site that it speaks of.</summary>
    private static (Subject Subject, int Number) SubjectOf(Situation before, Statement statement) => statement.Body switch
    {
        Notice => (Subject.Notice, before.Extent.Notices),
        Consent consent => (Subject.Consent, before.NumberSpokenOf(consent.Cites)),
        Objection objection => (Subject.Answer, before.NumberSpokenOf(objection.Cites)),
        OtherDate other => (Subject.Answer, before.NumberSpokenOf(other.Cites)),
        Withdrawal withdrawal => OfWithdrawal(before, before.NumberSpokenOf(withdrawal.Cites), statement.Party),
        Lapse lapse => (Subject.Other, before.NumberSpokenOf(lapse.Cites)),
        SiteNotification => (Subject.Site, before.Extent.Sites),
        SiteWithdrawal withdrawal => (Subject.Other, before.NumberOfSite(withdrawal.Cites)),
        AgreementSignature or Resumption or ControlMapAcceptance => (Subject.Agreed, -1),
        _ => (Subject.Other, -1),
    };

    /// <summary>Who takes its consent back answers the notice; who takes its own notice back does not.</summary>
    private static (Subject Subject, int Number) OfWithdrawal(Situation before, int number, Id<Party> party) =>
        (before.Notice(number).Reference.Party == party ? Subject.Other : Subject.Answer, number);

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

    private static void File(Situation after, Notice notice, Statement statement, int number, RecordPlace place) => after.Lineage.Add(
        new()
        {
            Notice = notice,
            Reference = new(statement.Party, statement.Id, statement.Hash),
            Filed = place,
            Number = number,
            FirstEntry = after.Lineage.NoticeVolumes.Count,
        },
        after.Extent.Admitted);

    private static Situation Answered(Situation after, int number, NoticeAnswer answer)
    {
        var notice = after.Notice(number);
        return Changed(after, number, notice with { Answers = notice.Answers.Add(answer) });
    }

    private static Situation Changed(Situation after, int number, FiledNotice changed)
    {
        after.Lineage.Notices.Change(number, changed, after.Extent.Admitted);
        return after;
    }
}
