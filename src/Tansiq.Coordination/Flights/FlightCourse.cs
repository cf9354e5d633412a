using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Situations;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Flights;

/// <summary>The flight of a notice is in the air (FLT-1).</summary>
/// <param name="Cites">The notice.</param>
public sealed record Activation(ContentHash Cites) : StatementBody;

/// <summary>The flight of a notice is over, whatever its end says (FLT-1).</summary>
/// <param name="Cites">The notice.</param>
public sealed record Completion(ContentHash Cites) : StatementBody;

/// <summary>
/// The filer puts another notice in the place of one of its own (FLT-1). What others said to the old one they said to other terms: none of it goes over, and the
/// new one comes after all that is on record.
/// </summary>
/// <param name="Cites">The old notice.</param>
/// <param name="Notice">The new one.</param>
public sealed record Amendment(ContentHash Cites, Notice Notice) : StatementBody;

/// <summary>A flight that is in the air keeps other times than it gave notice of (FLT-1): the same volumes, each with another start and end.</summary>
/// <param name="Cites">The notice.</param>
/// <param name="Times">The times of its volumes, in their order.</param>
public sealed record Retiming(ContentHash Cites, ImmutableArray<Interval> Times) : StatementBody;

/// <summary>How far the flight of a notice has come.</summary>
public enum FlightState
{
    /// <summary>Its notice is filed.</summary>
    Filed = 0,

    /// <summary>Its filer said that it is in the air.</summary>
    Active = 1,

    /// <summary>Its filer said that it is over.</summary>
    Completed = 2,

    /// <summary>Its filer took the notice back.</summary>
    Withdrawn = 3,

    /// <summary>Another notice stands in its place.</summary>
    Superseded = 4,
}

/// <summary>What statements about a flight's course do to its notice.</summary>
internal static class FlightCourse
{
    /// <summary>The notice that a statement files, in place of an old one or not; null where it files none.</summary>
    /// <param name="body">What is said.</param>
    /// <param name="replaced">Gives the notice that a hash names.</param>
    public static Notice? Filed(StatementBody body, Func<ContentHash, FiledNotice?> replaced) => body switch
    {
        Notice notice => notice,
        Amendment amendment => amendment.Notice,
        Retiming retiming => replaced(retiming.Cites) is { } old ? Retimed(old.Notice, retiming.Times) : null,
        _ => null,
    };

    /// <summary>The hash of the notice in whose place a statement puts another; null where it puts none.</summary>
    public static ContentHash? Replaced(StatementBody body) => body switch
    {
        Amendment amendment => amendment.Cites,
        Retiming retiming => retiming.Cites,
        _ => null,
    };

    /// <summary>The notice with other times of its volumes, of which there are as many.</summary>
    public static Notice Retimed(Notice notice, ImmutableArray<Interval> times) =>
        notice with { Volumes = [.. notice.Volumes.Zip(times, (volume, time) => volume with { Time = time })] };

    /// <summary>A notice in the place of another: a flight that was in the air is.</summary>
    /// <param name="filed">The new one.</param>
    /// <param name="old">The old one, as it is before.</param>
    public static FiledNotice InPlaceOf(FiledNotice filed, FiledNotice old) => filed with { Replaces = old.Reference, ReplacesNumber = old.Number, Activated = old.Activated };

    /// <summary>Puts a new notice into a past, and marks the old one.</summary>
    /// <param name="past">What was said, without it.</param>
    /// <param name="filed">The new one.</param>
    /// <param name="since">How many statements have effect with it.</param>
    public static void Supersede(LineagePast past, FiledNotice filed, int since)
    {
        var old = past.Notices.At(filed.ReplacesNumber, since);
        past.Notices.Change(old.Number, old with { Superseded = filed.Filed, SupersededBy = filed.Reference }, since);
    }
}
