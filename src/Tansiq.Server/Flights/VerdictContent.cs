using System.Buffers;
using System.Text.Json;
using NodaTime;
using Tansiq.Coordination;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Languages;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;

namespace Tansiq.Server.Flights;

/// <summary>A verdict's JSON, and hashes of it by which verdicts are compared (FLT-3).</summary>
internal static class VerdictContent
{
    /// <summary>The hash of what a verdict says, whatever it was asked of: the same wherever <see cref="Verdict.SaysTheSame"/> holds.</summary>
    public static ContentHash Said(Verdict verdict, FlightReference flight) =>
        Whole(verdict with { KnownAtSize = 0, JointSize = 0, ValidAt = NodaConstants.UnixEpoch }, flight);

    /// <summary>The hash of a verdict with the record that it rests on, the moment that it is for, and the rules: equal at every node that holds that record.</summary>
    public static ContentHash Whole(Verdict verdict, FlightReference flight) => ContentHash.Of(Json(verdict, flight, []).Span);

    /// <summary>The verdict with its sentences in every language.</summary>
    public static ReadOnlyMemory<byte> Json(Verdict verdict, FlightReference flight, Situation situation)
    {
        var founding = situation.Founding!;
        var names = RecordNames.Of(
            founding,
            situation.Agreements.Select(each => each.Agreement),
            situation.Sites.Values.Where(each => verdict.Reasons.Any(reason => reason.Site == each.Site.Id)).Select(each => each.Site),
            situation.ControlMaps.Select(each => each.Map));
        return Json(verdict, flight, [.. Phrasebook.Languages.Select(language => (language, new SentenceWriter(Phrasebook.For(language).Value, names)))]);
    }

    private static ReadOnlyMemory<byte> Json(Verdict verdict, FlightReference flight, IReadOnlyList<(string Language, SentenceWriter Writer)> sentences)
    {
        var buffer = new ArrayBufferWriter<byte>(1_024);
        using (var json = new Utf8JsonWriter(buffer)) VerdictWriter.Write(json, verdict, flight.Id.Value, flight.Party, sentences);
        return buffer.WrittenMemory;
    }
}
