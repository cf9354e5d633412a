using System.Numerics;

namespace Tansiq.Cli.Exercise;

/// <summary>Chance for exercise traffic: the same numbers from the same seed on every machine and in every version.</summary>
/// <remarks>
/// xoshiro256** of D. Blackman and S. Vigna ("Scrambled linear pseudorandom number generators", ACM TOMS 47 (2021) 36),
/// its state filled by SplitMix64 (G. Steele, D. Lea, C. Flood, OOPSLA 2014). Not for secrets. Not thread-safe.
/// </remarks>
internal sealed class ExerciseRandom
{
    private ulong _first;
    private ulong _second;
    private ulong _third;
    private ulong _fourth;

    /// <summary>Starts one stream of a seed.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="stream">Which stream: each aircraft has its own, so that one more of a kind leaves the others as they are.</param>
    public ExerciseRandom(long seed, string stream)
    {
        var state = unchecked((ulong)seed);
        foreach (var character in stream) state = Mix(unchecked(state + character));
        _first = Next(ref state);
        _second = Next(ref state);
        _third = Next(ref state);
        _fourth = Next(ref state);
    }

    /// <summary>The next 64 bits.</summary>
    public ulong NextBits()
    {
        unchecked
        {
            var result = BitOperations.RotateLeft(_second * 5, 7) * 9;
            var shifted = _second << 17;
            _third ^= _first;
            _fourth ^= _second;
            _second ^= _third;
            _first ^= _fourth;
            _third ^= shifted;
            _fourth = BitOperations.RotateLeft(_fourth, 45);
            return result;
        }
    }

    /// <summary>A whole number of a range, each as likely as the next to within 2⁻³² of the range.</summary>
    /// <param name="least">The least.</param>
    /// <param name="most">The greatest.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="most"/> is less than <paramref name="least"/>.</exception>
    public int Between(int least, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, least);
        var count = (ulong)((long)most - least + 1);
        return (int)(least + (long)((NextBits() >> 32) * count >> 32));
    }

    private static ulong Next(ref ulong state) => Mix(state = unchecked(state + 0x9E3779B97F4A7C15));

    private static ulong Mix(ulong bits)
    {
        unchecked
        {
            bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
            bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
            return bits ^ (bits >> 31);
        }
    }
}
