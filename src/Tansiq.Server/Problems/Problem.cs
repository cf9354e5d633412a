using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tansiq.Coordination.Languages;
using Tansiq.Geo.Text;
using Tansiq.Server.Access;
using Tansiq.Server.Drafts;
using Tansiq.Server.Federation.Signing;
using Tansiq.Server.Parties;

namespace Tansiq.Server.Problems;

/// <summary>Answers that refuse something, as problem details (RFC 9457) in the caller's language.</summary>
public static class Problem
{
    /// <summary>The media type.</summary>
    public const string ContentType = "application/problem+json";

    private const string TypePrefix = "urn:tansiq:problem:";

    /// <summary>Answers with a problem.</summary>
    /// <param name="context">The request.</param>
    /// <param name="code">Its stable code; its phrase is <c>problem.CODE</c>, else the general one of its status.</param>
    public static Task WriteAsync(HttpContext context, string code) => WriteAsync(context, new Refusal(code, "", "", ""));

    /// <summary>Answers with a refusal.</summary>
    /// <param name="context">The request.</param>
    /// <param name="refusal">What was refused, where, what stands there and what should.</param>
    public static async Task WriteAsync(HttpContext context, Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(refusal);
        var status = ProblemStatus.Of(refusal.Code);
        var phrases = Phrasebook.For(RequestLanguage.Of(context)).Value;
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = ContentType;
        response.Headers.ContentLanguage = phrases.Language;
        response.Headers.CacheControl = "no-store";
        var json = new Utf8JsonWriter(response.BodyWriter);
        await using (json.ConfigureAwait(false)) Write(json, refusal, status, phrases);
    }

    private static void Write(Utf8JsonWriter json, Refusal refusal, int status, Phrasebook phrases)
    {
        json.WriteStartObject();
        json.WriteString("type", TypePrefix + refusal.Code);
        json.WriteString("title", Title(phrases, refusal.Code, status));
        json.WriteNumber("status", status);
        json.WriteString("code", refusal.Code);
        if (refusal.Where.Length > 0) json.WriteString("pointer", refusal.Where);
        if (refusal.Found.Length > 0) json.WriteString("found", refusal.Found);
        if (refusal.Expected.Length > 0) json.WriteString("expected", refusal.Expected);
        json.WriteEndObject();
    }

    private static string Title(Phrasebook phrases, string code, int status)
    {
        var own = "problem." + code;
        return phrases.Text(phrases.Has(own) ? own : string.Create(CultureInfo.InvariantCulture, $"problem.status.{status}"));
    }
}

