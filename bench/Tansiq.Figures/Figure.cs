namespace Tansiq.Figures;

/// <summary>What is asked in one row of the table.</summary>
public enum SpaceQuestion
{
    /// <summary>Which areas hold a point.</summary>
    PointInAreas = 0,

    /// <summary>Which volumes hold a point at a height and a moment.</summary>
    PointInVolumes = 1,

    /// <summary>Which volumes meet a volume, heights and times as drawn.</summary>
    SparseConflict = 2,

    /// <summary>Which volumes meet a volume, everything active at once.</summary>
    DenseConflict = 3,
}

/// <summary>What an engine reached.</summary>
/// <param name="Asked">How many questions it answered.</param>
/// <param name="Round">How many different questions a round has: the first ones of the workload.</param>
/// <param name="Hits">How many hits in all the questions of one round had.</param>
/// <param name="ProcessorSeconds">Processor time of the one thread or process that worked.</param>
public sealed record Reached(long Asked, int Round, long Hits, double ProcessorSeconds)
{
    /// <summary>Questions per second of processor time.</summary>
    public double PerSecond => Asked / ProcessorSeconds;
}

/// <summary>An engine that answers the questions of a workload one after the other, on one thread.</summary>
public interface ISpaceEngine
{
    /// <summary>Its name and version, and how it is asked.</summary>
    string Name { get; }

    /// <summary>Asks questions of a kind, the first ones of the workload, at least once each, and measures.</summary>
    Reached Measure(SpaceQuestion question);
}
