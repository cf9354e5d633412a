using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Tansiq.Coordination.Languages;

namespace Tansiq.Server.Parties.StandingPicture;

/// <summary>Writes the elements of the sheet, every text escaped.</summary>
/// <param name="phrases">The language.</param>
internal sealed class SheetHtml(Phrasebook phrases)
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder _text = new(16_384);

    public SheetHtml Open(string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        _text.Append('<').Append(name);
        foreach (var (attribute, value) in attributes) _text.Append(' ').Append(attribute).Append("=\"").Append(Encoder.Encode(value)).Append('"');
        _text.Append('>');
        return this;
    }

    public SheetHtml Close(params ReadOnlySpan<string> names)
    {
        foreach (var name in names) _text.Append("</").Append(name).Append('>');
        _text.Append('\n');
        return this;
    }

    /// <summary>Text of the program's own that is no text of a person: the style.</summary>
    public SheetHtml Own(string text)
    {
        _text.Append(text);
        return this;
    }

    public SheetHtml Text(string text)
    {
        _text.Append(Encoder.Encode(text));
        return this;
    }

    /// <summary>An element with a text.</summary>
    public SheetHtml Said(string name, string text, params ReadOnlySpan<(string Name, string Value)> attributes) => Open(name, attributes).Text(text).Close(name);

    /// <summary>An element with a phrase.</summary>
    public SheetHtml Phrase(string name, string key, params ReadOnlySpan<(string Name, string Value)> attributes) => Said(name, phrases.Text(key), attributes);

    /// <summary>A table with headings; where there is no row, that there is none.</summary>
    /// <param name="headings">The keys of the headings.</param>
    /// <param name="rows">Cells, as many as headings.</param>
    public SheetHtml Table(ReadOnlySpan<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        var all = rows.ToList();
        if (all.Count == 0) return Phrase("p", "sheet.none", ("class", "none"));
        Open("table").Open("thead").Open("tr");
        foreach (var heading in headings) Phrase("th", heading, ("scope", "col"));
        Close("tr", "thead").Open("tbody");
        foreach (var row in all)
        {
            Open("tr");
            foreach (var cell in row) Said("td", cell);
            Close("tr");
        }

        return Close("tbody", "table");
    }

    /// <summary>All that was written.</summary>
    public override string ToString() => _text.ToString();
}
