using Tansiq.Coordination.Agreements;

namespace Tansiq.Coordination.Tests.Situations;

/// <summary>All that a situation says, as text that can be compared.</summary>
internal static class SituationText
{
    /// <summary>Its size and time, agreements, suspensions, maps, sites and notices with what was said to them, and every verdict.</summary>
    public static string Of(Situation situation) => string.Join('\n',
    [
        $"{situation.Size} {situation.JointSize} {situation.Time}",
        .. situation.Agreements.Select(each => $"{each.Agreement.Id} {each.Hash} {each.Proposed} {string.Join(' ', each.Signatures)} {string.Join(' ', each.Renewals)}"),
        .. situation.Suspensions.Select(each => $"{each.Scope} {each.Hash} {each.Party} {each.Since} {each.Resumed}"),
        .. situation.ControlMaps.Select(each => $"{each.Map.Id} {each.Hash} {each.Proposed} {string.Join(' ', each.Acceptances)}"),
        .. situation.Desks.Officers.SelectMany(each => each.Value.Values.Select(officer => $"{each.Key} {officer.Officer} {string.Join(',', officer.Roles)} {officer.At} {officer.Hash} {officer.Since}")),
        .. situation.Desks.Rosters.Select(each => $"{each.Key} {each.Value.Hash} {each.Value.Place}"),
        .. situation.Desks.Contacts.Select(each => $"{each.Key} {each.Value.Hash} {each.Value.Place}"),
        .. situation.Desks.LineChecks.SelectMany(each => each.Value.Select(check => $"{each.Key} {check}")),
        .. situation.Stops.Select(stop => $"{stop.Report.Message} {stop.Party} {stop.Hash} {stop.Place}"),
        .. situation.Sites.Values.Select(site => $"{site.Site.Id} {site.Hash} {site.Notifier} {site.Notified} {site.Withdrawn}"),
        .. situation.Notices.Values.Select(notice =>
            $"{notice.Reference} {notice.Filed} {notice.Withdrawn} {notice.LapseMarked} {notice.Activated} {notice.Completed} {notice.Superseded} {notice.SupersededBy} {notice.Replaces} {string.Join(' ', notice.Answers)} "
            + VerdictText.Of(TestRecord.VerdictOn(situation, notice.Reference.Hash, null))),
    ]);
}
