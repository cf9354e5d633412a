using Tansiq.Geo;

namespace Tansiq.Coordination.Monitoring;

/// <summary>The levels that one track holds in numbered volumes, by number; none is not kept.</summary>
internal sealed class HeldLevels
{
    private readonly List<(int Number, Certainty Level)> _held = [];

    /// <summary>How many are held.</summary>
    public int Count => _held.Count;

    /// <summary>The held ones, in order of number.</summary>
    public List<(int Number, Certainty Level)> All => _held;

    /// <summary>The level that is held, or none.</summary>
    public Certainty this[int number]
    {
        get
        {
            foreach (var held in _held)
            {
                if (held.Number == number) return held.Level;
            }

            return Certainty.No;
        }
    }

    /// <summary>Holds a level from now on; none is held no longer.</summary>
    public void Set(int number, Certainty level)
    {
        var place = 0;
        while (place < _held.Count && _held[place].Number < number) place++;
        var isThere = place < _held.Count && _held[place].Number == number;
        if (level == Certainty.No)
        {
            if (isThere) _held.RemoveAt(place);
        }
        else if (isThere) _held[place] = (number, level);
        else _held.Insert(place, (number, level));
    }

    /// <summary>Holds nothing any more.</summary>
    public void Clear() => _held.Clear();
}
