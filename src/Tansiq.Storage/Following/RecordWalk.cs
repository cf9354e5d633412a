using System.Collections.Immutable;
using System.Globalization;
using System.Threading.Channels;
using Tansiq.Record;
using Tansiq.Record.Entries;
using Tansiq.Record.Following;
using Tansiq.Record.Logs;
using Tansiq.Record.Merkle;
using Tansiq.Record.Notes;
using Tansiq.Record.Tiles;
using Tansiq.Storage.Sources;

namespace Tansiq.Storage.Following;

/// <summary>An entry that holds at its place.</summary>
/// <param name="Index">Its index.</param>
/// <param name="Entry">The entry.</param>
/// <param name="Identity">What makes it the same as another; null where its text says none.</param>
internal readonly record struct WalkedEntry(long Index, SignedEntry Entry, UInt128? Identity);

/// <summary>Where a walk begins, and what is known there.</summary>
/// <param name="Size">How many entries are before.</param>
/// <param name="State">The state after them.</param>
/// <param name="Identities">Gives the index at which an identity stands among them; null where it does not.</param>
internal sealed record WalkStart<TState>(long Size, TState State, Func<UInt128, long?> Identities);

/// <summary>How far a walk came.</summary>
/// <param name="State">The state after the entries that hold.</param>
/// <param name="Counts">What was counted.</param>
/// <param name="LastTimeIndex">The entry that entered the last time among those that were walked; null where none did.</param>
/// <param name="Broken">Why it did not come to the end.</param>
internal sealed record WalkEnd<TState>(TState State, EntryCounts Counts, long? LastTimeIndex, Broken? Broken);

