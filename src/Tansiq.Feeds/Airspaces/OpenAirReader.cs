using System.Text;
using System.Text.Unicode;
using Tansiq.Geo;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Airspaces;

/// <summary>Reads airspaces from OpenAir text (versions 1 and 2), UTF-8 or else Latin-1.</summary>
/// <remarks>
/// Each airspace is read or refused for itself. The commands, forms and rules: docs/formats/feeds.md. Never throws for
/// what the text holds.
/// </remarks>
public static class OpenAirReader
{
    /// <summary>The longest line in characters.</summary>
    public const int MaximumLineLength = 4096;

    /// <summary>The most vertices of one airspace, before edges are made geodesic.</summary>
    public const int MaximumVerticesOfArea = 50_000;

    /// <summary>How far the strip reaches, to each side and past the ends, that stands for a line of two points; metres.</summary>
    public const double LineReachMetres = 1;

    /// <summary>
    /// The most of an airspace's area, in percent, of which a line that crosses itself may leave it open whether it belongs to
    /// the airspace: what it winds around the other way or more than once. A line that leaves more open is refused.
    /// </summary>
    public const int MostAreaInDoubtPercent = 1;

    /// <summary>The most pairs of edges of one airspace that meet, besides neighbours, where its line crosses or touches itself.</summary>
    public const int MaximumSelfMeetings = 10_000;

    /// <summary>Reads a text that is in memory.</summary>
    /// <returns>As <see cref="AirspaceFile.Read(string)"/>.</returns>
    public static IReadOnlyList<Parsed<Airspace>> Read(ReadOnlySpan<byte> content)
    {
        if (content.Contains((byte)0)) return [new Refusal(AirspaceRefusals.NotText, "", "a byte 0", "OpenAir text")];
        if (content.StartsWith(Encoding.UTF8.Preamble)) content = content[Encoding.UTF8.Preamble.Length..];
        var encoding = Utf8.IsValid(content) ? Encoding.UTF8 : Encoding.Latin1;
        return new File().Read(encoding.GetString(content));
    }

    /// <summary>Whether a text begins with a comment of OpenAir, or one of its lines with the command <c>AC</c>.</summary>
    internal static bool IsFormatOf(ReadOnlyMemory<byte> content)
    {
        var text = FeedInput.WithoutPreamble(content.Span).TrimStart(" \t\r\n"u8);
        if (text.StartsWith("*"u8)) return true;
        while (!text.IsEmpty)
        {
            if (text.Length > 2 && (text[0] | 0x20) == 'a' && (text[1] | 0x20) == 'c' && text[2] is (byte)' ' or (byte)'\t') return true;
            var end = text.IndexOf((byte)'\n');
            if (end < 0) return false;
            text = text[(end + 1)..].TrimStart(" \t\r\n"u8);
        }

        return false;
    }

    /// <summary>One file while it is read.</summary>
    private sealed class File
    {
        private readonly List<Parsed<Airspace>> _airspaces = [];
        private OpenAirArea? _area;
        private GeoPoint? _centre;
        private long _vertices;
        private bool _isTerrain;

        public List<Parsed<Airspace>> Read(string text)
        {
            var number = 0;
            foreach (var range in text.AsSpan().Split('\n'))
            {
                var line = text.AsSpan(range).TrimEnd('\r');
                number++;
                if (line.Length > MaximumLineLength)
                    Refuse(number, AirspaceRefusals.LineTooLong, line, FeedRefusals.Invariant($"at most {MaximumLineLength} characters"));
                else
                    Take(number, WithoutComment(line));
                if (_airspaces.Count < AirspaceFile.MaximumAirspaces && _vertices <= AirspaceFile.MaximumVertices) continue;
                _airspaces.Add(AirspaceRefusals.More(AirspaceRefusals.Line(number)));
                return _airspaces;
            }

            Finish();
            if (_airspaces.Count == 0)
                _airspaces.Add(AirspaceRefusals.At(Math.Max(number, 1), AirspaceRefusals.Nothing, default, "an airspace (AC)"));
            return _airspaces;
        }

        private static ReadOnlySpan<char> WithoutComment(ReadOnlySpan<char> line)
        {
            var comment = line.IndexOf('*');
            return (comment < 0 ? line : line[..comment]).Trim();
        }

        private void Take(int number, ReadOnlySpan<char> line)
        {
            if (line.IsEmpty) return;
            var end = line.IndexOfAny(' ', '\t');
            var command = (end < 0 ? line : line[..end]).ToString().ToUpperInvariant();
            var value = end < 0 ? default : line[end..].Trim();
            switch (command)
            {
                case "AC":
                    Finish();
                    _isTerrain = false;
                    _area = new(value.Length <= 20 ? value.ToString().ToUpperInvariant() : "", number);
                    break;
                case "TO" or "TC":
                    Finish();
                    _isTerrain = true;
                    break;
                case "V":
                    TakeVariable(number, value);
                    break;
                case "SP" or "SB" or "AT" or "AF" or "AG" or "AX" or "AA" or "AI":
                    break;
                default:
                    if (_isTerrain) break;
                    if (_area is not null) _area.Take(number, command, value, _centre);
                    else Refuse(number, AirspaceRefusals.UnknownCommand, line, "a comment or AC");
                    break;
            }
        }

        private void TakeVariable(int number, ReadOnlySpan<char> value)
        {
            var equals = value.IndexOf('=');
            var variable = equals < 0 ? "" : value[..equals].Trim().ToString().ToUpperInvariant();
            var rest = value[(equals + 1)..];
            switch (variable)
            {
                case "X":
                    _centre = OpenAirCoordinate.Take(ref rest);
                    if (_centre is null) Refuse(number, AirspaceRefusals.Coordinate, value, "X= latitude and longitude");
                    break;
                case "D":
                    _area?.TakeDirection(number, rest);
                    break;
                case "W" or "Z" or "T":
                    break;
                default:
                    Refuse(number, AirspaceRefusals.UnknownCommand, value, "V X=, V D=, V W= or V Z=");
                    break;
            }
        }

        /// <summary>What is wrong belongs to the airspace that is read, or else to the file.</summary>
        private void Refuse(int number, string code, ReadOnlySpan<char> found, string expected)
        {
            if (_isTerrain) return;
            if (_area is not null) _area.Refuse(number, code, found, expected);
            else _airspaces.Add(AirspaceRefusals.At(number, code, found, expected));
        }

        private void Finish()
        {
            if (_area is null) return;
            var airspace = _area.Finish();
            _area = null;
            if (airspace.TryGet(out var read, out _)) _vertices += AirspaceRefusals.Vertices(read);
            _airspaces.Add(airspace);
        }
    }
}
