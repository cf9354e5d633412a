using System.Buffers;
using System.Security.Cryptography;
using Tansiq.Coordination.Situations;
using Tansiq.Coordination.Statements;
using Tansiq.Geo.Text;

namespace Tansiq.Coordination.Tests.Situations;

/// <summary>Snapshots of records in memory.</summary>
internal static class TestSnapshot
{
    /// <summary>What stands for the root hash of a record that has no tree.</summary>
    public static readonly byte[] Root = SHA256.HashData("root"u8);

    public static byte[] Written(SituationHistory history)
    {
        var buffer = new ArrayBufferWriter<byte>();
        SituationSnapshot.Write(history, Root, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    public static Parsed<SituationHistory> Read(ReadOnlySpan<byte> snapshot, IReadOnlyList<Entry> entries) =>
        SituationSnapshot.Read(snapshot, Root, (index, _) => entries[(int)index].Statement);

    /// <summary>A history that went through a snapshot.</summary>
    public static SituationHistory Restored(StatementList list) => Read(Written(list.History), list.Entries).Value;

    /// <summary>Gives changed bytes the hash at their end that they would have if they had been written so.</summary>
    public static byte[] Sealed(byte[] snapshot)
    {
        SHA256.HashData(snapshot.AsSpan(..^SHA256.HashSizeInBytes)).CopyTo(snapshot, snapshot.Length - SHA256.HashSizeInBytes);
        return snapshot;
    }
}
