using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Information;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Record.Notes;

namespace Tansiq.Coordination.Tests.Information;

/// <summary>
/// Nodes on the urgent way and the lines between them, driven from a seed: sendings are lost, repeated, delayed and overtake each other, links are cut, nodes
/// crash and come back with what was on their disk.
/// </summary>
internal sealed class UrgentNetwork
{
    public static readonly Instant Start = Instant.FromUtc(2016, 7, 20, 6, 0);
    private const int TickMilliseconds = 50;
    private static readonly ContentHash Record = ContentHash.Of("the founding"u8);
    private readonly Random _chance;
    private readonly Dictionary<Id<Party>, Node> _nodes;
    private readonly PriorityQueue<Action, (long AtMilliseconds, long Order)> _due = new();
    private readonly PartyKeys _keys;
    private long _order;

    public UrgentNetwork(int seed, params string[] parties)
    {
        _chance = new(seed);
        var ids = parties.Select(party => new Id<Party>(party)).ToArray();
        _keys = PartyKeys.Of(
            new(Public(Key("log")), ids.ToImmutableSortedDictionary(id => id, id => new StartingKeys(Public(Key(id.Value)), null, null))),
            Record);
        _nodes = ids.ToDictionary(id => id, id => new Node(new(id, new("office"), [.. ids.Where(other => other != id)])));
    }

    /// <summary>Of a hundred sendings so many are lost, and so many come twice.</summary>
    public int Unreliable { get; set; }

    /// <summary>The longest way of a sending or an answer, milliseconds.</summary>
    public int LongestWayMilliseconds { get; set; } = 20;

    public Instant Now { get; private set; } = Start;

    public HashSet<(Id<Party>, Id<Party>)> Cut { get; } = [];

    public Node this[string party] => _nodes[new(party)];

    public IEnumerable<Node> Nodes => _nodes.Values;

    public ContentHash Say(string from, string id, UrgentKind kind, params string[] to)
    {
        var note = this[from].Steps.NoteOf(new()
        {
            Record = Record,
            Id = new(id),
            From = new(from),
            To = [.. to.Select(party => new Id<Party>(party))],
            Kind = kind,
            Role = OfficerRole.Watch,
            Words = new(ImmutableSortedDictionary<string, string>.Empty.Add("en", "Stop. Two aircraft converge.")),
            About = null,
            SentAt = Now,
        });
        Step(this[from], new UrgentInput.Heard(note, null));
        return note.Hash;
    }

    public void Answer(string party, ContentHash message) => Step(this[party], new UrgentInput.Answer(message, OfficerRole.Watch, "officer-7", null));

    public void Close(string party, ContentHash message) => Step(this[party], new UrgentInput.Close(message, OfficerRole.Watch, "officer-1"));

    /// <summary>The node is away; what was on its disk comes back with it.</summary>
    public static void Crash(Node node) => node.IsDown = true;

    public void Restart(Node node)
    {
        node.IsDown = false;
        node.State = new(node.Who);
        foreach (var note in node.Disk.OrderBy(note => note is UrgentNote.OfEvent)) Step(node, new UrgentInput.Heard(note, null, IsKept: true));
    }

    /// <summary>Time goes on until something holds; whether it did in time.</summary>
    public bool RunUntil(Func<bool> holds, Duration atMost)
    {
        var end = Now + atMost;
        while (!holds())
        {
            if (Now >= end) return false;
            Now += Duration.FromMilliseconds(10);
            var elapsed = (long)(Now - Start).TotalMilliseconds;
            while (_due.TryPeek(out var act, out var at) && at.AtMilliseconds <= elapsed)
            {
                _due.Dequeue();
                act();
            }

            if (elapsed % TickMilliseconds != 0) continue;
            foreach (var node in _nodes.Values.Where(node => !node.State.Open.IsEmpty)) Step(node, new UrgentInput.Passing());
        }

        return true;
    }

    public void Run(Duration time) => RunUntil(static () => false, time);

    public void Step(Node node, UrgentInput input)
    {
        if (node.IsDown) return;
        var (state, effects) = node.Steps.Next(node.State, input, Now);
        node.State = state;
        foreach (var effect in effects) Do(node, effect);
    }

    private void Do(Node node, UrgentEffect effect)
    {
        switch (effect)
        {
            case UrgentEffect.Send send:
                Transmit(node, send);
                break;
            case UrgentEffect.Keep keep when !node.IsDiskFull:
                node.Disk.Add(keep.Note);
                break;
            case UrgentEffect.Tell tell:
                node.Tellings.Add((Now, tell.Role));
                break;
            case UrgentEffect.Record record when !node.IsDiskFull:
                node.Recorded[record.Course.Note.Hash] = record.Course;
                Later(() => Step(node, new UrgentInput.Recorded(record.Course.Note.Hash)));
                break;
            default:
                break;
        }
    }

    private void Transmit(Node from, UrgentEffect.Send send)
    {
        var copies = _chance.Next(100) < Unreliable ? _chance.Next(2) * 2 : 1;
        for (var copy = 0; copy < copies; copy++) Later(() => Arrive(from, send));
    }

    private void Arrive(Node from, UrgentEffect.Send send)
    {
        var to = _nodes[send.Peer];
        if (to.IsDown || IsCut(from, to)) return;
        foreach (var note in send.Notes)
        {
            // Read anew from its bytes, as over a network.
            var read = UrgentNote.Read(note.Bytes, _keys).Value;
            var code = to.State.Refuses(read);
            if (code is null) Step(to, new UrgentInput.Heard(read, from.Who.Self));
            if (_chance.Next(100) < Unreliable) continue;
            Later(() =>
            {
                if (IsCut(from, to)) return;
                Step(from, code is null ? new UrgentInput.Held(send.Peer, note) : new UrgentInput.NotTaken(send.Peer, note, code == UrgentCodes.UnknownMessage));
            });
        }
    }

    private bool IsCut(Node first, Node second) => Cut.Contains((first.Who.Self, second.Who.Self)) || Cut.Contains((second.Who.Self, first.Who.Self));

    private void Later(Action act) => _due.Enqueue(act, ((long)(Now - Start).TotalMilliseconds + _chance.Next(1, LongestWayMilliseconds + 1), _order++));

    private static SigningKey Key(string name) => SigningKey.FromSeed(name, SignatureType.Ed25519, SHA256.HashData(Encoding.UTF8.GetBytes(name))).Value;

    private static VerifierKey Public(SigningKey key) => key.Verifier;

    internal sealed class Node
    {
        public Node(UrgentNode who)
        {
            Who = who;
            var key = Key(who.Self.Value);
            Steps = new(text => key.Sign(text.Span));
            State = new(who);
        }

        public UrgentNode Who { get; }

        public UrgentSteps Steps { get; }

        public UrgentState State { get; set; }

        public bool IsDown { get; set; }

        public bool IsDiskFull { get; set; }

        public List<UrgentNote> Disk { get; } = [];

        public List<(Instant At, OfficerRole Role)> Tellings { get; } = [];

        public Dictionary<ContentHash, UrgentCourse> Recorded { get; } = [];
    }
}
