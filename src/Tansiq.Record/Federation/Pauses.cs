using NodaTime;

namespace Tansiq.Record.Federation;

/// <summary>How long to wait after failures: doubled each time up to a longest pause, less up to a half of it by jitter.</summary>
internal static class Pauses
{
    private const int MostDoublings = 16;

    public static Duration After(int failures, FederationTimes times, ulong seed, NodeName whom)
    {
        var whole = Duration.Min(times.FirstPause * (1L << Math.Clamp(failures - 1, 0, MostDoublings)), times.LongestPause);
        var mixed = Mix(seed ^ Mix((ulong)failures) ^ whom.Value.Aggregate(0UL, (hash, letter) => Mix(hash ^ letter)));
        return whole - Duration.FromTicks((long)(mixed % (ulong)Math.Max(1, whole.BclCompatibleTicks / 2)));
    }

    // SplitMix64 (Steele, Lea, Flood 2014): spreads, and is the same everywhere.
    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value += 0x9e3779b97f4a7c15;
            value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
            value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
            return value ^ (value >> 31);
        }
    }
}
