using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using Tansiq.Record.Entries;
using Tansiq.Record.Federation;
using Tansiq.Record.Logs;
using Tansiq.Record.Merkle;
using Tansiq.Record.Notes;
using Tansiq.Storage.Tests;

namespace Tansiq.Simulation.Tests;

/// <summary>What must hold was broken: the seed says how to see it again.</summary>
internal sealed class InvariantException(string message) : Exception(message);

/// <summary>
/// An office and two to six centres under one seed: chaos for a while, a lie of one of them in some runs, then healing. What must hold is looked at after
/// every step of a centre (<see cref="Invariants"/>).
/// </summary>
internal sealed partial class Simulation
{
    public const string Origin = "log.example/toy";
    public static readonly NodeName Office = NodeName.Of("office.example");
    public static readonly SigningKey LogKey = ToyDomain.Key(Origin);
    public static readonly SigningKey OfficeKey = ToyDomain.Key("office.example/statements");
    private const int MostCentres = 6;
    private static readonly SigningKey[] Authors = [.. Enumerable.Range(0, MostCentres).Select(number => ToyDomain.Key(NameOf(number)))];
    private static readonly SigningKey[] CosigningKeys = [.. Enumerable.Range(0, MostCentres).Select(number => ToyDomain.Key(NameOf(number), SignatureType.Cosignature))];
    private static readonly Duration ChaosTime = Duration.FromSeconds(75);
    private static readonly Duration HealingTime = Duration.FromSeconds(110);
    private readonly SimulationRandom _random;
    private readonly Invariants _invariants;
    private readonly IncrementalHash _trace = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<string> _lines = [];
    private readonly int _centreCount;
    private int _said;

    public Simulation(ulong seed, Lie lie = Lie.None, PlantedFault fault = PlantedFault.None, bool isTraced = false)
    {
        (Seed, Lie, Fault, IsTraced) = (seed, lie, fault, isTraced);
        _random = new(seed);
        Network = new(_random);
        _centreCount = _random.Below(100) switch { < 60 => 2, < 85 => 3, < 92 => 4, < 97 => 5, _ => 6 };
        if (lie is Lie.OfficeForksWithCentre) _centreCount = Math.Max(3, _centreCount);
        CentreNames = [.. Enumerable.Range(0, _centreCount).Select(number => NodeName.Of(NameOf(number)))];
        Cosigners = [.. CosigningKeys.Take(_centreCount).Select(key => key.Verifier)];
        Liar = lie is Lie.OfficeForksWithCentre or Lie.CentreShowsFalselyUnanswered or Lie.CentreClockWrong ? CentreNames[^1] : default;
        Victim = CentreNames[0];
        // Both histories are shown to somebody honest.
        SecondGroup = [.. CentreNames.Where((name, number) => number == 1 || (number > 1 && name != Liar && _random.Chance(50)))];
        OfficeDomain = fault == PlantedFault.ForgetIdentities ? new ForgetfulDomain() : new ToyDomain();
        _invariants = new(this);
        OfficeNode = new(this);
        Centres = [.. CentreNames.Select((name, number) => new SimulatedCentre(this, name, number))];
    }

    public ulong Seed { get; }

    public Lie Lie { get; }

    public PlantedFault Fault { get; }

    public bool IsTraced { get; }

    public SimulatedNetwork Network { get; }

    /// <summary>As in a real node; only what is done though nothing is new is done less often, for each look costs signatures.</summary>
    public FederationTimes Times { get; } = new() { Look = Duration.FromSeconds(20), Greeting = Duration.FromSeconds(20) };

    public ImmutableArray<NodeName> CentreNames { get; }

    public IReadOnlyCollection<VerifierKey> Cosigners { get; }

    public IRecordDomain<ToyState, ToyReading> OfficeDomain { get; }

    public SimulatedOffice OfficeNode { get; }

    public ImmutableArray<SimulatedCentre> Centres { get; }

    /// <summary>The centre that lies; the default name for none.</summary>
    public NodeName Liar { get; }

    /// <summary>The centre that a lie of the office is about.</summary>
    public NodeName Victim { get; }

    /// <summary>Who is shown the second history.</summary>
    public ImmutableHashSet<NodeName> SecondGroup { get; }

