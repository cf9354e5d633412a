using System.Diagnostics;

namespace Tansiq.Fault.Tests.Recording;

/// <summary>The command <c>tansiq</c> as it was built for these tests.</summary>
internal static class TansiqCommand
{
    /// <summary>Starts it with all three streams redirected.</summary>
    public static Process Start(IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "tansiq"), arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Runs it to its end, which has to be good.</summary>
    public static string Run(params string[] arguments)
    {
        using var process = Start(environment: null, arguments);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, $"tansiq {string.Join(' ', arguments)}\n{output}{errors.GetAwaiter().GetResult()}");
        return output;
    }
}
