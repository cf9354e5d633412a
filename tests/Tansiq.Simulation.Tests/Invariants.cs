using NodaTime;
using Tansiq.Record;
using Tansiq.Record.Entries;
using Tansiq.Record.Federation;
using Tansiq.Record.Merkle;
using Tansiq.Storage.Tests;

namespace Tansiq.Simulation.Tests;

/// <summary>What must hold, after every step of every honest centre and at the end.</summary>
internal sealed class Invariants(Simulation simulation)
{
    // What honest centres hold at each place, and which picture at each size: the first that came there says it for all.
    private readonly List<MerkleHash> _agreed = [];
    private readonly Dictionary<UInt128, long> _identities = [];
    private readonly Dictionary<long, string> _pictures = [];
    private readonly Dictionary<NodeName, long> _looked = [];
    private readonly ToyDomain _domain = new();

    /// <summary>Whether a lie that needs an occasion had one.</summary>
    public bool HasLied { get; set; } = true;

    private bool IsSplit => simulation.Lie is Lie.OfficeForks or Lie.OfficeForksWithCentre or Lie.OfficeRollsBack;

    public void Check(SimulatedCentre centre, CentreState before)
    {
        if (!IsSplit) CheckSameHistory(centre);
        if (centre.State.EffectiveJointSize != before.EffectiveJointSize || centre.State.MayPermit != before.MayPermit || centre.State.Size != before.Size) CheckPermissions(centre);
        if (!ReferenceEquals(centre.State.Outbox, before.Outbox)) CheckNoneLost(centre);
        if (centre.State.IsForked && before.IsForked && centre.State.CosignedSize > before.CosignedSize) Broken($"{centre.Name} cosigned {centre.State.CosignedSize} while the record was forked");
        if (simulation.Lie == Lie.None) CheckNobodyAccused(centre);
    }

    public void CheckEnd()
    {
        foreach (var centre in simulation.Honest)
        {
            CheckPermissions(centre);
            CheckNoneLost(centre);
        }

        if (!HasLied) return;
        switch (simulation.Lie)
        {
            case Lie.None: CheckProgress(simulation.Centres); break;
            case Lie.OfficeForks or Lie.OfficeForksWithCentre: Found(simulation.Honest, all: true, RecordFaults.SplitView, RecordFaults.RolledBack); break;
            case Lie.OfficeRollsBack: Found(simulation.Honest, all: true, RecordFaults.RolledBack, RecordFaults.SplitView); break;
            // Where others pass the statement on and are put off too, nothing goes on at all, and that is seen.
            case Lie.OfficeWithholds when simulation.Centre(simulation.Victim).State.StandsStillSince is not null: break;
            case Lie.OfficeWithholds or Lie.OfficeAnswersFalsely: Found([simulation.Centre(simulation.Victim)], all: true, RecordFaults.Withheld); break;
            case Lie.OfficeFallsSilent:
                if (simulation.Honest.FirstOrDefault(centre => centre.State.MayPermit || centre.State.StandsStillSince is null) is { } permitting) Broken($"{permitting.Name} does not see that the record stands still");
                break;
            case Lie.OfficeReorders: Found([simulation.Centre(simulation.Victim)], all: true, RecordFaults.Reordered); break;
            case Lie.OfficeBackdates: Found(simulation.Honest, all: true, RecordFaults.WrongClock); break;
            case Lie.OfficeHidesFromOne: Found([simulation.Centre(simulation.Victim)], all: true, RecordFaults.Lagging, RecordFaults.RolledBack); break;
            case Lie.CentreShowsFalselyUnanswered: Found(simulation.Honest, all: true, RecordFaults.FalselyUnanswered); break;
            case Lie.CentreClockWrong: Found(simulation.Honest, all: true, RecordFaults.WrongClock); break;
            default: throw new InvalidOperationException("A lie that nobody looks for.");
        }
    }

    private void CheckSameHistory(SimulatedCentre centre)
    {
        var from = _looked.GetValueOrDefault(centre.Name);
        var size = centre.Disk.Size;
        if (size == from) return;
        var index = from;
        foreach (var (bytes, identity) in centre.Disk.Entries(from, size).Zip(centre.Disk.Identities(from, size)))
        {
            var leaf = MerkleHashing.Leaf(bytes.Span);
            if (index == _agreed.Count) _agreed.Add(leaf);
            else if (_agreed[(int)index] != leaf) Broken($"{centre.Name} holds another entry {index} than others");
            if (_domain.IdentityOf(_domain.Read(SignedEntry.Read(bytes).Value, _domain.Empty, _ => null)) is { } own && !_identities.TryAdd(own, index) && _identities[own] != index)
                Broken($"the statement at entry {_identities[own]} is at {index} again");
            index++;
        }

        _looked[centre.Name] = size;
        var picture = Convert.ToHexString(_domain.DigestOf(centre.Picture!).Span);
        if (_pictures.TryAdd(size, picture) || _pictures[size] == picture) return;
        Broken($"{centre.Name} has another picture of size {size} than others");
    }

