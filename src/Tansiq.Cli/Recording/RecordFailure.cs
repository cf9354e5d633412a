using Tansiq.Coordination.Recording;
using Tansiq.Geo.Text;
using Tansiq.Record;
using Tansiq.Record.Logs;
using Tansiq.Storage.Sources;

namespace Tansiq.Cli.Recording;

/// <summary>What the disk, the network or a source did, as a refusal: none of it is a fault of the program.</summary>
internal static class RecordFailure
{
    /// <summary>The refusal that a failure becomes; null for anything else.</summary>
    public static Refusal? Of(Exception exception) => exception switch
    {
        RecordSourceException source => source.Fault.AsRefusal(),
        RecordStoreException { IsFull: true } full => new(RecordFaults.DiskFull, "", JsonText.Shorten(full.Message), "room on the disk"),
        RecordStoreException store => new(RecordFaults.StoreFailed, "", JsonText.Shorten(store.Message), "a disk that works"),
        IOException or UnauthorizedAccessException => new("cli.cannot-write", "", JsonText.Shorten(exception.Message), "a place that can be read and written"),
        _ => null,
    };
}
