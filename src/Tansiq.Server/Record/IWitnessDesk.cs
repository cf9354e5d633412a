namespace Tansiq.Server.Record;

/// <summary>A witness as HTTP speaks to it (tlog-witness v1.0.0). Safe to call from several threads.</summary>
public interface IWitnessDesk
{
    /// <summary>Answers <c>POST add-checkpoint</c>; what it remembers is on the disk before the answer.</summary>
    ValueTask<WitnessResponse> AddCheckpointAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken);

    /// <summary>The newest checkpoint that it cosigned of the log whose origin has a SHA-256; null where there is none.</summary>
    /// <param name="originHash">64 lower-case hexadecimal digits.</param>
    ReadOnlyMemory<byte>? Latest(string originHash);
}

/// <summary>An answer of a witness.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="ContentType">The type of the body.</param>
/// <param name="Body">The body.</param>
public sealed record WitnessResponse(int Status, string ContentType, ReadOnlyMemory<byte> Body);
