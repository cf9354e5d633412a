using System.Collections.Immutable;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Recording;
using Tansiq.Geo.Text;
using Tansiq.Record;
using Tansiq.Storage.Logs;
using Tansiq.Storage.Sqlite;

namespace Tansiq.Cli.Recording;

/// <summary>A record opened by its office, to be appended to.</summary>
internal sealed class OfficeRecord : IAsyncDisposable
{
    private OfficeRecord(SqliteRecordStore store, RecordLog<RecordedState, StatementReading> log, Founding founding, OfficeClock clock)
    {
        Store = store;
        Log = log;
        Founding = founding;
        Clock = clock;
    }

    /// <summary>Where it is kept.</summary>
    public SqliteRecordStore Store { get; }

    /// <summary>What appends.</summary>
    public RecordLog<RecordedState, StatementReading> Log { get; }

    /// <summary>The founding.</summary>
    public Founding Founding { get; }

    /// <summary>The office's clock.</summary>
    public OfficeClock Clock { get; }

    /// <summary>Opens a record.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="keys">The office's keys.</param>
    /// <param name="clock">Gives the office's clock for a kind of record.</param>
    /// <param name="witnessed">What witnesses remember of it.</param>
    /// <param name="error">Where progress and snapshots that are passed over are told.</param>
    /// <param name="stop">Ends the opening.</param>
    public static async Task<Parsed<OfficeRecord>> OpenAsync(
        string folder, OfficeKeys keys, Func<RecordKind, Parsed<OfficeClock>> clock, ImmutableArray<ReadOnlyMemory<byte>> witnessed, TextWriter error, CancellationToken stop)
    {
        if (!RecordPlace.OpenStore(folder, isWriting: true).TryGet(out var store, out var refusal)) return refusal;
        var opened = await OpenAsync(RecordPlace.Of(store, folder), store, keys, clock, witnessed, error, stop).ConfigureAwait(false);
        if (opened.Refusal is not null) store.Dispose();
        return opened;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Log.DisposeAsync().ConfigureAwait(false);
        Store.Dispose();
    }

    private static async Task<Parsed<OfficeRecord>> OpenAsync(
        RecordPlace place, SqliteRecordStore store, OfficeKeys keys, Func<RecordKind, Parsed<OfficeClock>> clock, ImmutableArray<ReadOnlyMemory<byte>> witnessed, TextWriter error, CancellationToken stop)
    {
        if (!RecordPicture.Open(place, error, stop).TryGet(out var picture, out var refusal)) return refusal;
        if (picture.State.Situation.Founding is not { } founding) return new Refusal(RecordFaults.NotARecord, "", "a record without founding", "one that record init made");
        if (!clock(founding.Kind).TryGet(out var running, out refusal)) return refusal;
        var settings = new RecordLogSettings(keys.Log, keys.Statement, running) { WitnessedCheckpoints = witnessed };
        var start = new StartingState<RecordedState>(picture.State, picture.Checkpoint.Size);
        var opened = await RecordLog<RecordedState, StatementReading>.OpenAsync(store, new StatementsDomain(), settings, start, stop).ConfigureAwait(false);
        return opened.TryGet(out var log, out var fault) ? new OfficeRecord(store, log, founding, running) : fault.AsRefusal();
    }
}
