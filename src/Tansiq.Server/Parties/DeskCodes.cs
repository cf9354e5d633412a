namespace Tansiq.Server.Parties;

/// <summary>The codes of what the desk refuses (docs/formats/desk.md).</summary>
public static class DeskCodes
{
    /// <summary>There is no call, handover or alarm of that name.</summary>
    public const string NoSuch = "desk.no-such";

    /// <summary>The identifier stands for something else.</summary>
    public const string IdTaken = "desk.id-taken";

    /// <summary>The call is closed: it was read back rightly.</summary>
    public const string Closed = "desk.closed";

    /// <summary>Whoever wrote a handover can't take it over.</summary>
    public const string SameOfficer = "desk.same-officer";

    /// <summary>Another has taken it over.</summary>
    public const string TakenOver = "desk.taken-over";

    /// <summary>A person has to do it.</summary>
    public const string OfficersOnly = "desk.officers-only";

    /// <summary>A part of the query can't be read.</summary>
    public const string BadQuery = "desk.bad-query";
}
