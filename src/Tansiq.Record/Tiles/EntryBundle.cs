using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;

namespace Tansiq.Record.Tiles;

/// <summary>Entries one after the other, each with its length in two bytes, big-endian, before it (tlog-tiles, Log entries).</summary>
public static class EntryBundle
{
    /// <summary>The most bytes of an entry.</summary>
    public const int MaximumEntryBytes = 65_535;

    /// <summary>The most bytes of a full bundle.</summary>
    public const int MaximumBytes = Tile.FullWidth * (2 + MaximumEntryBytes);

    /// <summary>Takes a bundle apart.</summary>
    /// <param name="bundle">The bytes.</param>
    /// <param name="count">How many entries its name says.</param>
    /// <returns>The entries, or <see cref="RecordFaults.MalformedTile"/>.</returns>
    public static Checked<ReadOnlyMemory<byte>[]> Read(ReadOnlyMemory<byte> bundle, int count)
    {
        var entries = new ReadOnlyMemory<byte>[count];
        for (var number = 0; number < count; number++)
        {
            var length = bundle.Length < 2 ? -1 : BinaryPrimitives.ReadUInt16BigEndian(bundle.Span);
            if (length < 0 || bundle.Length < 2 + length) return Malformed(string.Create(CultureInfo.InvariantCulture, $"{number} whole entries"), count);
            entries[number] = bundle.Slice(2, length);
            bundle = bundle[(2 + length)..];
        }

        return bundle.IsEmpty ? entries : Malformed(string.Create(CultureInfo.InvariantCulture, $"{bundle.Length} bytes more"), count);
    }

    /// <summary>Adds an entry to a bundle.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The entry is longer than <see cref="MaximumEntryBytes"/>.</exception>
    public static void Write(IBufferWriter<byte> bundle, ReadOnlySpan<byte> entry)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        if (entry.Length > MaximumEntryBytes) throw new ArgumentOutOfRangeException(nameof(entry), entry.Length, "An entry has at most 65,535 bytes.");
        var target = bundle.GetSpan(2 + entry.Length);
        BinaryPrimitives.WriteUInt16BigEndian(target, (ushort)entry.Length);
        entry.CopyTo(target[2..]);
        bundle.Advance(2 + entry.Length);
    }

    private static Fault Malformed(string found, int count) =>
        new(RecordFaults.MalformedTile, "", found, string.Create(CultureInfo.InvariantCulture, $"{count} entries, each with its length before it"));
}
