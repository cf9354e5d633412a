using NodaTime;
using Tansiq.Coordination;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Recording;
using Tansiq.Geo.Text;
using Tansiq.Record;
using Tansiq.Record.Logs;
using Tansiq.Record.Merkle;
using Tansiq.Server.Federation;
using Tansiq.Server.Nodes;
using Tansiq.Storage.Following;
using Tansiq.Storage.Logs;
using Tansiq.Storage.Private;
using Tansiq.Storage.Sources;
using Tansiq.Storage.Sqlite;
using Tansiq.Storage.Succession;

namespace Tansiq.Server.Hosting.Running;

/// <summary>What a node adopts the record of a new office from. The node does not run meanwhile.</summary>
/// <param name="DataFolder">The folder of its record and private database.</param>
/// <param name="Party">For whom it speaks.</param>
/// <param name="Founding">What it trusts until now.</param>
/// <param name="Succession">The succession.</param>
/// <param name="Source">The new office's record.</param>
/// <param name="Clock">Its clock.</param>
public sealed record NodeAdoptionParts(string DataFolder, Id<Party> Party, TrustedFounding Founding, SignedSuccession Succession, IRecordSource Source, IClock Clock);

/// <summary>What came of it.</summary>
/// <param name="Size">How much of the new record is held.</param>
/// <param name="SubmittedAgainCount">How many of the party's own statements stood beyond what was joint and are submitted again.</param>
/// <param name="KeptFile">Where the old record lies now, as evidence.</param>
public sealed record NodeAdopted(long Size, int SubmittedAgainCount, string KeptFile);

/// <summary>
/// How a centre or an observer goes over to the record of a new office (docs/formats/federation.md, Succession): follows it into a file of its own without cosigning, holds it against
/// its own copy, and only then puts it in the place of that.
/// </summary>
public static class NodeAdoption
{
    private const string NextName = "record-next.sqlite";
    private static readonly string[] Beside = ["", "-wal", "-shm"];
    private static readonly StatementsDomain Domain = new();

    /// <summary>Adopts the new record. Where it is ended by force, the same again goes on from there.</summary>
    /// <returns>
    /// What came of it; <c>succession.adopted</c>, <c>record.locked</c> while the node runs, what is wrong with the new record, or why it does not go on from one's own copy
    /// (<see cref="RecordSuccession.WhyNotAdopt"/>).
    /// </returns>
    /// <exception cref="RecordStoreException">A disk failed.</exception>
    /// <exception cref="RecordSourceException">The new record can't be read.</exception>
    public static async Task<Parsed<NodeAdopted>> AdoptAsync(NodeAdoptionParts parts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(parts);
        var (path, next) = (Path.Combine(parts.DataFolder, NodeRuntime.RecordName), Path.Combine(parts.DataFolder, NextName));
        var kept = Path.Combine(parts.DataFolder, FormattableString.Invariant($"record-before-{parts.Succession.Succession.Size}.sqlite"));
        // It ended between the two steps in which files change their places: the old record comes back first.
        if (!File.Exists(path) && File.Exists(kept)) Move(kept, path);
        if (!SqliteRecordStore.Open(path).TryGet(out var copy, out var fault)) return fault.AsRefusal();
        Parsed<NodeAdopted> adopted;
        using (copy)
        {
            // Only what was held against one's own copy ever came to this place.
            if (copy.Origin == parts.Succession.Succession.Log.Name)
            {
                Note(parts);
                return new NodeAdopted(copy.Size, 0, kept);
            }

            Remove(next);
            if (!SqliteRecordStore.Create(next, parts.Succession.Succession.Log.Name).TryGet(out var created, out fault)) return fault.AsRefusal();
            using (created) adopted = await FollowAsync(parts, copy, created, cancellationToken).ConfigureAwait(false);
        }

        if (!adopted.TryGet(out var done, out var refusal))
        {
            Remove(next);
            return refusal;
        }

        Move(path, kept);
        Move(next, path);
        var snapshots = Path.Combine(parts.DataFolder, NodeRuntime.SnapshotsName);
        if (Directory.Exists(snapshots)) Directory.Delete(snapshots, recursive: true);
        Note(parts);
        return done with { KeptFile = kept };
    }

