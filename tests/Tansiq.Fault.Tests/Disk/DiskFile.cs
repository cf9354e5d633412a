namespace Tansiq.Fault.Tests.Disk;

/// <summary>A file as a disk has it: what was on it for sure, and the changes since, of which any sector may hold any state.</summary>
/// <param name="before">What the disk held before the first change.</param>
internal sealed class DiskFile(byte[] before)
{
    /// <summary>What a disk writes whole or not at all.</summary>
    private const int SectorBytes = 512;

    private readonly List<Change> _changes = [];
    private long _length = before.Length;

    /// <summary>How many changes a sync, or its failure, has decided upon.</summary>
    private int _decided;

    /// <summary>Bytes written at a place; the file grows if they reach beyond its end.</summary>
    public void Write(long offset, ReadOnlyMemory<byte> bytes)
    {
        _length = Math.Max(_length, offset + bytes.Length);
        _changes.Add(new Change(offset, bytes, _length));
    }

    /// <summary>The file cut or drawn out. What is cut off reads as zeros if the file grows again.</summary>
    public void SetLength(long length)
    {
        var cut = Math.Max(0, _length - length);
        _length = length;
        _changes.Add(new Change(length, new byte[cut], length));
    }

    /// <summary>All changes so far are on the disk, but those that an earlier sync failed to write.</summary>
    public void Sync()
    {
        for (; _decided < _changes.Count; _decided++) _changes[_decided].Reached = true;
    }

    /// <summary>All changes not yet on the disk are counted as written from now on, though they may never be.</summary>
    public void FailSync() => _decided = _changes.Count;

    /// <summary>What is left: each sector, and the length, as after the last change that is on the disk, or after a later one.</summary>
    /// <param name="chance">Chooses for each; null loses all that may be lost.</param>
    public byte[] Left(Random? chance)
    {
        if (_changes.Count == 0) return before;
        var longest = _changes.Aggregate((long)before.Length, (most, change) => Math.Max(most, Math.Max(change.Length, change.End)));
        var left = new byte[longest];
        before.CopyTo(left, 0);
        var sectors = new Versions((int)((longest + SectorBytes - 1) / SectorBytes));
        foreach (var change in _changes)
        {
            for (var sector = change.First; sector <= change.Last; sector++) sectors.Count(sector, change.Reached);
        }

        sectors.Choose(chance);
        foreach (var change in _changes)
        {
            for (var sector = change.First; sector <= change.Last; sector++)
            {
                if (sectors.IsKept(sector)) change.CopySector(sector, left);
            }
        }

        Array.Resize(ref left, (int)LengthLeft(chance));
        return left;
    }

    private long LengthLeft(Random? chance)
    {
        var lengths = new List<long> { before.Length };
        var certain = 0;
        foreach (var change in _changes)
        {
            if (change.Length != lengths[^1]) lengths.Add(change.Length);
            if (change.Reached) certain = lengths.Count - 1;
        }

        return lengths[chance?.Next(certain, lengths.Count) ?? certain];
    }

    private sealed record Change(long Offset, ReadOnlyMemory<byte> Bytes, long Length)
    {
        public bool Reached { get; set; }

        public long End => Offset + Bytes.Length;

        public int First => (int)(Offset / SectorBytes);

        /// <summary>The last sector touched; below <see cref="First"/> if no byte is.</summary>
        public int Last => Bytes.Length == 0 ? First - 1 : (int)((End - 1) / SectorBytes);

        public void CopySector(int sector, byte[] to)
        {
            var from = Math.Max(Offset, (long)sector * SectorBytes);
            var end = Math.Min(End, (sector + 1L) * SectorBytes);
            Bytes.Span[(int)(from - Offset)..(int)(end - Offset)].CopyTo(to.AsSpan((int)from));
        }
    }

    /// <summary>Of each sector: how many changes touch it, how many of them it holds for sure, how many it will hold.</summary>
    private sealed class Versions(int sectors)
    {
        private readonly int[] _touched = new int[sectors];
        private readonly int[] _certain = new int[sectors];
        private readonly int[] _kept = new int[sectors];

        public void Count(int sector, bool reached)
        {
            _touched[sector]++;
            if (reached) _certain[sector] = _touched[sector];
        }

        public void Choose(Random? chance)
        {
            var share = chance?.NextDouble() ?? 0;
            for (var sector = 0; sector < sectors; sector++)
            {
                var more = chance?.NextDouble() < share;
                _kept[sector] = more ? chance!.Next(_certain[sector], _touched[sector] + 1) : _certain[sector];
            }
        }

        /// <summary>Asked once for each change of a sector, in order: is this one kept.</summary>
        public bool IsKept(int sector) => _kept[sector]-- > 0;
    }
}
