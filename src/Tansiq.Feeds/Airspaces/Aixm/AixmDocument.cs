using System.Xml;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Airspaces.Aixm;

/// <summary>What a message holds of airspaces, and what they link to in it.</summary>
internal sealed class AixmDocument
{
    /// <summary>The most positions that are gone through for all airspaces together, those of borders and contributing airspaces each time.</summary>
    public const int MaximumPositions = 20_000_000;

    private const string UuidPrefix = "urn:uuid:";

    private readonly List<AixmElement> _airspaces = [];
    private long _positions;
    private readonly Dictionary<string, AixmElement> _features = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AixmElement> _byId = new(StringComparer.Ordinal);

    /// <summary>The airspaces in their order.</summary>
    public IReadOnlyList<AixmElement> Airspaces => _airspaces;

    /// <summary>Reads a message.</summary>
    /// <exception cref="XmlException">It is not well formed or too deep.</exception>
    public static AixmDocument Read(ReadOnlyMemory<byte> content)
    {
        var document = new AixmDocument();
        using var reader = XmlInput.Open(content);
        while (XmlInput.Read(reader))
        {
            if (reader.NodeType != XmlNodeType.Element) continue;
            if (reader.LocalName is "Airspace" or "GeoBorder") document.AddFeature(AixmElement.Read(reader));
            else if (reader.LocalName is "Point" or "ElevatedPoint") document.AddPart(AixmElement.Read(reader));
        }

        return document;
    }

    /// <summary>The element that a link leads to in this message, or null.</summary>
    public AixmElement? Find(string link)
    {
        if (link.StartsWith('#')) return _byId.GetValueOrDefault(link[1..]);
        return link.StartsWith(UuidPrefix, StringComparison.Ordinal) ? _features.GetValueOrDefault(link[UuidPrefix.Length..]) : null;
    }

    /// <summary>Counts positions that are gone through; the refusal where they become too many.</summary>
    public Refusal? Count(int positions, string place)
    {
        _positions += positions;
        return _positions <= MaximumPositions ? null : new(AirspaceRefusals.TooManyPoints, place, "more", FeedRefusals.Invariant($"at most {MaximumPositions} positions in all"));
    }

    private void AddFeature(AixmElement feature)
    {
        if (feature.Name == "Airspace") _airspaces.Add(feature);
        if (feature.TextOf("identifier") is { } identifier) _features.TryAdd(identifier, feature);
        foreach (var name in (string[])[feature.Name, "Curve", "Point", "ElevatedPoint", "Surface", "ElevatedSurface"])
        {
            foreach (var part in feature.All(name)) AddPart(part);
        }
    }

    private void AddPart(AixmElement part)
    {
        if (part.Id is { } id) _byId.TryAdd(id, part);
    }
}
