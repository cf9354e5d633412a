using System.Text.Json;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Flights;

/// <summary>Writes a site as a statement holds it.</summary>
internal static class SiteWriter
{
    /// <summary>Writes the member <c>site</c>.</summary>
    public static void Write(Utf8JsonWriter writer, Site site)
    {
        writer.WriteStartObject("site");
        writer.WriteString("id", site.Id.Value);
        writer.WriteStartObject("name");
        foreach (var (language, text) in site.Name.ByLanguage) writer.WriteString(language, text);
        writer.WriteEndObject();
        writer.WriteString("category", SiteWords.Word(site.Category));
        WritePlace(writer, site);
        writer.WriteNumber("uncertaintyMetres", site.UncertaintyMetres);
        writer.WriteString("verification", SiteWords.Word(site.Verification));
        if (site.Validity.HasStart) StatementWriter.Write(writer, "from", site.Validity.Start);
        if (site.Validity.HasEnd) StatementWriter.Write(writer, "until", site.Validity.End);
        writer.WriteEndObject();
    }

    private static void WritePlace(Utf8JsonWriter writer, Site site)
    {
        if (site.Point is { } point)
        {
            writer.WritePropertyName("point");
            RecordGeometry.Write(writer, point);
            return;
        }

        writer.WriteStartArray("outlines");
        foreach (var outline in site.Outlines) RecordGeometry.Write(writer, outline);
        writer.WriteEndArray();
    }
}
