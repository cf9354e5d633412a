using System.Runtime.InteropServices;

namespace Tansiq.Cli;

/// <summary>
/// Turns the first Ctrl-C (SIGINT) or SIGTERM into a request to end with what there is; the next one ends the program at once.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private const int SignalExitBase = 128;
    private const int InterruptSignal = 2;
    private const int TerminateSignal = 15;

    private readonly CancellationTokenSource _requested = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private int _exitCode;

    private Interruption()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Take(context, SignalExitBase + InterruptSignal));
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Take(context, SignalExitBase + TerminateSignal));
    }

    /// <summary>Cancelled at the first signal.</summary>
    public CancellationToken Token => _requested.Token;

    /// <summary>The exit code that the signal asks for: 130 after SIGINT, 143 after SIGTERM; null where none came.</summary>
    public int? RequestedExitCode => Volatile.Read(ref _exitCode) is var code and not 0 ? code : null;

    /// <summary>Listens until it is disposed.</summary>
    public static Interruption Listen() => new();

    /// <inheritdoc />
    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _requested.Dispose();
    }

    private void Take(PosixSignalContext context, int exitCode)
    {
        if (Interlocked.CompareExchange(ref _exitCode, exitCode, 0) != 0) return;
        context.Cancel = true;
        _requested.Cancel();
    }
}
