namespace Tansiq.Coordination.Flights;

/// <summary>
/// The names of the numbers by which a reason's sentence explains itself. Whoever gives reasons uses these names; a number
/// of another name is kept in the verdict and not spoken of in the sentence.
/// </summary>
public static class ReasonNumbers
{
    /// <summary>Lower bound of a lateral distance, metres, rounded down.</summary>
    public const string DistanceLowerMetres = "distanceLowerMetres";

    /// <summary>Upper bound of a lateral distance, metres, rounded up.</summary>
    public const string DistanceUpperMetres = "distanceUpperMetres";

    /// <summary>The least lateral distance agreed, metres.</summary>
    public const string AgreedDistanceMetres = "agreedDistanceMetres";

    /// <summary>Lower bound of a vertical distance, metres, rounded down.</summary>
    public const string VerticalLowerMetres = "verticalLowerMetres";

    /// <summary>Upper bound of a vertical distance, metres, rounded up.</summary>
    public const string VerticalUpperMetres = "verticalUpperMetres";

    /// <summary>The least vertical distance agreed, metres.</summary>
    public const string AgreedVerticalMetres = "agreedVerticalMetres";

    /// <summary>Time between one flight leaving and the other entering, minutes, rounded down.</summary>
    public const string TimeGapMinutes = "timeGapMinutes";

    /// <summary>The least time agreed between two flights, minutes, rounded up.</summary>
    public const string AgreedTimeMinutes = "agreedTimeMinutes";

    /// <summary>From filing to the start of the first volume, minutes, rounded down; negative where filed after it.</summary>
    public const string NoticeMinutes = "noticeMinutes";

    /// <summary>The notice agreed, minutes.</summary>
    public const string AgreedNoticeMinutes = "agreedNoticeMinutes";

    /// <summary>Age of the control map at the end of the volume's time, minutes, rounded up.</summary>
    public const string MapAgeMinutes = "mapAgeMinutes";

    /// <summary>The greatest age agreed for a control map, minutes.</summary>
    public const string AgreedMapAgeMinutes = "agreedMapAgeMinutes";

    /// <summary>When the words needed are due, seconds since 1970-01-01T00:00Z.</summary>
    public const string AnswerByUnixSeconds = "answerByUnixSeconds";

    /// <summary>The other start that is offered, seconds since 1970-01-01T00:00Z.</summary>
    public const string OfferedStartUnixSeconds = "offeredStartUnixSeconds";
}
