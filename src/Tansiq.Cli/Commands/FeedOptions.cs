using System.CommandLine;
using NodaTime;
using NodaTime.Text;
using Tansiq.Feeds.Positions;
using Tansiq.Feeds.Positions.Asterix;
using Tansiq.Feeds.Positions.Clocks;
using Tansiq.Geo.Text;

namespace Tansiq.Cli.Commands;

/// <summary>What a person says of feeds that their content leaves open: their clock, and where radars stand.</summary>
internal sealed class FeedOptions
{
    private static readonly OffsetPattern OffsetText = OffsetPattern.CreateWithInvariantCulture("+HH:mm");

    private readonly Option<string?> _offset = new("--feed-offset") { Description = "By how much the clocks of feeds without a zone are ahead of UTC: +03:00. UTC where it is not given." };
    private readonly Option<string?> _date = new("--starts-near") { Description = "An instant within 12 hours of the start of feeds that give times of day without a date: 2016-07-15T06:00:00Z. Else the packets' time, or a date in the file's name." };
    private readonly Option<string?> _radars = new("--radars") { Description = "The places of radars, a line each: SAC,SIC,latitude,longitude,height (docs/formats/feeds-asterix.md)." };

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_offset);
        command.Options.Add(_date);
        command.Options.Add(_radars);
    }

    /// <summary>The sources at some paths, or what is wrong with an option.</summary>
    public Parsed<List<IPositionSource>> Sources(ParseResult result, IEnumerable<string> paths)
    {
        var clock = ClockRule.Default;
        if (result.GetValue(_offset) is { } offset)
        {
            var parsed = OffsetText.Parse(offset);
            if (!parsed.Success) return new Refusal("cli.feed-offset", "--feed-offset", JsonText.Shorten(offset), "hours and minutes ahead of UTC: +03:00, -04:30");
            clock = clock with { AheadOfUtc = parsed.Value };
        }

        if (result.GetValue(_date) is { } date)
        {
            var parsed = InstantPattern.ExtendedIso.Parse(date);
            if (!parsed.Success) return new Refusal("cli.starts-near", "--starts-near", JsonText.Shorten(date), "an instant: 2016-07-15T06:00:00Z");
            clock = clock with { Reference = parsed.Value };
        }

        var radars = RadarPlaces.None;
        if (result.GetValue(_radars) is { } path)
        {
            if (!RadarPlaces.ReadFile(path).TryGet(out var read, out var refusal)) return refusal.Under(path + ": ");
            radars = read;
        }

        return paths.Select(source => PositionSource.At(source, clock, radars)).ToList();
    }
}
