using System.Globalization;

namespace Tansiq.Fault.Tests;

/// <summary>The seed of a random test: new each time, or the one given to see a failure again.</summary>
internal static class FaultSeed
{
    /// <summary>The environment variable that gives the seed.</summary>
    public const string Variable = "TANSIQ_FAULT_SEED";

    /// <summary>A seed for one test.</summary>
    public static int Next() =>
        int.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed)
            ? seed
            : Random.Shared.Next();
}
