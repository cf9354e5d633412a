using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Situations.Snapshots;

/// <summary>Writes the parts of a snapshot and hashes what it writes. Whole numbers of a fixed length are little-endian.</summary>
/// <param name="output">Where it goes, or null where only the hash is wanted.</param>
internal sealed class SnapshotWriter(IBufferWriter<byte>? output) : IDisposable
{
    private const int BufferLength = 1 << 16;
    private const int LongestNumber = 10;
    private const int ContinuationBit = 0x80;

    private readonly byte[] _buffer = new byte[BufferLength];
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private int _length;

    public void Byte(byte value) => Room(1)[0] = value;

    public void Int32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Room(sizeof(int)), value);

    public void Int64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Room(sizeof(long)), value);

    /// <summary>A count or a number, 0 or more: seven bits a byte, the lowest first.</summary>
    public void Number(long value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        if (BufferLength - _length < LongestNumber) Flush();
        for (; value >= ContinuationBit; value >>= 7) _buffer[_length++] = (byte)(value & (ContinuationBit - 1) | ContinuationBit);
        _buffer[_length++] = (byte)value;
    }

    /// <summary>A moment: days since 1970-01-01 UTC and nanoseconds of the day.</summary>
    public void Instant(Instant value)
    {
        var since = value - NodaConstants.UnixEpoch;
        Int32(since.Days);
        Int64(since.NanosecondOfDay);
    }

    public void Text(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        Number(bytes.Length);
        Bytes(bytes);
    }

    public void Hash(ContentHash value) => value.WriteTo(Room(ContentHash.ByteCount));

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            if (_length == BufferLength) Flush();
            var count = Math.Min(bytes.Length, BufferLength - _length);
            bytes[..count].CopyTo(_buffer.AsSpan(_length));
            _length += count;
            bytes = bytes[count..];
        }
    }

    /// <summary>The SHA-256 of all that was written since the last one.</summary>
    public byte[] Sum()
    {
        Flush();
        return _hash.GetHashAndReset();
    }

    /// <summary>Gives out what is still held back.</summary>
    public void Flush()
    {
        var written = _buffer.AsSpan(0, _length);
        _hash.AppendData(written);
        output?.Write(written);
        _length = 0;
    }

    public void Dispose() => _hash.Dispose();

    private Span<byte> Room(int count)
    {
        if (BufferLength - _length < count) Flush();
        var room = _buffer.AsSpan(_length, count);
        _length += count;
        return room;
    }
}
