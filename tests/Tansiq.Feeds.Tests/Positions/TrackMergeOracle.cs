using System.Numerics;
using Tansiq.Geo;

namespace Tansiq.Feeds.Tests.Positions;

/// <summary>The rule of docs/formats/feeds-merge.md for one address, told from all that was reported before and nothing else.</summary>
internal sealed class TrackMergeOracle
{
    private const long TenMinutes = 600_000;
    private const long Minute = 60_000;
    private const long Latency = 5_000;

    private readonly List<Report> _all = [];

    /// <summary>g given, s same, a apart.</summary>
    public char Outcome(int source, long milliseconds, GeoPoint place)
    {
        var report = new Report(source, milliseconds, place, OtherAt(_all.Count, source, milliseconds), ' ');
        var outcome = Judge(report);
        _all.Add(report with { Outcome = outcome });
        return outcome;
    }

    private char Judge(Report report)
    {
        if (report.Other is null) return IsApartBefore(report) ? 'a' : 'g';
        if (!Agrees(report)) return 'a';
        if (IsApartBefore(report) && !HasAgreedForAMinute(report)) return 'a';
        var last = _all.LastOrDefault(earlier => earlier.Outcome == 'g');
        return last is not null && last.Source != report.Source && report.At - last.At <= Latency ? 's' : 'g';
    }

    /// <summary>The last given report of another source, not older than ten minutes, before the report of a number.</summary>
    private Report? OtherAt(int number, int source, long milliseconds) =>
        _all.Take(number).LastOrDefault(earlier => earlier.Outcome == 'g' && earlier.Source != source) is { } other && milliseconds - other.At <= TenMinutes ? other : null;

    // What a source reported with an outcome other than apart ends its being apart; so does a silence.
    private bool IsApartBefore(Report report) =>
        _all.LastOrDefault(earlier => earlier.Source == report.Source) is { } previous && report.At - previous.At <= TenMinutes && previous.Outcome == 'a';

    private bool HasAgreedForAMinute(Report report)
    {
        var stretch = new List<Report> { report };
        foreach (var earlier in Enumerable.Reverse(_all).Where(earlier => earlier.Source == report.Source))
        {
            if (earlier.Outcome != 'a' || stretch[^1].At - earlier.At > TenMinutes) break;
            stretch.Add(earlier);
        }

        var agreeing = stretch.TakeWhile(one => one.Other is { } other && one.At - other.At <= Minute && Agrees(one)).ToList();
        return agreeing.Count > 0 && report.At - agreeing[^1].At >= Minute;
    }

    private static bool Agrees(Report report)
    {
        var other = report.Other!;
        BigInteger allowed = 1_000L * (report.At - other.At + Latency) * 1_000 / 11_132;
        BigInteger north = (long)report.Place.LatitudeE7 - other.Place.LatitudeE7;
        var east = Enumerable.Range(-1, 3).Min(turn => BigInteger.Abs((long)report.Place.LongitudeE7 - other.Place.LongitudeE7 + (turn * 3_600_000_000L)));
        BigInteger latitude = Math.Abs((long)report.Place.LatitudeE7 + other.Place.LatitudeE7) / 200_000;
        var (denominator, numerator) = (324_000_000 + (latitude * latitude), 324_000_000 - (4 * latitude * latitude));
        return BigInteger.Pow(north * denominator, 2) + BigInteger.Pow(east * numerator, 2) <= BigInteger.Pow(allowed * denominator, 2);
    }

    private sealed record Report(int Source, long At, GeoPoint Place, Report? Other, char Outcome);
}
