using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;

namespace Tansiq.Feeds.Positions.Clocks;

/// <summary>Finds the date in a file's name.</summary>
internal static partial class NamedDate
{
    private const int MatchMilliseconds = 1_000;

    /// <summary>
    /// The first date that stands in the last part of a path as <c>2016-07-15</c>, <c>2016_07_15</c> or <c>20160715</c>, with no
    /// digit beside it, of 1990 to 2099; null where there is none.
    /// </summary>
    public static LocalDate? Find(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        foreach (Match match in Written().Matches(Path.GetFileName(path)))
        {
            var (year, month, day) = (Number(match, "year"), Number(match, "month"), Number(match, "day"));
            if (month is < 1 or > 12 || day < 1 || day > CalendarSystem.Iso.GetDaysInMonth(year, month)) continue;
            return new LocalDate(year, month, day);
        }

        return null;
    }

    private static int Number(Match match, string part) => int.Parse(match.Groups[part].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<![0-9])(?<year>199[0-9]|20[0-9][0-9])(?<mark>[-_]?)(?<month>[0-9][0-9])\k<mark>(?<day>[0-9][0-9])(?![0-9])", RegexOptions.ExplicitCapture, MatchMilliseconds)]
    private static partial Regex Written();
}
