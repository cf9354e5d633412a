using System.Collections.Immutable;
using System.Globalization;
using Tansiq.Geo;
using Tansiq.Geo.Geodesy;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Airspaces;

/// <summary>One airspace while its lines are read. The first thing that is wrong with it is kept, and refuses it.</summary>
internal sealed class OpenAirArea(string airspaceClass, int firstLine)
{
    private const double MetresPerNauticalMile = 1852;
    private const int MaximumNameLength = AirspaceFile.MaximumNameLength;

    private readonly OpenAirShape _shape = new();
    private string? _name;
    private string? _type;
    private (OpenAirHeight.Bound Bound, Height Height)? _floor;
    private (OpenAirHeight.Bound Bound, Height Height)? _ceiling;
    private bool _isClockwise = true;
    private Refusal? _refusal;

    /// <summary>Takes a command that belongs to the airspace.</summary>
    /// <param name="line">Its line.</param>
    /// <param name="command">The command in upper case.</param>
    /// <param name="value">What stands after it.</param>
    /// <param name="centre">The last centre that the file gave (it stays from airspace to airspace).</param>
    public void Take(int line, string command, ReadOnlySpan<char> value, GeoPoint? centre)
    {
        if (_refusal is not null) return;
        switch (command)
        {
            case "AN":
                if (_name is not null) Refuse(line, AirspaceRefusals.Repeated, value, "one name");
                else _name = Name(line, value);
                break;
            case "AY":
                _type = Name(line, value);
                break;
            case "AL":
                TakeBound(line, value, ref _floor, OpenAirHeight.Bound.Unlimited);
                break;
            case "AH":
                TakeBound(line, value, ref _ceiling, OpenAirHeight.Bound.Unreadable);
                break;
            case "DP":
                if (OpenAirCoordinate.Take(ref value) is { } point && IsEnd(value)) Keep(line, _shape.AddPoint(point, line));
                else Refuse(line, AirspaceRefusals.Coordinate, value, "latitude and longitude");
                break;
            case "DB" or "DA" or "DC":
                TakeCurve(line, command, value, centre);
                break;
            case "DY":
                Refuse(line, AirspaceRefusals.Airway, value, "a shape of DP, DA, DB or DC");
                break;
            default:
                Refuse(line, AirspaceRefusals.UnknownCommand, command, "a command of OpenAir");
                break;
        }
    }

    /// <summary>Takes the direction of arcs: <c>+</c> clockwise, <c>-</c> counter-clockwise.</summary>
    public void TakeDirection(int line, ReadOnlySpan<char> value)
    {
        value = value.Trim();
        if (value.IsEmpty || value[0] is not ('+' or '-')) Refuse(line, AirspaceRefusals.Number, value, "D=+ or D=-");
        else _isClockwise = value[0] == '+';
    }

    /// <summary>Keeps the first refusal.</summary>
    public void Refuse(int line, string code, ReadOnlySpan<char> found, string expected) =>
        _refusal ??= AirspaceRefusals.At(line, code, found, expected);

    /// <summary>The airspace, or the first thing that is wrong with it.</summary>
    public Parsed<Airspace> Finish()
    {
        if (_refusal is null && airspaceClass.Length == 0) Refuse(firstLine, AirspaceRefusals.Missing, default, "a class (AC)");
        if (_refusal is null && _name is null) Refuse(firstLine, AirspaceRefusals.Missing, default, "a name (AN)");
        if (_refusal is null && _floor is null) Refuse(firstLine, AirspaceRefusals.Missing, default, "a floor (AL)");
        if (_refusal is null && _ceiling is null) Refuse(firstLine, AirspaceRefusals.Missing, default, "a ceiling (AH)");
        if (_refusal is not null) return _refusal;
        Height? floor = _floor!.Value.Bound == OpenAirHeight.Bound.At ? _floor.Value.Height : null;
        Height? ceiling = _ceiling!.Value.Bound switch
        {
            OpenAirHeight.Bound.At => _ceiling.Value.Height,
            OpenAirHeight.Bound.Surface => Height.FromFeet(0, HeightReference.Ground),
            _ => null,
        };
        if (HeightBand.Create(floor, ceiling) is not { } heights)
        {
            var found = FeedRefusals.Invariant($"{floor} above {ceiling}");
            return AirspaceRefusals.At(firstLine, AirspaceRefusals.FloorAboveCeiling, found, "a floor not above the ceiling");
        }

        return _shape.Finish(firstLine).TryGet(out var shape, out var refusal)
            ? new Airspace(AirspaceRefusals.Line(firstLine), _name!, airspaceClass, heights, shape.Outlines) { Type = _type, Remarks = shape.Remarks }
            : refusal;
    }

