using Tansiq.Record;
using Tansiq.Record.Logs;

namespace Tansiq.Storage.Following;

/// <summary>Whose record a source shows.</summary>
public enum SourceRole
{
    /// <summary>The log's own: what it showed once it has to show always.</summary>
    Log,

    /// <summary>Somebody's copy, which may be behind.</summary>
    Copy,
}

/// <summary>What came of one step of following a source.</summary>
public abstract record FollowAnswer
{
    private FollowAnswer()
    {
    }

    /// <summary>All that the source shows is verified and kept.</summary>
    /// <param name="From">The size before.</param>
    /// <param name="Size">The size now.</param>
    /// <param name="Checkpoint">The checkpoint's note with the cosignatures that are held on it, one's own too if it was given.</param>
    /// <param name="IsJoint">Whether it bears the cosignatures of all who make entries joint.</param>
    /// <param name="NotCosigned">
    /// Why one's own cosignature was not given: <see cref="RecordFaults.WrongClock"/>, <see cref="RecordFaults.RestoredDisk"/> or
    /// <see cref="RecordFaults.SplitView"/>. Null where it was, or where there is no key for it.
    /// </param>
    public sealed record Kept(long From, long Size, ReadOnlyMemory<byte> Checkpoint, bool IsJoint, Fault? NotCosigned) : FollowAnswer;

    /// <summary>A copy that shows an earlier checkpoint of what is held.</summary>
    /// <param name="Size">Its size.</param>
    public sealed record Behind(long Size) : FollowAnswer;

    /// <summary>What the source shows must not be; nothing of it is taken, and the evidence is kept.</summary>
    /// <param name="Evidence">What it is, and the bytes that show it.</param>
    public sealed record Refused(Evidence Evidence) : FollowAnswer;

    /// <summary>The source gives no answer, which says nothing of the record.</summary>
    /// <param name="Fault">What was asked for.</param>
    public sealed record Unreachable(Fault Fault) : FollowAnswer;
}
