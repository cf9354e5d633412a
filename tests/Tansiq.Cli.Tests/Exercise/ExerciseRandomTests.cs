using Tansiq.Cli.Exercise;

namespace Tansiq.Cli.Tests.Exercise;

public sealed class ExerciseRandomTests
{
    // Reckoned from the two papers by a program of its own, in Python's unbounded integers.
    [Fact]
    public void NextBits_OfAStream_AreThoseOfThePapers()
    {
        var random = new ExerciseRandom(2016, "ex-drone-01");
        new[] { random.NextBits(), random.NextBits(), random.NextBits() }.ShouldBe([0x01984023c9a1c07b, 0x574b6546ce7c908e, 0xff8512e8185c79af]);
        for (var drawn = 3; drawn < 999; drawn++) random.NextBits();
        random.NextBits().ShouldBe(0x6e23f4c722682befUL);
    }

    [Fact]
    public void Between_ManyDraws_GivesEveryNumberOfTheRangeAndNoOther()
    {
        var random = new ExerciseRandom(1, "");
        var counts = Enumerable.Range(0, 7_000).Select(_ => random.Between(-3, 3)).CountBy(number => number).ToDictionary();
        counts.Keys.ShouldBe([-3, -2, -1, 0, 1, 2, 3], ignoreOrder: true);
        counts.Values.ShouldAllBe(count => count > 850 && count < 1_150);
        Enumerable.Range(0, 100).ShouldAllBe(_ => random.Between(5, 5) == 5);
        Enumerable.Range(0, 100).Select(_ => random.Between(int.MinValue, int.MaxValue)).Distinct().Count().ShouldBe(100);
    }
}