/// <summary>
/// Walks through the entries that a checkpoint covers, and checks all of each: hash, form, signature by the key that counts at its place, identity,
/// attachments, admission. Bundles are read and their signatures verified side by side, ahead of the one task that judges entry after entry; so memory is
/// bounded by the bundles under way, however long the record is.
/// </summary>
internal sealed class RecordWalk<TState, TReading>
    where TState : class
    where TReading : class
{
    private const int LeastBundlesUnderWay = 8;
    private const int MostBundlesUnderWay = 32;
    private readonly VouchedTiles _tiles;
    private readonly IRecordDomain<TState, TReading> _domain;
    private readonly WalkStart<TState> _start;
    private readonly AttachmentShelf _shelf;
    private readonly AttachmentAsk _ask;
    private readonly long _signaturesFrom;
    private readonly BundleReading<TState, TReading> _bundles;
    private readonly WalkedIdentities _identities;
    private readonly Dictionary<string, long> _inert = [];
    private readonly TaskCompletionSource _firstIsJudged = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Written by the task that judges, read by those that read ahead: any state of the past will do for them.
    private volatile TState _state;
    private long _until;
    private long _signatures;
    private long? _lastTimeIndex;

    /// <summary>A walk; it is used once.</summary>
    /// <param name="source">Where the record is read.</param>
    /// <param name="tiles">The tiles that the checkpoint vouches for.</param>
    /// <param name="domain">What the entries mean.</param>
    /// <param name="start">Where it begins.</param>
    /// <param name="shelf">The attachments.</param>
    /// <param name="signaturesFrom">From which entry on signatures are verified.</param>
    public RecordWalk(IRecordSource source, VouchedTiles tiles, IRecordDomain<TState, TReading> domain, WalkStart<TState> start, AttachmentShelf shelf, long signaturesFrom)
    {
        (_tiles, _domain, _start, _shelf, _signaturesFrom) = (tiles, domain, start, shelf, signaturesFrom);
        _bundles = new(source, domain, shelf, start.Size, signaturesFrom);
        _ask = new(shelf);
        _identities = new(start.Size, tiles.Size - start.Size);
        (_state, _until) = (start.State, start.Size);
    }

    /// <summary>What is wrong with how the record begins (<see cref="FollowerSettings{TState}.Beginning"/>); null for any beginning.</summary>
    public Func<TState, IReadOnlyList<AttachmentHash>, Fault?>? Beginning { get; init; }

    /// <summary>Walks to the end, or to the first entry that does not hold.</summary>
    /// <param name="each">Called for each entry that holds, in order.</param>
    /// <param name="progress">Told after each bundle.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    public async Task<WalkEnd<TState>> RunAsync(Action<WalkedEntry>? each, IProgress<VerificationProgress>? progress, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var underWay = Channel.CreateBounded<Task<BundleRead<TReading>>>(Math.Clamp(2 * Environment.ProcessorCount, LeastBundlesUnderWay, MostBundlesUnderWay));
        var ahead = Task.Run(() => ReadAheadAsync(underWay.Writer, ending.Token), CancellationToken.None);
        Broken? broken;
        try
        {
            broken = await JudgeAsync(underWay.Reader, each, progress, cancellationToken).ConfigureAwait(false);
        }
        catch (RecordSourceException failure)
        {
            var checkpoint = ImmutableDictionary<string, ReadOnlyMemory<byte>>.Empty.Add(EvidenceNames.Checkpoint, _tiles.Checkpoint.Note.Bytes);
            broken = new(new(failure.Fault, checkpoint), _until) { IsOfSource = true };
        }
        finally
        {
            await ending.CancelAsync().ConfigureAwait(false);
            await DrainAsync(ahead, underWay.Reader).ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return new(_state, new(_until, _signatures, _shelf.Count, _inert), _lastTimeIndex, broken ?? _tiles.Broken);
    }

    private async Task ReadAheadAsync(ChannelWriter<Task<BundleRead<TReading>>> underWay, CancellationToken cancellationToken)
    {
        try
        {
            var first = _start.Size / Tile.FullWidth;
            for (var bundle = first; Math.Max(bundle * Tile.FullWidth, _start.Size) < _tiles.Until; bundle++)
            {
                var reading = await StartAsync(bundle, cancellationToken).ConfigureAwait(false);
                await underWay.WriteAsync(reading, cancellationToken).ConfigureAwait(false);
                // Before the first entries are judged nobody's key is known, and signatures could not be verified ahead.
                if (bundle == first && _start.Size == 0) await _firstIsJudged.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            }

            underWay.Complete();
        }
        catch (Exception failure)
        {
            underWay.Complete(failure);
        }
    }

    private async Task<Task<BundleRead<TReading>>> StartAsync(long bundle, CancellationToken cancellationToken)
    {
        var known = _state;
        var width = (int)Math.Min(Tile.FullWidth, _tiles.Size - bundle * Tile.FullWidth);
        if (width < Tile.FullWidth)
            return Task.Run(() => _bundles.EntriesAsync(Tile.Entries(bundle, width), _tiles.LastHashes(), known, cancellationToken), CancellationToken.None);
        return (await _tiles.RootOfAsync(0, bundle, cancellationToken).ConfigureAwait(false)).TryGet(out var root, out var fault)
            ? Task.Run(() => _bundles.FullAsync(bundle, root, known, cancellationToken), CancellationToken.None)
            : Task.FromResult(new BundleRead<TReading>([], fault, ImmutableDictionary<string, ReadOnlyMemory<byte>>.Empty));
    }

    private async Task<Broken?> JudgeAsync(ChannelReader<Task<BundleRead<TReading>>> underWay, Action<WalkedEntry>? each, IProgress<VerificationProgress>? progress, CancellationToken cancellationToken)
    {
        await foreach (var reading in underWay.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            var bundle = await reading.ConfigureAwait(false);
            foreach (var read in bundle.Entries)
            {
                if (await JudgeAsync(read, each, cancellationToken).ConfigureAwait(false) is not { } fault) continue;
                return await BrokenAsync(fault, bundle.Files.SetItem(EvidenceNames.Entry(_until), read.Entry.Note.Bytes), EarlierOf(read.Reading), cancellationToken).ConfigureAwait(false);
            }

            if (bundle.Fault is not null) return await BrokenAsync(bundle.Fault, bundle.Files, earlier: null, cancellationToken).ConfigureAwait(false);
            _firstIsJudged.TrySetResult();
            progress?.Report(new(_until, _tiles.Size));
        }

        return null;
    }

    private async ValueTask<Fault?> JudgeAsync(ReadEntry<TReading> read, Action<WalkedEntry>? each, CancellationToken cancellationToken)
    {
        var state = _state;
        if (_until >= _signaturesFrom && UnsignedAtItsPlace(state, read) is { } unsigned) return unsigned.In(Place(_until));
        var identity = _domain.IdentityOf(read.Reading);
        if (EarlierOf(identity) is { } earlier) return new(RecordFaults.IdReused, Place(_until), $"the identity of entry {earlier}", "an identity that is new");
        var judged = await AppendAsync(state, read, cancellationToken).ConfigureAwait(false);
        if (_until == 0 && Beginning?.Invoke(judged.State, _domain.AttachmentsOf(read.Reading)) is { } other) return other.In(Place(_until));
        if (judged.Inert is { } inert) _inert[inert.Code] = _inert.GetValueOrDefault(inert.Code) + 1;
        _identities.Add(identity);
        if (_domain.TimeOf(judged.State) != _domain.TimeOf(state)) _lastTimeIndex = _until;
        _state = judged.State;
        each?.Invoke(new(_until, read.Entry, identity));
        _until++;
        return null;
    }

    private Fault? UnsignedAtItsPlace(TState state, in ReadEntry<TReading> read)
    {
        var signature = read.Entry.Signature;
        if (!_domain.KeyOf(state, read.Reading, signature).TryGet(out var key, out var fault)) return fault;
        _signatures++;
        if (ReferenceEquals(key, read.VerifiedBy) || key.Equals(read.VerifiedBy) || key.Verifies(read.Entry.Text.Span, signature.Bytes.Span)) return null;
        return new(RecordFaults.BadSignature, "", $"a signature that {key.Name} did not make", "a signature that verifies");
    }

    private async ValueTask<Judged<TState>> AppendAsync(TState state, ReadEntry<TReading> read, CancellationToken cancellationToken)
    {
        _ask.Release();
        while (true)
        {
            var judged = _domain.Append(state, read.Entry, read.Reading, _ask.Give);
            if (!_ask.HasMissed || !await _ask.FetchAsync(cancellationToken).ConfigureAwait(false)) return judged;
        }
    }

    private long? EarlierOf(TReading reading) => EarlierOf(_domain.IdentityOf(reading));

    private long? EarlierOf(UInt128? identity) => identity is { } known ? _start.Identities(known) ?? _identities.Find(known) : null;

    // Evidence that stands alone: the checkpoint that the log signed, the tiles by which the place hangs on it, what is at the place.
    private async Task<Broken> BrokenAsync(Fault fault, ImmutableDictionary<string, ReadOnlyMemory<byte>> files, long? earlier, CancellationToken cancellationToken)
    {
        try
        {
            files = (await _tiles.WayToAsync(_until, cancellationToken).ConfigureAwait(false)).SetItems(files);
            if (earlier is { } other) files = files.SetItems(await _tiles.WayToAsync(other, cancellationToken).ConfigureAwait(false));
        }
        catch (RecordSourceException)
        {
            // What was read already is evidence enough; a source that stops to answer must not hide it.
            files = files.SetItem(EvidenceNames.Checkpoint, _tiles.Checkpoint.Note.Bytes);
        }

        return new(new(fault, files), _until);
    }

    private static async Task DrainAsync(Task ahead, ChannelReader<Task<BundleRead<TReading>>> underWay)
    {
        await ahead.ConfigureAwait(false);
        while (underWay.TryRead(out var reading)) await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static string Place(long index) => string.Create(CultureInfo.InvariantCulture, $"entry {index}");
}
