using System.Collections.Immutable;
using NodaTime;
using Tansiq.Record.Merkle;

namespace Tansiq.Record.Federation;

/// <summary>What a centre or an observer learns. Entries are named by their leaf hash; their bytes lie on the disk of whoever drives the steps.</summary>
public abstract record CentreInput
{
    private CentreInput()
    {
    }

    /// <summary>An entry of one's own party was signed and is on the disk; only now may anybody be told that it was said.</summary>
    public sealed record Said(MerkleHash Leaf) : CentreInput;

    /// <summary>The office answered a <see cref="CentreEffect.Submit"/>.</summary>
    /// <param name="Number">Its number.</param>
    /// <param name="Answers">What it says of each entry, in the order of the request; fewer where it broke off.</param>
    public sealed record Answered(long Number, ImmutableArray<EntryAnswer> Answers) : CentreInput;

    /// <summary>The office gave no answer to a <see cref="CentreEffect.Submit"/>.</summary>
    public sealed record NotAnswered(long Number) : CentreInput;

    /// <summary>Where an entry stands on the record that is held, after <see cref="CentreEffect.Look"/>.</summary>
    /// <param name="Leaf">The entry that was asked for.</param>
    /// <param name="Index">Its index; null where it is not there.</param>
    /// <param name="Size">The size of the record that was looked through.</param>
    public sealed record Looked(MerkleHash Leaf, long? Index, long Size) : CentreInput;

    /// <summary>A <see cref="CentreEffect.Follow"/> ended.</summary>
    /// <param name="From">Who was followed.</param>
    /// <param name="Outcome">What came of it.</param>
    public sealed record Followed(NodeName From, FollowOutcome Outcome) : CentreInput;

    /// <summary>Somebody said that it has more: a push of the office, or another's head.</summary>
    public sealed record Told(NodeName By, long Size) : CentreInput;

    /// <summary>More of what is held became joint by cosignatures that others gave; kept on the disk.</summary>
    public sealed record BecameJoint(long JointSize) : CentreInput;

    /// <summary>Another centre showed its head: the checkpoint it cosigned last, verified by the log's key.</summary>
    /// <param name="By">Who.</param>
    /// <param name="Size">Its size.</param>
    /// <param name="Split">What contradicts what is held, with the evidence kept; null where nothing does.</param>
    /// <param name="CosignedBy">Whose cosignatures on it verify.</param>
    public sealed record HeadShown(NodeName By, long Size, Fault? Split, ImmutableArray<NodeName> CosignedBy) : CentreInput;

    /// <summary>Another centre's picture at a size is another one than one's own, from the same bytes (REC-7).</summary>
    public sealed record OtherPicture(NodeName By, Fault Fault) : CentreInput;

    /// <summary>A <see cref="CentreEffect.SendHead"/> or <see cref="CentreEffect.ShowUnanswered"/> arrived, or did not.</summary>
    public sealed record Delivered(NodeName To, bool IsDelivered) : CentreInput;

    /// <summary>Another centre showed statements for which it has no answer; their signatures verify and they are on the disk.</summary>
    /// <param name="By">Who.</param>
    /// <param name="LookedThrough">The size up to which it says that they are not on the record.</param>
    /// <param name="Entries">Each with the index at which one holds it already, or null.</param>
    public sealed record UnansweredShown(NodeName By, long LookedThrough, ImmutableArray<ShownEntry> Entries) : CentreInput;

    /// <summary>Another node's clock was read; null where nothing could be told.</summary>
    public sealed record ClockMeasured(NodeName Of, ClockReading? Reading) : CentreInput;

    /// <summary>Somebody with authority has settled what was found, for example by a succession of the office.</summary>
    public sealed record Settled(string Code) : CentreInput;

    /// <summary>Time goes by; due at <see cref="CentreState.NextDue"/>.</summary>
    public sealed record Tick : CentreInput;
}

/// <summary>What the office says of one submitted entry.</summary>
public abstract record EntryAnswer
{
    private EntryAnswer()
    {
    }

    /// <summary>It is on the record, on the office's disk.</summary>
    public sealed record Accepted(long Index) : EntryAnswer;

    /// <summary>It is given back for good.</summary>
    public sealed record Refused(Fault Fault) : EntryAnswer;

    /// <summary>It was not looked at, and nothing after it: to be submitted again.</summary>
    public sealed record Busy : EntryAnswer;
}

/// <summary>What came of one step of following.</summary>
public abstract record FollowOutcome
{
    private FollowOutcome()
    {
    }

    /// <summary>All that was shown is verified and on the disk.</summary>
    /// <param name="Size">How much is held now.</param>
    /// <param name="JointSize">How much of it is joint.</param>
    /// <param name="CosignedSize">The size that one has cosigned last; 0 for none.</param>
    /// <param name="RecordTime">The last time on the record; null before the first.</param>
    /// <param name="NotCosigned">Why it was not cosigned; null where it was, or by an observer.</param>
    public sealed record Kept(long Size, long JointSize, long CosignedSize, Instant? RecordTime, Fault? NotCosigned) : FollowOutcome;

    /// <summary>A copy that is behind.</summary>
    public sealed record Behind(long Size) : FollowOutcome;

    /// <summary>What was shown must not be; nothing of it was taken, and the evidence is kept.</summary>
    /// <param name="Fault">What it is.</param>
    /// <param name="Size">The size of the checkpoint that was shown; 0 where it did not open.</param>
    /// <param name="CosignedBy">Whose cosignatures on it verify.</param>
    public sealed record Refused(Fault Fault, long Size, ImmutableArray<NodeName> CosignedBy) : FollowOutcome;

    /// <summary>No answer.</summary>
    public sealed record Unreachable : FollowOutcome;
}

/// <summary>An entry that another centre shows as unanswered.</summary>
/// <param name="Leaf">Its leaf hash.</param>
/// <param name="HeldAt">The index at which it stands on the record that one holds; null where it does not.</param>
public readonly record struct ShownEntry(MerkleHash Leaf, long? HeldAt);
