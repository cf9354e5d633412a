using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Tansiq.Cli.Reporting;

/// <summary>
/// Writes HTML and SVG with every text and attribute escaped. A text that differs by language is marked with its number
/// (<c>data-t</c>), by which the page's script puts another language in its place.
/// </summary>
internal sealed class HtmlWriter(TextWriter output, ReportLanguages languages)
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Opens an element.</summary>
    public HtmlWriter Open(string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        output.Write('<');
        output.Write(name);
        foreach (var (attribute, value) in attributes) Attribute(attribute, value);
        output.Write('>');
        return this;
    }

    /// <summary>Ends an element.</summary>
    public HtmlWriter Close(string name)
    {
        output.Write("</");
        output.Write(name);
        output.Write(">");
        return this;
    }

    /// <summary>Ends an element and the line, so that the file can be read.</summary>
    public HtmlWriter CloseLine(string name)
    {
        Close(name);
        output.Write('\n');
        return this;
    }

    /// <summary>An element whose text is in the reader's language.</summary>
    public HtmlWriter Said(string name, Wording wording, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        var (text, number) = languages.Say(wording);
        output.Write('<');
        output.Write(name);
        foreach (var (attribute, value) in attributes) Attribute(attribute, value);
        if (number is { } known) Attribute("data-t", known.ToString(CultureInfo.InvariantCulture));
        output.Write('>');
        Text(text);
        return Close(name);
    }

    /// <summary>An element whose text is a phrase.</summary>
    public HtmlWriter Phrase(string name, string key, params ReadOnlySpan<(string Name, string Value)> attributes) =>
        Said(name, language => language.Phrases.Text(key), attributes);

    /// <summary>Opens an element that a phrase names to those who cannot see it.</summary>
    public HtmlWriter OpenNamed(string name, string key, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        var (text, number) = languages.Say(language => language.Phrases.Text(key));
        output.Write('<');
        output.Write(name);
        foreach (var (attribute, value) in attributes) Attribute(attribute, value);
        Attribute("aria-label", text);
        if (number is { } known) Attribute("data-l", known.ToString(CultureInfo.InvariantCulture));
        output.Write('>');
        return this;
    }

    /// <summary>A run that reads from left to right in every language: an identifier, a time, a place.</summary>
    public HtmlWriter Run(string text)
    {
        Open("bdi", ("dir", "ltr"));
        Text(text);
        return Close("bdi");
    }

    /// <summary>An element that holds one such run.</summary>
    public HtmlWriter Run(string name, string text, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Open(name, attributes);
        Run(text);
        return Close(name);
    }

    /// <summary>A text, escaped.</summary>
    public HtmlWriter Text(string text)
    {
        Encoder.Encode(output, text);
        return this;
    }

    /// <summary>A part of the program's own that is markup already (style, script, drawing of a mark).</summary>
    public HtmlWriter Own(string markup)
    {
        output.Write(markup);
        return this;
    }

    private void Attribute(string name, string value)
    {
        output.Write(' ');
        output.Write(name);
        output.Write("=\"");
        Encoder.Encode(output, value);
        output.Write('"');
    }
}
