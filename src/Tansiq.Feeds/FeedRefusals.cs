using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Tansiq.Feeds.Positions.Asterix;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds;

/// <summary>The stable codes of what feeds refuse (docs/formats/feeds.md lists them with their meaning).</summary>
public static class FeedRefusals
{
    /// <summary>The input cannot be opened or read.</summary>
    public const string Unreadable = "feeds.unreadable";

    /// <summary>The content is of no format that is read here.</summary>
    public const string UnknownFormat = "feeds.unknown-format";

    /// <summary>Compressed data that does not decompress, or that ends early.</summary>
    public const string CorruptGzip = "feeds.corrupt-gzip";

    /// <summary>The input ends inside its array.</summary>
    public const string Truncated = "feeds.truncated";

    /// <summary>The JSON array itself is not well formed, so that nothing after this place can be told apart.</summary>
    public const string MalformedArray = "feeds.malformed-array";

    /// <summary>A JSON or XML document itself is not well formed, so that nothing after this place can be told apart.</summary>
    public const string MalformedDocument = "feeds.malformed-document";

    /// <summary>A folder holds more files than are read.</summary>
    public const string TooManyFiles = "feeds.too-many-files";

    /// <summary>An item of an array is longer than <c>JsonPositionReader.MaximumItemBytes</c>.</summary>
    public const string ItemTooLong = "feeds.item-too-long";

    /// <summary>The whole input is larger than a named limit.</summary>
    public const string TooLarge = "feeds.too-large";

    /// <summary>More positions than can be put in order.</summary>
    public const string TooManyPositions = "feeds.too-many-positions";

    /// <summary>No room for the temporary file in which many positions are put in order.</summary>
    public const string NoTemporarySpace = "feeds.no-temporary-space";

    /// <summary>A header names columns whose units contradict each other, or one column twice.</summary>
    public const string ContradictoryColumns = "feeds.contradictory-columns";

    /// <summary>A line too long to find its end.</summary>
    public const string EndlessLine = "feeds.endless-line";

    /// <summary>A line longer than the limit; it is passed over.</summary>
    public const string LineTooLong = "feeds.line-too-long";

    /// <summary>A line whose fields are not those of the header, or whose quotes do not match.</summary>
    public const string MalformedLine = "feeds.malformed-line";

    /// <summary>An item that is no well-formed JSON value.</summary>
    public const string MalformedItem = "feeds.malformed-item";

    /// <summary>A name that stands twice in one object.</summary>
    public const string DuplicateName = "feeds.duplicate-name";

    /// <summary>An item with names whose units contradict each other (traffic row and state vector).</summary>
    public const string ContradictoryNames = "feeds.contradictory-names";

    /// <summary>Bytes that are not UTF-8.</summary>
    public const string InvalidUtf8 = "feeds.invalid-utf8";

    /// <summary>A value of another type than the column's.</summary>
    public const string WrongType = "feeds.wrong-type";

    /// <summary>NaN or infinity.</summary>
    public const string NotFinite = "feeds.not-finite";

    /// <summary>No latitude or no longitude.</summary>
    public const string MissingPosition = "feeds.missing-position";

    /// <summary>No time.</summary>
    public const string MissingTime = "feeds.missing-time";

    /// <summary>No track identifier.</summary>
    public const string MissingTrack = "feeds.missing-track";

    /// <summary>A latitude beyond ±90°.</summary>
    public const string LatitudeOutOfRange = "feeds.latitude-out-of-range";

    /// <summary>A longitude beyond ±180°.</summary>
    public const string LongitudeOutOfRange = "feeds.longitude-out-of-range";

    /// <summary>A height below −8,000 m or above 100,000 m.</summary>
    public const string HeightOutOfRange = "feeds.height-out-of-range";

    /// <summary>A negative speed, or one beyond any aircraft.</summary>
    public const string SpeedOutOfRange = "feeds.speed-out-of-range";

    /// <summary>A time before 1990 or from 2100 on: most often seconds read as milliseconds or the reverse.</summary>
    public const string TimeOutOfRange = "feeds.time-out-of-range";

    /// <summary>A position older than one that was already given.</summary>
    public const string Late = "feeds.late";

    /// <summary>A position that was already given: the same track, time and place.</summary>
    public const string Duplicate = "feeds.duplicate";

    /// <summary>Something that says of itself that it is no aircraft: a message, a vehicle, a place.</summary>
    public const string NotAircraft = "feeds.not-aircraft";

    /// <summary>A file of a folder that cannot be read to its end; the next file is read.</summary>
    public const string FileRefused = "feeds.file-refused";

    /// <summary>A position that an earlier snapshot of the same feed gave already. No fault: it is only counted.</summary>
    public const string Repeated = "feeds.repeated";

    /// <summary>A position of an aircraft whose positions another source gives at that time.</summary>
    public const string SamePosition = "feeds.same-position";

    private const int MaximumFoundBytes = 80;

    private static readonly FrozenSet<string> FatalCodes = new[]
    {
        Unreadable, UnknownFormat, CorruptGzip, Truncated, MalformedArray, MalformedDocument, TooManyFiles, ItemTooLong, TooLarge,
        TooManyPositions, NoTemporarySpace, ContradictoryColumns, EndlessLine,
        AsterixRefusals.MalformedContainer, AsterixRefusals.LinkNotRead, AsterixRefusals.DateUnknown,
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether this refusal ended its source: nothing of the source follows it.</summary>
    public static bool IsFatal(Refusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return FatalCodes.Contains(refusal.Code);
    }

    /// <summary>Bytes of an input as they are shown in a refusal: at most 80, what is not UTF-8 replaced.</summary>
    internal static string Show(ReadOnlySpan<byte> bytes)
    {
        var kept = bytes.Length > MaximumFoundBytes ? bytes[..MaximumFoundBytes] : bytes;
        return JsonText.Shorten(Encoding.UTF8.GetString(kept));
    }

    /// <summary>Invariant formatting of a message.</summary>
    internal static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
