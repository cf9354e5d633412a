using System.Xml;

namespace Tansiq.Feeds.Airspaces.Aixm;

/// <summary>An element of AIXM or GML in memory; names without their namespaces.</summary>
internal sealed class AixmElement
{
    private readonly List<AixmElement> _children = [];

    private AixmElement(string name, string place) => (Name, Place) = (name, place);

    /// <summary>The local name.</summary>
    public string Name { get; }

    /// <summary>Its line, as refusals name places.</summary>
    public string Place { get; }

    /// <summary>Its own text, trimmed.</summary>
    public string Text { get; private set; } = "";

    /// <summary>What it links to (<c>xlink:href</c>), or null.</summary>
    public string? Link { get; private set; }

    /// <summary>Its unit of measurement, or null.</summary>
    public string? Unit { get; private set; }

    /// <summary>Its coordinate system, or that of the nearest element around it that has one, or null.</summary>
    public string? CoordinateSystem { get; private set; }

    /// <summary>Its <c>gml:id</c>, or null.</summary>
    public string? Id { get; private set; }

    /// <summary>Its <c>orientation</c>, or null.</summary>
    public string? Orientation { get; private set; }

    /// <summary>The elements in it.</summary>
    public IReadOnlyList<AixmElement> Children => _children;

    /// <summary>Reads the element that a reader stands at, with all that is in it; the reader stands at its end afterwards.</summary>
    /// <exception cref="XmlException">The document is not well formed or too deep.</exception>
    public static AixmElement Read(XmlReader reader)
    {
        var outermost = Open(reader, null);
        if (reader.IsEmptyElement) return outermost;
        var open = new Stack<AixmElement>([outermost]);
        while (open.Count > 0 && XmlInput.Read(reader))
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    var element = Open(reader, open.Peek());
                    open.Peek()._children.Add(element);
                    if (!reader.IsEmptyElement) open.Push(element);
                    break;
                case XmlNodeType.EndElement:
                    open.Pop();
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA:
                    open.Peek().Text = (open.Peek().Text + reader.Value).Trim();
                    break;
                default:
                    break;
            }
        }

        return outermost;
    }

    /// <summary>The first child of a name, or null.</summary>
    public AixmElement? Child(string name) => _children.Find(child => child.Name == name);

    /// <summary>The children of a name.</summary>
    public IEnumerable<AixmElement> ChildrenOf(string name) => _children.Where(child => child.Name == name);

    /// <summary>The text of the first child of a name, or null where there is none or it is empty.</summary>
    public string? TextOf(string name) => Child(name)?.Text is { Length: > 0 } text ? text : null;

    /// <summary>The elements of a name at any depth in it, itself among them.</summary>
    public IEnumerable<AixmElement> All(string name)
    {
        var left = new Stack<AixmElement>([this]);
        while (left.TryPop(out var element))
        {
            if (element.Name == name) yield return element;
            for (var index = element._children.Count - 1; index >= 0; index--) left.Push(element._children[index]);
        }
    }

    private static AixmElement Open(XmlReader reader, AixmElement? around)
    {
        var element = new AixmElement(reader.LocalName, XmlInput.Line(reader)) { CoordinateSystem = around?.CoordinateSystem };
        if (!reader.HasAttributes) return element;
        while (reader.MoveToNextAttribute())
        {
            switch (reader.LocalName)
            {
                case "href":
                    element.Link = reader.Value;
                    break;
                case "uom":
                    element.Unit = reader.Value;
                    break;
                case "srsName":
                    element.CoordinateSystem = reader.Value;
                    break;
                case "id":
                    element.Id = reader.Value;
                    break;
                case "orientation":
                    element.Orientation = reader.Value;
                    break;
                default:
                    break;
            }
        }

        reader.MoveToElement();
        return element;
    }
}
