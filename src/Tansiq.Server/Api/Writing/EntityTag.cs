using System.Globalization;
using Microsoft.AspNetCore.Http;
using Tansiq.Coordination.Flights;
using Tansiq.Server.Access;
using Tansiq.Server.Api.Reading;

namespace Tansiq.Server.Api.Writing;

/// <summary>
/// Tells whether an answer is still the same. Under one address it is a function of the record's founding, the size that is known, how much of it is
/// joint, the version of the rules, and who asks; so none of it has to be written to be compared.
/// </summary>
internal static class EntityTag
{
    // Goes up when the same question gets another answer by another version of the program.
    private const int Version = 1;

    /// <summary>The tag of an answer.</summary>
    public static string Of(ReadRequest request)
    {
        var (situation, caller) = (request.Situation, request.Context.Caller());
        var founding = situation.Keys.Record.Hex;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"W/\"{Version}.{Decide.RulesVersion}.{(founding.Length > 8 ? founding[..8] : "none")}.{situation.Size}.{situation.JointSize}.{caller.Home?.Value}\"");
    }

    /// <summary>Whether the caller says that it holds the answer of a tag.</summary>
    public static bool IsHeld(HttpRequest request, string tag) =>
        request.Headers.IfNoneMatch.ToString() is { Length: > 0 } held && held.Split(',', StringSplitOptions.TrimEntries).Any(each => each == "*" || each == tag);

    /// <summary>Answers that it has not changed.</summary>
    public static Task WriteNotModified(HttpResponse response, string tag)
    {
        response.StatusCode = StatusCodes.Status304NotModified;
        AnswerSending.SetCaching(response, tag);
        return Task.CompletedTask;
    }
}
