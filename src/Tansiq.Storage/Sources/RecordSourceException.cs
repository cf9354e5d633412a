using Tansiq.Record;

namespace Tansiq.Storage.Sources;

/// <summary>Where a record is read from gives no answer, or one that is not taken. It says nothing of the record itself.</summary>
public sealed class RecordSourceException : Exception
{
    /// <summary>A failure.</summary>
    /// <param name="fault">What was asked for and what came of it: <see cref="RecordFaults.SourceFailed"/> or <see cref="RecordFaults.TooLarge"/>.</param>
    /// <param name="inner">What failed below.</param>
    public RecordSourceException(Fault fault, Exception? inner = null)
        : base(fault?.ToString(), inner)
    {
        ArgumentNullException.ThrowIfNull(fault);
        Fault = fault;
    }

    /// <summary>What was asked for and what came of it.</summary>
    public Fault Fault { get; }
}
