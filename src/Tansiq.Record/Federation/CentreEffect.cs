using System.Collections.Immutable;
using NodaTime;
using Tansiq.Record.Merkle;

namespace Tansiq.Record.Federation;

/// <summary>What a centre or an observer has to do. Each is done once, in order; what fails comes back as an input.</summary>
public abstract record CentreEffect
{
    private CentreEffect()
    {
    }

    /// <summary>Send these entries to the office in one request, in this order. Answered by <see cref="CentreInput.Answered"/> or <see cref="CentreInput.NotAnswered"/>.</summary>
    public sealed record Submit(long Number, ImmutableArray<MerkleHash> Leaves) : CentreEffect;

    /// <summary>Look where an entry stands on the record that is held. Answered by <see cref="CentreInput.Looked"/>.</summary>
    public sealed record Look(MerkleHash Leaf) : CentreEffect;

    /// <summary>An entry needs no more keeping: it is joint.</summary>
    public sealed record Forget(MerkleHash Leaf) : CentreEffect;

    /// <summary>The office gave an entry back: tell its author. It is kept, with the reason, until the author takes note of it.</summary>
    public sealed record GiveBack(MerkleHash Leaf, Fault Fault) : CentreEffect;

    /// <summary>One step of following. Answered by <see cref="CentreInput.Followed"/>.</summary>
    /// <param name="From">Whom.</param>
    /// <param name="IsCopy">Whether it is another centre's copy, and not the office's own record.</param>
    public sealed record Follow(NodeName From, bool IsCopy) : CentreEffect;

    /// <summary>
    /// Show one's head: the checkpoint that was cosigned last, the one that is held, the one that is joint, each with all cosignatures that are held, and
    /// the digest of one's picture; where a fork was found also the notes that show it, for the others may each see one history only. To the office the
    /// first alone. Answered by <see cref="CentreInput.Delivered"/>.
    /// </summary>
    public sealed record SendHead(NodeName To) : CentreEffect;

    /// <summary>Show these entries to another centre as unanswered, in this order. Answered by <see cref="CentreInput.Delivered"/>.</summary>
    /// <param name="To">Whom.</param>
    /// <param name="LookedThrough">Up to this size they are not on the record that one holds; it goes with them.</param>
    /// <param name="Leaves">Which.</param>
    public sealed record ShowUnanswered(NodeName To, long LookedThrough, ImmutableArray<MerkleHash> Leaves) : CentreEffect;

    /// <summary>Read another node's clock. Answered by <see cref="CentreInput.ClockMeasured"/>.</summary>
    public sealed record MeasureClock(NodeName Of) : CentreEffect;

    /// <summary>Cosign nothing, and let nothing be joint, until told otherwise.</summary>
    public sealed record StopCosigning(Fault Fault) : CentreEffect;

    /// <summary>Cosign again.</summary>
    public sealed record GoOnCosigning : CentreEffect;

    /// <summary>Show a finding to people, and write it down.</summary>
    public sealed record Raise(Finding Finding) : CentreEffect;

    /// <summary>What a finding was about is well again.</summary>
    public sealed record Withdraw(Finding Finding) : CentreEffect;

    /// <summary>The record stands still: permissions run out, none is granted (REC-6).</summary>
    public sealed record StandStill(Instant Since) : CentreEffect;

    /// <summary>The record goes on.</summary>
    public sealed record GoOn : CentreEffect;
}