/// <summary>Which HTTP status a code gives: the one place that says it.</summary>
public static class ProblemStatus
{
    private static readonly FrozenDictionary<string, int> Statuses = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        [ProblemCodes.NotFound] = StatusCodes.Status404NotFound,
        [ProblemCodes.UnknownCaller] = StatusCodes.Status401Unauthorized,
        [ProblemCodes.NotPermitted] = StatusCodes.Status403Forbidden,
        [DeskCodes.NoSuch] = StatusCodes.Status404NotFound,
        [DeskCodes.IdTaken] = StatusCodes.Status409Conflict,
        [DeskCodes.Closed] = StatusCodes.Status409Conflict,
        [DeskCodes.TakenOver] = StatusCodes.Status409Conflict,
        [DeskCodes.SameOfficer] = StatusCodes.Status403Forbidden,
        [DeskCodes.OfficersOnly] = StatusCodes.Status403Forbidden,
        [DeskCodes.BadQuery] = StatusCodes.Status400BadRequest,
        [ProblemCodes.BadQuery] = StatusCodes.Status400BadRequest,
        [ProblemCodes.NotJson] = StatusCodes.Status415UnsupportedMediaType,
        ["json.too-large"] = StatusCodes.Status413PayloadTooLarge,
        [AccessCodes.LogInRefused] = StatusCodes.Status401Unauthorized,
        [AccessCodes.Locked] = StatusCodes.Status429TooManyRequests,
        [AccessCodes.Busy] = StatusCodes.Status503ServiceUnavailable,
        [AccessCodes.CrossSite] = StatusCodes.Status403Forbidden,
        [AccessCodes.NoSuch] = StatusCodes.Status404NotFound,
        [AccessCodes.Taken] = StatusCodes.Status409Conflict,
        [AccessCodes.LastAdministrator] = StatusCodes.Status409Conflict,
        [AccessCodes.TooMany] = StatusCodes.Status409Conflict,
        [DraftCodes.NoSuch] = StatusCodes.Status404NotFound,
        [DraftCodes.IdTaken] = StatusCodes.Status409Conflict,
        [DraftCodes.Changed] = StatusCodes.Status409Conflict,
        [DraftCodes.Released] = StatusCodes.Status409Conflict,
        [DraftCodes.TwoPersons] = StatusCodes.Status403Forbidden,
        [DraftCodes.Role] = StatusCodes.Status403Forbidden,
        [DraftCodes.StandsStill] = StatusCodes.Status409Conflict,
        [DraftCodes.TooMany] = StatusCodes.Status409Conflict,
        [SigningCodes.Unsigned] = StatusCodes.Status401Unauthorized,
        [SigningCodes.Malformed] = StatusCodes.Status401Unauthorized,
        [SigningCodes.UnknownKey] = StatusCodes.Status401Unauthorized,
        [SigningCodes.Stale] = StatusCodes.Status401Unauthorized,
        [SigningCodes.Wrong] = StatusCodes.Status401Unauthorized,
        [SigningCodes.Replayed] = StatusCodes.Status401Unauthorized,
        [SigningCodes.OtherReceiver] = StatusCodes.Status421MisdirectedRequest,
        [SigningCodes.OtherContent] = StatusCodes.Status401Unauthorized,
        [SigningCodes.TooLarge] = StatusCodes.Status413PayloadTooLarge,
        [SigningCodes.TooMany] = StatusCodes.Status429TooManyRequests,
        [ProblemCodes.TooManyRequests] = StatusCodes.Status429TooManyRequests,
        [ProblemCodes.OtherName] = StatusCodes.Status421MisdirectedRequest,
        ["api.unknown-parameter"] = StatusCodes.Status400BadRequest,
        ["api.bad-parameter"] = StatusCodes.Status400BadRequest,
        ["api.bad-body"] = StatusCodes.Status400BadRequest,
        ["api.too-large"] = StatusCodes.Status413PayloadTooLarge,
        ["api.not-founded"] = StatusCodes.Status503ServiceUnavailable,
        ["api.too-many-streams"] = StatusCodes.Status503ServiceUnavailable,
        ["record.busy"] = StatusCodes.Status503ServiceUnavailable,
        ["record.disk-full"] = StatusCodes.Status507InsufficientStorage,
        ["record.store-failed"] = StatusCodes.Status503ServiceUnavailable,
        ["record.id-reused"] = StatusCodes.Status409Conflict,
        ["information.id-reused"] = StatusCodes.Status409Conflict,
        ["information.answered-by-machine"] = StatusCodes.Status403Forbidden,
        ["information.not-addressed"] = StatusCodes.Status403Forbidden,
        ["information.not-a-sending"] = StatusCodes.Status400BadRequest,
        ["flights.bad-question"] = StatusCodes.Status400BadRequest,
        ["flights.size-not-held"] = StatusCodes.Status409Conflict,
        ["flights.held-site-by-officer"] = StatusCodes.Status403Forbidden,
        ["flights.acknowledged-by-machine"] = StatusCodes.Status403Forbidden,
        ["information.too-many-open"] = StatusCodes.Status429TooManyRequests,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The status of a code; 422 for what a statement is refused for.</summary>
    public static int Of(string code) => Statuses.GetValueOrDefault(code, StatusCodes.Status422UnprocessableEntity);
}

/// <summary>The language in which a request is answered.</summary>
public static class RequestLanguage
{
    private const string Query = "language";

    /// <summary><c>?language=</c> if it is one of ours, else the first of <c>Accept-Language</c> that is, else English.</summary>
    public static string Of(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Request.Query[Query].ToString() is { Length: > 0 } asked && Phrasebook.Languages.Contains(asked)) return asked;
        return context.Request.GetTypedHeaders().AcceptLanguage
            .Where(each => each.Quality is not 0)
            .OrderByDescending(each => each.Quality ?? 1)
            .Select(each => each.Value.ToString().Split('-')[0].ToLowerInvariant())
            .FirstOrDefault(each => Phrasebook.Languages.Contains(each), Phrasebook.Languages[0]);
    }
}
