using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Geo;
using Tansiq.Record.Notes;

namespace Tansiq.Coordination.Languages;

/// <summary>Says what a statement says, in one language, for people. Pure; immutable and thread-safe.</summary>
/// <param name="phrases">The language.</param>
/// <param name="names">The names of the record.</param>
public sealed class StatementText(Phrasebook phrases, NameText names)
{
    private readonly StatementVolumes _volumes = new(phrases, names);
    private readonly DeskText _desks = new(phrases, names);

    /// <summary>What kind of statement it is.</summary>
    /// <param name="type">The type as the text has it.</param>
    public string Type(string type) =>
        phrases.Has("record.type." + type) ? phrases.Text("record.type." + type) : phrases.Fill("record.type.unknown", Fact("type", names.Values.Identifier(type)));

    /// <summary>What it says: a sentence, then its places as lines of their own.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="situation">The situation before it, in which what it cites is looked up.</param>
    /// <returns>Label and value of each line.</returns>
    public IEnumerable<(string Label, string Value)> Lines(Statement statement, Situation situation)
    {
        ArgumentNullException.ThrowIfNull(statement);
        ArgumentNullException.ThrowIfNull(situation);
        yield return (phrases.Text("record.label.says"), Sentence(statement, situation));
        var places = statement.Body switch
        {
            Notice notice => _volumes.Of(notice),
            Amendment amendment => _volumes.Of(amendment.Notice),
            Retiming retiming when situation.FindNotice(retiming.Cites) is { } flight && flight.Notice.Volumes.Length == retiming.Times.Length =>
                _volumes.Of(FlightCourse.Retimed(flight.Notice, retiming.Times)),
            SiteNotification site => _volumes.Of(site.Site),
            KeyRotation rotation => Key(rotation.Key),
            KeyRevocation revocation => Key(revocation.Key),
            _ => _desks.Lines(statement.Body),
        };
        foreach (var place in places) yield return place;
    }

    private string Sentence(Statement statement, Situation situation)
    {
        var facts = new Dictionary<string, string>(StringComparer.Ordinal) { ["party"] = names.Party(statement.Party) };
        var key = statement.Body switch
        {
            Founding founding => Say(facts, founding),
            RecordTime time => Say(facts, "time", "from", names.Values.Time(time.Now)),
            Notice notice => Say(facts, notice),
            Amendment amendment => SayAmendment(facts, amendment, situation),
            Activation activation => Say(facts, "activation", "flight", Flight(activation.Cites, situation)),
            Retiming retiming => Say(facts, "retiming", "flight", Flight(retiming.Cites, situation)),
            Completion completion => Say(facts, "completion", "flight", Flight(completion.Cites, situation)),
            SiteNotification site => Say(facts, site.Site),
            SiteWithdrawal withdrawal => Say(facts, "site-withdrawal", "site", Site(withdrawal.Cites, situation)),
            Suspension suspension => Say(facts, suspension.Scope),
            Resumption resumption => Say(facts, "resumption", "entry", Suspended(resumption.Cites, situation)),
            AgreementProposal proposal => Say(facts, proposal.Agreement),
            AgreementSignature signature => SaySignature(facts, signature.Cites, situation),
            ControlMapProposal map => Say(facts, "control-map", "map", names.Map(map.Map.Id)),
            ControlMapAcceptance acceptance => Say(facts, "map-acceptance", "map", Map(acceptance.Cites, situation)),
            Consent consent => Say(facts, "consent", "flight", Flight(consent.Cites, situation)),
            Objection objection => Say(facts, "objection", "flight", Flight(objection.Cites, situation)),
            OtherDate date => SayOtherDate(facts, date, situation),
            Withdrawal withdrawal => Say(facts, situation.FindNotice(withdrawal.Cites) is null ? "consent-withdrawal" : "withdrawal", "flight", Flight(withdrawal.Cites, situation)),
            Lapse lapse => Say(facts, "lapse", "flight", Flight(lapse.Cites, situation)),
            KeyRotation rotation => Say(facts, "key", "role", phrases.Term(rotation.Replaces)),
            KeyRevocation => "key-revocation",
            MalformedBody malformed => Say(facts, malformed),
            UnknownBody => "unknown",
            _ => _desks.Say(facts, statement.Body, situation) ?? throw new InvalidOperationException($"No words for {statement.Body.GetType().Name}."),
        };
        return phrases.Fill("record.says." + key, facts);
    }

    private static string Say(Dictionary<string, string> facts, string key, string fact, string value)
    {
        facts.Add(fact, value);
        return key;
    }

    private string Say(Dictionary<string, string> facts, Founding founding)
    {
        facts.Add("title", names.Values.Name(founding.Title));
        facts.Add("kind", phrases.Term(founding.Kind));
        facts.Add("parties", names.Values.List(founding.Parties.Values.Select(party => names.Values.Name(party.Name))));
        if (!founding.Observers.IsEmpty) facts.Add("observers", names.Values.List(founding.Observers.Values.Select(observer => names.Values.Name(observer.Name))));
        return "founding";
    }

