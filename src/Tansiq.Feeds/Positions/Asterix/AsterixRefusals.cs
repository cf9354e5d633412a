namespace Tansiq.Feeds.Positions.Asterix;

/// <summary>
/// The stable codes of what is refused in ASTERIX, besides those of <see cref="FeedRefusals"/> that every format has
/// (docs/formats/feeds-asterix.md).
/// </summary>
public static class AsterixRefusals
{
    /// <summary>The packets or frames that hold the data cannot be told apart any more. Ends the source.</summary>
    public const string MalformedContainer = "asterix.malformed-container";

    /// <summary>A capture on a link that is not read. Ends the source.</summary>
    public const string LinkNotRead = "asterix.link-not-read";

    /// <summary>Neither the container nor the source's clock rule nor its name gives the day. Ends the source.</summary>
    public const string DateUnknown = "asterix.date-unknown";

    /// <summary>A packet that holds no whole UDP datagram.</summary>
    public const string NotADatagram = "asterix.not-a-datagram";

    /// <summary>A data block whose records do not fill it, or hold what no such item can: most often another edition.</summary>
    public const string MalformedBlock = "asterix.malformed-block";

    /// <summary>A data block of a category that is not read.</summary>
    public const string CategoryNotRead = "asterix.category-not-read";

    /// <summary>A report that is marked as simulated, as a test or as that of a fixed monitor.</summary>
    public const string NotAnAircraft = "asterix.not-an-aircraft";

    /// <summary>A report that its own station marks as suspect or as a ghost.</summary>
    public const string Suspect = "asterix.suspect";

    /// <summary>A position by range and azimuth from a radar whose place is not known.</summary>
    public const string RadarPlaceUnknown = "asterix.radar-place-unknown";

    /// <summary>A list of radar places with a line that is none.</summary>
    public const string RadarList = "asterix.radar-list";
}
