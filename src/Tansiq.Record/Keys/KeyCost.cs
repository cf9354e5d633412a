namespace Tansiq.Record.Keys;

/// <summary>How much work it is to try one passphrase: what Argon2id (RFC 9106) is asked for, in one lane.</summary>
public sealed record KeyCost
{
    /// <summary>The least memory that is taken.</summary>
    public const int LeastMemoryKibibytes = 8 * 1024;

    /// <summary>The most memory that is taken, so that a file can't fill a machine.</summary>
    public const int MostMemoryKibibytes = 1024 * 1024;

    /// <summary>The most passes that are taken.</summary>
    public const int MostPasses = 10;

    /// <summary>A cost.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is beyond the bounds.</exception>
    public KeyCost(int memoryKibibytes, int passes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(memoryKibibytes, LeastMemoryKibibytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(memoryKibibytes, MostMemoryKibibytes);
        ArgumentOutOfRangeException.ThrowIfLessThan(passes, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(passes, MostPasses);
        (MemoryKibibytes, Passes) = (memoryKibibytes, passes);
    }

    /// <summary>The cost of new files: the memory and passes of RFC 9106's second recommendation.</summary>
    public static KeyCost Standard { get; } = new(64 * 1024, 3);

    /// <summary>Memory, in units of 1,024 bytes.</summary>
    public int MemoryKibibytes { get; }

    /// <summary>How often the memory is gone through.</summary>
    public int Passes { get; }

    /// <summary>Whether a cost is within the bounds.</summary>
    internal static bool IsWithinBounds(int memoryKibibytes, int passes) =>
        memoryKibibytes is >= LeastMemoryKibibytes and <= MostMemoryKibibytes && passes is >= 1 and <= MostPasses;
}
