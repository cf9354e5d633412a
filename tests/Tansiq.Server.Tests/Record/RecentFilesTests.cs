using Shouldly;
using Tansiq.Server.Record;
using Xunit;

namespace Tansiq.Server.Tests.Record;

public sealed class RecentFilesTests
{
    [Fact]
    public void Keep_MoreThanItsBound_LetsGoOfWhatWasNotAskedForAgain()
    {
        var files = new RecentFiles(maximumBytes: 100_000);
        var hot = new ServedFile(new byte[1_000], compresses: false);
        files.Keep("hot", hot);
        for (var number = 0; number < 1_000; number++)
        {
            files.Keep($"{number}", new(new byte[1_000], compresses: false));
            files.TryGet("hot", out var held).ShouldBeTrue();
            held.ShouldBeSameAs(hot);
        }

        files.Count.ShouldBeLessThan(140);
        files.TryGet("0", out _).ShouldBeFalse();
        files.TryGet("999", out _).ShouldBeTrue();
    }
}
