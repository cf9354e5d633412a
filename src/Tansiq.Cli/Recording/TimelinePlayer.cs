using NodaTime;
using Tansiq.Cli.Keys;
using Tansiq.Cli.Scenarios;
using Tansiq.Coordination;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Recording;
using Tansiq.Coordination.Statements;
using Tansiq.Geo.Text;
using Tansiq.Record;
using Tansiq.Record.Notes;
using Tansiq.Storage.Logs;

namespace Tansiq.Cli.Recording;

/// <summary>Plays the timeline of a scenario on a record of an exercise: every statement signed by its party, the office's clock put to its time.</summary>
/// <param name="record">The record.</param>
/// <param name="keyFile">The file of a party's statement key.</param>
/// <param name="passphrase">Asked where a key lies under one.</param>
internal sealed class TimelinePlayer(OfficeRecord record, Func<Id<Party>, string> keyFile, Func<string?> passphrase) : IDisposable
{
    private static readonly Duration ClockStep = Duration.FromMilliseconds(20);

    private readonly Dictionary<Id<Party>, SigningKey> _keys = [];

    /// <summary>Plays the timeline.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="answered">Told of each answer.</param>
    /// <param name="stop">Ends it between two statements.</param>
    /// <returns>How many statements were refused.</returns>
    public async Task<Parsed<int>> PlayAsync(Scenario scenario, Func<AppendAnswer, int> answered, CancellationToken stop)
    {
        if (record.Founding.Kind != RecordKind.Exercise) return OfficeClock.NotReal("--play");
        // Known before anything is signed: the log would refuse the time of its last entry only.
        if (scenario.Timeline is [.., var last] && record.Log.State.Situation.Time > last.At)
            return new Refusal(RecordFaults.WrongClock, "--play", $"a record whose time is {record.Log.State.Situation.Time}", $"one whose time is not after the timeline's last, {last.At}");
        foreach (var attachment in scenario.Attachments.Values) record.Store.AddAttachment(attachment);
        var refused = 0;
        foreach (var (statement, text) in scenario.Texts)
        {
            stop.ThrowIfCancellationRequested();
            if (statement.Body is Founding) continue;
            record.Clock.Put(statement.Body is RecordTime time ? time.Now : Instant.Max(statement.Made, record.Clock.GetCurrentInstant()));
            if (statement.Body is RecordTime) continue;
            if (!Signed(statement.Party, text).TryGet(out var entry, out var refusal)) return refusal;
            refused += answered(await record.Log.AppendAsync(entry).ConfigureAwait(false));
        }

        await AdvanceAsync(stop).ConfigureAwait(false);
        return refused;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var key in _keys.Values) key.Dispose();
    }

    // The last moment of a timeline falls due though nothing is appended any more; the log enters it by itself.
    private async Task AdvanceAsync(CancellationToken stop)
    {
        var domain = new StatementsDomain();
        while (record.Log.Failure is null && domain.TimeDue(record.Log.State) <= record.Clock.GetCurrentInstant())
            await Task.Delay(ClockStep.ToTimeSpan(), stop).ConfigureAwait(false);
    }

    private Parsed<ReadOnlyMemory<byte>> Signed(Id<Party> party, ReadOnlyMemory<byte> text)
    {
        if (!_keys.TryGetValue(party, out var key))
        {
            var path = keyFile(party);
            if (!KeyFiles.Load(path, passphrase).TryGet(out key, out var refusal)) return refusal.Under(path);
            _keys.Add(party, key);
        }

        return StatementSigning.Sign(text, key);
    }
}
