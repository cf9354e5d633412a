using Tansiq.Geo;

namespace Tansiq.Coordination.Monitoring;

/// <summary>A closed box of longitude and latitude with no turn of its own.</summary>
internal readonly record struct TurningBox(long South, long North, long WestInTurn, long Width)
{
    public static TurningBox Of(PlaneBox box) => new(box.South, box.North, Leg.InTurn(box.West), box.East - box.West);

    /// <summary>Whether the box of a leg meets this one, whatever the turn.</summary>
    public bool Meets(Leg leg)
    {
        var box = leg.Box;
        if (box.South > North || box.North < South) return false;
        var eastward = leg.WestInTurn - WestInTurn;
        if (eastward < 0) eastward += GeoPoint.TurnE7;
        return eastward <= Width || GeoPoint.TurnE7 - eastward <= box.East - box.West;
    }
}

/// <summary>Finds the areas that a leg may be in, by their boxes.</summary>
internal sealed class AreaBoxes(IEnumerable<(int Number, TurningBox Box)> boxes)
{
    // In order of number. One array that is read from end to end is fast enough for some thousand areas.
    private readonly (int Number, TurningBox Box)[] _boxes = [.. boxes];

    /// <summary>Adds the numbers of the areas whose boxes meet that of the leg, ascending, each once.</summary>
    public void AddMeeting(Leg leg, List<int> numbers)
    {
        foreach (ref readonly var entry in _boxes.AsSpan())
        {
            if (entry.Box.Meets(leg) && (numbers.Count == 0 || numbers[^1] != entry.Number)) numbers.Add(entry.Number);
        }
    }
}
