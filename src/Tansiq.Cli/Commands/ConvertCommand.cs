using System.CommandLine;
using Tansiq.Feeds.Writing;

namespace Tansiq.Cli.Commands;

/// <summary><c>tansiq convert airspace|tracks … --to FORMAT --out FILE</c>: from any format that is read to one that is written.</summary>
internal static class ConvertCommand
{
    private static readonly (string Word, WrittenFormat Format)[] Formats =
    [
        ("geojson", WrittenFormat.GeoJson), ("kml", WrittenFormat.Kml), ("csv", WrittenFormat.Csv),
    ];

    /// <summary>The command.</summary>
    public static Command Create() => new("convert", "Write airspaces or tracks in another format (docs/formats/airspace.md).")
    {
        ConvertAirspaceCommand.Create(), ConvertTracksCommand.Create(),
    };

    /// <summary><c>--to geojson|kml|csv</c>.</summary>
    public static Option<string> To()
    {
        var option = new Option<string>("--to") { Description = "The format: geojson, kml or csv.", Required = true };
        option.AcceptOnlyFromAmong([.. Formats.Select(format => format.Word)]);
        return option;
    }

    /// <summary><c>--out FILE</c>.</summary>
    public static Option<string> Out() => new("--out") { Description = "The file to write, whole or not at all.", Required = true };

    /// <summary>The format of a word that <see cref="To"/> takes.</summary>
    public static WrittenFormat Format(string word) => Array.Find(Formats, format => format.Word == word).Format;
}
