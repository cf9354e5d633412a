using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Parties;
using Tansiq.Geo.Outlines;

namespace Tansiq.Coordination.Flights.Deciding;

/// <summary>The ground that an organisation gained by one control map, as far as one flight asks for it.</summary>
/// <remarks>Of one decision; not safe for use from several threads.</remarks>
internal sealed class GainedGround(ControlMap map, Id<Actor> holder, int volumes)
{
    private readonly Outline[] _outlines =
        [.. map.Ground.Where(ground => ground.IsGained && ground.Holder == holder).SelectMany(ground => ground.Outlines)];

    // By the volume's number: whether it lies wholly in ground gained; null where it was not asked.
    private readonly bool?[] _covers = new bool?[volumes];

    /// <summary>The organisation.</summary>
    public Id<Actor> Holder => holder;

    /// <summary>Whether one of its parts holds a volume of the flight wholly.</summary>
    public bool Covers(int number, Outline volume) => _covers[number] ??= Array.Exists(_outlines, ground => ground.Covers(volume));

    /// <summary>Whether an outline has a point in common with it.</summary>
    public bool Meets(Outline outline) => Array.Exists(_outlines, ground => ground.Meets(outline));
}
