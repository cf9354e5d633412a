using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Threading.Channels;
using NodaTime;
using Tansiq.Coordination;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Recording;
using Tansiq.Coordination.Statements;
using Tansiq.Geo.Text;
using Tansiq.Record;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Entries;
using Tansiq.Record.Federation;
using Tansiq.Record.Logs;
using Tansiq.Record.Merkle;
using Tansiq.Server.Federation;
using Tansiq.Storage.Following;
using Tansiq.Storage.Logs;
using Tansiq.Storage.Private;

namespace Tansiq.Server.Nodes;

/// <summary>
/// A centre or an observer as a node: holds a full copy of the record and verifies every step of it, cosigns what it holds, keeps what its party says until it
/// is joint, and goes on while the office is away (PTY-1, PTY-2, REC-2, REC-5, REC-6). What it decides is decided by <see cref="CentreProtocol"/>; here are
/// disks and lines.
/// </summary>
public sealed partial class CentreNode : FederatedNode
{
    /// <summary>The most statements that wait for the office.</summary>
    public const int MaximumWaiting = 10_000;

    // What others' statements may take of that: whoever shows many does not keep this party from speaking.
    private const int MaximumPassedOn = MaximumWaiting / 2;

    private static readonly TimeSpan TickInterval = TimeSpan.FromMilliseconds(20);

    // Who says something is answered at the latest then; what waits goes on waiting.
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(5);
    private readonly Follower<RecordedState, StatementReading> _follower;
    private readonly CosignatureGathering _gathering;
    private readonly OutboxTable _table;
    private readonly NodeSnapshots? _snapshots;
    private readonly NodeName _office;
    private readonly CancellationTokenSource _ending = new();
    private readonly Channel<CentreInput> _inputs = Channel.CreateUnbounded<CentreInput>(new() { SingleReader = true });
    private readonly ConcurrentDictionary<MerkleHash, OutboxItem> _outbox = [];
    private readonly ConcurrentDictionary<MerkleHash, TaskCompletionSource<Submission>> _waiting = [];
    private ImmutableDictionary<NodeName, FederationClient> _clients = ImmutableDictionary<NodeName, FederationClient>.Empty;
    private volatile bool _isOfficeAway;
    private List<Task> _work = [];

    private CentreNode(NodeSettings settings, IRecordStore store, Follower<RecordedState, StatementReading> follower, OutboxTable table, NodePictures pictures, NodeSnapshots? snapshots, NodeName office)
        : base(settings, store, pictures) =>
        (_follower, _table, _snapshots, _office, _gathering) = (follower, table, snapshots, office, new(store, settings.LogKey));

    /// <summary>Opens a centre or an observer on its own copy of the record.</summary>
    /// <param name="store">The copy, open for writing; empty at first. It stays the caller's.</param>
    /// <param name="database">The private database, open with <see cref="FederationModule.Tables"/>.</param>
    /// <param name="settings">How it works.</param>
    /// <param name="office">Whose node the office is.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    /// <returns>The node, or what is wrong with its copy (<see cref="Follower{TState,TReading}.OpenAsync"/>).</returns>
    /// <exception cref="RecordStoreException">The disk failed.</exception>
    public static async Task<Checked<CentreNode>> OpenAsync(
        IRecordStore store, PrivateDatabase database, NodeSettings settings, Id<Party> office, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(office);
        var snapshots = NodeSnapshots.In(settings.SnapshotFolder, store, settings.Told);
        var following = new FollowerSettings<RecordedState>(settings.LogKey, settings.Clock)
        {
            CosigningKey = settings.Keys.Cosigning,
            ClockLimit = settings.Times.ClockLimit,
            Cosigners = state => Cosigners.Of(state.Situation),
            Beginning = (state, named) => RecordBeginning.FaultOf(state, named, settings.Founding),
        };
        var opened = await Follower<RecordedState, StatementReading>.OpenAsync(store, Domain, following, snapshots?.Read(), cancellationToken).ConfigureAwait(false);
        if (!opened.TryGet(out var follower, out var fault)) return fault;
        var checkpoint = store.Checkpoint is { } note && SignedCheckpoint.Open(note, settings.LogKey).TryGet(out var signed, out _) ? signed : null;
        var node = new CentreNode(settings, store, follower, new(database), new(FirstPicture(follower.State, checkpoint)), snapshots, NodeFindings.NameOf(office));
        foreach (var item in node._table.ReadAll()) node._outbox[item.Leaf] = item;
        var findings = NodeFindings.Of(store, node._office, settings.Clock.GetCurrentInstant(), settings.Times.MaximumFindings);
        node.Pictures.Change(picture => picture with
        {
            JointSize = findings.Exists(finding => finding.IsFork) ? 0 : node._gathering.JointSize,
            Findings = findings.Faults(),
            Waiting = node.WaitingNow(placed: []),
        });
        return node;
    }

    /// <inheritdoc/>
    public override void Begin(IReadOnlyList<NodePeer> peers, Func<HttpMessageHandler, HttpMessageHandler>? signing = null)
    {
        ArgumentNullException.ThrowIfNull(peers);
        _clients = peers.ToImmutableDictionary(peer => NodeFindings.NameOf(peer.Party), peer => new FederationClient(peer, signing, Settings.Times.Answer.ToTimeSpan()));
        Pictures.Change(picture => picture with { Lines = NodeLines.Of(peers) });
        _work = [Task.Run(DriveAsync), Task.Run(TickAsync)];
        if (_clients.TryGetValue(_office, out var office)) _work.Add(Task.Run(() => ListenAsync(office)));
    }

