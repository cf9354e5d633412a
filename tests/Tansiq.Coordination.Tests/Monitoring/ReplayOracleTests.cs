using CsCheck;

namespace Tansiq.Coordination.Tests.Monitoring;

public sealed class ReplayOracleTests
{
    [Fact]
    [Trait("Requirement", "MON-2")]
    [Trait("Requirement", "MON-3")]
    [Trait("Requirement", "MON-4")]
    public void Replay_OfRandomWorlds_EqualsBruteForceEventByEvent() =>
        ReplayWorldGen.World.Array[200].Sample(
            worlds =>
            {
                var expected = ReplayOracle.Ask(worlds);
                for (var index = 0; index < worlds.Length; index++) Compare(index, worlds[index], expected[index]);
                var kinds = expected.SelectMany(lines => lines).Select(line => line.Split('"')[3]).ToHashSet();
                kinds.ShouldBe(["jump", "frozen", "conforming", "nonconforming", "appeared", "enter", "leave", "lost", "conflict", "conflict-end", "alert"], ignoreOrder: true);
            },
            iter: 1);

    private static void Compare(int index, ReplayWorld world, string[] expected)
    {
        var found = world.Lines();
        for (var line = 0; line < Math.Max(found.Length, expected.Length); line++)
        {
            var theirs = line < expected.Length ? expected[line] : "(nothing)";
            (line < found.Length ? found[line] : "(nothing)").ShouldBe(theirs, $"world {index}, line {line}");
        }
    }
}
