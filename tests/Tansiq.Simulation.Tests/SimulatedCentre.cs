using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using NodaTime;
using Tansiq.Record;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Entries;
using Tansiq.Record.Federation;
using Tansiq.Record.Logs;
using Tansiq.Record.Merkle;
using Tansiq.Record.Notes;
using Tansiq.Storage.Following;
using Tansiq.Storage.Sources;
using Tansiq.Storage.Tests;

namespace Tansiq.Simulation.Tests;

/// <summary>A centre: the real steps and the real follower on a disk in memory. What is not on that disk is gone after a crash.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A disk in memory has nothing to give back.")]
internal sealed partial class SimulatedCentre
{
    private readonly Simulation _simulation;
    private readonly int _number;

    // The disk.
    private readonly List<(MerkleHash Leaf, byte[] Entry, Instant SaidAt)> _outbox = [];
    private readonly Dictionary<MerkleHash, byte[]> _passedOn = [];
    private readonly List<Finding> _keptFindings = [];
    private MemoryRecordStore _disk = new(Simulation.Origin);

    // The memory.
    private readonly Dictionary<MerkleHash, GatheredNote> _taken = [];
    private Follower<ToyState, ToyReading>? _follower;
    private CosignatureGathering? _gathering;
    private int _epoch;
    private Instant _tickAt;

    public SimulatedCentre(Simulation simulation, NodeName name, int number)
    {
        (_simulation, Name, _number, Clock) = (simulation, name, number, new(simulation.Network));
        Start();
    }

    public NodeName Name { get; }

    public SkewedClock Clock { get; }

    public CentreState State { get; private set; } = null!;

    public bool IsUp => _follower is not null;

    public MemoryRecordStore Disk => _disk;

    public ToyState? Picture => _follower?.State;

    /// <summary>What its officers were told that it was said.</summary>
    public List<(MerkleHash Leaf, byte[] Entry)> Acknowledged { get; } = [];

    public HashSet<MerkleHash> GivenBack { get; } = [];

    public HashSet<MerkleHash> Forgotten { get; } = [];

    /// <summary>All that it ever found, also what passed.</summary>
    public List<Finding> Found { get; } = [];

    public IEnumerable<MerkleHash> OnDisk => _outbox.Select(entry => entry.Leaf);

    /// <summary>Up to which entry it lets permissions have effect.</summary>
    public long PermitsUpTo => !IsUp ? 0 : _simulation.Fault switch
    {
        PlantedFault.IgnoreJoint => State.MayPermit ? State.Size : 0,
        PlantedFault.IgnoreStandstill => State.EffectiveJointSize,
        _ => State.MayPermit ? State.EffectiveJointSize : 0,
    };

    private SigningKey CosigningKey => Simulation.CosigningKey(_number);

    public void Start()
    {
        var settings = new FollowerSettings<ToyState>(Simulation.LogKey.Verifier, Clock) { CosigningKey = CosigningKey, Cosigners = _ => _simulation.Cosigners, ClockLimit = _simulation.Times.ClockLimit };
        _follower = Follower<ToyState, ToyReading>.OpenAsync(_disk, new ToyDomain(), settings).GetAwaiter().GetResult().Value;
        _gathering = new(_disk, Simulation.LogKey.Verifier);
        _taken.Clear();
        var others = _simulation.CentreNames.Remove(Name);
        var memory = new CentreMemory(
            _follower.Size, _gathering.JointSize, CosignedSize(), new ToyDomain().TimeOf(_follower.State), [.. _outbox.Select(entry => (entry.Leaf, entry.SaidAt))], [.. _keptFindings]);
        State = CentreProtocol.Start(new(Name, Simulation.Office, others, _simulation.Times, (ulong)_number), memory, Clock.GetCurrentInstant());
        _follower.CosigningStopped = State.Findings.Find(finding => finding.IsFork)?.Fault;
        _tickAt = Instant.MaxValue;
        Learn(new CentreInput.Tick());
    }

    public void Crash(Duration pause)
    {
        if (!IsUp) return;
        _epoch++;
        _follower!.Dispose();
        (_follower, _gathering) = (null, null);
        _disk.NextCommit = CommitCrash.None;
        _simulation.Trace($"{Name} crashed");
        _simulation.Network.After(pause, Start);
    }

    public void CrashAtNextCommit(CommitCrash crash)
    {
        if (IsUp) _disk.NextCommit = crash;
    }

    /// <summary>An officer says something: it is acknowledged once it is on the disk.</summary>
    public void Say(byte[] entry)
    {
        if (!IsUp) return;
        var leaf = MerkleHashing.Leaf(entry);
        if (_simulation.Fault == PlantedFault.SayBeforeKept)
        {
            Acknowledged.Add((leaf, entry));
            _simulation.Network.After(Duration.FromMilliseconds(300), WhileUp(() => Keep(leaf, entry)));
            return;
        }

        Keep(leaf, entry);
        Acknowledged.Add((leaf, entry));
    }

    public void Learn(CentreInput input)
    {
        if (!IsUp) return;
        var before = State;
        (State, var effects) = CentreProtocol.Step(State, input, Clock.GetCurrentInstant());
        foreach (var effect in effects) Do(effect);
        if (!IsUp) return;
        ScheduleTick();
        _simulation.Changed(this, before);
    }

    /// <summary>Does something later, if it has not stopped meanwhile.</summary>
    private Action WhileUp(Action action)
    {
        var epoch = _epoch;
        return () =>
        {
            if (epoch == _epoch && IsUp) action();
        };
    }

    private void Keep(MerkleHash leaf, byte[] entry)
    {
        _outbox.Add((leaf, entry, Clock.GetCurrentInstant()));
        Learn(new CentreInput.Said(leaf));
    }

    private void ScheduleTick()
    {
        var due = State.NextDue - Clock.Skew;
        if (due >= _tickAt && _tickAt > _simulation.Network.Now) return;
        _tickAt = due;
        _simulation.Network.At(due, WhileUp(() =>
        {
            if (_tickAt > _simulation.Network.Now) return;
            _tickAt = Instant.MaxValue;
            Learn(new CentreInput.Tick());
        }));
    }

    private long CosignedSize() => _disk.Witnessed(Simulation.Origin) is { } note ? Checkpoint.Parse(SignedNote.Read(note).Value.Text.Span).Value.Size : 0;
}
