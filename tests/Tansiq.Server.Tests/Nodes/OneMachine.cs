using NodaTime;
using Tansiq.Coordination;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Recording;
using Tansiq.Coordination.Statements;
using Tansiq.Record.Entries;
using Tansiq.Record.Logs;
using Tansiq.Record.Notes;
using Tansiq.Server.Nodes;
using Tansiq.Storage.Logs;
using Tansiq.Storage.Sqlite;

namespace Tansiq.Server.Tests.Nodes;

/// <summary>
/// A record of the scenario syria-2016 that one party's node appends to directly, as if its office were on the same machine and everybody cosigned at once:
/// a real log on a real disk, to try a capability without a network.
/// </summary>
internal sealed class OneMachine : INode, IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SqliteRecordStore _store;
    private readonly RecordLog<RecordedState, StatementReading> _log;
    private readonly SigningKey _logKey = TestKeys.Log();
    private readonly SigningKey _officeKey;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile NodePicture _picture;
    private long? _jointSize;
    private Instant? _standsStillSince;

    private OneMachine(NodeRole role, Id<Party> party, IClock clock)
    {
        Clock = clock;
        var text = File.ReadAllBytes(Path.Combine(RepositoryRoot(), "scenarios", "syria-2016", "scenario.json"));
        var keyed = FoundingKeysWriter.Write(text, TestKeys.Of(FoundingReader.Read(text).Value)).Value;
        var founding = FoundingReader.Read(keyed).Value;
        Identity = new(role, party, party.Value + ".localhost", founding.Kind);
        _officeKey = TestKeys.Statement(founding.Office);
        _store = SqliteRecordStore.Create(_folder.File("record.db"), TestKeys.Origin).Value;
        _ = RecordFounding.Write(_store, keyed, founding, _logKey, _officeKey, clock.GetCurrentInstant()).Value;
        _log = RecordLog<RecordedState, StatementReading>.OpenAsync(_store, new StatementsDomain(), new(_logKey, _officeKey, clock)).GetAwaiter().GetResult().Value;
        _picture = Now();
    }

    public NodeIdentity Identity { get; }

    public IRecordStore Store => _store;

    public NodePicture Picture => _picture;

    public IClock Clock { get; }

    /// <summary>The folder in which it all is.</summary>
    public string Folder => _folder.Path;

    public static OneMachine Start(string party = "us", NodeRole role = NodeRole.Centre, IClock? clock = null) => new(role, new(party), clock ?? SystemClock.Instance);

    /// <summary>From now on only so many entries are joint; null for all.</summary>
    public void HoldJointAt(long? size)
    {
        _jointSize = size;
        Change();
    }

    /// <summary>From now on the record stands still; null for that it goes on.</summary>
    public void StandStill(Instant? since)
    {
        _standsStillSince = since;
        Change();
    }

    public async Task<NodePicture> NextAsync(NodePicture seen, CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = Volatile.Read(ref _changed).Task;
            if (!ReferenceEquals(_picture, seen)) return _picture;
            await changed.WaitAsync(cancellationToken);
        }
    }

    public Task<Submission> SayAsync(ReadOnlyMemory<byte> text, IReadOnlyList<ReadOnlyMemory<byte>> attachments, CancellationToken cancellationToken) =>
        SayAsync(Identity.Party, text, attachments);

    /// <summary>Another party says something.</summary>
    public async Task<Submission> SayAsync(Id<Party> party, ReadOnlyMemory<byte> text, params IReadOnlyList<ReadOnlyMemory<byte>> attachments)
    {
        foreach (var attachment in attachments) _store.AddAttachment(attachment);
        using var key = TestKeys.Statement(party);
        return StatementSigning.Sign(text, key).TryGet(out var entry, out var refusal) ? await SubmitAsync(entry, default) : new Submission.Refused(refusal);
    }

    /// <summary>A party says something of the domain's.</summary>
    public Task<Submission> SayAsync(string party, string id, StatementBody body) =>
        SayAsync(new Id<Party>(party), StatementWriter.Write(new(id), new(party), Clock.GetCurrentInstant(), body).Value);

    public async Task<Submission> SubmitAsync(ReadOnlyMemory<byte> entry, CancellationToken cancellationToken)
    {
        var answer = await _log.AppendAsync(entry);
        Change();
        return answer switch
        {
            AppendAnswer.Accepted accepted => new Submission.Accepted(ContentHash.Of(SignedEntry.Read(entry).Value.Text.Span), accepted.Index, accepted.IsRepeated),
            AppendAnswer.Refused refused => new Submission.Refused(refused.Fault.AsRefusal()),
            _ => throw new InvalidOperationException("An answer of an unknown kind."),
        };
    }

    public ReadOnlyMemory<byte>? Attachment(AttachmentHash hash) => _store.Attachment(hash);

    public async ValueTask DisposeAsync()
    {
        await _log.DisposeAsync();
        _store.Dispose();
        _logKey.Dispose();
        _officeKey.Dispose();
        _folder.Dispose();
    }

    /// <summary>The folder that holds the solution.</summary>
    public static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Tansiq.slnx"))) folder = folder.Parent ?? throw new DirectoryNotFoundException("No Tansiq.slnx above " + AppContext.BaseDirectory);
        return folder.FullName;
    }

    private void Change()
    {
        _picture = Now();
        Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    private NodePicture Now()
    {
        var head = _log.Head;
        return new() { State = head.State, Checkpoint = head.Checkpoint, JointSize = _jointSize ?? head.Size, Lines = [], Waiting = [], StandsStillSince = _standsStillSince, Findings = [] };
    }
}
