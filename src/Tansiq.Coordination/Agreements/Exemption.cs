using System.Collections.Immutable;
using Tansiq.Coordination.Parties;

namespace Tansiq.Coordination.Agreements;

/// <summary>Names an exemption anywhere in the agreement: written <c>clause/exemption</c>.</summary>
/// <param name="Clause">The clause that it stands in.</param>
/// <param name="Exemption">Its identifier within the clause.</param>
public sealed record ExemptionReference(Id<Clause> Clause, Id<Exemption> Exemption)
{
    /// <summary>As written.</summary>
    public override string ToString() => $"{Clause}/{Exemption}";
}

/// <summary>Lifts its own clause, and no other, for flights that meet it (AGR-6).</summary>
public abstract record Exemption
{
    private Exemption()
    {
    }

    /// <summary>Its identifier within its clause.</summary>
    public required Id<Exemption> Id { get; init; }

    /// <summary>Holds for flights of some purposes or categories of purposes.</summary>
    public sealed record ByPurpose : Exemption
    {
        /// <summary>Purposes that are exempt.</summary>
        public required ImmutableSortedSet<Id<Purpose>> Purposes { get; init; }

        /// <summary>Categories that are exempt.</summary>
        public required ImmutableSortedSet<PurposeCategory> Categories { get; init; }
    }

    /// <summary>Holds against a named organisation where it took further ground, if the notice claims it.</summary>
    public sealed record ByGainedGround : Exemption
    {
        /// <summary>The organisation.</summary>
        public required Id<Actor> Holder { get; init; }

        /// <summary>Whether the gain is a place that must hold the whole volume, or a condition.</summary>
        public required GainKind As { get; init; }

        /// <summary>The oldest that the control map may be, hours.</summary>
        public required Threshold MapMaximumAgeHours { get; init; }
    }

    /// <summary>Holds where one of some other exemptions holds; never in a circle.</summary>
    public sealed record AnyOf : Exemption
    {
        /// <summary>The other exemptions, in order.</summary>
        public required ImmutableArray<ExemptionReference> Exemptions { get; init; }
    }
}

/// <summary>What a gain of ground is to the clause (AGR-6).</summary>
public enum GainKind
{
    /// <summary>A place: the whole volume, throughout, lies in ground gained.</summary>
    Place = 0,

    /// <summary>A condition: ground was gained in the area.</summary>
    Condition = 1,
}
