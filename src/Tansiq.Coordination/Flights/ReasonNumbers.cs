namespace Tansiq.Coordination.Flights;

/// <summary>
/// The names of the numbers by which a reason's sentence explains itself, as <see cref="Flights.ReasonNumber"/> carries
/// them. A number of another name stays in the verdict and is not spoken of in the sentence.
/// </summary>
public static class ReasonNumbers
{
    /// <summary>Lower bound of a lateral distance, metres, rounded down.</summary>
    public const string DistanceLowerMetres = "distanceLowerMetres";

    /// <summary>Upper bound of a lateral distance, metres, rounded up; not there where there is none.</summary>
    public const string DistanceUpperMetres = "distanceUpperMetres";

    /// <summary>The least distance from a site that was agreed, metres.</summary>
    public const string DistanceRequiredMetres = "distanceRequiredMetres";

    /// <summary>The least lateral distance between flights that was agreed, metres.</summary>
    public const string LateralRequiredMetres = "lateralRequiredMetres";

    /// <summary>Lower bound of a vertical distance, metres, rounded down.</summary>
    public const string VerticalLowerMetres = "verticalLowerMetres";

    /// <summary>Upper bound of a vertical distance, metres, rounded up.</summary>
    public const string VerticalUpperMetres = "verticalUpperMetres";

    /// <summary>The least vertical distance that was agreed, metres.</summary>
    public const string VerticalRequiredMetres = "verticalRequiredMetres";

    /// <summary>Time between one flight leaving and the other entering, minutes, rounded down.</summary>
    public const string TimeGapMinutes = "timeGapMinutes";

    /// <summary>From filing to the start of the first volume, minutes, rounded down; negative where filed after it.</summary>
    public const string NoticeGivenMinutes = "noticeGivenMinutes";

    /// <summary>The notice that was agreed, minutes.</summary>
    public const string NoticeRequiredMinutes = "noticeRequiredMinutes";

    /// <summary>Age of the control map at the end of the flight's stay, minutes, rounded down.</summary>
    public const string MapAgeMinutes = "mapAgeMinutes";
}
