using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Tansiq.Server.Access;

namespace Tansiq.Server.Audit;

/// <summary>
/// The hash of a row: SHA-256 over <c>tansiq-audit/1</c>, the hash before it and every value, each as its length in four bytes (big-endian) and its UTF-8.
/// Whoever wrote down one hash can tell later that no row before it was changed, added or taken away (docs/formats/audit.md).
/// </summary>
public static class AuditChain
{
    private const string Format = "tansiq-audit/1";

    /// <summary>What stands before the first row.</summary>
    public static string Start { get; } = new('0', 64);

    /// <summary>The hash of a row.</summary>
    /// <param name="before">The hash of the row before.</param>
    /// <param name="number">The row's number.</param>
    /// <param name="atMilliseconds">When.</param>
    /// <param name="said">What.</param>
    public static string Hash(string before, long number, long atMilliseconds, AuditEvent said)
    {
        ArgumentNullException.ThrowIfNull(said);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        string[] values = [Format, before, Number(number), Number(atMilliseconds), Word(said.Actor.Kind), said.Actor.Who, said.Actor.From, said.Act, said.About, said.Refusal is null ? "done" : "refused", said.Refusal ?? ""];
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var value in values)
        {
            var bytes = Encoding.UTF8.GetBytes(value);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The word for how a caller showed who it is.</summary>
    public static string Word(CallerKind kind) => kind switch
    {
        CallerKind.Nobody => "nobody",
        CallerKind.Officer => "officer",
        CallerKind.Token => "token",
        CallerKind.Node => "node",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown kind of caller."),
    };

    /// <summary>The kind of that word.</summary>
    public static CallerKind Kind(string word) => Enum.GetValues<CallerKind>().Single(kind => Word(kind) == word);

    private static string Number(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