    private static async Task<Parsed<NodeAdopted>> FollowAsync(NodeAdoptionParts parts, SqliteRecordStore copy, SqliteRecordStore created, CancellationToken cancellationToken)
    {
        var (succession, joint) = (parts.Succession.Succession, new CosignatureGathering(copy, parts.Founding.Keys.Log).JointSize);
        if (RecordSuccession.WhyNotEndorse(copy, joint, succession.Size, MerkleHash.Of(Convert.FromHexString(succession.Root.Hex))) is { } other) return other.AsRefusal();
        var settings = new FollowerSettings<RecordedState>(succession.Log, parts.Clock) { Cosigners = state => Cosigners.Of(state.Situation) };
        if (!(await Follower<RecordedState, StatementReading>.OpenAsync(created, Domain, settings, null, cancellationToken).ConfigureAwait(false)).TryGet(out var follower, out var fault)) return fault.AsRefusal();
        using (follower)
        {
            var answer = await follower.StepAsync(parts.Source, SourceRole.Log, cancellationToken).ConfigureAwait(false);
            if (answer is FollowAnswer.Unreachable away) return away.Fault.AsRefusal();
            if (answer is FollowAnswer.Refused refused) return refused.Evidence.Fault.AsRefusal();
            var situation = follower.State.Situation;
            if (RecordSuccession.WhyNotAdopt(copy, joint, created, succession.Size, situation.Founding?.Keys?.Log, succession.Log) is { } wrong) return wrong.AsRefusal();
            foreach (var hash in copy.Attachments()) created.AddAttachment(copy.Attachment(hash)!.Value);
            var own = situation.Keys.All.Where(held => held.Party == parts.Party && held.Role == KeyRole.Statement).Select(held => held.Key).ToList();
            var again = RecordSuccession.ToSubmitAgain(copy, succession.Size, own).ToList();
            await SubmitAgainAsync(parts, follower.State, created, again).ConfigureAwait(false);
            return new NodeAdopted(created.Size, again.Count, "");
        }
    }

    // What waits already stays where it is; the same again changes nothing.
    private static async Task SubmitAgainAsync(NodeAdoptionParts parts, RecordedState state, SqliteRecordStore store, IReadOnlyList<Tansiq.Record.Entries.SignedEntry> again)
    {
        using var database = PrivateDatabase.Open(Path.Combine(parts.DataFolder, NodeRuntime.PrivateName), FederationModule.Tables);
        var table = new OutboxTable(database);
        await using (table.ConfigureAwait(false))
        {
            foreach (var entry in again)
            {
                var reading = Domain.Read(entry, state, store.Attachment);
                await table.AddAsync(new(
                    entry.Leaf, entry, Coordination.Statements.ContentHash.Of(entry.Text.Span), reading.Type, reading.Id, Domain.AttachmentsOf(reading), parts.Clock.GetCurrentInstant(), default, Refusal: null)).ConfigureAwait(false);
            }
        }
    }

    private static void Note(NodeAdoptionParts parts)
    {
        var path = Path.Combine(parts.DataFolder, NodeRuntime.SuccessionName);
        using (var file = new FileStream(path + ".part", FileMode.Create, FileAccess.Write))
        {
            file.Write(parts.Succession.Entry.Note.Bytes.Span);
            file.Flush(flushToDisk: true);
        }

        File.Move(path + ".part", path, overwrite: true);
    }

    // What SQLite keeps beside a file goes first: without it the file would lack what was committed last.
    private static void Move(string from, string to)
    {
        foreach (var end in Beside.Reverse())
        {
            if (File.Exists(from + end)) File.Move(from + end, to + end);
        }
    }

    private static void Remove(string path)
    {
        foreach (var end in Beside) File.Delete(path + end);
    }
}
