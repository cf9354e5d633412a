using System.Globalization;
using Microsoft.AspNetCore.Http;
using NodaTime;
using NodaTime.Text;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Flights.Deciding;
using Tansiq.Coordination.Statements;
using Tansiq.Geo.Text;
using Tansiq.Server.Nodes;

namespace Tansiq.Server.Flights;

/// <summary>Which verdict is meant, exactly: the same at every node that holds the record (FLT-3).</summary>
/// <param name="Notice">The hash of the notice.</param>
/// <param name="KnownAt"><em>Known at</em>: the size of the record.</param>
/// <param name="Joint">How much of it counts as joint.</param>
/// <param name="ValidAt"><em>Valid at</em>: the moment.</param>
internal sealed record VerdictQuestion(ContentHash Notice, long KnownAt, long Joint, Instant ValidAt)
{
    /// <summary>Where nodes are asked.</summary>
    public const string Path = "/federation/v1/verdicts/";

    /// <summary>A size of the record that the node does not hold yet.</summary>
    public const string NotHeldYet = "flights.size-not-held";

    /// <summary>The question as the path and query of a request.</summary>
    public string PathAndQuery =>
        string.Create(CultureInfo.InvariantCulture, $"{Path}{Notice.Hex}?knownAt={KnownAt}&joint={Joint}&validAt={InstantPattern.ExtendedIso.Format(ValidAt)}");

    /// <summary>The question of a request; or which part of it can't be read.</summary>
    public static Parsed<VerdictQuestion> Of(HttpContext context)
    {
        var query = context.Request.Query;
        if (context.Request.RouteValues["notice"] is not string hex || ContentHash.Parse(hex) is not { } notice) return new Refusal("api.not-found", "", "", "");
        if (!TrySize(query["knownAt"].ToString(), out var knownAt)) return Refused("knownAt", "the size of a record");
        if (!TrySize(query["joint"].ToString(), out var joint) || joint > knownAt) return Refused("joint", "how much of it is joint");
        return InstantPattern.ExtendedIso.Parse(query["validAt"].ToString()) is { Success: true, Value: var validAt } && validAt >= TimeReading.Earliest && validAt < TimeReading.Limit
            ? new VerdictQuestion(notice, knownAt, joint, validAt)
            : Refused("validAt", "a moment such as 2016-07-20T06:00:00Z");
    }

    /// <summary>What a node answers to it: the hash of the whole verdict.</summary>
    /// <returns>The hash; <see cref="NotHeldYet"/>, or <c>api.not-found</c> where the record of that size has no such notice.</returns>
    public Parsed<ContentHash> AnsweredBy(NodePicture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (KnownAt > picture.Size) return new Refusal(NotHeldYet, "", string.Create(CultureInfo.InvariantCulture, $"size {picture.Size}"), string.Create(CultureInfo.InvariantCulture, $"size {KnownAt}"));
        var situation = picture.State.KnownAt(KnownAt).WithJointSize(Joint);
        if (situation.Time is null || situation.FindNotice(Notice) is not { } filed) return new Refusal("api.not-found", "", "", "");
        return VerdictContent.Whole(Decide.Flight(situation, FlightInQuestion.OnRecord(filed), ValidAt), filed.Reference);
    }

    private static bool TrySize(string text, out long size) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out size) && size <= JsonText.MaximumInteger;

    private static Refusal Refused(string name, string expected) => new("flights.bad-question", name, "", expected);
}
