using System.Collections.Immutable;
using System.Text;
using Tansiq.Cli.Scenarios;
using Tansiq.Feeds.Airspaces;
using Tansiq.Geo.Text;

namespace Tansiq.Cli.Importing;

/// <summary>A file of airspaces, read, and what is made of it.</summary>
internal sealed class AirspaceImport
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    private AirspaceImport(string source, IReadOnlyList<Parsed<Airspace>> read)
    {
        Source = source;
        Airspaces = [.. read.Where(airspace => airspace.Refusal is null).Select(airspace => airspace.Value)];
        Refusals = [.. read.Select(airspace => airspace.Refusal).OfType<Refusal>()];
    }

    /// <summary>The name of the file, without its folder.</summary>
    public string Source { get; }

    /// <summary>What was read; at least one.</summary>
    public ImmutableArray<Airspace> Airspaces { get; }

    /// <summary>What was refused.</summary>
    public ImmutableArray<Refusal> Refusals { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path; <c>-</c> is standard input.</param>
    /// <param name="isStrict">Whether one refused airspace refuses the file.</param>
    /// <returns>The import; or the refusal of a file that can't be read to its end, that has no airspace, or none that can be read.</returns>
    public static Parsed<AirspaceImport> Read(string path, bool isStrict)
    {
        var source = path == "-" ? "standard input" : ExitCode.OneLine(Path.GetFileName(path));
        var import = new AirspaceImport(source, AirspaceFile.Read(path));
        if (import.Refusals.FirstOrDefault(refusal => refusal.Code == AirspaceRefusals.TooMany) is { } cutShort) return cutShort;
        return import.Refusals.Length > 0 && (isStrict || import.Airspaces.IsEmpty) ? import.Refusals[0] : import;
    }

    /// <summary>One line on what was read and written.</summary>
    /// <param name="path">Where it was written.</param>
    public string Summary(string path) => FormattableString.Invariant(
        $"{ExitCode.OneLine(path)}: {Airspaces.Length} areas of {Airspaces.Length + Refusals.Length} airspaces, {Refusals.Length} refused, {Airspaces.Count(airspace => airspace.Remarks.Length > 0)} with remarks");

    /// <summary>Writes the scenario, whole or not at all.</summary>
    /// <param name="folder">Its folder, which is not there or is empty.</param>
    /// <returns>Null; or, with nothing written, why the scenario would not be well formed (too many areas, more bytes than a file may have).</returns>
    /// <exception cref="IOException">It can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public Refusal? Write(string folder)
    {
        using var made = NewFolder.Begin(folder);
        var texts = new AirspaceScenarioTexts(this);
        WriteText("scenario.json", texts.Founding);
        WriteText("agreement.json", texts.Agreement);
        WriteText("timeline.json", AirspaceScenarioTexts.Timeline);
        WriteText("README.md", texts.ReadMe);
        using (var areas = File.Create(Path.Combine(made.TemporaryPath, "areas.geojson"))) AreaFeatures.Write(areas, Airspaces, texts.ClassIds);
        if (!ScenarioFolder.Load(made.TemporaryPath).TryGet(out _, out var refusal)) return refusal;
        made.Complete();
        return null;

        void WriteText(string name, string text) => File.WriteAllText(Path.Combine(made.TemporaryPath, name), text, Utf8);
    }
}
