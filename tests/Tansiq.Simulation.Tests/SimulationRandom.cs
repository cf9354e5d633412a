namespace Tansiq.Simulation.Tests;

/// <summary>Chance from a seed, the same on every machine and in every version (SplitMix64; Steele, Lea, Flood 2014).</summary>
internal sealed class SimulationRandom(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        unchecked
        {
            _state += 0x9e3779b97f4a7c15;
            var value = _state;
            value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
            value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
            return value ^ (value >> 31);
        }
    }

    /// <summary>From 0 to below a bound.</summary>
    public int Below(int bound) => (int)(Next() % (ulong)bound);

    public int Between(int least, int most) => least + Below(most - least + 1);

    public bool Chance(int percent) => Below(100) < percent;
}
