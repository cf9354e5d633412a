using System.Globalization;
using System.Text.RegularExpressions;

namespace Tansiq.Cli.Tests.Reporting;

/// <summary>The colours of a report can be told apart as WCAG 2.2 AA asks (1.4.3, 1.4.11), light, dark and on paper.</summary>
public sealed class ReportContrastTests
{
    private const double TextContrast = 4.5;
    private const double GraphicContrast = 3;

    public static TheoryData<string> Schemes => ["light", "dark", "paper"];

    [Theory]
    [MemberData(nameof(Schemes))]
    public void Colours_OfText_ReachTheContrastOfText(string scheme)
    {
        var colours = Colours()[scheme];
        foreach (var ink in new[] { "ink", "quiet", "accent", "uncovered" })
        {
            foreach (var ground in new[] { "paper", "soft" }) Contrast(colours[ink], colours[ground]).ShouldBeGreaterThanOrEqualTo(TextContrast, $"{ink} on {ground}");
        }

        Contrast(colours["ink"], colours["sea"]).ShouldBeGreaterThanOrEqualTo(TextContrast);
        Contrast(colours["quiet"], colours["sea"]).ShouldBeGreaterThanOrEqualTo(TextContrast);
        Contrast(colours["warning"], colours["warning-paper"]).ShouldBeGreaterThanOrEqualTo(TextContrast);
        Contrast(colours["on-accent"], colours["accent"]).ShouldBeGreaterThanOrEqualTo(TextContrast);
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void Colours_OfMarksAndAreas_ReachTheContrastOfGraphics(string scheme)
    {
        var colours = Colours()[scheme];
        foreach (var mark in new[] { "uncovered", "covered", "feed", "track", "c0", "c1", "c2", "c3", "c4", "c5" })
        {
            foreach (var ground in new[] { "sea", "paper", "soft" }) Contrast(colours[mark], colours[ground]).ShouldBeGreaterThanOrEqualTo(GraphicContrast, $"{mark} on {ground}");
        }
    }

    [Fact]
    public void Colours_OfBothDarkSchemes_AreTheSame()
    {
        var colours = Colours();
        colours["dark by the system"].OrderBy(each => each.Key).ShouldBe(colours["dark"].OrderBy(each => each.Key));
    }

    private static Dictionary<string, Dictionary<string, string>> Colours()
    {
        var style = File.ReadAllText(Repository.Path("src/Tansiq.Cli/Reporting/report.css"));
        var blocks = Regex.Matches(style, @"color-scheme: (?:light|dark);(?<colours>(?:\s*--[a-z0-9-]+: #[0-9a-f]{6};)+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));
        string[] names = ["light", "dark", "dark by the system", "paper"];
        blocks.Count.ShouldBe(names.Length);
        return names.Zip(blocks).ToDictionary(each => each.First, each => Regex.Matches(each.Second.Groups["colours"].Value, "--(?<name>[a-z0-9-]+): #(?<value>[0-9a-f]{6})", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5))
            .ToDictionary(colour => colour.Groups["name"].Value, colour => colour.Groups["value"].Value));
    }

    private static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string colour)
    {
        double Part(int index)
        {
            var value = int.Parse(colour.AsSpan(index * 2, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255d;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }

        return 0.2126 * Part(0) + 0.7152 * Part(1) + 0.0722 * Part(2);
    }
}
