using Tansiq.Record;

namespace Tansiq.Storage.Logs;

/// <summary>What the log says to who submits an entry.</summary>
public abstract record AppendAnswer
{
    private AppendAnswer()
    {
    }

    /// <summary>The entry is on the record, on the disk, under a signed checkpoint.</summary>
    /// <param name="Index">Its index.</param>
    /// <param name="IsRepeated">Whether it was there already.</param>
    public sealed record Accepted(long Index, bool IsRepeated) : AppendAnswer;

    /// <summary>The entry is not on the record.</summary>
    /// <param name="Fault">Why.</param>
    public sealed record Refused(Fault Fault) : AppendAnswer;
}
