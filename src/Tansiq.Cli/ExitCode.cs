using Tansiq.Coordination.Flights;
using Tansiq.Geo.Text;

namespace Tansiq.Cli;

/// <summary>How the command ends (docs: exit codes of <c>tansiq</c>).</summary>
internal static class ExitCode
{
    /// <summary>Done, or no objection on record.</summary>
    public const int Done = 0;

    /// <summary>A fault of the program.</summary>
    public const int Fault = 1;

    /// <summary>Wrong usage or bad input.</summary>
    public const int BadInput = 2;

    /// <summary>Refused; or something that was verified does not hold.</summary>
    public const int Refused = 3;

    /// <summary>The exit code of a verdict (docs/formats/verdicts.md).</summary>
    public static int Of(VerdictKind verdict) => verdict switch
    {
        VerdictKind.NoObjection => Done,
        VerdictKind.Refused => Refused,
        VerdictKind.NeedsConsent => 4,
        VerdictKind.Unclear => 5,
        VerdictKind.NotCovered => 6,
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, "Unknown verdict."),
    };

    /// <summary>Writes one line that says why an input was not taken.</summary>
    /// <returns><see cref="BadInput"/>.</returns>
    public static int Refuse(TextWriter error, string path, Refusal refusal)
    {
        error.WriteLine(OneLine($"{path}: {refusal}"));
        return BadInput;
    }

    /// <summary>A text as one line: control characters, which names of files may have, become spaces.</summary>
    public static string OneLine(string text) => string.Create(text.Length, text, static (span, source) =>
    {
        for (var index = 0; index < span.Length; index++) span[index] = char.IsControl(source[index]) ? ' ' : source[index];
    });
}
