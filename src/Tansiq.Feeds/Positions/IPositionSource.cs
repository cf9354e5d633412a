using Tansiq.Geo;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Positions;

/// <summary>Something that gives reported positions in the order in which it holds them.</summary>
/// <remarks>Each call of <see cref="Read"/> reads anew from the start where <see cref="CanReadAgain"/>; an enumeration is used by one thread.</remarks>
public interface IPositionSource
{
    /// <summary>How refusals name the source, for example its file name.</summary>
    string Name { get; }

    /// <summary>Whether the source can be read more than once (a file can, standard input cannot).</summary>
    bool CanReadAgain { get; }

    /// <summary>How many bytes the source holds as it is stored (compressed, if it is); null where that is not known before the end.</summary>
    long? TotalBytes => null;

    /// <summary>How many of <see cref="TotalBytes"/> the last call of <see cref="Read"/> has read so far. Any thread may ask.</summary>
    long BytesRead => 0;

    /// <summary>
    /// Gives each record once, taken or refused. A fatal refusal (<see cref="FeedRefusals.IsFatal"/>) is the last.
    /// Never throws for what the input holds, and holds a bounded part of it. Positions are of 1990 to 2099.
    /// </summary>
    /// <param name="maximumBytes">The most bytes that are read, after decompression; more is <c>feeds.too-large</c>.</param>
    /// <param name="cancellationToken">Ends the reading soon, as if the source ended there; what comes after is of no meaning.</param>
    IEnumerable<PositionRecord> Read(long maximumBytes = long.MaxValue, CancellationToken cancellationToken = default);
}

/// <summary>One record of a source: the position that was read, or why it was refused.</summary>
/// <param name="Place">Where the record stands in its source.</param>
/// <param name="Content">The position or the refusal.</param>
public readonly record struct PositionRecord(RecordPlace Place, Parsed<ReportedPosition> Content);

/// <summary>What counts the records of a source.</summary>
public enum RecordKind
{
    /// <summary>Lines of text, the first is 1.</summary>
    Line = 0,

    /// <summary>Items of an array, the first is 1.</summary>
    Item = 1,

    /// <summary>Packets and data blocks of ASTERIX, the first is 1.</summary>
    Block = 2,
}

/// <summary>Where a record stands in its source, for example <c>line 12</c>, <c>item 7</c> or <c>block 3</c>.</summary>
/// <param name="Kind">What is counted.</param>
/// <param name="Number">The line, item or block, from 1; 0 for the source as a whole.</param>
public readonly record struct RecordPlace(RecordKind Kind, long Number)
{
    /// <summary><c>line 12</c>, <c>item 7</c>, <c>block 3</c>, or empty for the whole.</summary>
    public override string ToString() =>
        Number == 0 ? "" : FeedRefusals.Invariant($"{NameOf(Kind)} {Number}");

    private static string NameOf(RecordKind kind) => kind switch
    {
        RecordKind.Line => "line",
        RecordKind.Item => "item",
        _ => "block",
    };
}
