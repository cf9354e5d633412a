using System.Collections.Frozen;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Flights.Deciding;
using Tansiq.Server.Access;
using Tansiq.Server.Api.Reading;
using Tansiq.Server.Api.Writing;
using Tansiq.Server.Nodes;
using Tansiq.Server.Problems;

namespace Tansiq.Server.Api.Answers;

/// <summary><c>POST /api/v1/verdicts</c>: what would be said of a notice, as if it were filed now after all that is on record. Nothing is filed.</summary>
internal static class VerdictEndpoint
{
    /// <summary>The most bytes of a notice; what goes on the record is smaller still.</summary>
    public const int MaximumBytes = 1024 * 1024;

    private static readonly FrozenSet<string> Parameters = FrozenSet.Create(StringComparer.Ordinal, "knownAt", "validAt", "language");

    public static void Map(IEndpointRouteBuilder endpoints, INode node) =>
        endpoints.MapPost(ApiModule.Prefix + "/verdicts", context => AnswerAsync(context, node)).Needs(Permission.Read).WithMetadata(new Describing.TakenParameters(Parameters.Order(StringComparer.Ordinal).ToList()));

    private static async Task AnswerAsync(HttpContext context, INode node)
    {
        var query = new QueryText(context.Request.Query, Parameters);
        if (query.Refusal is { } bad)
        {
            await Problem.WriteAsync(context, bad).ConfigureAwait(false);
            return;
        }

        var body = await RequestBody.ReadAsync(context, MaximumBytes).ConfigureAwait(false);
        if (!body.TryGet(out var bytes, out var refusal)
            || !ReadRequest.Of(context, node.Picture, query, isList: false).TryGet(out var request, out refusal)
            || !NoticeReader.Read(bytes, request.Founding, AgreementAt(request)).TryGet(out var draft, out refusal))
        {
            await Problem.WriteAsync(context, refusal).ConfigureAwait(false);
            return;
        }

        var verdict = Decide.Flight(request.Situation, FlightInQuestion.NotFiled(draft.Notice, draft.Party), request.ValidAt);
        var answer = new AnswerWriter();
        answer.Begin(request);
        answer.Json.WriteBoolean("filed", false);
        answer.Json.WritePropertyName("verdict");
        VerdictWriter.Write(answer.Json, verdict, draft.Id.Value, draft.Party, RecordWords.Of(request.Situation).Sentences);
        answer.End(request);
        await AnswerSending.SendAsync(context, answer.Bytes, AnswerSending.Json, tag: null).ConfigureAwait(false);
    }

    /// <summary>The agreement whose exemptions a notice may claim: the last in force, else the last that is proposed.</summary>
    private static Agreement? AgreementAt(ReadRequest request)
    {
        var standings = AgreementStanding.Of(request.Situation, request.ValidAt);
        return (standings.LastOrDefault(each => each.State == AgreementState.InForce) ?? standings.LastOrDefault())?.Proposed.Agreement;
    }
}
