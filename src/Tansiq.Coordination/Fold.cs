using System.Collections.Immutable;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Flights.Deciding;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Situations;
using Tansiq.Coordination.Statements;
using Tansiq.Geo;

namespace Tansiq.Coordination;

/// <summary>What each admitted statement does to the situation. One case for each type of statement.</summary>
internal static class Fold
{
    public static Situation Apply(Situation before, Statement statement)
    {
        var place = before.NextPlace;
        var lineage = before.Lineage.Claim(before.Extent);
        var claimed = before with { Lineage = lineage, Extent = before.Extent with { Admitted = before.Extent.Admitted + 1 } };
        var (subject, number) = SubjectOf(before, statement);
        lineage.Statements.Add(new(statement.Hash, statement.Party, statement.Id, place.Index, subject, number));
        return statement.Body switch
        {
            Founding founding => claimed.Founded(founding),
            RecordTime time => claimed with { Time = time.Now },
            AgreementProposal proposal => Propose(claimed, proposal, statement.Hash, place),
            AgreementSignature signature => Sign(claimed, signature, statement.Party, place),
            Suspension suspension => claimed with
            {
                Suspensions = before.Suspensions.Add(new(suspension.Scope, statement.Hash, statement.Party, place, Resumed: null)),
            },
            Resumption resumption => Resume(claimed, resumption, place),
            ControlMapProposal proposal => claimed with
            {
                ControlMaps = before.ControlMaps.Add(new(
                    proposal.Map, statement.Hash, place, ImmutableSortedDictionary<Id<Party>, RecordPlace>.Empty)),
            },
            ControlMapAcceptance acceptance => Accept(claimed, acceptance, statement.Party, place),
            Notice notice => File(claimed, notice, statement, place),
            Consent => Answer(claimed, number, new(AnswerKind.Consent, statement.Hash, statement.Party, place, OtherStart: null)),
            Objection => Answer(claimed, number, new(AnswerKind.Objection, statement.Hash, statement.Party, place, OtherStart: null)),
            OtherDate other => Answer(claimed, number, new(AnswerKind.OtherDate, statement.Hash, statement.Party, place, other.From)),
            Withdrawal => Withdraw(claimed, number, statement, place),
            Lapse => ChangeNotice(claimed, number, before.Notice(number) with { LapseMarked = place }),
            SiteNotification site => Notify(claimed, new(site.Site, statement.Hash, statement.Party, place, Withdrawn: null)),
            SiteWithdrawal => WithdrawSite(claimed, number, place),
            _ => throw new InvalidOperationException($"Admitted a statement of type {statement.Body.GetType().Name} that the fold does not know."),
        };
    }

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

    private static Situation Propose(Situation claimed, AgreementProposal proposal, ContentHash hash, RecordPlace place)
    {
        var founding = claimed.Founding ?? throw new InvalidOperationException("Admitted an agreement before the founding.");
        return claimed with
        {
            Proposed = new(claimed.Agreements.Add(new(proposal.Agreement, hash, place, ImmutableSortedDictionary<Id<Party>, RecordPlace>.Empty)
            {
                Areas = AreaIndex.Of(proposal.Agreement, founding.Heights),
            })),
        };
    }

    private static Situation Sign(Situation claimed, AgreementSignature signature, Id<Party> party, RecordPlace place)
    {
        var index = claimed.Agreements.FindIndex(agreement => agreement.Hash == signature.Cites);
        var agreement = claimed.Agreements[index];
        return claimed with
        {
            Proposed = new(claimed.Agreements.SetItem(index, agreement with { Signatures = agreement.Signatures.Add(party, place) })),
        };
    }

    private static Situation Resume(Situation claimed, Resumption resumption, RecordPlace place)
    {
        var index = claimed.Suspensions.FindIndex(suspension => suspension.Hash == resumption.Cites);
        return claimed with
        {
            Suspensions = claimed.Suspensions.SetItem(index, claimed.Suspensions[index] with { Resumed = place }),
        };
    }

    private static Situation Accept(Situation claimed, ControlMapAcceptance acceptance, Id<Party> party, RecordPlace place)
    {
        var index = claimed.ControlMaps.FindIndex(map => map.Hash == acceptance.Cites);
        var map = claimed.ControlMaps[index];
        return claimed with
        {
            ControlMaps = claimed.ControlMaps.SetItem(index, map with { Acceptances = map.Acceptances.Add(party, place) }),
        };
    }

    private static Situation File(Situation claimed, Notice notice, Statement statement, RecordPlace place)
    {
        var number = claimed.Extent.Notices;
        var volumes = claimed.NoticeVolumes;
        claimed.Lineage.Notices.Add(
            new()
            {
                Notice = notice,
                Reference = new(statement.Party, statement.Id, statement.Hash),
                Filed = place,
                Number = number,
                FirstEntry = volumes.Count,
            },
            claimed.Extent.Admitted);
        foreach (var volume in notice.Volumes) volumes = volumes.Add(volume, number, place.Index + 1);
        return claimed with { NoticeVolumes = volumes, Extent = claimed.Extent with { Notices = number + 1 } };
    }

    private static Situation Answer(Situation claimed, int number, NoticeAnswer answer)
    {
        var notice = claimed.Notice(number);
        return ChangeNotice(claimed, number, notice with { Answers = notice.Answers.Add(answer) });
    }

    private static Situation Withdraw(Situation claimed, int number, Statement statement, RecordPlace place)
    {
        var notice = claimed.Notice(number);
        return notice.Reference.Party == statement.Party
            ? ChangeNotice(claimed, number, notice with { Withdrawn = place })
            : Answer(claimed, number, new(AnswerKind.ConsentWithdrawn, statement.Hash, statement.Party, place, OtherStart: null));
    }

    private static Situation ChangeNotice(Situation claimed, int number, FiledNotice changed)
    {
        claimed.Lineage.Notices.Change(number, changed, claimed.Extent.Admitted);
        return claimed;
    }

    private static Situation Notify(Situation claimed, RecordedSite site)
    {
        var number = claimed.Extent.Sites;
        var places = claimed.SitePlaces;
        claimed.Lineage.Add(site, claimed.Extent.Admitted);
        foreach (var box in SiteReach.BoxesOf(site.Site))
            places = places.Add(box, HeightBand.All, SiteReach.TimeOf(site.Site), number, site.Notified.Index + 1);
        return claimed with { SitePlaces = places, Extent = claimed.Extent with { Sites = number + 1 } };
    }

    private static Situation WithdrawSite(Situation claimed, int number, RecordPlace place)
    {
        claimed.Lineage.Sites.Change(number, claimed.Site(number) with { Withdrawn = place }, claimed.Extent.Admitted);
        return claimed;
    }
}
