using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Parties;

/// <summary>By which means a desk is reached.</summary>
public enum LineKind
{
    /// <summary>A telephone.</summary>
    Telephone = 0,

    /// <summary>A telephone that encrypts.</summary>
    SecureTelephone = 1,

    /// <summary>A telephone by satellite.</summary>
    Satellite = 2,

    /// <summary>A radio frequency.</summary>
    Radio = 3,

    /// <summary>A picture telephone.</summary>
    Video = 4,

    /// <summary>The line between the nodes.</summary>
    Network = 5,
}

/// <summary>A line to a desk: of a role, never of a person (PTY-5, PTY-6).</summary>
/// <param name="Kind">The means.</param>
/// <param name="Role">Who is reached.</param>
/// <param name="Number">What is dialled or called: 1 to 64 characters.</param>
/// <param name="Order">1 for the line that is tried first, up to 99.</param>
public sealed record DeskLine(LineKind Kind, OfficerRole Role, string Number, int Order);

/// <summary>A frequency that a centre listens to.</summary>
/// <param name="Hertz">The frequency, 10 kHz to 30 GHz.</param>
/// <param name="CallSign">How the station is called, or null.</param>
public sealed record GuardFrequency(long Hertz, string? CallSign);

/// <summary>How a centre or the office is reached (PTY-6); takes the place of what it said before.</summary>
/// <param name="Lines">The lines to its desks, one or more.</param>
/// <param name="Guard">The frequencies that it listens to.</param>
public sealed record DeskContacts(ImmutableArray<DeskLine> Lines, ImmutableArray<GuardFrequency> Guard) : StatementBody
{
    /// <summary>The most lines.</summary>
    public const int MaximumLines = 64;

    /// <summary>The most frequencies.</summary>
    public const int MaximumFrequencies = 32;

    /// <summary>The most characters of a number.</summary>
    public const int MaximumNumberLength = 64;

    /// <summary>The last place in the order in which lines are tried.</summary>
    public const int LastOrder = 99;

    /// <summary>The lowest frequency, hertz.</summary>
    public const long LowestHertz = 10_000;

    /// <summary>The highest frequency, hertz.</summary>
    public const long HighestHertz = 30_000_000_000;
}

/// <summary>Contacts on the record.</summary>
/// <param name="Contacts">They.</param>
/// <param name="Hash">The hash of their statement.</param>
/// <param name="Place">Where it stands.</param>
public sealed record RecordedContacts(DeskContacts Contacts, ContentHash Hash, RecordPlace Place);

/// <summary>A line between two desks was tried (PTY-6).</summary>
/// <param name="With">The other desk: a signatory's or the office's.</param>
/// <param name="Path">By which means.</param>
/// <param name="IsAnswered">Whether somebody answered.</param>
/// <param name="At">When it was tried, as its author says.</param>
public sealed record LineCheck(Id<Party> With, LineKind Path, bool IsAnswered, Instant At) : StatementBody;

/// <summary>A line check on the record.</summary>
/// <param name="Check">It.</param>
/// <param name="Hash">The hash of its statement.</param>
/// <param name="Place">Where it stands.</param>
public sealed record RecordedLineCheck(LineCheck Check, ContentHash Hash, RecordPlace Place);
