using System.Globalization;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Tansiq.Coordination.Languages;
using Tansiq.Coordination.Parties;
using Tansiq.Geo;

namespace Tansiq.Coordination.Flights;

/// <summary>Writes a verdict as JSON, with every reason and its sentence in each language (docs/formats/verdict-json.md).</summary>
public static class VerdictWriter
{
    /// <summary>Writes one verdict as an object.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="verdict">The verdict.</param>
    /// <param name="id">The notice's identifier.</param>
    /// <param name="filer">Who filed it, or would.</param>
    /// <param name="sentences">The languages of the sentences.</param>
    public static void Write(Utf8JsonWriter writer, Verdict verdict, string id, Id<Party> filer, IReadOnlyList<(string Language, SentenceWriter Writer)> sentences)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(verdict);
        ArgumentNullException.ThrowIfNull(sentences);
        writer.WriteStartObject();
        writer.WriteString("record", verdict.RecordKind == RecordKind.Exercise ? "exercise" : "real");
        writer.WriteString("notice", id);
        writer.WriteString("party", filer.Value);
        writer.WriteString("verdict", Word(verdict.Kind));
        Write(writer, "consentOf", verdict.ConsentOf);
        writer.WriteStartObject("knownAt");
        writer.WriteNumber("size", verdict.KnownAtSize);
        writer.WriteNumber("jointSize", verdict.JointSize);
        writer.WriteBoolean("joint", verdict.IsJoint);
        writer.WriteEndObject();
        Write(writer, "validAt", verdict.ValidAt);
        writer.WriteNumber("rulesVersion", verdict.RulesVersion);
        writer.WriteStartArray("reasons");
        foreach (var reason in verdict.Reasons) Write(writer, reason, sentences);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>The word for a verdict, as in expected.json and the exit code's table.</summary>
    public static string Word(VerdictKind kind) => kind switch
    {
        VerdictKind.NotCovered => "not-covered",
        VerdictKind.NoObjection => "no-objection",
        VerdictKind.NeedsConsent => "needs-consent",
        VerdictKind.Unclear => "unclear",
        VerdictKind.Refused => "refused",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown verdict."),
    };

    private static string Word(ReasonEffect effect) => effect switch
    {
        ReasonEffect.Notes => "notes",
        ReasonEffect.DoesNotObject => "does-not-object",
        ReasonEffect.Asks => "asks",
        ReasonEffect.LeavesUnclear => "leaves-unclear",
        ReasonEffect.Refuses => "refuses",
        _ => throw new ArgumentOutOfRangeException(nameof(effect), effect, "Unknown effect."),
    };

    private static void Write(Utf8JsonWriter writer, Reason reason, IReadOnlyList<(string Language, SentenceWriter Writer)> sentences)
    {
        writer.WriteStartObject();
        writer.WriteString("code", reason.Code);
        writer.WriteString("effect", Word(reason.Effect));
        Write(writer, "agreement", reason.Agreement?.Value);
        Write(writer, "clause", reason.Clause?.Value);
        Write(writer, "exemption", reason.Exemption?.Value);
        Write(writer, "area", reason.Area?.Value);
        Write(writer, "site", reason.Site?.Value);
        Write(writer, "map", reason.Map?.Value);
        if (reason.Flight is { } flight)
        {
            writer.WriteStartObject("flight");
            writer.WriteString("party", flight.Party.Value);
            writer.WriteString("id", flight.Id.Value);
            writer.WriteString("hash", flight.Hash.Hex);
            writer.WriteEndObject();
        }

        if (!reason.Parties.IsEmpty) Write(writer, "parties", reason.Parties);
        if (reason.Volume is { } volume) writer.WriteNumber("volume", volume);
        writer.WriteString("certainty", reason.Certainty == Certainty.Certain ? "certain" : "possible");
        Write(writer, "from", reason.From);
        Write(writer, "until", reason.Until);
        Write(writer, "entry", reason.Place);
        Write(writer, "exit", reason.ExitPlace);
        WriteNumbers(writer, reason);
        writer.WriteStartObject("text");
        foreach (var (language, sentence) in sentences) writer.WriteString(language, sentence.Sentence(reason));
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter writer, Reason reason)
    {
        if (reason.Numbers.IsEmpty) return;
        writer.WriteStartObject("numbers");
        foreach (var number in reason.Numbers) writer.WriteNumber(number.Name, number.Value);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, string name, IEnumerable<Id<Party>> parties)
    {
        writer.WriteStartArray(name);
        foreach (var party in parties) writer.WriteStringValue(party.Value);
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null) writer.WriteString(name, value);
    }

    private static void Write(Utf8JsonWriter writer, string name, Instant? at)
    {
        if (at is { } known && known != Instant.MinValue && known != Instant.MaxValue) writer.WriteString(name, InstantPattern.ExtendedIso.Format(known));
    }

    private static void Write(Utf8JsonWriter writer, string name, GeoPoint? place)
    {
        if (place is not { } known) return;
        writer.WriteStartObject(name);
        writer.WritePropertyName("lon");
        WriteDegrees(writer, known.LongitudeE7);
        writer.WritePropertyName("lat");
        WriteDegrees(writer, known.LatitudeE7);
        writer.WriteEndObject();
    }

    private static void WriteDegrees(Utf8JsonWriter writer, int unitsE7) =>
        writer.WriteRawValue((unitsE7 / (decimal)GeoPoint.UnitsPerDegree).ToString("F7", CultureInfo.InvariantCulture));
}
