namespace Tansiq.Fault.Tests.Disk;

/// <summary>The model of a disk that the other tests stand upon: what a loss of power leaves of a file.</summary>
[Trait("Requirement", "REC-4")]
public sealed class DiskFileTests
{
    private const int Sector = 512;

    [Fact]
    public void Left_NothingSynced_IsWhatWasBefore()
    {
        var file = new DiskFile([1, 2, 3]);
        file.Write(1, new byte[] { 9, 9, 9 });
        file.SetLength(0);
        file.Left(chance: null).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void Left_Synced_IsAllThatWasWrittenBefore()
    {
        var file = new DiskFile([1, 2, 3]);
        file.Write(1, new byte[] { 9, 9, 9 });
        file.Sync();
        file.Write(0, new byte[] { 7 });
        file.Left(chance: null).ShouldBe([1, 9, 9, 9]);
    }

    [Fact]
    public void Left_SyncFailed_ALaterSyncDoesNotBringItBack()
    {
        var file = new DiskFile(new byte[2 * Sector]);
        file.Write(0, new byte[] { 9 });
        file.FailSync();
        file.Write(Sector, new byte[] { 8 });
        file.Sync();
        var left = file.Left(chance: null);
        (left[0], left[Sector]).ShouldBe(((byte)0, (byte)8));
    }

    [Fact]
    public void Left_CutAndGrownAgain_ReadsZerosBetween()
    {
        var file = new DiskFile([1, 2, 3]);
        file.SetLength(1);
        file.Write(3, new byte[] { 9 });
        file.Sync();
        file.Left(chance: null).ShouldBe([1, 0, 0, 9]);
    }

    [Fact]
    public void Left_ByChance_IsAnyMixOfOldAndNewSectorsButNeverOfBytesWithinOne()
    {
        var seen = new HashSet<(byte First, byte Second)>();
        for (var seed = 0; seed < 200; seed++)
        {
            var file = new DiskFile(new byte[2 * Sector]);
            file.Write(0, Enumerable.Repeat((byte)1, 2 * Sector).ToArray());
            var left = file.Left(new Random(seed));
            left[..Sector].Distinct().Count().ShouldBe(1);
            left[Sector..].Distinct().Count().ShouldBe(1);
            seen.Add((left[0], left[Sector]));
        }

        seen.Count.ShouldBe(4);
    }
}
