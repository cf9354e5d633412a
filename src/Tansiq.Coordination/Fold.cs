using System.Collections.Immutable;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination;

/// <summary>What each admitted statement does to the situation. Pure; one case for each type of statement.</summary>
internal static class Fold
{
    public static Situation Apply(Situation before, Statement statement)
    {
        var place = before.NextPlace;
        return statement.Body switch
        {
            Founding founding => before.Founded(founding),
            RecordTime time => before.At(time.Now),
            AgreementProposal proposal => before with
            {
                Agreements = before.Agreements.Add(new(
                    proposal.Agreement, statement.Hash, place, ImmutableSortedDictionary<Id<Party>, RecordPlace>.Empty)),
            },
            AgreementSignature signature => Sign(before, signature, statement.Party, place),
            Suspension suspension => before with
            {
                Suspensions = before.Suspensions.Add(new(suspension.Scope, statement.Hash, statement.Party, place, Resumed: null)),
            },
            Resumption resumption => Resume(before, resumption, place),
            ControlMapProposal proposal => before with
            {
                ControlMaps = before.ControlMaps.Add(new(
                    proposal.Map, statement.Hash, place, ImmutableSortedDictionary<Id<Party>, RecordPlace>.Empty)),
            },
            ControlMapAcceptance acceptance => Accept(before, acceptance, statement.Party, place),
            Notice notice => before with
            {
                Notices = before.Notices.Add(place.Index, new()
                {
                    Notice = notice,
                    Reference = new(statement.Party, statement.Id, statement.Hash),
                    Filed = place,
                }),
            },
            Consent consent => Answer(before, consent.Cites, new(AnswerKind.Consent, statement.Hash, statement.Party, place, OtherStart: null)),
            Objection objection => Answer(before, objection.Cites, new(AnswerKind.Objection, statement.Hash, statement.Party, place, OtherStart: null)),
            OtherDate other => Answer(before, other.Cites, new(AnswerKind.OtherDate, statement.Hash, statement.Party, place, other.From)),
            Withdrawal withdrawal => Withdraw(before, withdrawal, statement, place),
            Lapse lapse => ChangeNotice(before, lapse.Cites, notice => notice with { LapseMarked = place }),
            SiteNotification site => before with
            {
                Sites = before.Sites.Add(place.Index, new(site.Site, statement.Hash, statement.Party, place, Withdrawn: null)),
            },
            SiteWithdrawal withdrawal => WithdrawSite(before, withdrawal, place),
            _ => throw new InvalidOperationException($"Admitted a statement of type {statement.Body.GetType().Name} that the fold does not know."),
        };
    }

    private static Situation Sign(Situation before, AgreementSignature signature, Id<Party> party, RecordPlace place)
    {
        var index = before.Agreements.FindIndex(agreement => agreement.Hash == signature.Cites);
        var agreement = before.Agreements[index];
        return before with
        {
            Agreements = before.Agreements.SetItem(index, agreement with { Signatures = agreement.Signatures.Add(party, place) }),
        };
    }

    private static Situation Resume(Situation before, Resumption resumption, RecordPlace place)
    {
        var index = before.Suspensions.FindIndex(suspension => suspension.Hash == resumption.Cites);
        return before with
        {
            Suspensions = before.Suspensions.SetItem(index, before.Suspensions[index] with { Resumed = place }),
        };
    }

    private static Situation Accept(Situation before, ControlMapAcceptance acceptance, Id<Party> party, RecordPlace place)
    {
        var index = before.ControlMaps.FindIndex(map => map.Hash == acceptance.Cites);
        var map = before.ControlMaps[index];
        return before with
        {
            ControlMaps = before.ControlMaps.SetItem(index, map with { Acceptances = map.Acceptances.Add(party, place) }),
        };
    }

    private static Situation Answer(Situation before, ContentHash cited, NoticeAnswer answer) =>
        ChangeNotice(before, cited, notice => notice with { Answers = notice.Answers.Add(answer) });

    private static Situation Withdraw(Situation before, Withdrawal withdrawal, Statement statement, RecordPlace place)
    {
        var spokenOf = before.FindSpokenOf(withdrawal.Cites) ?? throw new InvalidOperationException("Admitted a withdrawal of what is not there.");
        return ChangeNotice(before, spokenOf.Reference.Hash, notice => notice.Reference.Party == statement.Party
            ? notice with { Withdrawn = place }
            : notice with { Answers = notice.Answers.Add(new(AnswerKind.ConsentWithdrawn, statement.Hash, statement.Party, place, OtherStart: null)) });
    }

    private static Situation ChangeNotice(Situation before, ContentHash cited, Func<FiledNotice, FiledNotice> change)
    {
        var notice = before.FindNotice(cited)
            ?? throw new InvalidOperationException("Admitted an answer to a notice that is not there.");
        return before with { Notices = before.Notices.SetItem(notice.Filed.Index, change(notice)) };
    }

    private static Situation WithdrawSite(Situation before, SiteWithdrawal withdrawal, RecordPlace place)
    {
        var site = before.FindSite(withdrawal.Cites)
            ?? throw new InvalidOperationException("Admitted the withdrawal of a site that is not there.");
        return before with { Sites = before.Sites.SetItem(site.Notified.Index, site with { Withdrawn = place }) };
    }
}
