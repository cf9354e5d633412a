using System.Collections.Immutable;
using NodaTime;
using Tansiq.Cli.Scenarios;
using Tansiq.Coordination;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Monitoring;
using Tansiq.Geo.Outlines;

namespace Tansiq.Cli.Reporting;

/// <summary>An area as a report shows it.</summary>
/// <param name="Id">Its identifier.</param>
/// <param name="Name">Its name, or null where the agreement at hand does not give one.</param>
/// <param name="ClassNumber">The number of its class in the agreement, 0 where unknown.</param>
/// <param name="Outlines">Its outlines.</param>
internal sealed record ReportedArea(Id<DesignatedArea> Id, Words? Name, int ClassNumber, ImmutableArray<Outline> Outlines);

/// <summary>Everything that a report shows. The same content gives the same page, byte for byte.</summary>
internal sealed record ReportContent
{
    /// <summary>The scenario, with its names.</summary>
    public required Scenario Scenario { get; init; }

    /// <summary>What was known.</summary>
    public required Situation Situation { get; init; }

    /// <summary>What tracks were held against.</summary>
    public required ReplayPicture Picture { get; init; }

    /// <summary>The thresholds.</summary>
    public required ReplaySettings Settings { get; init; }

    /// <summary>The inputs by name.</summary>
    public required ImmutableArray<string> Inputs { get; init; }

    /// <summary>What was gathered along the way.</summary>
    public required ReportCollector Collected { get; init; }

    /// <summary>The figures.</summary>
    public required ReplaySummary Summary { get; init; }

    /// <summary>The areas, those with stays first.</summary>
    public ImmutableArray<ReportedArea> Areas => _areas ??= [.. AreasOf()];

    private ImmutableArray<ReportedArea>? _areas;

    /// <summary>The events, those that differ in nothing but their clause as one.</summary>
    public ImmutableArray<Occurrence<ReplayEvent>> Occurrences => _occurrences ??= [.. Reporting.Occurrences.Of(Collected.Events)];

    private ImmutableArray<Occurrence<ReplayEvent>>? _occurrences;

    /// <summary>The zone whose local time is shown beside universal time; null where it would be the same.</summary>
    public DateTimeZone? Zone =>
        DateTimeZoneProviders.Tzdb.GetZoneOrNull(Scenario.Founding.Zone) is { } zone && (zone.MinOffset != Offset.Zero || zone.MaxOffset != Offset.Zero) ? zone : null;

    /// <summary>The number of an area's class in the agreement.</summary>
    public int ClassNumberOf(Id<AreaClass> areaClass)
    {
        var classes = Scenario.Agreement.AreaClasses;
        for (var number = 0; number < classes.Length; number++)
        {
            if (classes[number].Id == areaClass) return number;
        }

        return 0;
    }

    private IEnumerable<ReportedArea> AreasOf()
    {
        var designated = new Dictionary<Id<DesignatedArea>, DesignatedArea>();
        foreach (var area in Scenario.Agreement.Areas) designated[area.Id] = area;
        var stays = new Dictionary<Id<DesignatedArea>, long>();
        foreach (var figures in Collected.Stays.Figures) stays[figures.Area] = stays.GetValueOrDefault(figures.Area) + figures.Stays;
        return Picture.Areas.DistinctBy(area => area.Area)
            .OrderByDescending(area => stays.GetValueOrDefault(area.Area))
            .ThenBy(area => area.Area.Value, StringComparer.Ordinal)
            .Select(area => designated.TryGetValue(area.Area, out var known)
                ? new ReportedArea(area.Area, known.Name, ClassNumberOf(known.Class), area.Outlines)
                : new ReportedArea(area.Area, null, 0, area.Outlines));
    }
}
