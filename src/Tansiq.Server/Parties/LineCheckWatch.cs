using Microsoft.Extensions.Hosting;
using Tansiq.Record.Logs;

namespace Tansiq.Server.Parties;

/// <summary>Looks every few seconds whether a line check was missed.</summary>
/// <param name="missed">The alarms.</param>
internal sealed class LineCheckWatch(MissedChecks missed) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period);
        do
        {
            try
            {
                missed.Raise();
            }
            catch (RecordStoreException)
            {
                // The disk is full or fails: the node says so elsewhere; the alarm is raised as soon as there is room.
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }
}
