using Tansiq.Coordination;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Flights.Deciding;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Geo.Text;
using Tansiq.Server.Api.Reading;
using Tansiq.Server.Api.Writing;
using Tansiq.Server.Problems;

namespace Tansiq.Server.Api.Answers;

/// <summary>Notices of flights and operations, with their verdicts.</summary>
internal static class NoticeAnswers
{
    public static readonly ReadEndpoint Notices = new("/notices", static (request, answer) =>
    {
        answer.Json.WriteString("type", "FeatureCollection");
        answer.Page(request, "features", Asked(request, isOperation: false), filed => NoticeJson.WriteFeature(request, answer, filed));
        return null;
    })
    {
        IsList = true,
        IsGeoJson = true,
        Parameters = ["party", "actor", "state"],
    };

    public static readonly ReadEndpoint Operations = new("/operations", static (request, answer) =>
    {
        answer.Page(request, "operations", Asked(request, isOperation: true), filed => WriteOperation(request, answer, filed));
        return null;
    })
    {
        IsList = true,
        Parameters = ["party", "actor", "state"],
    };

    public static readonly ReadEndpoint Notice = new("/notices/{party}/{id}", static (request, answer) =>
    {
        var (party, id) = (request.Route("party"), request.Route("id"));
        var filed = party.Length is > 0 and <= JsonCursor.MaximumIdentifierLength && id.Length is > 0 and <= JsonCursor.MaximumIdentifierLength
            ? request.Situation.FindNotice(new Id<Party>(party), new Id<Statement>(id))
            : null;
        if (filed is null || !Situation.Restricts(filed.Filed, request.ValidAt)) return new Refusal(ProblemCodes.NotFound, "", "", "");
        answer.Json.WriteStartObject("notice");
        NoticeJson.WriteMembers(request, answer, filed);
        answer.Json.WritePropertyName("geometry");
        NoticeJson.WriteGeometry(answer, filed.Notice);
        answer.Json.WriteEndObject();
        answer.Json.WritePropertyName("verdict");
        VerdictWriter.Write(answer.Json, Verdict(request, filed), filed.Reference.Id.Value, filed.Reference.Party, RecordWords.Of(request.Situation).Sentences);
        return null;
    });

    private static Verdict Verdict(ReadRequest request, FiledNotice filed) => Decide.Flight(request.Situation, FlightInQuestion.OnRecord(filed), request.ValidAt);

    private static IEnumerable<(long Place, FiledNotice Item)> Asked(ReadRequest request, bool isOperation)
    {
        var (party, actor) = (request.Query.Id<Party>("party"), request.Query.Id<Actor>("actor"));
        var state = request.Query.OneOf("state", NoticeJson.States);
        if (request.Query.Refusal is not null) return [];
        return From(request.Situation.Notices.Values, request)
            .Where(filed => (!isOperation || filed.Notice.AnswerBy is not null)
                && (party is null || filed.Reference.Party == party)
                && (actor is null || filed.Notice.Actor == actor)
                && (state is null || NoticeJson.State(request, filed) == state))
            .Select(filed => (filed.Filed.Index, filed));
    }

    private static IEnumerable<FiledNotice> From(IEnumerable<FiledNotice> notices, ReadRequest request) => notices
        .SkipWhile(filed => filed.Filed.Index < request.From)
        .TakeWhile(filed => Situation.Restricts(filed.Filed, request.ValidAt));

    private static void WriteOperation(ReadRequest request, AnswerWriter answer, FiledNotice filed)
    {
        var verdict = Verdict(request, filed);
        answer.Json.WriteStartObject();
        NoticeJson.WriteMembers(request, answer, filed);
        answer.Json.WriteString("verdict", VerdictWriter.Word(verdict.Kind));
        answer.Identifiers("consentOf", verdict.ConsentOf);
        answer.Json.WritePropertyName("geometry");
        NoticeJson.WriteGeometry(answer, filed.Notice);
        answer.Json.WriteEndObject();
    }
}
