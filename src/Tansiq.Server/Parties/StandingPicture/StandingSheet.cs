using NodaTime;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Flights.Deciding;
using Tansiq.Coordination.Languages;
using Tansiq.Coordination.Parties;
using Tansiq.Server.Nodes;

namespace Tansiq.Server.Parties.StandingPicture;

/// <summary>The standing picture on paper, in one language (PTY-6): whom to call, what is in force, what flies, what is protected.</summary>
internal sealed class StandingSheet
{
    /// <summary>The most flights, those that begin first.</summary>
    public const int MaximumFlights = 200;

    /// <summary>The most protected sites.</summary>
    public const int MaximumSites = 500;

    private readonly NodeIdentity _identity;
    private readonly NodePicture _picture;
    private readonly Coordination.Situation _situation;
    private readonly Founding _founding;
    private readonly Instant _now;
    private readonly Phrasebook _phrases;
    private readonly NameText _names;
    private readonly DeskText _desks;
    private readonly SheetHtml _html;

    private StandingSheet(NodeIdentity identity, NodePicture picture, Founding founding, Instant now, Phrasebook phrases)
    {
        (_identity, _picture, _situation, _founding, _now, _phrases) = (identity, picture, picture.Situation, founding, now, phrases);
        var agreements = _situation.Agreements.Select(each => each.Agreement);
        _names = new(phrases, RecordNames.Of(founding, agreements, _situation.Sites.Values.Select(site => site.Site), _situation.ControlMaps.Select(map => map.Map)));
        _desks = new(phrases, _names);
        _html = new(phrases);
    }

    private string Banner => _phrases.Text(_identity.Kind == RecordKind.Exercise ? "banner.exercise" : "banner.real");

