using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Server.Api.Writing;

namespace Tansiq.Server.Api.Answers;

/// <summary>Writes a clause by its kind, with the names of docs/formats/scenario.md.</summary>
internal static class ClauseJson
{
    private const string Undefined = "undefined";

    /// <summary>Writes the members of a clause.</summary>
    public static void WriteMembers(AnswerWriter answer, Clause clause)
    {
        var json = answer.Json;
        json.WriteString("id", clause.Id.Value);
        json.WriteString("chapter", clause.Chapter.Value);
        json.WriteString("kind", Kind(clause));
        json.WriteString("mode", clause.Mode == ClauseMode.Agree ? "agree" : "notify");
        json.WriteBoolean("survives", clause.Survives);
        json.WriteString("publication", clause.Publication.Word());
        answer.Words("text", clause.Text);
        if (clause is FlightClause flight) WriteFlightClause(answer, flight);
        WriteTerms(answer, clause);
    }

    private static string Kind(Clause clause) => clause switch
    {
        StandDownClause => "stand-down",
        PriorNoticeClause => "prior-notice",
        JointConsentClause => "joint-consent",
        SeparationClause => "separation",
        ProtectionClause => "protection",
        DurationClause => "duration",
        HotlineClause => "hotline",
        TextClause => "text",
        _ => "other",
    };

    private static void WriteFlightClause(AnswerWriter answer, FlightClause clause)
    {
        var json = answer.Json;
        json.WriteStartObject("appliesTo");
        if (!clause.AppliesTo.Actors.IsEmpty) answer.Identifiers("actors", clause.AppliesTo.Actors);
        if (!clause.AppliesTo.Purposes.IsEmpty) answer.Identifiers("purposes", clause.AppliesTo.Purposes);
        if (!clause.AppliesTo.Categories.IsEmpty) Texts(answer, "categories", clause.AppliesTo.Categories.Select(category => category.Word()));
        json.WriteEndObject();
        json.WriteStartArray("exemptions");
        foreach (var exemption in clause.Exemptions) Write(answer, exemption);
        json.WriteEndArray();
    }

    private static void WriteTerms(AnswerWriter answer, Clause clause)
    {
        switch (clause)
        {
            case StandDownClause standDown:
                answer.Identifiers("areaClasses", standDown.AreaClasses);
                break;
            case PriorNoticeClause notice:
                WritePeriods(answer, notice);
                break;
            case JointConsentClause consent:
                if (!consent.ConsentOf.IsEmpty) answer.Identifiers("consentOf", consent.ConsentOf);
                if (!consent.AreaClasses.IsEmpty) answer.Identifiers("areaClasses", consent.AreaClasses);
                break;
            case SeparationClause separation:
                answer.Json.WriteString("between", separation.Between == SeparationBetween.All ? "all" : "different-parties");
                Write(answer, "lateralMetres", separation.LateralMetres);
                Write(answer, "verticalMetres", separation.VerticalMetres);
                Write(answer, "timeSeconds", separation.TimeSeconds);
                break;
            case ProtectionClause protection:
                Texts(answer, "categories", protection.Categories.Select(category => category.Word()));
                Write(answer, "distanceMetres", protection.DistanceMetres);
                break;
            case HotlineClause hotline:
                Write(answer, "checkEveryHours", hotline.CheckEveryHours);
                Write(answer, "answerWithinSeconds", hotline.AnswerWithinSeconds);
                break;
            default:
                // Of a duration the agreement's own time says what it came to; a text says nothing more.
                break;
        }
    }

    private static void WritePeriods(AnswerWriter answer, PriorNoticeClause clause)
    {
        answer.Json.WriteStartArray("periods");
        foreach (var period in clause.Periods)
        {
            answer.Json.WriteStartObject();
            if (!period.Purposes.IsEmpty) answer.Identifiers("purposes", period.Purposes);
            Write(answer, "hours", period.Hours);
            answer.Json.WriteEndObject();
        }

        answer.Json.WriteEndArray();
    }

    private static void Write(AnswerWriter answer, Exemption exemption)
    {
        var json = answer.Json;
        json.WriteStartObject();
        json.WriteString("id", exemption.Id.Value);
        switch (exemption)
        {
            case Exemption.ByPurpose purpose:
                if (!purpose.Purposes.IsEmpty) answer.Identifiers("purposes", purpose.Purposes);
                if (!purpose.Categories.IsEmpty) Texts(answer, "categories", purpose.Categories.Select(category => category.Word()));
                break;
            case Exemption.ByGainedGround gained:
                json.WriteString("holder", gained.Holder.Value);
                json.WriteString("as", gained.As == GainKind.Place ? "place" : "condition");
                Write(answer, "mapMaximumAgeHours", gained.MapMaximumAgeHours);
                break;
            case Exemption.AnyOf any:
                Texts(answer, "anyOf", any.Exemptions.Select(each => each.ToString()));
                break;
            default:
                throw new InvalidOperationException($"Unknown exemption {exemption.GetType().Name}.");
        }

        json.WriteEndObject();
    }

    private static void Write(AnswerWriter answer, string name, Threshold threshold)
    {
        if (threshold.IsDefined) answer.Json.WriteNumber(name, threshold.Value);
        else answer.Json.WriteString(name, Undefined);
    }

    private static void Texts(AnswerWriter answer, string name, IEnumerable<string> texts)
    {
        answer.Json.WriteStartArray(name);
        foreach (var text in texts) answer.Json.WriteStringValue(text);
        answer.Json.WriteEndArray();
    }
}
