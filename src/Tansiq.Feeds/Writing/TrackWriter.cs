using Tansiq.Geo;

namespace Tansiq.Feeds.Writing;

/// <summary>Writes positions as tracks, one position at a time; used by one thread.</summary>
/// <remarks>What is written: docs/formats/airspace.md. Memory does not grow with the number of positions.</remarks>
public abstract class TrackWriter : IDisposable
{
    /// <summary>Begins a file.</summary>
    /// <param name="output">Where to; stays open.</param>
    /// <param name="format">The format.</param>
    /// <exception cref="IOException">It can't be written.</exception>
    public static TrackWriter To(Stream output, WrittenFormat format)
    {
        ArgumentNullException.ThrowIfNull(output);
        return format switch
        {
            WrittenFormat.GeoJson => new TrackGeoJson(output),
            WrittenFormat.Kml => new TrackKml(output),
            WrittenFormat.Csv => new TrackCsv(output),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Unknown format."),
        };
    }

    /// <summary>Writes a position; those of one track come in the order of time.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    public abstract void Write(ReportedPosition position);

    /// <summary>Writes what is held back and the end of the file.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    public abstract void Complete();

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(isDisposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of the writer, not of its stream.</summary>
    protected abstract void Dispose(bool isDisposing);
}
