using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Parties;
using Tansiq.Geo;
using Tansiq.Geo.Separation;

namespace Tansiq.Coordination.Flights.Deciding;

/// <summary>Decides separation clauses (FLT-4): one reason for each other flight that is too near. First on the record goes first.</summary>
internal static class FlightSeparation
{
    /// <summary>Farther than any two places are apart: what stands for an undefined minimum.</summary>
    public const int AnyLateralMetres = 20_010_000;

    // Higher and longer than any two flights can be apart.
    private const long AnyVerticalUnits = 4 * Height.MaximumUnits;
    private static readonly Duration AnyTime = Duration.FromDays(366_000);

    public static void Decide(DecisionContext context, AgreementTerm term, SeparationClause clause, List<Reason> reasons)
    {
        if (!clause.AppliesTo.Holds(context.Flight.Notice.Actor, context.Purpose)) return;
        var minima = MinimaOf(clause);
        var volumes = context.VolumesIn(term);
        var candidates = new Candidates(context.Situation.Lineage.NoticeVolumes, volumes, minima, context.Situation.Extent.Admitted);
        while (candidates.MoveNext())
        {
            var other = context.Situation.Notice((int)candidates.Key);
            if (!IsMeant(context, clause, other)) continue;
            if (Nearest(context, volumes, candidates.Pairs, other, minima) is not { } nearest) continue;
            if (NoticeStanding.IsOutOfTheWay(context.Situation, other, context.ValidAt)) continue;
            reasons.Add(ToReason(context, term, clause, other, nearest));
        }
    }

    /// <summary>The minima of a clause; one that is undefined counts as farther than any two flights are apart.</summary>
    public static SeparationMinima MinimaOf(SeparationClause clause) => SeparationMinima.Create(
        clause.LateralMetres.IsDefined ? (int)Math.Min(clause.LateralMetres.Value, AnyLateralMetres) : AnyLateralMetres,
        clause.VerticalMetres.IsDefined ? Math.Min(clause.VerticalMetres.Value * Height.UnitsPerMetre, AnyVerticalUnits) : AnyVerticalUnits,
        clause.TimeSeconds.IsDefined ? Duration.FromSeconds(clause.TimeSeconds.Value) : AnyTime);

    private static bool IsMeant(DecisionContext context, SeparationClause clause, FiledNotice other)
    {
        if (other.Reference == context.Flight.Filed?.Reference || !Situation.Restricts(other.Filed, context.ValidAt)) return false;
        if (clause.Between == SeparationBetween.DifferentParties && other.Reference.Party == context.Flight.Filer) return false;
        return clause.AppliesTo.Holds(other.Notice.Actor, context.Founding.Purposes[other.Notice.Purpose])
            && !NoticeStanding.HasEnded(other, context.ValidAt);
    }

    private sealed record Near(int Number, Volume Own, Volume Other, VolumeConflict Conflict, Instant From, Instant Until);

    /// <summary>The nearest pair of volumes that are in conflict, with the whole time of conflict; null where none are.</summary>
    private static Near? Nearest(
        DecisionContext context, (int Number, Volume Volume)[] volumes, List<(int Volume, int Entry)> pairs, FiledNotice other, SeparationMinima minima)
    {
        Near? nearest = null;
        foreach (var (place, entry) in pairs)
        {
            var (number, own) = volumes[place];
            var volume = other.Notice.Volumes[entry - other.FirstEntry];
            var conflict = VolumeSeparation.Conflicts(own, volume, minima, context.Heights);
            if (conflict.Certainty == Certainty.No) continue;
            var near = ToNear(number, own, volume, conflict, minima.Time);
            nearest = nearest is null ? near : Join(nearest, near);
        }

        return nearest;
    }

    private static Near ToNear(int number, Volume own, Volume other, VolumeConflict conflict, Duration minimum) => new(
        number, own, other, conflict, Instant.Max(own.Time.Start, other.Time.Start - minimum), Instant.Min(own.Time.End, other.Time.End + minimum));

    private static Near Join(Near first, Near second)
    {
        var nearer = IsNearer(second, first) ? second : first;
        return nearer with { From = Instant.Min(first.From, second.From), Until = Instant.Max(first.Until, second.Until) };
    }

    private static bool IsNearer(Near first, Near second) =>
        first.Conflict.Certainty != second.Conflict.Certainty
            ? first.Conflict.Certainty > second.Conflict.Certainty
            : first.Conflict.Lateral?.LowerMetres < second.Conflict.Lateral?.LowerMetres;

    private static Reason ToReason(DecisionContext context, AgreementTerm term, SeparationClause clause, FiledNotice other, Near near)
    {
        var party = other.Reference.Party;
        var isUndefined = !(clause.LateralMetres.IsDefined && clause.VerticalMetres.IsDefined && clause.TimeSeconds.IsDefined);
        var (code, effect) =
            party == context.Flight.Filer ? ("separation.own-flight", ReasonEffect.Notes)
            : !context.Flight.IsLaterThan(other) ? ("separation.later-flight", ReasonEffect.Notes)
            : isUndefined ? ("separation.undefined", ReasonEffect.LeavesUnclear)
            : NoticeStanding.HasConsented(context.Situation, context.Flight.Filed, party, context.ValidAt) ? ("separation.consented", ReasonEffect.DoesNotObject)
            : ("separation.conflict", ReasonEffect.Asks);
        return DecisionContext.Reason(term, clause, code, effect) with
        {
            Flight = other.Reference,
            Parties = effect == ReasonEffect.Asks ? [party] : [],
            Volume = near.Number,
            Certainty = near.Conflict.Certainty,
            From = near.From,
            Until = near.Until,
            Place = near.Conflict.Lateral == DistanceBounds.Zero ? near.Own.Outline.MeetingPoint(near.Other.Outline) : null,
            Numbers = Numbers(clause, near.Conflict),
        };
    }

    private static ImmutableArray<ReasonNumber> Numbers(SeparationClause clause, VolumeConflict conflict)
    {
        var numbers = ImmutableArray.CreateBuilder<ReasonNumber>();
        if (conflict.Lateral is { } lateral) numbers.AddRange(DistanceNumbers.Of(lateral));
        if (clause.LateralMetres.IsDefined) numbers.Add(new(ReasonNumbers.AgreedDistanceMetres, clause.LateralMetres.Value));
        numbers.Add(new(ReasonNumbers.VerticalLowerMetres, conflict.VerticalGapUnits.Low / Height.UnitsPerMetre));
        numbers.Add(new(ReasonNumbers.VerticalUpperMetres, (conflict.VerticalGapUnits.High + Height.UnitsPerMetre - 1) / Height.UnitsPerMetre));
        if (clause.VerticalMetres.IsDefined) numbers.Add(new(ReasonNumbers.AgreedVerticalMetres, clause.VerticalMetres.Value));
        if (conflict.TimeGap is { } gap) numbers.Add(new(ReasonNumbers.TimeGapMinutes, (long)Math.Floor(gap.TotalMinutes)));
        if (clause.TimeSeconds.IsDefined) numbers.Add(new(ReasonNumbers.AgreedTimeMinutes, (clause.TimeSeconds.Value + 59) / 60));
        return numbers.ToImmutable();
    }
}