    /// <summary>Writes the sheet.</summary>
    /// <param name="identity">Whose sheet it is.</param>
    /// <param name="picture">What the node knows; founded.</param>
    /// <param name="founding">The founding.</param>
    /// <param name="now">The moment of the sheet, by the node's clock.</param>
    /// <param name="phrases">The language.</param>
    /// <returns>The page, and the policy under which it is shown: nothing loads and nothing runs.</returns>
    public static (string Html, string Policy) Write(NodeIdentity identity, NodePicture picture, Founding founding, Instant now, Phrasebook phrases)
    {
        var sheet = new StandingSheet(identity, picture, founding, now, phrases);
        var style = SheetStyle.With(sheet.Banner);
        sheet.Write(style);
        return (sheet._html.ToString(), $"default-src 'none'; style-src '{SheetStyle.HashOf(style)}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    }

    private void Write(string style)
    {
        var title = $"{Banner} · {_phrases.Text("sheet.title")} · {_names.Values.Name(_founding.Title)}";
        _html.Own("<!DOCTYPE html>\n").Open("html", ("lang", _phrases.Language), ("dir", _phrases.IsRightToLeft ? "rtl" : "ltr"), ("class", _identity.Kind == RecordKind.Exercise ? "exercise" : "real"));
        _html.Open("head").Open("meta", ("charset", "utf-8")).Open("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
        _html.Said("title", title).Open("style").Own(style).Close("style", "head").Open("body");
        _html.Said("div", Banner, ("class", "banner")).Phrase("h1", "sheet.title").Said("p", _names.Values.Name(_founding.Title));
        if (_phrases.Status != "original") _html.Phrase("p", "banner.machine-translation", ("class", "remark"));
        _html.Phrase("p", "sheet.purpose", ("class", "remark"));
        WriteFacts();
        WriteContacts();
        WriteLineChecks();
        WriteAgreements();
        WriteFlights();
        WriteSites();
        _html.Open("footer").Phrase("p", "boundary.verdict").Phrase("p", "boundary.joint").Phrase("p", "boundary.silence").Said("div", Banner, ("class", "banner")).Close("footer", "body", "html");
    }

    private void WriteFacts()
    {
        _html.Open("dl");
        Fact("sheet.centre", _names.Party(_identity.Party));
        Fact("sheet.made", _names.Values.Time(Whole(_now)));
        Fact("sheet.size", _names.Values.Count(_situation.Size));
        if (_situation.Time is { } time) Fact("sheet.record-time", _names.Values.Time(Whole(time)));
        Fact("sheet.joint", _names.Values.Count(_picture.JointSize));
        _html.Phrase("dt", "sheet.digest").Said("dd", _names.Values.Identifier(_picture.State.Digest.Hex), ("class", "wide")).Close("dl");
        if (_picture.StandsStillSince is { } since) Warning(_phrases.Fill("sheet.stands-still", Value("at", _names.Values.Time(Whole(since)))));
        if (_picture.Findings is { Length: > 0 } findings)
            Warning(_phrases.Fill("sheet.findings", Value("count", _names.Values.Count(findings.Length)), Value("codes", _names.Values.List(findings.Select(each => _names.Values.Identifier(each.Code)).Distinct()))));
    }

    private void WriteContacts()
    {
        _html.Phrase("h2", "sheet.contacts");
        var desks = _situation.Desks;
        foreach (var party in _founding.Parties.Keys.Append(_founding.Office))
        {
            _html.Open("section", ("class", "desk")).Said("h3", _names.Party(party));
            var contacts = desks.Contacts.GetValueOrDefault(party)?.Contacts;
            var roster = desks.Rosters.GetValueOrDefault(party)?.Roster;
            var roles = Enum.GetValues<OfficerRole>().Where(role => contacts?.Lines.Any(line => line.Role == role) == true || roster?.OnDuty(role, _now).Any() == true);
            _html.Table(["sheet.role", "sheet.lines", "sheet.on-duty", "sheet.deputies", "sheet.until"], roles.Select(role => Desk(role, contacts, roster)));
            if (contacts is { Guard: { Length: > 0 } guard })
                _html.Said("p", $"{_phrases.Text("sheet.guard")}: {_names.Values.List(guard.Select(_desks.Frequency))}");
            _html.Close("section");
        }
    }

    private string[] Desk(OfficerRole role, DeskContacts? contacts, DutyRoster? roster)
    {
        var lines = contacts?.Lines.Where(line => line.Role == role).OrderBy(line => line.Order).Select(line => $"{_phrases.Term(line.Kind)} {_names.Values.Identifier(line.Number)}") ?? [];
        var duties = roster?.OnDuty(role, _now).ToList() ?? [];
        return
        [
            _phrases.Term(role),
            _names.Values.List(lines),
            duties.Count == 0 ? _phrases.Text("sheet.nobody") : _names.Values.List(duties.Select(duty => _names.Values.Identifier(duty.Officer.Value))),
            _names.Values.List(duties.SelectMany(duty => duty.Deputies).Distinct().Select(deputy => _names.Values.Identifier(deputy.Value))),
            _names.Values.List(duties.Select(duty => _names.Values.Time(duty.Time.End))),
        ];
    }

    private void WriteLineChecks()
    {
        var lines = LineCheckSchedule.Of(_situation, _identity.Party, _now);
        _html.Phrase("h2", "sheet.line-checks").Table(["record.label.desk-line", "sheet.last-answered", "sheet.due", "sheet.state"], lines.Select(line => (string[])
        [
            _names.Party(line.With),
            line.LastAnswered is { } last ? _names.Values.Time(Whole(last)) : _phrases.Text("sheet.never"),
            line.DueAt is { } due ? _names.Values.Time(Whole(due)) : _phrases.Text("value.not-stated"),
            _phrases.Term(line.State),
        ]));
    }

    private void WriteAgreements()
    {
        _html.Phrase("h2", "sheet.agreements").Table(
            ["label.agreement", "sheet.version", "sheet.state", "sheet.from", "sheet.until"],
            AgreementStanding.Of(_situation, _now).Select(each => (string[])
            [
                _names.Agreement(each.Proposed.Agreement.Id),
                _names.Values.Count(each.Proposed.Agreement.Version),
                _phrases.Term(each.State),
                each.Time is { HasStart: true } from ? _names.Values.Time(from.Start) : _phrases.Text("value.not-stated"),
                each.Time is { HasEnd: true } until ? _names.Values.Time(until.End) : _phrases.Text("value.not-stated"),
            ]));
        _html.Phrase("h3", "sheet.suspensions").Table(
            ["sheet.scope", "sheet.by", "sheet.since"],
            _situation.Suspensions.Where(each => each.Resumed is not { } resumed || !_situation.Permits(resumed, _now)).Select(each => (string[])
                [Scope(each.Scope), _names.Party(each.Party), _names.Values.Time(Whole(each.Since.At))]));
    }

    private string Scope(SuspensionScope scope) => scope switch
    {
        SuspensionScope.OfChapter chapter => _phrases.Fill("sheet.suspended-chapter", Value("id", _names.Values.Identifier(chapter.Chapter.Value))),
        SuspensionScope.OfClause clause => _phrases.Fill("sheet.suspended-clause", Value("id", _names.Values.Identifier(clause.Clause.Value))),
        _ => _phrases.Text("sheet.suspended-all"),
    };

    private void WriteFlights()
    {
        var standing = _situation.Notices.Values
            .Where(notice => !NoticeStanding.HasEnded(notice, _now) && EndOf(notice) > _now)
            .OrderBy(notice => notice.Notice.Volumes.Min(volume => volume.Time.Start)).ThenBy(notice => notice.Filed.Index).ToList();
        _html.Phrase("h2", "sheet.flights").Table(
            ["label.notice", "label.actor", "label.class", "label.purpose", "sheet.from", "sheet.until", "label.contact", "sheet.verdict"],
            standing.Take(MaximumFlights).Select(Flight));
        More(standing.Count - MaximumFlights);
    }

    private string[] Flight(FiledNotice filed)
    {
        var notice = filed.Notice;
        return
        [
            _names.Flight(filed.Reference),
            _names.Actor(notice.Actor),
            _phrases.Term(notice.Class),
            _names.Purpose(notice.Purpose),
            _names.Values.Time(notice.Volumes.Min(volume => volume.Time.Start)),
            _names.Values.Time(EndOf(filed)),
            _phrases.Term(notice.Contact),
            _phrases.Term(Decide.Flight(_situation, FlightInQuestion.OnRecord(filed)).Kind),
        ];
    }

    private void WriteSites()
    {
        var sites = _situation.Sites.Values.Where(site => site.Withdrawn is null && (!site.Site.Validity.HasEnd || site.Site.Validity.End > _now)).ToList();
        _html.Phrase("h2", "sheet.sites").Table(
            ["label.site", "label.class", "sheet.state", "sheet.place", "sheet.until"],
            sites.Take(MaximumSites).Select(each => (string[])
            [
                _names.Site(each.Site.Id),
                _phrases.Term(each.Site.Category),
                _phrases.Term(each.Site.Verification),
                Place(each.Site),
                each.Site.Validity.HasEnd ? _names.Values.Time(each.Site.Validity.End) : _phrases.Text("value.not-stated"),
            ]));
        More(sites.Count - MaximumSites);
    }

    private string Place(Site site)
    {
        var place = site.Point is { } point ? _names.Place(point) : _phrases.Text("sheet.outlined");
        return site.UncertaintyMetres == 0
            ? place
            : _names.Values.List([place, _phrases.Fill("sheet.within", Value("distance", _names.Values.Distance(site.UncertaintyMetres)))]);
    }

    private void More(int count)
    {
        if (count > 0) _html.Said("p", _phrases.Fill("sheet.more", Value("count", _names.Values.Count(count))), ("class", "warning"));
    }

    private void Fact(string key, string value) => _html.Phrase("dt", key).Said("dd", value);

    private void Warning(string text) => _html.Said("p", text, ("class", "warning"), ("role", "note"));

    private static Instant EndOf(FiledNotice notice) => notice.Notice.Volumes.Max(volume => volume.Time.End);

    private static Instant Whole(Instant moment) => Instant.FromUnixTimeSeconds(moment.ToUnixTimeSeconds());

    private static KeyValuePair<string, string> Value(string name, string value) => KeyValuePair.Create(name, value);
}
