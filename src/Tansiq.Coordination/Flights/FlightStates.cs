using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Situations;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Flights;

/// <summary>A notice on the record, with what was said to it.</summary>
public sealed record FiledNotice
{
    /// <summary>The notice.</summary>
    public required Notice Notice { get; init; }

    /// <summary>Its number among the notices, from 0.</summary>
    internal int Number { get; init; }

    /// <summary>The entry of its first volume in <see cref="Lineage.NoticeVolumes"/>; those of the others follow.</summary>
    internal int FirstEntry { get; init; }

    /// <summary>Its filer, identifier and hash.</summary>
    public required FlightReference Reference { get; init; }

    /// <summary>Where it was filed.</summary>
    public required RecordPlace Filed { get; init; }

    /// <summary>Where its filer withdrew it, or null.</summary>
    public RecordPlace? Withdrawn { get; init; }

    /// <summary>Where its filer said that it is in the air, or null; of a notice in the place of another also what was said of that one.</summary>
    public RecordPlace? Activated { get; init; }

    /// <summary>Where its filer said that the flight is over, or null.</summary>
    public RecordPlace? Completed { get; init; }

    /// <summary>Where another notice took its place, or null.</summary>
    public RecordPlace? Superseded { get; init; }

    /// <summary>The notice that took its place, or null.</summary>
    public FlightReference? SupersededBy { get; init; }

    /// <summary>The notice whose place it took, or null.</summary>
    public FlightReference? Replaces { get; init; }

    /// <summary>The number of <see cref="Replaces"/>, or −1.</summary>
    internal int ReplacesNumber { get; init; } = -1;

    /// <summary>Where the office made its lapse visible, or null.</summary>
    public RecordPlace? LapseMarked { get; init; }

    /// <summary>What others said to it, in the order of the record.</summary>
    public ImmutableArray<NoticeAnswer> Answers { get; init; } = [];

    /// <summary>How far its flight has come at a moment, by what was said until then.</summary>
    public FlightState StateAt(NodaTime.Instant validAt)
    {
        if (Has(Withdrawn)) return FlightState.Withdrawn;
        if (Has(Superseded)) return FlightState.Superseded;
        if (Has(Completed)) return FlightState.Completed;
        return Has(Activated) ? FlightState.Active : FlightState.Filed;

        bool Has(RecordPlace? place) => place is not null && Situation.Restricts(place, validAt);
    }

    /// <summary>A notice as it is filed.</summary>
    /// <param name="notice">The notice.</param>
    /// <param name="statement">The statement that files it.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="firstEntry">The entry of its first volume.</param>
    internal static FiledNotice Of(Notice notice, in AdmittedStatement statement, RecordPlace place, int firstEntry) => new()
    {
        Notice = notice,
        Reference = new(statement.Party, statement.Id, statement.Hash),
        Filed = place,
        Number = statement.Number,
        FirstEntry = firstEntry,
    };
}

/// <summary>What a party said to a notice.</summary>
public enum AnswerKind
{
    /// <summary>It gives its word.</summary>
    Consent = 0,

    /// <summary>It objects.</summary>
    Objection = 1,

    /// <summary>It offers another start.</summary>
    OtherDate = 2,

    /// <summary>It takes its consent back.</summary>
    ConsentWithdrawn = 3,
}

/// <summary>An answer to a notice on the record.</summary>
/// <param name="Kind">What is said.</param>
/// <param name="Hash">The hash of its statement.</param>
/// <param name="Party">By whom.</param>
/// <param name="Place">Where on the record.</param>
/// <param name="OtherStart">The start offered, for <see cref="AnswerKind.OtherDate"/>.</param>
public sealed record NoticeAnswer(AnswerKind Kind, ContentHash Hash, Id<Party> Party, RecordPlace Place, Instant? OtherStart);

/// <summary>A protected site on the record.</summary>
/// <param name="Site">The site.</param>
/// <param name="Hash">The hash of its notification.</param>
/// <param name="Notifier">Who notified it.</param>
/// <param name="Notified">Where it was notified.</param>
/// <param name="Withdrawn">Where the notifier withdrew it, or null.</param>
public sealed record RecordedSite(
    Site Site,
    ContentHash Hash,
    Id<Party> Notifier,
    RecordPlace Notified,
    RecordPlace? Withdrawn);
