using System.Buffers;
using Tansiq.Record.Tiles;

namespace Tansiq.Record.Tests.Tiles;

/// <summary>Names of tiles and bundles of entries (tlog-tiles).</summary>
[Trait("Requirement", "REC-1")]
public class TileTests
{
    [Theory]
    [InlineData(0, 1_234_067, 256, "tile/0/x001/x234/067")]
    [InlineData(0, 0, 256, "tile/0/000")]
    [InlineData(3, 999, 1, "tile/3/999.p/1")]
    [InlineData(63, 1_000, 255, "tile/63/x001/000.p/255")]
    [InlineData(-1, 1_234_067, 112, "tile/entries/x001/x234/067.p/112")]
    [InlineData(1, Tile.MaximumIndex, 256, "tile/1/x036/x028/x797/x018/x963/967")]
    public void Path_OfATile_IsTheOneOfTheSpecificationAndReadsBack(int level, long index, int width, string path)
    {
        var tile = level < 0 ? Tile.Entries(index, width) : Tile.Hashes(level, index, width);
        tile.Path().ShouldBe(path);
        Tile.Parse(path).Value.ShouldBe(tile);
    }

    [Theory]
    [InlineData("")]
    [InlineData("tile")]
    [InlineData("tile/0")]
    [InlineData("tile/0/")]
    [InlineData("tile//000")]
    [InlineData("/tile/0/000")]
    [InlineData("tiles/0/000")]
    [InlineData("tile/64/000")]
    [InlineData("tile/00/000")]
    [InlineData("tile/-1/000")]
    [InlineData("tile/0\0/000")]
    [InlineData("tile/Entries/000")]
    [InlineData("tile/0/00")]
    [InlineData("tile/0/0000")]
    [InlineData("tile/0/001/000")]
    [InlineData("tile/0/x001")]
    [InlineData("tile/0/x000/067")]
    [InlineData("tile/0/X001/067")]
    [InlineData("tile/0/000.p")]
    [InlineData("tile/0/000.p/")]
    [InlineData("tile/0/000.p/0")]
    [InlineData("tile/0/000.p/01")]
    [InlineData("tile/0/000.p/256")]
    [InlineData("tile/0/000.p/1/")]
    [InlineData("tile/0/000.p/1/2")]
    [InlineData("tile/0/x001.p/067.p/1")]
    [InlineData("tile/0/000.q/1")]
    [InlineData("tile/0/00\u0660")]
    [InlineData("tile/0/x036/x028/x797/x018/x963/968")]
    [InlineData("tile/0/x001/x001/x001/x001/x001/x001/001")]
    public void Parse_WhatNamesNoTile_IsRefused(string path) => Tile.Parse(path).Fault!.Code.ShouldBe(RecordFaults.MalformedPath);

    [Fact]
    public void Of_SizesOfTheSpecification_AreTheTilesThatItCounts()
    {
        var tiles = Tile.Of(70_000).ToList();
        tiles.Count(tile => tile is { Level: 0, IsPartial: false }).ShouldBe(273);
        tiles.Where(tile => tile.Level > 0 || tile.IsPartial).Select(tile => tile.Path())
            .ShouldBe(["tile/0/273.p/112", "tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1"]);
        Tile.Of(256).Select(tile => tile.Path()).ShouldBe(["tile/0/000", "tile/1/000.p/1"]);
        Tile.Of(255).Select(tile => tile.Path()).ShouldBe(["tile/0/000.p/255"]);
        Tile.Of(0).ShouldBeEmpty();
    }

    [Fact]
    public void Of_AnySize_HasTheWidthsThatTheSpecificationComputes()
    {
        foreach (var size in new long[] { 1, 257, 511, 512, 65_535, 65_536, 65_537, 131_071 })
        {
            var partial = Tile.Of(size).Where(tile => tile.IsPartial).ToDictionary(tile => tile.Level, tile => tile.Width);
            for (var (level, hashes) = (0, size); level < 4; level++, hashes /= 256) partial.GetValueOrDefault(level).ShouldBe((int)(hashes % 256));
        }
    }

    [Fact]
    public void Read_BundleThatWasWritten_GivesItsEntriesAndNothingElse()
    {
        byte[][] entries = [[], [1], new byte[EntryBundle.MaximumEntryBytes]];
        var bundle = new ArrayBufferWriter<byte>();
        foreach (var entry in entries) EntryBundle.Write(bundle, entry);
        EntryBundle.Read(bundle.WrittenMemory, 3).Value.Select(entry => entry.ToArray()).ShouldBe(entries);
        EntryBundle.Read(bundle.WrittenMemory, 2).Fault!.Code.ShouldBe(RecordFaults.MalformedTile);
        EntryBundle.Read(bundle.WrittenMemory, 4).Fault!.Code.ShouldBe(RecordFaults.MalformedTile);
        EntryBundle.Read(bundle.WrittenMemory[..^1], 3).Fault!.Code.ShouldBe(RecordFaults.MalformedTile);
        EntryBundle.Read(default, 0).Value.ShouldBeEmpty();
        Should.Throw<ArgumentOutOfRangeException>(() => EntryBundle.Write(bundle, new byte[EntryBundle.MaximumEntryBytes + 1]));
    }
}
