using Tansiq.Coordination.Statements;
using Tansiq.Geo.Text;

namespace Tansiq.Server.Nodes;

/// <summary>What became of a statement that was submitted.</summary>
public abstract record Submission
{
    private Submission()
    {
    }

    /// <summary>It is on the record, on the disk, under a signed checkpoint.</summary>
    /// <param name="Hash">The hash of its text.</param>
    /// <param name="Index">Its place.</param>
    /// <param name="IsRepeated">Whether it was there already.</param>
    public sealed record Accepted(ContentHash Hash, long Index, bool IsRepeated) : Submission;

    /// <summary>It is on this node's disk and goes to the office as soon as that answers; it has no place yet.</summary>
    /// <param name="Hash">The hash of its text.</param>
    public sealed record Waiting(ContentHash Hash) : Submission;

    /// <summary>It was not taken.</summary>
    /// <param name="Refusal">Why.</param>
    public sealed record Refused(Refusal Refusal) : Submission;
}
