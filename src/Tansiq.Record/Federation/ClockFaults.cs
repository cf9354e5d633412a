using System.Globalization;
using NodaTime;

namespace Tansiq.Record.Federation;

/// <summary>What is said of clocks.</summary>
internal static class ClockFaults
{
    public static Fault Of(NodeName node, ClockReading reading, Duration limit) => new(
        RecordFaults.WrongClock,
        node.Value,
        string.Create(CultureInfo.InvariantCulture, $"{reading.Skew.TotalSeconds:0.###} s away, within {reading.Uncertainty.TotalSeconds:0.###} s"),
        string.Create(CultureInfo.InvariantCulture, $"at most {limit.TotalSeconds:0.###} s"));
}
