using NodaTime;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Logs;
using Tansiq.Record.Merkle;
using Tansiq.Record.Notes;
using Tansiq.Record.Tiles;
using Tansiq.Storage.Following;
using Tansiq.Storage.Sqlite;

namespace Tansiq.Storage.Tests.Following;

/// <summary>A centre that follows the toy log into a store of its own, by a clock that its test sets.</summary>
internal sealed class Centre : IDisposable
{
    private readonly string _folder;
    private readonly string _name;
    private readonly string[] _others;

    private Centre(string folder, string name, string[] others) => (_folder, _name, _others) = (folder, name, others);

    public SqliteRecordStore Store { get; private set; } = null!;

    public Follower<ToyState, ToyReading> Follower { get; private set; } = null!;

    public SettableClock Clock { get; } = new(ToyLog.Start);

    public VerifierKey Key => ToyDomain.Key(_name, SignatureType.Cosignature).Verifier;

    private string StoreFile => Path.Combine(_folder, "record.sqlite");

    public static Task<Centre> OpenAsync(string name, params string[] others) => OpenAsync(name, others, settings => settings);

    public static Task<Centre> OpenAsync(string name, Func<FollowerSettings<ToyState>, FollowerSettings<ToyState>> with) => OpenAsync(name, [], with);

    /// <summary>One step of following.</summary>
    public Task<FollowAnswer> StepAsync(IRecordSource source, SourceRole role = SourceRole.Log) => Follower.StepAsync(source, role);

    /// <summary>A copy of the store as it is now.</summary>
    public string CopyOfStore()
    {
        Store.Dispose();
        var copy = Path.Combine(Directory.CreateTempSubdirectory("tansiq-backup-").FullName, "record.sqlite");
        File.Copy(StoreFile, copy);
        Store = SqliteRecordStore.Open(StoreFile).Value;
        Follower.Dispose();
        Follower = Opened(settings => settings).GetAwaiter().GetResult();
        return copy;
    }

    /// <summary>The same centre on a store that is a copy.</summary>
    public async Task<Centre> RestoredAsync(string copy, Func<FollowerSettings<ToyState>, FollowerSettings<ToyState>>? with = null)
    {
        var centre = new Centre(Path.GetDirectoryName(copy)!, _name, _others) { Store = SqliteRecordStore.Open(copy).Value };
        centre.Follower = await centre.Opened(with ?? (settings => settings));
        return centre;
    }

    /// <summary>Holds a tree as the log's checkpoint says, by its own tiles.</summary>
    public void ShouldHold(ToyLog log, SignedCheckpoint checkpoint)
    {
        Store.Size.ShouldBe(log.Size);
        MerkleFrontier.Of(Store.Size, new TileHashes(Store.Size, Store.Tile)).Value.Root().ShouldBe(checkpoint.Checkpoint.Root);
        SignedCheckpoint.Open(Store.Checkpoint!.Value, ToyLog.LogKey.Verifier).Value.Checkpoint.ShouldBe(checkpoint.Checkpoint);
    }

    /// <summary>After something was refused: what was held is as it was, the evidence is there, and the honest log is followed on.</summary>
    public async Task ShouldGoOnAsync(ToyLog log, FollowAnswer.Kept held, string code)
    {
        Store.Checkpoint!.Value.ToArray().ShouldBe(held.Checkpoint.ToArray());
        (Store.Size, Follower.Size).ShouldBe((held.Size, held.Size));
        Store.AllEvidence().Count(evidence => evidence.Fault.Code == code && evidence.Files.ContainsKey(EvidenceNames.Checkpoint)).ShouldBe(1);
        log.Say($"on {log.Size}").Say($"and on {log.Size}");
        var checkpoint = log.Sign();
        var kept = (await StepAsync(log.Source)).ShouldBeOfType<FollowAnswer.Kept>();
        kept.NotCosigned.ShouldBeNull();
        ShouldHold(log, checkpoint);
    }

    public void Dispose()
    {
        Follower.Dispose();
        Store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static async Task<Centre> OpenAsync(string name, string[] others, Func<FollowerSettings<ToyState>, FollowerSettings<ToyState>> with)
    {
        var centre = new Centre(Directory.CreateTempSubdirectory("tansiq-centre-").FullName, name, others);
        centre.Store = SqliteRecordStore.Create(centre.StoreFile, ToyLog.Origin).Value;
        centre.Follower = await centre.Opened(with);
        return centre;
    }

    private async Task<Follower<ToyState, ToyReading>> Opened(Func<FollowerSettings<ToyState>, FollowerSettings<ToyState>> with)
    {
        VerifierKey[] cosigners = [Key, .. _others.Select(other => ToyDomain.Key(other, SignatureType.Cosignature).Verifier)];
        var settings = new FollowerSettings<ToyState>(ToyLog.LogKey.Verifier, Clock)
        {
            CosigningKey = ToyDomain.Key(_name, SignatureType.Cosignature),
            Cosigners = _ => cosigners,
        };
        return (await Follower<ToyState, ToyReading>.OpenAsync(Store, new ToyDomain(), with(settings))).Value;
    }
}

/// <summary>A clock that stands where its test puts it.</summary>
internal sealed class SettableClock(Instant now) : IClock
{
    public Instant Now { get; set; } = now;

    public Instant GetCurrentInstant() => Now;
}
