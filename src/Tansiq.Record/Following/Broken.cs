using Tansiq.Record.Logs;

namespace Tansiq.Record.Following;

/// <summary>The first place at which a record does not hold.</summary>
/// <param name="Evidence">What it is, and the bytes that show it, exactly as they came.</param>
/// <param name="HoldsUntil">How many entries before it hold.</param>
public sealed record Broken(Evidence Evidence, long HoldsUntil)
{
    /// <summary>Whether only the source gave no answer, which says nothing of the record.</summary>
    public bool IsOfSource { get; init; }

    /// <summary>What it is.</summary>
    public Fault Fault => Evidence.Fault;
}
