using System.Text;

namespace Tansiq.Feeds.Writing;

/// <summary>Rows of CSV (RFC 4180), UTF-8, LF.</summary>
internal static class CsvText
{
    /// <summary>A writer of rows, which leaves the stream open.</summary>
    public static StreamWriter To(Stream output) => new(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 64 * 1024, leaveOpen: true) { NewLine = "\n" };

    /// <summary>
    /// A field of text from outside. Where it begins as a formula does, an apostrophe stands before it, so that no spreadsheet
    /// reckons what a name says.
    /// </summary>
    public static string Field(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        if (text[0] is '=' or '+' or '-' or '@' or '\t' or '\r') text = "'" + text;
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
