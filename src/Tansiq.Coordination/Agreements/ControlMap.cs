using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Parties;
using Tansiq.Geo.Outlines;

namespace Tansiq.Coordination.Agreements;

/// <summary>Who holds what ground at a date, as a party drew it; it counts once every signatory accepted it (AGR-6).</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="AsOf">The moment that it shows.</param>
/// <param name="Ground">The parts of ground.</param>
public sealed record ControlMap(Id<ControlMap> Id, Instant AsOf, ImmutableArray<HeldGround> Ground);

/// <summary>One part of ground and who holds it.</summary>
/// <param name="Id">Its identifier within the map.</param>
/// <param name="Holder">Who holds it.</param>
/// <param name="IsGained">Whether the holder took it since the map before.</param>
/// <param name="Outlines">Its outlines, one or more.</param>
public sealed record HeldGround(Id<HeldGround> Id, Id<Actor> Holder, bool IsGained, ImmutableArray<Outline> Outlines);