    public IEnumerable<SimulatedCentre> Honest => Centres.Where(centre => centre.Name != Liar);

    public IEnumerable<SigningKey> AuthorKeys => Authors.Take(_centreCount);

    public static SigningKey CosigningKey(int number) => CosigningKeys[number];

    /// <summary>Runs it; an invariant that is broken is thrown.</summary>
    /// <returns>A hash of all that happened.</returns>
    public string Run()
    {
        var start = Network.Now;
        ScheduleChaos(start);
        Guarded(start + ChaosTime);
        Heal();
        Guarded(start + ChaosTime + HealingTime);
        _invariants.CheckEnd();
        return Convert.ToHexStringLower(_trace.GetHashAndReset());
    }

    public SimulatedCentre Centre(NodeName name) => Centres[CentreNames.IndexOf(name)];

    public static byte[] KeyEntry(SigningKey key) => ToyDomain.Entry(OfficeKey, $"key-{key.Verifier.Name}", $"key {key.Verifier}");

    public void Tell(NodeName centre, long size) => Network.Send(Office, centre, () => Centre(centre).Learn(new CentreInput.Told(Office, size)));

    public void ShowNote(NodeName centre, ReadOnlyMemory<byte> note) => Network.Send(Office, centre, () => Centre(centre).TakeHead(Office, [note], null));

    public Instant? ClockOf(NodeName node) => node == Office ? OfficeNode.IsUp ? Network.Now : null : Centre(node).IsUp ? Centre(node).Clock.GetCurrentInstant() : null;

    public bool IsLost() => Network.Loss > 0 && _random.Chance(Network.Loss);

    public Duration Pause() => Duration.FromMilliseconds(_random.Between(200, 8_000));

    /// <summary>Whether a lie was one: what nobody had seen can't be taken back, what is not there can't be shown falsely.</summary>
    public void Lied(bool hasLied) => _invariants.HasLied = hasLied;

    public void Changed(SimulatedCentre centre, CentreState before)
    {
        if (centre.State.Size != before.Size || centre.State.JointSize != before.JointSize) Trace($"{centre.Name} holds {centre.State.Size} joint {centre.State.JointSize} cosigned {centre.State.CosignedSize}");
        if (centre.Name != Liar) _invariants.Check(centre, before);
    }

    public void Trace(string what)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{(Network.Now - Instant.FromUtc(2016, 7, 15, 9, 0)).TotalSeconds:0.000} {what}\n");
        _trace.AppendData(Encoding.UTF8.GetBytes(line));
        if (IsTraced) _lines.Add(line);
    }

    public string TraceText() => string.Concat(_lines);

    private static string NameOf(int number) => $"c{number}.example";

    private void Guarded(Instant until)
    {
        while (Network.Next(until))
        {
            // Each event looks after itself.
        }
    }
}

/// <summary>The toy domain of an office that does not know an entry again.</summary>
internal sealed class ForgetfulDomain : IRecordDomain<ToyState, ToyReading>
{
    private readonly ToyDomain _domain = new();

    public ToyState Empty => _domain.Empty;

    public ToyReading Read(SignedEntry entry, ToyState known, Func<AttachmentHash, ReadOnlyMemory<byte>?> attachment) => _domain.Read(entry, known, attachment);

    public UInt128? IdentityOf(ToyReading reading) => null;

    public IReadOnlyList<AttachmentHash> AttachmentsOf(ToyReading reading) => _domain.AttachmentsOf(reading);

    public Record.Checked<VerifierKey> KeyOf(ToyState state, ToyReading reading, in NoteSignature signature) => _domain.KeyOf(state, reading, signature);

    public Judged<ToyState> Append(ToyState state, SignedEntry entry, ToyReading reading, Func<AttachmentHash, ReadOnlyMemory<byte>?> attachment) => _domain.Append(state, entry, reading, attachment);

    public ReadOnlyMemory<byte> DigestOf(ToyState state) => _domain.DigestOf(state);

    public ReadOnlyMemory<byte>? TimeText(ToyState state, Instant now) => _domain.TimeText(state, now);

    public Instant? TimeDue(ToyState state) => _domain.TimeDue(state);

    public Instant? TimeOf(ToyState state) => _domain.TimeOf(state);
}
