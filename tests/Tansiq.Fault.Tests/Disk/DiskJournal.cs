using System.Buffers.Binary;
using System.Text;

namespace Tansiq.Fault.Tests.Disk;

/// <summary>What tests/faults/unsynced.c writes down; the numbers are the same there.</summary>
internal enum DiskOperationKind
{
    Opened = 1,
    Created,
    Written,
    Length,
    Synced,
    SyncFailed,
    FolderSynced,
    Removed,
    Renamed,
    Linked,
    Fault,
}

/// <summary>One operation of a program on the watched folder.</summary>
/// <param name="Kind">What was done. Of a <see cref="DiskOperationKind.Fault"/> the offset is the kind that was made to fail.</param>
/// <param name="File">The file's number (inode), or 0 where names alone change.</param>
/// <param name="Offset">Where it was written, or the new length, in bytes.</param>
/// <param name="Bytes">What was written, or the paths, in UTF-8, with a zero between two.</param>
internal sealed record DiskOperation(DiskOperationKind Kind, ulong File, long Offset, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>The paths of an operation on names.</summary>
    public string[] Paths => Encoding.UTF8.GetString(Bytes.Span).Split('\0');
}

/// <summary>The journal of a program's operations on a folder, in the order in which they were made.</summary>
internal static class DiskJournal
{
    private const int HeaderBytes = 32;

    /// <summary>Reads a journal as far as it is whole: a kill may tear the last entry, whose operation was then not made.</summary>
    public static List<DiskOperation> Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        var operations = new List<DiskOperation>();
        for (var at = 0; bytes.Length - at >= HeaderBytes;)
        {
            var header = bytes.AsSpan(at, HeaderBytes);
            var size = (int)BinaryPrimitives.ReadUInt64LittleEndian(header[24..]);
            if (bytes.Length - at - HeaderBytes < size) break;
            operations.Add(new DiskOperation(
                (DiskOperationKind)BinaryPrimitives.ReadUInt64LittleEndian(header),
                BinaryPrimitives.ReadUInt64LittleEndian(header[8..]),
                (long)BinaryPrimitives.ReadUInt64LittleEndian(header[16..]),
                bytes.AsMemory(at + HeaderBytes, size)));
            at += HeaderBytes + size;
        }

        return operations;
    }
}