    // What has effect as a permission is held, on the disk, by every honest centre, in the same history; and the record goes on.
    private void CheckPermissions(SimulatedCentre centre)
    {
        var joint = centre.PermitsUpTo;
        if (joint == 0) return;
        foreach (var other in simulation.Honest)
        {
            if (other.Disk.Size < joint) Broken($"{centre.Name} permits by {joint} entries, and {other.Name} holds {other.Disk.Size}");
            else if (!Leaf(other, joint - 1).Span.SequenceEqual(Leaf(centre, joint - 1).Span)) Broken($"{centre.Name} permits by {joint} entries, and {other.Name} holds others");
        }

        var limit = simulation.Times.StandStill + Duration.FromSeconds(2);
        if (centre.Picture!.Time is not { } time || centre.Clock.GetCurrentInstant() - time > limit) Broken($"{centre.Name} permits while the record stands still");
    }

    // Entries are compared by their bytes; those before them were when they were the newest.
    private static ReadOnlyMemory<byte> Leaf(SimulatedCentre centre, long index) => centre.Disk.Entries(index, index + 1).Single();

    private void CheckNoneLost(SimulatedCentre centre)
    {
        var onDisk = centre.OnDisk.ToHashSet();
        foreach (var (leaf, _) in centre.Acknowledged)
        {
            if (!onDisk.Contains(leaf) && !centre.GivenBack.Contains(leaf) && !centre.Forgotten.Contains(leaf)) Broken($"{centre.Name} lost {leaf}");
        }

        // What the office accepted lies on its disk, in a history that it keeps.
        if (simulation.Lie is Lie.OfficeAnswersFalsely or Lie.OfficeRollsBack) return;
        foreach (var entry in centre.State.Outbox)
        {
            if (entry.Index is not { } index) continue;
            if (!simulation.OfficeNode.Disks.Any(disk => index < disk.Size && MerkleHashing.Leaf(disk.Entries(index, index + 1).Single().Span) == entry.Leaf)) Broken($"the office accepted {entry.Leaf} as entry {index} and does not have it there");
        }
    }

    private void CheckNobodyAccused(SimulatedCentre centre)
    {
        var accused = centre.State.Findings.Find(finding => !finding.IsPassing);
        if (accused is not null) Broken($"{centre.Name} finds {accused.Fault} about {accused.About}, who is honest");
    }

    // Everything that was said is joint everywhere, in its author's order, and nothing that passes is left.
    private void CheckProgress(IReadOnlyList<SimulatedCentre> centres)
    {
        foreach (var centre in centres)
        {
            if (!centre.IsUp) Broken($"{centre.Name} is away");
            if (centre.State.Outbox.Count > 0) Broken($"{centre.Name} still has {centre.State.Outbox.Count} on the way");
            if (!centre.State.Findings.IsEmpty) Broken($"{centre.Name} still finds {centre.State.Findings[0].Fault} about {centre.State.Findings[0].About}");
            if (!centre.State.MayPermit || centre.State.JointSize < centre.State.Size - 1) Broken($"{centre.Name} holds {centre.State.Size} and {centre.State.JointSize} are joint");
            var leaves = centre.Disk.Entries(0, centre.State.JointSize).Select(bytes => MerkleHashing.Leaf(bytes.Span)).ToList();
            foreach (var author in centres)
            {
                List<int> places = [.. author.Acknowledged.Where(entry => !author.GivenBack.Contains(entry.Leaf)).Select(entry => leaves.IndexOf(entry.Leaf))];
                if (places.Contains(-1)) Broken($"a statement of {author.Name} is not joint at {centre.Name}");
                if (!places.SequenceEqual(places.Order())) Broken($"statements of {author.Name} stand in another order");
            }
        }
    }

    private void Found(IEnumerable<SimulatedCentre> honest, bool all, params string[] codes)
    {
        bool Finds(SimulatedCentre centre) => centre.Found.Exists(finding => codes.Contains(finding.Fault.Code));
        if (all ? honest.All(Finds) : honest.Any(Finds)) return;
        Broken($"{simulation.Lie} was not found by {string.Join(", ", honest.Where(centre => !Finds(centre)).Select(centre => centre.Name))}");
    }

    private void Broken(string what) => throw new InvariantException($"seed {simulation.Seed}, {simulation.Lie}, {simulation.Fault}: {what}");
}
