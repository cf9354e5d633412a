using System.Collections.Immutable;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using NodaTime;
using Tansiq.Coordination;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Information;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Geo.Text;
using Tansiq.Server.Nodes;

namespace Tansiq.Server.Information;

/// <summary>Something that the desk hears of the urgent way.</summary>
/// <param name="Message">The message.</param>
/// <param name="Told">The role that is told now; null where only its course changed.</param>
internal sealed record UrgentNews(ContentHash Message, OfficerRole? Told);

/// <summary>
/// The urgent way of a running node: takes the pure steps one after another, and does what they ask for. Sending waits for nothing; the disk and the record
/// come afterwards, in a task of their own, and are tried again until they take it.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class UrgentDesk : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);
    private readonly INode _node;
    private readonly IClock _clock;
    private readonly UrgentSteps _steps;
    private readonly UrgentAfterwards _afterwards;
    private readonly ImmutableDictionary<Id<Party>, UrgentLine> _lines;
    private readonly Lock _stepping = new();
    private readonly Lock _listening = new();

    // Replaced under _stepping, read anywhere.
    private volatile UrgentState _state;

    // Guarded by _listening.
    private readonly HashSet<Channel<UrgentNews>> _listeners = [];

    public UrgentDesk(INode node, IClock clock, UrgentParts parts, UrgentNotesKept kept)
    {
        _node = node;
        _clock = clock;
        _steps = new(text => parts.Key.Sign(text.Span));
        _afterwards = new(node, clock, kept, message => Take(new UrgentInput.Recorded(message)));
        _lines = parts.Peers.ToImmutableDictionary(peer => peer.Party, peer => new UrgentLine(node.Identity.Party, peer, parts.MakeHandler(), Take));
        var office = node.Picture.Situation.Founding?.Office ?? Id<Party>.None;
        _state = new(new(node.Identity.Party, office, [.. _lines.Keys.Order()]));
    }

    /// <summary>What is known now.</summary>
    public UrgentState State => _state;

    /// <summary>Sends a message. The same identifier with the same content again gives the same.</summary>
    public Parsed<UrgentCourse> Send(UrgentMessage message)
    {
        var note = _steps.NoteOf(message);
        lock (_stepping)
        {
            if (Sent(message) is { } earlier) return IsRepeated(earlier.Message, message) ? earlier : new Refusal(UrgentCodes.IdReused, "/id", message.Id.Value, "an identifier that no other message has");
            if (_state.Refuses(note) is { } code) return new Refusal(code, "", "", "");
            TakeLocked(new UrgentInput.Heard(note, null));
            return _state.Find(note.Hash)!;
        }
    }

    /// <summary>Takes notes of another node.</summary>
    /// <param name="notes">Their bytes.</param>
    /// <param name="path">The other node, as it calls itself.</param>
    /// <returns>For each the hash of its text and null, or the code of the refusal; without a hash where it is no note at all.</returns>
    public List<(ContentHash Hash, string? Code)> Receive(IEnumerable<ReadOnlyMemory<byte>> notes, Id<Party>? path)
    {
        var keys = _node.Picture.Situation.Keys;
        var answers = new List<(ContentHash Hash, string? Code)>();
        foreach (var bytes in notes)
        {
            if (UrgentNote.TextHash(bytes) is { } hash) answers.Add((hash, IsHeld(hash) ? null : Receive(bytes, keys, path)));
        }

        return answers;
    }

    /// <summary>Takes something that happened here.</summary>
    public void Take(UrgentInput input)
    {
        lock (_stepping) TakeLocked(input);
    }

    /// <summary>What the desk hears from now on. A listener that is too slow misses the oldest; the list has what counts.</summary>
    public async IAsyncEnumerable<UrgentNews> NewsAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<UrgentNews>(new BoundedChannelOptions(1_024) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        lock (_listening) _listeners.Add(channel);
        try
        {
            await foreach (var news in channel.Reader.ReadAllAsync(cancellationToken)) yield return news;
        }
        finally
        {
            lock (_listening) _listeners.Remove(channel);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (var line in _lines.Values) line.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var afterwards = _afterwards.RunAsync(Remember, stoppingToken);
        using var timer = new PeriodicTimer(Tick);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                if (!_state.Open.IsEmpty) Take(new UrgentInput.Passing());
            }
        }
        catch (OperationCanceledException)
        {
            // The node ends.
        }

        await afterwards;
    }

    private void Remember(IEnumerable<UrgentNote> notes, IEnumerable<ContentHash> recorded)
    {
        lock (_stepping)
        {
            foreach (var note in notes) TakeLocked(new UrgentInput.Heard(note, null, IsKept: true));
            foreach (var message in recorded) TakeLocked(new UrgentInput.Recorded(message));
        }
    }

    private string? Receive(ReadOnlyMemory<byte> bytes, PartyKeys keys, Id<Party>? path)
    {
        if (!UrgentNote.Read(bytes, keys).TryGet(out var note, out var refusal)) return refusal.Code;
        lock (_stepping)
        {
            var code = _state.Refuses(note);
            if (code is null) TakeLocked(new UrgentInput.Heard(note, path));
            return code;
        }
    }

    private bool IsHeld(ContentHash hash) => _state.Find(hash) is not null;

    private UrgentCourse? Sent(UrgentMessage message) =>
        _state.Open.Values.Concat(_state.Settled.Values).FirstOrDefault(each => each.Message.From == message.From && each.Message.Id == message.Id);

    private static bool IsRepeated(UrgentMessage earlier, UrgentMessage message) =>
        UrgentText.Write(earlier).Span.SequenceEqual(UrgentText.Write(message with { SentAt = earlier.SentAt }).Span);

    private void TakeLocked(UrgentInput input)
    {
        var (state, effects) = _steps.Next(_state, input, _clock.GetCurrentInstant());
        _state = state;
        foreach (var effect in effects) Do(effect);
    }

    private void Do(UrgentEffect effect)
    {
        switch (effect)
        {
            case UrgentEffect.Send send:
                _lines[send.Peer].Send(send.Notes);
                break;
            case UrgentEffect.Keep keep:
                _afterwards.Keep(keep.Note);
                break;
            case UrgentEffect.Record record:
                _afterwards.Record(record.Course);
                break;
            case UrgentEffect.Change change:
                Tell(new(change.Message, null));
                break;
            case UrgentEffect.Tell tell:
                Tell(new(tell.Message, tell.Role));
                break;
            default:
                throw new InvalidOperationException("An effect of an unknown kind.");
        }
    }

    private void Tell(UrgentNews news)
    {
        lock (_listening)
        {
            foreach (var listener in _listeners) listener.Writer.TryWrite(news);
        }
    }
}
