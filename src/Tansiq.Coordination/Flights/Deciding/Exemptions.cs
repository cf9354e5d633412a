using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Agreements;
using Tansiq.Geo.Outlines;

namespace Tansiq.Coordination.Flights.Deciding;

/// <summary>What an exemption says of a flight.</summary>
/// <param name="Code">The reason's code after the clause's kind, for example <c>exempt-purpose</c>.</param>
/// <param name="Holds">Whether it holds; otherwise it was claimed and is not shown to hold.</param>
/// <param name="Exemption">The exemption of the clause that says so.</param>
/// <param name="Map">The control map that it rests on, or null.</param>
/// <param name="MapMaximumAgeHours">The greatest age agreed for that map, or null.</param>
internal sealed record ExemptionAnswer(string Code, bool Holds, Id<Exemption> Exemption, ControlMap? Map, long? MapMaximumAgeHours);

/// <summary>Asks the exemptions of a clause. An exemption lifts its own clause and touches no other (AGR-6).</summary>
internal static class Exemptions
{
    /// <summary>The answer of the first exemption that holds, else of the first that was claimed and is not shown to hold, else null.</summary>
    /// <param name="context">The decision.</param>
    /// <param name="term">The agreement.</param>
    /// <param name="clause">The clause that the exemptions belong to.</param>
    /// <param name="exemptions">The exemptions, in order.</param>
    /// <param name="visit">The stay in an area that is to be exempt; null where the clause is not about areas.</param>
    public static ExemptionAnswer? Ask(DecisionContext context, AgreementTerm term, Clause clause, ImmutableArray<Exemption> exemptions, AreaVisit? visit)
    {
        var question = new Question(context, term, visit, []);
        ExemptionAnswer? unproven = null;
        foreach (var exemption in exemptions)
        {
            var answer = Ask(question, new(clause.Id, exemption.Id), exemption);
            if (answer is { Holds: true }) return answer;
            unproven ??= answer;
        }

        return unproven;
    }

    /// <summary>What all exemptions of a clause are asked, and the answers so far: an exemption that several name is asked once.</summary>
    private sealed record Question(DecisionContext Context, AgreementTerm Term, AreaVisit? Visit, Dictionary<ExemptionReference, ExemptionAnswer?> Answers);

    private static ExemptionAnswer? Ask(Question question, ExemptionReference name, Exemption exemption)
    {
        if (question.Answers.TryGetValue(name, out var known)) return known;
        var answer = Answer(question, name, exemption);
        question.Answers.Add(name, answer);
        return answer;
    }

    private static ExemptionAnswer? Answer(Question question, ExemptionReference name, Exemption exemption)
    {
        var context = question.Context;
        switch (exemption)
        {
            case Exemption.ByPurpose purpose:
                return purpose.Purposes.Contains(context.Purpose.Id) || purpose.Categories.Contains(context.Purpose.Category)
                    ? new("exempt-purpose", Holds: true, name.Exemption, Map: null, MapMaximumAgeHours: null)
                    : null;
            case Exemption.ByGainedGround gain:
                return question.Visit is { } visit && context.Flight.Notice.Claims.Contains(name) ? AskGain(context, gain, visit) : null;
            case Exemption.AnyOf anyOf:
                return AskAnyOf(question, anyOf);
            default:
                throw new InvalidOperationException($"Unknown exemption {exemption.GetType().Name}.");
        }
    }

    /// <summary>References were checked when the agreement was read: each names an exemption, and none runs in a circle.</summary>
    private static ExemptionAnswer? AskAnyOf(Question question, Exemption.AnyOf anyOf)
    {
        ExemptionAnswer? unproven = null;
        foreach (var reference in anyOf.Exemptions)
        {
            var answer = Ask(question, reference, Find(question.Term.Agreement, reference));
            if (answer is { Holds: true }) return answer with { Exemption = anyOf.Id };
            if (answer is not null) unproven ??= answer with { Exemption = anyOf.Id };
        }

        return unproven;
    }

    private static Exemption Find(Agreement agreement, ExemptionReference reference) =>
        agreement.Clauses.OfType<FlightClause>().First(each => each.Id == reference.Clause).Exemptions.First(each => each.Id == reference.Exemption);

    private static ExemptionAnswer AskGain(DecisionContext context, Exemption.ByGainedGround gain, AreaVisit visit)
    {
        var map = context.Map;
        long? maximumAgeHours = gain.MapMaximumAgeHours.IsDefined ? gain.MapMaximumAgeHours.Value : null;
        ExemptionAnswer Unproven(string code) => new(code, Holds: false, gain.Id, map, maximumAgeHours);
        if (map is null) return Unproven("no-accepted-map");
        if (!gain.MapMaximumAgeHours.IsDefined) return Unproven("map-age-undefined");
        if (visit.VolumesEnd - map.AsOf > Duration.FromHours(gain.MapMaximumAgeHours.Value)) return Unproven("map-too-old");
        var gained = context.Gained(map, gain.Holder);
        var holds = gain.As == GainKind.Place
            ? visit.Volumes.All(part => gained.Covers(part.Number, part.Volume.Outline))
            : visit.Area.Outlines.Any(gained.Meets);
        return holds ? new("exempt-gained-ground", Holds: true, gain.Id, map, maximumAgeHours) : Unproven("outside-gained-ground");
    }
}
