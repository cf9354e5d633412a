using Tansiq.Record;

namespace Tansiq.Simulation.Tests;

/// <summary>Office and centres under chaos from a seed: what must hold holds, and faults that are put in are found.</summary>
public class SimulationTests
{
    private static readonly Lie[] Lies = Enum.GetValues<Lie>();

    public static TheoryData<PlantedFault> Faults => [.. Enum.GetValues<PlantedFault>().Where(fault => fault != PlantedFault.None)];

    // Half of the seeds are honest all through; of the others each lie gets its share.
    private static Lie LieOf(ulong seed) => seed % 2 == 0 ? Lie.None : Lies[1 + (int)(seed / 2 % (ulong)(Lies.Length - 1))];

    [Fact, Trait("Requirement", "PTY-2"), Trait("Requirement", "REC-2"), Trait("Requirement", "REC-4"), Trait("Requirement", "REC-5"), Trait("Requirement", "REC-6")]
    public void Nodes_UnderChaosFromASeed_KeepOneRecordOrSayWhoDoesNot()
    {
        var (from, count) = (Number("TANSIQ_SEED", 1), Number("TANSIQ_SEEDS", 500));
        var failed = new List<string>();
        var outcomes = System.Security.Cryptography.IncrementalHash.CreateHash(System.Security.Cryptography.HashAlgorithmName.SHA256);
        for (var seed = from; seed < from + count; seed++)
        {
            var simulation = new Simulation(seed, LieOf(seed), isTraced: count == 1);
            try
            {
                outcomes.AppendData(Convert.FromHexString(simulation.Run()));
            }
            catch (Exception failure)
            {
                failed.Add((failure is InvariantException ? failure.Message : $"seed {seed}: {failure}") + "\n" + simulation.TraceText());
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"seeds {from} to {from + count - 1}, {failed.Count} failed, outcomes {Convert.ToHexStringLower(outcomes.GetHashAndReset())}");
        failed.ShouldBeEmpty();
    }

    // It takes cosignatures of both histories at one honest centre, which chaos can prevent; the fork itself is always found.
    [Fact, Trait("Requirement", "REC-5")]
    public void Centre_ThatCosignsBothHistories_IsNamedInMostRuns()
    {
        var named = 0;
        for (var seed = 1UL; seed <= 10; seed++)
        {
            var simulation = new Simulation(seed, Lie.OfficeForksWithCentre);
            simulation.Run();
            if (simulation.Honest.Any(centre => centre.Found.Exists(finding => finding.Fault.Code == RecordFaults.CosignedBoth && finding.About == simulation.Liar))) named++;
        }

        named.ShouldBeGreaterThan(5);
    }

    [Theory, MemberData(nameof(Faults)), Trait("Requirement", "REC-4"), Trait("Requirement", "REC-2"), Trait("Requirement", "REC-5")]
    public void Nodes_WithAPlantedFault_AreFoundOut(PlantedFault fault)
    {
        var lie = LieFor(fault);
        for (var seed = 1UL; seed <= 60; seed++)
        {
            try
            {
                new Simulation(seed, lie, fault).Run();
            }
            catch (InvariantException found)
            {
                TestContext.Current.TestOutputHelper?.WriteLine(found.Message);
                return;
            }
        }

        Assert.Fail($"{fault} was not found by 60 seeds.");
    }

    // Some faults show only where somebody lies.
    private static Lie LieFor(PlantedFault fault) => fault switch
    {
        PlantedFault.SkipConsistency or PlantedFault.CosignForked => Lie.OfficeForks,
        PlantedFault.IgnoreStandstill => Lie.OfficeFallsSilent,
        _ => Lie.None,
    };

    private static ulong Number(string variable, ulong otherwise) => ulong.TryParse(Environment.GetEnvironmentVariable(variable), out var number) ? number : otherwise;
}
