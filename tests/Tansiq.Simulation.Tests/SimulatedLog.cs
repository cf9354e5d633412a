using System.Collections.Immutable;
using NodaTime;
using Tansiq.Record;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Entries;
using Tansiq.Record.Federation;
using Tansiq.Record.Notes;
using Tansiq.Storage.Following;
using Tansiq.Storage.Logs;
using Tansiq.Storage.Tests;

namespace Tansiq.Simulation.Tests;

/// <summary>A clock that is off by some time.</summary>
internal sealed class SkewedClock(IClock real) : IClock
{
    public Duration Skew { get; set; }

    public Instant GetCurrentInstant() => real.GetCurrentInstant() + Skew;
}

/// <summary>One history that an office keeps: the real writer of a log, the real collection of cosignatures, the real steps. A lying office keeps two.</summary>
internal sealed class SimulatedLog
{
    private readonly Simulation _simulation;
    private readonly LogWriter<ToyState, ToyReading> _writer;
    private readonly EntryVerifier<ToyState, ToyReading> _verifier;
    private readonly CosignatureGathering _gathering;
    private readonly Dictionary<long, SignedCheckpoint> _checkpoints = [];
    private readonly IReadOnlyCollection<NodeName> _shownTo;
    private OfficeState _state;

    public SimulatedLog(Simulation simulation, MemoryRecordStore store, SkewedClock clock, IReadOnlyCollection<NodeName> shownTo)
    {
        (_simulation, Store, Clock, _shownTo) = (simulation, store, clock, shownTo);
        var domain = simulation.OfficeDomain;
        var settings = new RecordLogSettings(Simulation.LogKey, Simulation.OfficeKey, clock);
        _writer = new(domain, store, settings, LogOpening.Open(store, domain, settings, null, CancellationToken.None).Value);
        _verifier = new(domain, store);
        _gathering = new(store, Simulation.LogKey.Verifier);
        if (_writer.Head.Checkpoint is { } checkpoint) _checkpoints[checkpoint.Checkpoint.Size] = checkpoint;
        _state = OfficeProtocol.Start(new(Simulation.Office, simulation.CentreNames, simulation.Times), store.Size, _gathering.JointSize, clock.GetCurrentInstant());
        Shown = _writer.Head.Checkpoint;
    }

    public MemoryRecordStore Store { get; }

    public SkewedClock Clock { get; }

    /// <summary>The checkpoint that is shown.</summary>
    public SignedCheckpoint? Shown { get; private set; }

    /// <summary>Appends entries in one step, as the office's writer does.</summary>
    public ImmutableArray<EntryAnswer> Append(IReadOnlyList<ReadOnlyMemory<byte>> entries)
    {
        var batch = new List<PendingEntry<ToyReading>>();
        foreach (var entry in entries)
        {
            var pending = new PendingEntry<ToyReading>(entry.ToArray());
            _verifier.Read(pending, _writer.Head.State);
            batch.Add(pending);
        }

        _writer.Append(batch);
        var head = _writer.Head;
        if (head.Checkpoint is { } checkpoint) _checkpoints[head.Size] = checkpoint;
        Learn(new OfficeInput.Appended(head.Size));
        return [.. batch.Select(pending => Answer(pending.Answered.GetAwaiter().GetResult()))];
    }

    /// <summary>Time goes by.</summary>
    public void Tick()
    {
        if (_writer.Head.Size > 0 && _writer.IsTimeDue()) Append([]);
        else Learn(new OfficeInput.Tick());
    }

    /// <summary>A centre shows its head.</summary>
    public void TakeHead(ReadOnlyMemory<byte> note)
    {
        if (_gathering.Take(note, _simulation.Cosigners) is not GatheredNote.Agrees agrees) return;
        foreach (var key in agrees.By) Learn(new OfficeInput.Cosigned(NodeName.Of(key.Name), agrees.Size, _gathering.JointSize >= agrees.Size));
    }

    public void Learn(OfficeInput input)
    {
        (_state, var effects) = OfficeProtocol.Step(_state, input, Clock.GetCurrentInstant());
        foreach (var effect in effects) Do(effect);
    }

    private void Do(OfficeEffect effect)
    {
        switch (effect)
        {
            case OfficeEffect.Show show:
                Shown = _checkpoints[show.Size];
                foreach (var centre in _shownTo) _simulation.Tell(centre, show.Size);
                break;
            case OfficeEffect.ShowJoint:
                foreach (var centre in _shownTo) _simulation.ShowNote(centre, Store.JointCheckpoint!.Value);
                break;
            default:
                break;
        }
    }

    private static EntryAnswer Answer(AppendAnswer answer) => answer switch
    {
        AppendAnswer.Accepted accepted => new EntryAnswer.Accepted(accepted.Index),
        AppendAnswer.Refused refused => new EntryAnswer.Refused(refused.Fault),
        _ => throw new InvalidOperationException("An answer of an unknown kind."),
    };
}
