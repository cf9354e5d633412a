using NodaTime;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Information;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Situations;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Flights.Deciding;

/// <summary>Gathers which notices statements may touch, near in space and time: never too few.</summary>
internal sealed class Touched(Situation situation)
{
    private readonly List<int> _entries = [];

    /// <summary>Whether every standing notice may be touched.</summary>
    public bool IsAll { get; private set; }

    /// <summary>The numbers of the notices that may be touched, standing or not.</summary>
    public SortedSet<int> Numbers { get; } = [];

    /// <summary>Of them those that the statement itself speaks of: never more than two.</summary>
    public SortedSet<int> SpokenOf { get; } = [];

    /// <summary>What an admitted statement of the situation may touch from its admission on; deadlines that pass are another matter.</summary>
    public void By(Statement statement)
    {
        switch (statement.Body)
        {
            case Notice:
                Spoken(situation.FindNotice(statement.Hash)!);
                break;
            case Amendment or Retiming:
                Spoken(situation.FindNotice(statement.Hash)!);
                Spoken(situation.FindNotice(FlightCourse.Replaced(statement.Body)!)!);
                break;
            case Activation activation:
                Spoken(situation.FindNotice(activation.Cites)!);
                break;
            case Completion completion:
                Spoken(situation.FindNotice(completion.Cites)!);
                break;
            case Objection objection:
                Spoken(situation.FindStanding(objection.Cites)!);
                break;
            case Consent or OtherDate or Withdrawal:
                Spoken(situation.FindSpokenOf(Cited(statement.Body))!);
                break;
            case SiteNotification:
                Near(situation.FindSite(statement.Hash)!.Site);
                break;
            case SiteWithdrawal withdrawal:
                Near(situation.FindSite(withdrawal.Cites)!.Site);
                break;
            case RecordTime or ControlMapProposal or Lapse or KeyRotation or KeyRevocation:
            case Succession or OfficerAppointment or OfficerEnd or DutyRoster or DeskContacts or LineCheck or StopReport:
                break;
            default:
                IsAll = true;
                break;
        }
    }

    /// <summary>What statements may touch that became joint: those of an index from the first size to the other.</summary>
    public void ByJoint(long fromSize, long untilSize)
    {
        var statements = situation.Lineage.Statements;
        var count = situation.Extent.Admitted;
        for (var number = statements.FirstFrom(fromSize, count); number < count && statements[number].Index < untilSize; number++)
        {
            ref readonly var statement = ref statements[number];
            if (statement.Effect == Effect.Consent) OfConsent(situation.Notice(statement.Number));
            else if (statement.IsAgreed) IsAll = true;
        }
    }

    /// <summary>What a consent touches, and the notices that took the place of that one: they say that it was given to other terms.</summary>
    private void OfConsent(FiledNotice notice)
    {
        Near(notice);
        while (notice.SupersededBy is { } next)
        {
            notice = situation.FindNotice(next.Hash)!;
            Numbers.Add(notice.Number);
        }
    }

    /// <summary>A notice, and those which it may be in the way of.</summary>
    public void Near(FiledNotice notice)
    {
        Numbers.Add(notice.Number);
        if (situation.Proposed.GreatestSeparation is not { } minima) return;
        foreach (var volume in notice.Notice.Volumes)
        {
            situation.Lineage.NoticeVolumes.Near(volume, minima, situation.Extent.Admitted, _entries);
            AddEntries();
        }
    }

    private void Spoken(FiledNotice notice)
    {
        SpokenOf.Add(notice.Number);
        Near(notice);
    }

    /// <summary>Those which a site may be in the way of.</summary>
    private void Near(Site site)
    {
        if (situation.Proposed.GreatestProtectionMetres is not { } metres) return;
        var from = SiteReach.TimeOf(site) is { HasStart: true } time ? time.Start : Instant.MinValue;
        foreach (var box in SiteReach.BoxesOf(site, metres))
        {
            situation.Lineage.NoticeVolumes.Near(box, from, Instant.MaxValue, situation.Extent.Admitted, _entries);
            AddEntries();
        }
    }

    private void AddEntries()
    {
        foreach (var entry in _entries) Numbers.Add((int)situation.Lineage.NoticeVolumes.KeyOf(entry));
        _entries.Clear();
    }

    private static ContentHash Cited(StatementBody body) => body switch
    {
        Consent consent => consent.Cites,
        OtherDate other => other.Cites,
        Withdrawal withdrawal => withdrawal.Cites,
        _ => throw new InvalidOperationException($"A statement of type {body.GetType().Name} speaks of no notice."),
    };
}
