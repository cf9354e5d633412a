using System.Text;

namespace Tansiq.Cli;

/// <summary>
/// Begins each line with a right-to-left mark, so that a terminal or browser that takes a line's direction from its first
/// strong letter does not turn an Arabic line around that begins with an identifier.
/// </summary>
internal sealed class DirectedLines(TextWriter output) : TextWriter
{
    private const char RightToLeftMark = '\u200F';
    private bool _isAtStart = true;

    /// <inheritdoc />
    public override Encoding Encoding => output.Encoding;

    /// <summary>The output as a language needs it.</summary>
    public static TextWriter For(TextWriter output, bool isRightToLeft) => isRightToLeft ? new DirectedLines(output) : output;

    /// <inheritdoc />
    public override void Write(char value)
    {
        if (_isAtStart && value is not ('\n' or '\r')) output.Write(RightToLeftMark);
        _isAtStart = value == '\n';
        output.Write(value);
    }
}
