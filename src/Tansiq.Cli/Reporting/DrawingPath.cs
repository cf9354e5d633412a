using System.Globalization;
using System.Text;

namespace Tansiq.Cli.Reporting;

/// <summary>The path data of an SVG drawing in whole units: a move, then steps; steps shorter than a least one are left out.</summary>
internal sealed class DrawingPath(int leastStep)
{
    private readonly StringBuilder _data = new();
    private (int X, int Y) _last;

    /// <summary>Corners written so far.</summary>
    public int Corners { get; private set; }

    /// <summary>The path data.</summary>
    public override string ToString() => _data.ToString();

    /// <summary>Adds a line through corners.</summary>
    public void Line(IEnumerable<(int X, int Y)> corners) => Add(corners, isClosed: false);

    /// <summary>Adds a ring; its first corner is not repeated.</summary>
    public void Ring(IEnumerable<(int X, int Y)> corners) => Add(corners, isClosed: true);

    private void Add(IEnumerable<(int X, int Y)> corners, bool isClosed)
    {
        var isFirst = true;
        (int X, int Y)? skipped = null;
        foreach (var corner in corners)
        {
            if (isFirst) Move(corner);
            else if (IsStep(corner)) Step(corner);
            skipped = isFirst || corner == _last ? null : corner;
            isFirst = false;
        }

        if (isClosed) _data.Append('z');
        else if (skipped is { } end) Step(end);
    }

    private bool IsStep((int X, int Y) corner)
    {
        long east = corner.X - _last.X, south = corner.Y - _last.Y;
        return east * east + south * south >= (long)leastStep * leastStep;
    }

    private void Move((int X, int Y) corner)
    {
        _data.Append(CultureInfo.InvariantCulture, $"M{corner.X} {corner.Y}l");
        _last = corner;
        Corners++;
    }

    private void Step((int X, int Y) corner)
    {
        _data.Append(CultureInfo.InvariantCulture, $"{corner.X - _last.X} {corner.Y - _last.Y} ");
        _last = corner;
        Corners++;
    }
}
