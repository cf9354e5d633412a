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
