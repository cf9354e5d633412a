using System.Text;

namespace Tansiq.Cli.Tests.Reporting;

/// <summary>A folder of its own for a test, with traffic to replay over the exercise scenario and the reports made of it.</summary>
internal sealed class ReportFiles : IDisposable
{
    public const string Header = "timestamp,icao24,latitude,longitude,altitude,callsign\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("tansiq-report-").FullName;

    public static string Scenario { get; } = Repository.Path("scenarios/syria-2016");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public string PathOf(string name) => Path.Combine(_folder, name);

    public string Write(string name, string content)
    {
        File.WriteAllText(PathOf(name), content, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return PathOf(name);
    }

    /// <summary>Rows of one aircraft that flies east over northern Idlib and the country, a position each ten seconds.</summary>
    public static string Rows(string track, string callsign, int count) =>
        string.Concat(Enumerable.Range(0, count).Select(number => FormattableString.Invariant($"{1470052800000L + number * 10_000L},{track},35.9,{36.0 + number * 0.01:F4},5000,{callsign}\n")));

    public static (int Exit, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var exit = CommandLine.Run(arguments, output, error);
        return (exit, output.ToString(), error.ToString());
    }

    /// <summary>Makes a report of traffic over the exercise scenario.</summary>
    public string Report(string traffic, params string[] options)
    {
        var page = PathOf("report.html");
        var (exit, _, error) = Run(["replay", traffic, "--scenario", Scenario, "--report", page, .. options]);
        exit.ShouldBe(0, error);
        return page;
    }
}
