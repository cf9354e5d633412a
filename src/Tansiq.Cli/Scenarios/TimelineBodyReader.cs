using NodaTime;
using Tansiq.Coordination;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Geo.Text;

namespace Tansiq.Cli.Scenarios;

/// <summary>Reads what an entry of a timeline says; identifiers in it become what the folder has under them.</summary>
internal sealed class TimelineBodyReader(
    ScenarioContent content, ScenarioHashes hashes, IReadOnlyDictionary<Id<Statement>, ContentHash> recorded)
{
    /// <summary>Reads a body.</summary>
    /// <param name="body">The member <c>body</c>.</param>
    /// <param name="type">The statement's type.</param>
    /// <param name="party">Who says it.</param>
    /// <param name="at">When.</param>
    /// <returns>The body, and the hashes of the attachments that it was read from; a stand-in if refused.</returns>
    public (StatementBody Body, ContentHash[] Attached) Read(JsonCursor body, string type, Id<Party> party, Instant at)
    {
        body.Only(MembersOf(type));
        return type switch
        {
            StatementTypes.AgreementProposal => (new AgreementProposal(content.Agreement), [hashes.Agreement, hashes.Areas]),
            StatementTypes.ControlMapProposal => Map(body["map"]),
            _ => (WithoutAttachments(body, type, party, at), []),
        };
    }

    private static string[] MembersOf(string type) => type switch
    {
        StatementTypes.RecordTime or StatementTypes.AgreementProposal => [],
        StatementTypes.Suspension => ["scope"],
        StatementTypes.ControlMapProposal => ["map"],
        StatementTypes.SiteNotification => ["site"],
        StatementTypes.OtherDate => ["cites", "from"],
        _ => ["cites"],
    };

    private StatementBody WithoutAttachments(JsonCursor body, string type, Id<Party> party, Instant at) => type switch
    {
        StatementTypes.AgreementSignature => new AgreementSignature(Cited(body)),
        StatementTypes.Suspension => new Suspension(Scope(body["scope"])),
        StatementTypes.Resumption => new Resumption(Cited(body)),
        StatementTypes.ControlMapAcceptance => new ControlMapAcceptance(Cited(body)),
        StatementTypes.SiteNotification => Site(body["site"], party),
        StatementTypes.SiteWithdrawal => new SiteWithdrawal(Cited(body)),
        StatementTypes.Consent => new Consent(Cited(body)),
        StatementTypes.Objection => new Objection(Cited(body)),
        StatementTypes.OtherDate => new OtherDate(Cited(body), body["from"].Instant()),
        StatementTypes.Withdrawal => new Withdrawal(Cited(body)),
        StatementTypes.Lapse => new Lapse(Cited(body)),
        _ => new RecordTime(at),
    };

    private ContentHash Cited(JsonCursor body)
    {
        var cites = body["cites"];
        var id = cites.KnownId<Statement>(recorded.ContainsKey, "scenario.unknown-entry", "an earlier entry or notice of the timeline");
        return cites.Reading.IsRefused ? ContentHash.None : recorded[id];
    }

    private (StatementBody Body, ContentHash[] Attached) Map(JsonCursor place)
    {
        var id = place.KnownId<ControlMap>(content.ControlMaps.ContainsKey, "agreements.unknown-map", "a control map of the scenario");
        return place.Reading.IsRefused
            ? (new UnknownBody(StatementTypes.ControlMapProposal), [])
            : (new ControlMapProposal(content.ControlMaps[id]), [hashes.ControlMaps[id]]);
    }

    private StatementBody Site(JsonCursor place, Id<Party> party)
    {
        var id = place.KnownId<Site>(content.Sites.ContainsKey, "flights.unknown-site", "a site of the scenario");
        if (place.Reading.IsRefused) return new UnknownBody(StatementTypes.SiteNotification);
        var site = content.Sites[id];
        if (site.Notifier != party) place.Refuse("scenario.not-the-notifier", $"a site that {party} makes known");
        return new SiteNotification(site.Site);
    }

    private SuspensionScope Scope(JsonCursor place)
    {
        var scope = place.SuspensionScope();
        if (scope is SuspensionScope.OfChapter chapter && content.Agreement.Chapters.All(known => known.Id != chapter.Chapter))
            place["chapter"].Refuse("agreements.unknown-chapter", "a chapter of the agreement");
        if (scope is SuspensionScope.OfClause clause && content.Agreement.Clauses.All(known => known.Id != clause.Clause))
            place["clause"].Refuse("agreements.unknown-clause", "a clause of the agreement");
        return scope;
    }
}
