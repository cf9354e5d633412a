using System.Runtime.InteropServices;

namespace Tansiq.Bench;

/// <summary>Processor time of the calling thread: what others on the machine do does not count.</summary>
internal static partial class ProcessorTime
{
    private const int ThreadClock = 3;

    /// <summary>Nanoseconds that this thread has run so far.</summary>
    public static long ThreadNanoseconds()
    {
        if (Read(ThreadClock, out var time) != 0) throw new InvalidOperationException("The machine does not tell a thread's processor time.");
        return time.Seconds * 1_000_000_000 + time.Nanoseconds;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Read(int clock, out TimeSpecification time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpecification
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
