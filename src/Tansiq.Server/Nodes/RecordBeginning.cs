using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Recording;
using Tansiq.Coordination.Statements;
using Tansiq.Record;
using Tansiq.Record.Entries;

namespace Tansiq.Server.Nodes;

/// <summary>Whether a record is the one that a node was set up for: it begins with the trusted founding, and a real one with the signatures of all (PTY-7).</summary>
internal static class RecordBeginning
{
    /// <summary>What is wrong with the first entry; null where nothing is.</summary>
    /// <param name="state">The state after it.</param>
    /// <param name="named">The attachments that it names: a founding names its text.</param>
    /// <param name="trusted">The hash of the trusted founding's text; null where any is taken.</param>
    public static Fault? FaultOf(RecordedState state, IReadOnlyList<AttachmentHash> named, ContentHash? trusted)
    {
        if (trusted is not null && !(named is [var text] && text.Hex == trusted.Hex))
            return new(RecordFaults.OtherFounding, "", named is [var other, ..] ? other.Hex : "no founding", trusted.Hex);
        return state.Situation.Founding is { } founding ? Unsigned(founding) : null;
    }

    /// <summary>Why a founding is not enough to begin with: a real record needs the signatures of all. An exercise may begin without.</summary>
    public static Fault? Unsigned(Founding founding) => founding.Kind == RecordKind.Exercise || founding.IsSignedByAll
        ? null
        : new(RecordFaults.UnsignedFounding, "", "a real record without the signatories' signatures", "a founding statement that bears the signatures of all");
}
