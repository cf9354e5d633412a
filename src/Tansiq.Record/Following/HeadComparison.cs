using Tansiq.Record.Checkpoints;
using Tansiq.Record.Merkle;

namespace Tansiq.Record.Following;

/// <summary>How a checkpoint that is shown stands to the one that is held, by size and root alone.</summary>
public enum HeadComparison
{
    /// <summary>The same size and root.</summary>
    Same,

    /// <summary>Larger: whether it continues what is held is for its tiles to show.</summary>
    Ahead,

    /// <summary>Smaller: whether it is an earlier one of what is held is for one's own tiles to show.</summary>
    Behind,

    /// <summary>The same size and another root, or another root of nothing: both can't be true.</summary>
    Split,
}

/// <summary>Compares checkpoints of one log.</summary>
public static class HeadComparisons
{
    /// <summary>How a checkpoint stands to the one that is held; null holds nothing.</summary>
    public static HeadComparison Compare(Checkpoint? held, Checkpoint shown)
    {
        ArgumentNullException.ThrowIfNull(shown);
        var (size, root) = (held?.Size ?? 0, held?.Root ?? MerkleHashing.Empty);
        if (shown.Size == 0 && shown.Root != MerkleHashing.Empty) return HeadComparison.Split;
        if (shown.Size != size) return shown.Size > size ? HeadComparison.Ahead : HeadComparison.Behind;
        return shown.Root == root ? HeadComparison.Same : HeadComparison.Split;
    }
}
