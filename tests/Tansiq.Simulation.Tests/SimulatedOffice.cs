using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using NodaTime;
using Tansiq.Record.Entries;
using Tansiq.Record.Federation;
using Tansiq.Record.Logs;
using Tansiq.Record.Tiles;
using Tansiq.Storage.Sources;

namespace Tansiq.Simulation.Tests;

/// <summary>The office of a simulation, honest or not.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A disk in memory has nothing to give back.")]
internal sealed class SimulatedOffice
{
    private readonly Simulation _simulation;
    private readonly SkewedClock _clock;
    private MemoryRecordStore _disk;
    private MemoryRecordStore? _backup;
    private SimulatedLog? _log;
    private SimulatedLog? _second;
    private ImmutableHashSet<NodeName> _shownSecond = [];
    private ReadOnlyMemory<byte>? _frozen;
    private int _epoch;

    public SimulatedOffice(Simulation simulation)
    {
        _simulation = simulation;
        _clock = new(simulation.Network);
        _disk = new(Simulation.Origin);
        Start();
        _log!.Append([.. new[] { Simulation.OfficeKey }.Concat(simulation.AuthorKeys).Select(key => (ReadOnlyMemory<byte>)Simulation.KeyEntry(key))]);
        _log.Tick();
    }

    public bool IsUp => _log is not null;

    public bool IsLying { get; private set; }

    /// <summary>All histories that it keeps, as they are on its disk.</summary>
    public IEnumerable<MemoryRecordStore> Disks => _second is null ? [_disk] : [_disk, _second.Store];

    public void Start()
    {
        _log = new(_simulation, _disk, _clock, _simulation.CentreNames);
        Later(Duration.FromMilliseconds(100));
    }

    /// <summary>Stops in the middle of things; comes again after a while.</summary>
    public void Crash(Duration pause)
    {
        if (!IsUp || IsLying) return;
        _epoch++;
        _log = null;
        _disk.NextCommit = CommitCrash.None;
        _simulation.Trace("office crashed");
        var epoch = _epoch;
        _simulation.Network.After(pause, () =>
        {
            if (epoch == _epoch) Start();
        });
    }

    public void CrashAtNextCommit(CommitCrash crash)
    {
        if (IsUp && !IsLying) _disk.NextCommit = crash;
    }

    /// <summary>Keeps a backup, to go back to it later.</summary>
    public void BackUp() => _backup = _disk.Copy();

    public void BeginToLie()
    {
        if (!IsUp) Start();
        _epoch++;
        IsLying = true;
        _disk.NextCommit = CommitCrash.None;
        switch (_simulation.Lie)
        {
            case Lie.OfficeForks or Lie.OfficeForksWithCentre:
                _shownSecond = _simulation.SecondGroup;
                _second = new(_simulation, _disk.Copy(), _clock, _shownSecond);
                break;
            case Lie.OfficeFallsSilent:
                _log = null;
                return;
            case Lie.OfficeBackdates:
                _clock.Skew = Duration.FromSeconds(-40);
                break;
            case Lie.OfficeRollsBack:
                _simulation.Lied(_simulation.Honest.Any(centre => centre.Disk.Size > _backup!.Size));
                _disk = _backup!;
                _log = new(_simulation, _disk, _clock, _simulation.CentreNames);
                break;
            case Lie.OfficeHidesFromOne:
                _frozen = _log!.Shown!.Note.Bytes;
                break;
            default:
                break;
        }

        Later(Duration.FromMilliseconds(250));
    }

    public void Submit(NodeName from, IReadOnlyList<byte[]> entries, Action<ImmutableArray<EntryAnswer>> answer)
    {
        if (!IsUp) return;
        try
        {
            if (Append(from, entries) is { } answers) answer(answers);
        }
        catch (CrashException)
        {
            Crash(_simulation.Pause());
        }
    }

    public void TakeHead(NodeName from, ReadOnlyMemory<byte> note) => LogFor(from)?.TakeHead(note);

    /// <summary>What it shows to a centre.</summary>
    public IRecordSource SourceFor(NodeName centre, bool fails)
    {
        var log = LogFor(centre) ?? throw new InvalidOperationException("An office that is away shows nothing.");
        var note = _frozen is { } frozen && centre == _simulation.Victim ? frozen : log.Shown?.Note.Bytes;
        return new SimulatedSource(new StoreSource(log.Store, "office"), note, fails);
    }

    public SimulatedLog? LogFor(NodeName centre) => _second is not null && _shownSecond.Contains(centre) ? _second : _log;

    private ImmutableArray<EntryAnswer>? Append(NodeName from, IReadOnlyList<byte[]> entries)
    {
        ReadOnlyMemory<byte>[] batch = [.. entries.Select(entry => (ReadOnlyMemory<byte>)entry)];
        if (IsLying && _simulation.Lie == Lie.OfficeWithholds && batch.Any(IsOfVictim))
        {
            return from == _simulation.Victim ? null : [.. batch.Select(_ => new EntryAnswer.Busy())];
        }

        if (IsLying && _simulation.Lie == Lie.OfficeAnswersFalsely && batch.Any(IsOfVictim))
            return [.. batch.Select((_, number) => new EntryAnswer.Accepted(_disk.Size + number))];
        if (IsLying && _simulation.Lie == Lie.OfficeReorders && from == _simulation.Victim) return [.. _log!.Append([.. batch.Reverse()]).Reverse()];
        if (_simulation.Fault == PlantedFault.AnswerBeforeCommit) return AnswerFirst(batch);
        return LogFor(from)!.Append(batch);
    }

    // The planted fault: an answer, and the disk a moment later.
    private ImmutableArray<EntryAnswer> AnswerFirst(ReadOnlyMemory<byte>[] batch)
    {
        var epoch = _epoch;
        _simulation.Network.After(Duration.FromMilliseconds(500), () =>
        {
            if (epoch == _epoch && IsUp) _log!.Append(batch);
        });
        return [.. batch.Select((_, number) => new EntryAnswer.Accepted(_disk.Size + 1 + number))];
    }

    private bool IsOfVictim(ReadOnlyMemory<byte> entry) => SignedEntry.Read(entry).Value.Signature.Name == _simulation.Victim.Value;

    private void Tick(int epoch)
    {
        if (epoch != _epoch || !IsUp) return;
        try
        {
            _log!.Tick();
            _second?.Tick();
        }
        catch (CrashException)
        {
            Crash(_simulation.Pause());
            return;
        }

        Later(Duration.FromMilliseconds(250));
    }

    private void Later(Duration wait)
    {
        var epoch = _epoch;
        _simulation.Network.After(wait, () => Tick(epoch));
    }
}

/// <summary>A record as it is read over a network that may break off in the middle.</summary>
internal sealed class SimulatedSource(IRecordSource held, ReadOnlyMemory<byte>? checkpoint, bool fails) : IRecordSource
{
    public string Name => held.Name;

    public ValueTask<ReadOnlyMemory<byte>?> CheckpointAsync(CancellationToken cancellationToken) => new(checkpoint);

    public ValueTask<ReadOnlyMemory<byte>?> TileAsync(Tile tile, CancellationToken cancellationToken) => fails
        ? throw new RecordSourceException(new(Record.RecordFaults.SourceFailed, tile.Path(), "no answer", "the tile"))
        : held.TileAsync(tile, cancellationToken);

    public ValueTask<ReadOnlyMemory<byte>?> AttachmentAsync(AttachmentHash hash, CancellationToken cancellationToken) => held.AttachmentAsync(hash, cancellationToken);
}