    private string Say(Dictionary<string, string> facts, Notice notice)
    {
        facts.Add("actor", names.Actor(notice.Actor));
        facts.Add("class", phrases.Term(notice.Class));
        facts.Add("purpose", names.Purpose(notice.Purpose));
        facts.Add("contact", phrases.Term(notice.Contact));
        if (!notice.Claims.IsEmpty) facts.Add("claims", names.Values.List(notice.Claims.Select(claim => names.Values.Identifier(claim.ToString()))));
        if (notice.AnswerBy is { } answerBy) facts.Add("answerBy", names.Values.Time(answerBy));
        return "notice";
    }

    private string SayAmendment(Dictionary<string, string> facts, Amendment amendment, Situation situation)
    {
        Say(facts, amendment.Notice);
        return Say(facts, "amendment", "flight", Flight(amendment.Cites, situation));
    }

    private string Say(Dictionary<string, string> facts, Site site)
    {
        facts.Add("site", Named(site.Name, site.Id.Value));
        facts.Add("category", phrases.Term(site.Category));
        facts.Add("verification", phrases.Term(site.Verification));
        facts.Add("distance", names.Values.Distance(site.UncertaintyMetres));
        if (site.Validity.HasStart) facts.Add("from", names.Values.Time(site.Validity.Start));
        if (site.Validity.HasEnd) facts.Add("until", names.Values.Time(site.Validity.End));
        return "site";
    }

    private string Say(Dictionary<string, string> facts, SuspensionScope scope)
    {
        if (scope is SuspensionScope.OfChapter chapter) return Say(facts, "suspension-chapter", "chapter", names.Values.Identifier(chapter.Chapter.Value));
        return scope is SuspensionScope.OfClause clause ? Say(facts, "suspension-clause", "clause", names.Values.Identifier(clause.Clause.Value)) : "suspension-all";
    }

    private string Say(Dictionary<string, string> facts, Agreement agreement)
    {
        facts.Add("agreement", Named(agreement.Title, agreement.Id.Value));
        facts.Add("version", names.Values.Count(agreement.Version));
        facts.Add("clauses", names.Values.Count(agreement.Clauses.Length));
        facts.Add("areas", names.Values.Count(agreement.Areas.Length));
        return "proposal";
    }

    private string Say(Dictionary<string, string> facts, MalformedBody malformed)
    {
        if (malformed.Where.Length > 0) facts.Add("where", names.Values.Identifier(malformed.Where));
        return Say(facts, "malformed", "code", names.Values.Identifier(malformed.Code));
    }

    private IEnumerable<(string Label, string Value)> Key(VerifierKey key)
    {
        yield return (phrases.Text("record.label.key-of-statement"), names.Values.Identifier(key.ToString()));
        yield return (phrases.Text("record.label.fingerprint"), names.Values.Identifier(key.Fingerprint()));
    }

    private string SaySignature(Dictionary<string, string> facts, ContentHash cited, Situation situation)
    {
        var proposed = situation.Agreements.Find(agreement => agreement.Hash == cited);
        facts.Add("agreement", proposed is null ? Unknown(cited) : Named(proposed.Agreement.Title, proposed.Agreement.Id.Value));
        if (proposed is not null) facts.Add("version", names.Values.Count(proposed.Agreement.Version));
        return "signature";
    }

    private string SayOtherDate(Dictionary<string, string> facts, OtherDate date, Situation situation)
    {
        facts.Add("from", names.Values.Time(date.From));
        return Say(facts, "other-date", "flight", Flight(date.Cites, situation));
    }

    private string Flight(ContentHash cited, Situation situation) =>
        situation.FindSpokenOf(cited) is { } notice ? names.Flight(notice.Reference) : Unknown(cited);

    private string Site(ContentHash cited, Situation situation) =>
        situation.FindSite(cited) is { } site ? Named(site.Site.Name, site.Site.Id.Value) : Unknown(cited);

    private string Map(ContentHash cited, Situation situation) =>
        situation.ControlMaps.Find(map => map.Hash == cited) is { } map ? names.Map(map.Map.Id) : Unknown(cited);

    private string Suspended(ContentHash cited, Situation situation) =>
        situation.Suspensions.Find(suspension => suspension.Hash == cited) is { } suspension ? names.Values.Count(suspension.Since.Index) : Unknown(cited);

    private string Unknown(ContentHash cited) => phrases.Fill("record.cited-unknown", Fact("hash", names.Values.Identifier(cited.Hex)));

    private string Named(Words name, string identifier) =>
        phrases.Fill("value.named", Fact("name", names.Values.Name(name)), Fact("id", names.Values.Identifier(identifier)));

    private static KeyValuePair<string, string> Fact(string name, string value) => KeyValuePair.Create(name, value);
}
