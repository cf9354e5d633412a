using Tansiq.Coordination.Monitoring;
using Tansiq.Geo;

namespace Tansiq.Cli.Reporting;

/// <summary>The marks of events: the shape tells the kind, filled or hollow the certainty, the colour whether a notice covers.</summary>
internal static class MapMarks
{
    /// <summary>The kinds that have a mark, in the order of the legend.</summary>
    public static readonly IReadOnlyList<ReplayEventKind> Kinds =
    [
        ReplayEventKind.Enter, ReplayEventKind.Leave, ReplayEventKind.Appeared, ReplayEventKind.Lost, ReplayEventKind.Conforming,
        ReplayEventKind.Nonconforming, ReplayEventKind.Conflict, ReplayEventKind.ConflictEnd, ReplayEventKind.Jump, ReplayEventKind.Frozen,
    ];

    /// <summary>The shapes, each drawn around its middle, about 12 pixels wide.</summary>
    public const string Definitions =
        """
        <defs>
        <path id="mark-enter" d="M0-6.5 6 4.5-6 4.5z"/>
        <path id="mark-leave" d="M0 6.5 6-4.5-6-4.5z"/>
        <circle id="mark-appeared" r="5"/>
        <path id="mark-lost" d="M-5-3-3-5 0-2 3-5 5-3 2 0 5 3 3 5 0 2-3 5-5 3-2 0z"/>
        <path id="mark-conforming" d="M-5 0-3-2-1 0 4-5 6-3-1 4z"/>
        <path id="mark-nonconforming" d="M-6-1.8H6V1.8H-6z"/>
        <path id="mark-conflict" d="M0-7 1.8-1.8 7 0 1.8 1.8 0 7-1.8 1.8-7 0-1.8-1.8z"/>
        <path id="mark-conflict-end" d="M-2-6H2V-2H6V2H2V6H-2V2H-6V-2H-2z"/>
        <path id="mark-jump" d="M0-6.5 6.5 0 0 6.5-6.5 0z"/>
        <path id="mark-frozen" d="M-4.5-4.5H4.5V4.5H-4.5z"/>
        </defs>
        """;

    /// <summary>The identifier of a kind's shape.</summary>
    public static string IdOf(ReplayEventKind kind) => "mark-" + ReplayEventWriter.WordOf(kind);

    /// <summary>How an event's mark is drawn.</summary>
    public static string ClassOf(ReplayEvent happened)
    {
        var certainty = happened.Certainty == Certainty.Possible ? "possible" : "certain";
        var colour = happened switch
        {
            AreaEvent { Covered: Certainty.No } => "uncovered",
            AreaEvent => "covered",
            ConformanceEvent { Kind: ReplayEventKind.Conforming } => "covered",
            ConformanceEvent or ConflictEvent => "uncovered",
            _ => "feed",
        };
        return $"mark {certainty} {colour}";
    }
}