    /// <inheritdoc/>
    public override async Task<Submission> SayAsync(ReadOnlyMemory<byte> text, IReadOnlyList<ReadOnlyMemory<byte>> attachments, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(attachments);
        if (!StatementSigning.Sign(text, Settings.Keys.Statement).TryGet(out var bytes, out var refusal)) return new Submission.Refused(refusal);
        foreach (var attachment in attachments) Store.AddAttachment(attachment);
        return await SubmitAsync(bytes, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async Task<Submission> SubmitAsync(ReadOnlyMemory<byte> entry, CancellationToken cancellationToken)
    {
        if (!ItemOf(entry.ToArray(), passedOnFor: default).TryGet(out var item, out var refusal)) return new Submission.Refused(refusal);
        if (_outbox.TryGetValue(item.Leaf, out var known) && known.Refusal is { } givenBack) return new Submission.Refused(givenBack.AsRefusal());
        if (PlaceOf(item) is { } index) return new Submission.Accepted(item.Hash, index, IsRepeated: true);
        var answered = _waiting.GetOrAdd(item.Leaf, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        await _table.AddAsync(item).ConfigureAwait(false);
        _outbox.TryAdd(item.Leaf, item);
        _inputs.Writer.TryWrite(new CentreInput.Said(item.Leaf));
        if (_isOfficeAway) return new Submission.Waiting(item.Hash);
        try
        {
            return await answered.Task.WaitAsync(LongestAnswer, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return new Submission.Waiting(item.Hash);
        }
    }

    /// <inheritdoc/>
    internal override async Task<IReadOnlyList<Submission>> SubmitAllAsync(IReadOnlyList<ReadOnlyMemory<byte>> entries, CancellationToken cancellationToken) =>
        await Task.WhenAll(entries.Select(entry => SubmitAsync(entry, cancellationToken))).ConfigureAwait(false);

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        foreach (var work in _work) await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_underWay.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _table.DisposeAsync().ConfigureAwait(false);
        if (_snapshots is not null) await _snapshots.WriteAsync(_follower.State).ConfigureAwait(false);
        foreach (var client in _clients.Values) client.Dispose();
        _follower.Dispose();
        _ending.Dispose();
    }

    // Looked at before it is kept: what nobody could ever put on the record is not kept for days to be told so then.
    private Parsed<OutboxItem> ItemOf(byte[] bytes, NodeName passedOnFor)
    {
        if (!SignedEntry.Read(bytes).TryGet(out var entry, out var fault)) return fault.AsRefusal();
        var state = _follower.State;
        var reading = Domain.Read(entry, state, Store.Attachment);
        if (reading.Type.Length == 0) return new Refusal(NodeCodes.NotOwn, "", "a text without type, author or identifier", "a statement");
        if (state.Situation.Founding is not null && Unsigned(state, reading, entry) is { } unsigned) return unsigned.AsRefusal();
        var most = passedOnFor == default ? MaximumWaiting : MaximumPassedOn;
        if (_outbox.Count >= most) return new Refusal(NodeCodes.OutboxFull, "", "more", FormattableString.Invariant($"at most {most} statements that wait"));
        if (StatementTypes.Granting.Contains(reading.Type) && _state is not { MayPermit: true }) return new Refusal(NodeCodes.NothingPermitted, "", reading.Type, "a record that goes on");
        return new OutboxItem(entry.Leaf, entry, ContentHash.Of(entry.Text.Span), reading.Type, reading.Id, Domain.AttachmentsOf(reading), Settings.Clock.GetCurrentInstant(), passedOnFor, Refusal: null);
    }

    private static Fault? Unsigned(RecordedState state, StatementReading reading, SignedEntry entry)
    {
        if (!Domain.KeyOf(state, reading, entry.Signature).TryGet(out var key, out var fault)) return fault;
        return key.Verifies(entry.Text.Span, entry.Signature.Bytes.Span) ? null : new(RecordFaults.BadSignature, "signature 1", $"a signature that {key.Name} did not make", "a signature that verifies");
    }

    // Where an entry stands on the record that is held; the same identity with another text is another entry.
    private long? PlaceOf(OutboxItem item)
    {
        var reading = Domain.Read(item.Entry, _follower.State, Store.Attachment);
        if (Domain.IdentityOf(reading) is not { } identity || _follower.IndexOf(identity) is not { } index) return null;
        return MerkleHashing.Leaf(Store.Entries(index, index + 1).Single().Span) == item.Leaf ? index : null;
    }

    private ImmutableArray<WaitingStatement> WaitingNow(HashSet<MerkleHash> placed) =>
        [.. _outbox.Values.Where(item => item.For == default && !placed.Contains(item.Leaf)).OrderBy(item => item.SaidAt).Take(1_000)
            .Select(item => new WaitingStatement(item.Hash, item.Type, new(item.Id), item.SaidAt, item.Refusal))];
}
