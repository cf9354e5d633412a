using System.Globalization;

namespace Tansiq.Figures;

/// <summary>Processor time of a thread or a process, as the kernel counts it (Linux: the first field of <c>schedstat</c>, nanoseconds).</summary>
public static class ProcessorClock
{
    /// <summary>Seconds of processor time that the calling thread has used, its collections of garbage included.</summary>
    public static double ThreadSeconds() => Read("/proc/thread-self/schedstat");

    /// <summary>Seconds of processor time that a process of one thread has used.</summary>
    /// <param name="process">Its number.</param>
    public static double ProcessSeconds(int process) => Read(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/schedstat"));

    private static double Read(string path)
    {
        var text = File.ReadAllText(path);
        return long.Parse(text.AsSpan(0, text.IndexOf(' ', StringComparison.Ordinal)), CultureInfo.InvariantCulture) / 1e9;
    }
}