    private string? Name(int line, ReadOnlySpan<char> value)
    {
        if (value.Length is > 0 and <= MaximumNameLength) return Printable(value);
        Refuse(line, AirspaceRefusals.Missing, value, FeedRefusals.Invariant($"a name of 1 to {MaximumNameLength} characters"));
        return null;
    }

    private static string Printable(ReadOnlySpan<char> text)
    {
        var characters = text.ToArray();
        for (var index = 0; index < characters.Length; index++)
        {
            if (char.IsControl(characters[index])) characters[index] = ' ';
        }

        return new(characters);
    }

    private void TakeBound(int line, ReadOnlySpan<char> value, ref (OpenAirHeight.Bound, Height)? bound, OpenAirHeight.Bound excluded)
    {
        var read = OpenAirHeight.Read(value);
        if (bound is not null) Refuse(line, AirspaceRefusals.Repeated, value, "one floor and one ceiling");
        else if (read.Bound == OpenAirHeight.Bound.Unreadable || read.Bound == excluded)
            Refuse(line, AirspaceRefusals.Height, value, "a height such as FL95, 4500 ft MSL, 1000 ft AGL, GND, UNL");
        else bound = read;
    }

    private void TakeCurve(int line, string command, ReadOnlySpan<char> value, GeoPoint? centre)
    {
        if (centre is not { } about)
        {
            Refuse(line, AirspaceRefusals.Missing, default, "a centre (V X=)");
            return;
        }

        if (command == "DB")
        {
            TakeArcBetween(line, value, about);
            return;
        }

        Span<double> numbers = stackalloc double[3];
        if (!TryReadNumbers(value, numbers[..(command == "DC" ? 1 : 3)]))
        {
            Refuse(line, AirspaceRefusals.Number, value, command == "DC" ? "a radius in nautical miles" : "radius, first and last angle");
            return;
        }

        var radiusMetres = numbers[0] * MetresPerNauticalMile;
        Keep(line, command == "DC"
            ? _shape.AddCircle(Densify.Circle(about, radiusMetres), line)
            : _shape.AddArc(Densify.Arc(about, radiusMetres, numbers[1], numbers[2], _isClockwise), line));
    }

    private void TakeArcBetween(int line, ReadOnlySpan<char> value, GeoPoint centre)
    {
        if (OpenAirCoordinate.Take(ref value) is { } from)
        {
            value = value.TrimStart();
            if (!value.IsEmpty && value[0] == ',')
            {
                value = value[1..];
                if (OpenAirCoordinate.Take(ref value) is { } to && IsEnd(value))
                {
                    Keep(line, _shape.AddArc(Densify.ArcBetween(centre, from, to, _isClockwise), line));
                    return;
                }
            }
        }

        Refuse(line, AirspaceRefusals.Coordinate, value, "two coordinates with a comma between");
    }

    private void Keep(int line, Refusal? refusal) =>
        _refusal ??= refusal is { Where: "" } ? refusal with { Where = AirspaceRefusals.Line(line) } : refusal;

    /// <summary>Samples of the format put a note after a coordinate, apart by a blank: it is passed over.</summary>
    private static bool IsEnd(ReadOnlySpan<char> rest) => rest.IsEmpty || char.IsWhiteSpace(rest[0]);

    private static bool TryReadNumbers(ReadOnlySpan<char> text, Span<double> numbers)
    {
        Span<Range> parts = stackalloc Range[4];
        if (text.Split(parts, ',') != numbers.Length) return false;
        for (var index = 0; index < numbers.Length; index++)
        {
            if (!double.TryParse(text[parts[index]].Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out numbers[index])) return false;
        }

        return true;
    }
}
