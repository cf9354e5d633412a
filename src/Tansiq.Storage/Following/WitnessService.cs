using System.Security.Cryptography;
using System.Text;
using NodaTime;
using Tansiq.Record.Logs;
using Tansiq.Record.Notes;
using Tansiq.Record.Witnessing;

namespace Tansiq.Storage.Following;

/// <summary>
/// A witness (C2SP tlog-witness) on a store: cosigns checkpoints of the logs that it knows if they continue what it cosigned before, and holds nothing
/// else of them. Thread-safe: of two requests at once the one that was slower is answered by what the faster one left.
/// </summary>
/// <remarks>
/// A centre's cosignature says more, that all entries are held and verified, and is given by <see cref="Follower{TState,TReading}"/> alone: a key of a
/// centre does not witness here.
/// </remarks>
/// <param name="store">Remembers what was cosigned, and keeps evidence.</param>
/// <param name="logs">The logs that are witnessed: the keys of each by its origin.</param>
/// <param name="key">The witness's key of type <see cref="SignatureType.Cosignature"/>.</param>
/// <param name="clock">The witness's clock.</param>
public sealed class WitnessService(IRecordStore store, IReadOnlyDictionary<string, IReadOnlyList<VerifierKey>> logs, SigningKey key, IClock clock)
{
    // Each attempt that is lost was won by another request; so many in a row are none.
    private const int MostAttempts = 1_000;
    private readonly EvidenceKeeping _evidence = new(store);
    private readonly Dictionary<string, string> _originByHash = logs.Keys.ToDictionary(HashOf);

    /// <summary>Answers <c>add-checkpoint</c>. When it returns a cosignature, what was cosigned is remembered on the disk.</summary>
    /// <param name="body">The request's body.</param>
    /// <exception cref="RecordStoreException">The disk failed; no cosignature is given.</exception>
    public WitnessAnswer AddCheckpoint(ReadOnlyMemory<byte> body)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var answer = Witness.Answer(body, logs, store.Witnessed, key, clock.GetCurrentInstant());
            if (EvidenceOf(answer) is { } evidence) _evidence.Keep(evidence, isProof: answer is not WitnessAnswer.WrongProof);
            if (answer is not WitnessAnswer.Cosigned cosigned) return answer;
            if (store.TryWitness(cosigned.Checkpoint.Origin, cosigned.Expected, cosigned.Remember)) return answer;
        }

        throw new InvalidOperationException("What is remembered changes all the time.");
    }

    /// <summary>The newest checkpoint that was cosigned of a log, as a note; null for none, or for a log that is not witnessed.</summary>
    /// <param name="originHash">SHA-256 of the log's origin in lower-case hexadecimal digits, as it stands in the address.</param>
    public ReadOnlyMemory<byte>? Checkpoint(string originHash) => _originByHash.TryGetValue(originHash, out var origin) ? store.Witnessed(origin) : null;

    private static string HashOf(string origin) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin)));

    private static Evidence? EvidenceOf(WitnessAnswer answer) => answer switch
    {
        WitnessAnswer.Conflict conflict => conflict.Evidence,
        WitnessAnswer.WrongRoot wrong => wrong.Evidence,
        WitnessAnswer.WrongProof wrong => wrong.Evidence,
        _ => null,
    };
}
