using System.Collections.Immutable;
using NodaTime;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Flights.Deciding;

/// <summary>The flight that a verdict is asked of: a notice on the record, or one that is not filed yet.</summary>
public sealed record FlightInQuestion
{
    private FlightInQuestion()
    {
    }

    /// <summary>The notice.</summary>
    public required Notice Notice { get; init; }

    /// <summary>Who filed it, or would.</summary>
    public required Id<Party> Filer { get; init; }

    /// <summary>The notice on the record, or null.</summary>
    public required FiledNotice? Filed { get; init; }

    /// <summary>A notice on the record.</summary>
    public static FlightInQuestion OnRecord(FiledNotice filed)
    {
        ArgumentNullException.ThrowIfNull(filed);
        return new() { Notice = filed.Notice, Filer = filed.Reference.Party, Filed = filed };
    }

    /// <summary>A notice that is not filed yet: decided as if it were filed at the moment asked for, after all that is on record.</summary>
    public static FlightInQuestion NotFiled(Notice notice, Id<Party> filer) => new() { Notice = notice, Filer = filer, Filed = null };

    /// <summary>Whether the notice comes later on the record than another.</summary>
    internal bool IsLaterThan(FiledNotice other) => Filed is not { } filed || filed.Filed.Index > other.Filed.Index;

    /// <summary>When it was filed; for a notice that is not, the moment asked for.</summary>
    internal Instant FiledAt(Instant validAt) => Filed?.Filed.At ?? validAt;
}
