using Tansiq.Feeds.Airspaces;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Tests.Airspaces;

/// <summary>The recorded files of shared/data/airspace/openair, counted.</summary>
public sealed class OpenAirRecordedDataTests
{
    [Theory]
    [InlineData("Switzerland.txt")]
    [InlineData("AirspaceAus-DAA.txt")]
    [InlineData("mosel25.txt")]
    [InlineData("FORMAT.txt")]
    public void Dump(string file)
    {
        var airspaces = OpenAirReader.ReadFile(SharedData.PathOf("airspace/openair/" + file));
        TestContext.Current.SendDiagnosticMessage(file);
        var refusals = airspaces.Select(a => a.Refusal).OfType<Refusal>().ToList();
        var text = $"{file}: {airspaces.Count} refused {refusals.Count}\n" + string.Join("\n", refusals.GroupBy(r => r.Code).Select(g => $"{g.Key} {g.Count()}"))
            + "\n" + string.Join("\n", refusals.Where(r => !r.Found.Contains("NOTAM")).Select(r => r.ToString()));
        text += "\n" + string.Join("\n", airspaces.Where(a => a.Refusal is null).SelectMany(a => a.Value.Remarks).GroupBy(r => r.Kind).Select(g => $"{g.Key} {g.Count()}"));
        text += "\nvertices " + airspaces.Where(a => a.Refusal is null).Sum(a => a.Value.Outline.Shell.Length);
        File.AppendAllText("/tmp/feeds_dump.txt", text + "\n");
    }
}
