using NodaTime;
using Tansiq.Coordination.Flights.Deciding;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using static Tansiq.Coordination.Admit;

namespace Tansiq.Coordination.Flights;

/// <summary>Admission of notices, of what is said to them, and of protected sites.</summary>
internal static class FlightAdmission
{
    /// <summary>What admission says, or null where the statement is of another capability.</summary>
    public static Admission? Decide(Situation situation, Founding founding, Statement statement, Instant now) => statement.Body switch
    {
        Notice notice => File(founding, notice, statement.Party, now),
        Consent consent => Consenting(situation, consent, statement.Party, now),
        Objection objection => Objecting(situation, objection, now),
        OtherDate other => OfferOtherDate(situation, other, statement.Party, now),
        Withdrawal withdrawal => Withdraw(situation, withdrawal, statement.Party, now),
        Lapse lapse => MarkLapse(situation, lapse, now),
        SiteNotification site => situation.HasSite(site.Site.Id)
            ? Inert("flights.site-id-used", "/body/site/id")
            : Admission.Admitted.Value,
        SiteWithdrawal withdrawal => WithdrawSite(situation, withdrawal, statement.Party),
        _ => FlightCourseAdmission.Decide(situation, founding, statement, now),
    };

    /// <summary>A well-formed notice is always admitted (FLT-2): only who and what are checked, never whether it may fly.</summary>
    public static Admission File(Founding founding, Notice notice, Id<Party> filer, Instant now)
    {
        if (!founding.Actors.TryGetValue(notice.Actor, out var actor)) return Inert("parties.unknown-actor", "/body/actor");
        if (actor.AnswerableParty is { } answerable && answerable != filer) return Inert("flights.not-your-actor", "/body/actor");
        if (!founding.Purposes.TryGetValue(notice.Purpose, out var purpose)) return Inert("parties.unknown-purpose", "/body/purpose");
        if (notice.AnswerBy is { } answerBy && (answerBy <= now || answerBy > notice.Start)) return Inert("flights.answer-by-out-of-time", "/body/operation/answerBy");
        if (notice.AnswerBy is null && purpose.Category != PurposeCategory.Combat) return Admission.Admitted.Value;
        for (var index = 0; index < notice.Volumes.Length; index++)
        {
            if (!notice.Volumes[index].Outline.InscribedRadiusAtLeast(founding.OperationFloorRadiusMetres))
            {
                return Inert("flights.volume-below-floor", FormattableString.Invariant($"/body/volumes/{index}/outline"));
            }
        }

        return Admission.Admitted.Value;
    }

    private static Admission Consenting(Situation situation, Consent consent, Id<Party> party, Instant now)
    {
        if (Answerable(situation, consent.Cites, party, now, out var notice) is { } problem) return problem;
        return notice!.Notice.AnswerBy is { } answerBy && now >= answerBy ? Inert("flights.deadline-passed", "/body/cites") : Admission.Admitted.Value;
    }

    private static Admission Objecting(Situation situation, Objection objection, Instant now)
    {
        // A word that crosses with another notice in the place of this one counts for the one that stands.
        if (situation.FindStanding(objection.Cites) is not { } notice) return Inert("record.cites-nothing", "/body/cites");
        if (FlightCourseAdmission.Ended(notice) is { } ended) return ended;
        return now >= notice.Notice.End ? Inert("flights.already-over", "/body/cites") : Admission.Admitted.Value;
    }

    private static Admission OfferOtherDate(Situation situation, OtherDate other, Id<Party> party, Instant now)
    {
        if (Answerable(situation, other.Cites, party, now, out var notice) is { } problem) return problem;
        if (notice!.Notice.AnswerBy is { } answerBy && now >= answerBy) return Inert("flights.deadline-passed", "/body/cites");
        return other.From > now ? Admission.Admitted.Value : Inert("flights.date-in-the-past", "/body/from");
    }

    /// <summary>The filer cites its notice; who consented cites the notice or its consent.</summary>
    private static Admission Withdraw(Situation situation, Withdrawal withdrawal, Id<Party> party, Instant now)
    {
        if (situation.FindSpokenOf(withdrawal.Cites) is not { } notice) return Inert("record.cites-nothing", "/body/cites");
        if (FlightCourseAdmission.Ended(notice) is { } ended) return ended;
        var isNotice = notice.Reference.Hash == withdrawal.Cites;
        if (isNotice && notice.Reference.Party == party) return WithdrawOwn(notice, now);
        if (now >= notice.Notice.Start) return Inert("flights.already-started", "/body/cites");
        return notice.Answers.LastOrDefault(answer => answer.Party == party) is { Kind: AnswerKind.Consent } consent && (isNotice || consent.Hash == withdrawal.Cites)
            ? Admission.Admitted.Value
            : Inert("flights.nothing-to-withdraw", "/body/cites");
    }

    /// <summary>A flight that never took off frees the air until its end; one that is in the air ends by its completion.</summary>
    private static Admission WithdrawOwn(FiledNotice notice, Instant now)
    {
        if (notice.Activated is not null) return Inert("flights.already-active", "/body/cites");
        return now >= notice.Notice.End ? Inert("flights.already-over", "/body/cites") : Admission.Admitted.Value;
    }

    /// <summary>
    /// Every consent that was admitted counts here, joint or not: which part of the record is joint differs from centre to
    /// centre for a while, and admission must not (REC-7).
    /// </summary>
    private static Admission MarkLapse(Situation situation, Lapse lapse, Instant now)
    {
        if (situation.FindNotice(lapse.Cites) is not { } notice) return Inert("record.cites-nothing", "/body/cites");
        if (notice.LapseMarked is not null) return Inert("flights.lapse-marked", "/body/cites");
        return NoticeStanding.IsLapsed(situation.WithJointSize(situation.Size), notice, now) ? Admission.Admitted.Value : Inert("flights.lapse-not-due", "/body/cites");
    }

    private static Admission WithdrawSite(Situation situation, SiteWithdrawal withdrawal, Id<Party> party)
    {
        if (situation.FindSite(withdrawal.Cites) is not { } site) return Inert("record.cites-nothing", "/body/cites");
        if (site.Notifier != party) return Inert("flights.not-your-site", "/body/cites");
        return site.Withdrawn is null ? Admission.Admitted.Value : Inert("flights.withdrawn", "/body/cites");
    }

    /// <summary>Whether another party than the filer may still answer a notice: until it starts.</summary>
    private static Admission? Answerable(Situation situation, ContentHash cited, Id<Party> party, Instant now, out FiledNotice? notice)
    {
        notice = situation.FindNotice(cited);
        if (notice is null) return Inert("record.cites-nothing", "/body/cites");
        if (notice.Reference.Party == party) return Inert("flights.own-notice", "/party");
        if (FlightCourseAdmission.Ended(notice) is { } ended) return ended;
        return now >= notice.Notice.Start ? Inert("flights.already-started", "/body/cites") : null;
    }
}
