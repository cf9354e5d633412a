using System.Threading.Channels;
using NodaTime;
using Tansiq.Coordination.Information;
using Tansiq.Coordination.Statements;
using Tansiq.Record.Logs;
using Tansiq.Server.Nodes;

namespace Tansiq.Server.Information;

/// <summary>
/// What comes after an urgent message has gone out: notes onto the disk, its course onto the record. A disk that is full, a database that is locked, a record
/// that takes nothing are waited for here, and nowhere else.
/// </summary>
internal sealed class UrgentAfterwards(INode node, IClock clock, UrgentNotesKept kept, Action<ContentHash> recorded)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    // What waits for the disk is bounded by what the steps hold; a course that is not recorded is asked for again.
    private readonly Channel<UrgentNote> _notes = Channel.CreateUnbounded<UrgentNote>(new() { SingleReader = true });
    private readonly Channel<ContentHash> _recorded = Channel.CreateUnbounded<ContentHash>(new() { SingleReader = true });
    private readonly Channel<UrgentCourse> _courses = Channel.CreateBounded<UrgentCourse>(new BoundedChannelOptions(64) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    public void Keep(UrgentNote note) => _notes.Writer.TryWrite(note);

    public void Record(UrgentCourse course) => _courses.Writer.TryWrite(course);

    /// <summary>Works until the node ends.</summary>
    /// <param name="remember">Gets what was on the disk, once that can be read.</param>
    /// <param name="cancellationToken">The node ends; what can be written is written before.</param>
    public async Task RunAsync(Action<IEnumerable<UrgentNote>, IEnumerable<ContentHash>> remember, CancellationToken cancellationToken) =>
        await Task.WhenAll(Task.Run(() => KeepAsync(remember, cancellationToken), CancellationToken.None), Task.Run(() => RecordAsync(cancellationToken), CancellationToken.None));

    private async Task KeepAsync(Action<IEnumerable<UrgentNote>, IEnumerable<ContentHash>> remember, CancellationToken cancellationToken)
    {
        var isRemembered = false;
        var (notes, recordings) = (new List<UrgentNote>(), new List<ContentHash>());
        while (true)
        {
            try
            {
                if (!isRemembered)
                {
                    var (read, done) = kept.Read(node.Picture.Situation.Keys);
                    remember(read, done);
                    isRemembered = true;
                }

                await WaitAsync(notes.Count + recordings.Count > 0, cancellationToken);
                while (_notes.Reader.TryRead(out var note)) notes.Add(note);
                while (_recorded.Reader.TryRead(out var message)) recordings.Add(message);
                if (notes.Count + recordings.Count > 0) kept.Keep(notes, recordings, clock.GetCurrentInstant());
                notes.Clear();
                recordings.Clear();
                if (cancellationToken.IsCancellationRequested) return;
            }
            catch (RecordStoreException)
            {
                // Full or locked: what is to be kept stays in memory until there is room.
                if (cancellationToken.IsCancellationRequested) return;
                await PauseAsync(cancellationToken);
            }
        }
    }

    private async Task WaitAsync(bool isSomethingLeft, CancellationToken cancellationToken)
    {
        if (isSomethingLeft || cancellationToken.IsCancellationRequested) return;
        try
        {
            await Task.WhenAny(_notes.Reader.WaitToReadAsync(cancellationToken).AsTask(), _recorded.Reader.WaitToReadAsync(cancellationToken).AsTask());
        }
        catch (OperationCanceledException)
        {
            // The node ends.
        }
    }

    private async Task RecordAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var course in _courses.Reader.ReadAllAsync(cancellationToken))
            {
                if (await IsTakenAsync(course, cancellationToken)) Done(course.Note.Hash);
            }
        }
        catch (OperationCanceledException)
        {
            // The node ends; after its next start the course is asked for again.
        }
    }

    private void Done(ContentHash message)
    {
        recorded(message);
        _recorded.Writer.TryWrite(message);
    }

    private async Task<bool> IsTakenAsync(UrgentCourse course, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var text in UrgentReports.Of(course, node.Identity.Party))
            {
                if (await node.SayAsync(text, [], cancellationToken) is Submission.Refused) return false;
            }

            return true;
        }
        catch (Exception failure) when (failure is RecordStoreException or IOException)
        {
            return false;
        }
    }

    private static async Task PauseAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(Patience, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The node ends.
        }
    }
}
