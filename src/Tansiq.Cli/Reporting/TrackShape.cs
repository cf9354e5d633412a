using NodaTime;
using Tansiq.Geo;

namespace Tansiq.Cli.Reporting;

/// <summary>When a track was seen without a gap.</summary>
/// <param name="From">First moment.</param>
/// <param name="Until">Last moment.</param>
internal readonly record struct Sighting(Instant From, Instant Until);

/// <summary>The shape of one track for a drawing: thinned by spacing as it grows, so that its memory is bounded.</summary>
/// <remarks>
/// A new piece starts after a gap or where the track cannot have come from its last place. Where there are too many corners, those
/// nearer to each other than the spacing are dropped and the spacing doubles. Pieces beyond the limit are counted, not kept.
/// </remarks>
internal sealed class TrackShape(string track, Duration maximumGap)
{
    /// <summary>The most corners that are kept of one track.</summary>
    public const int MaximumCorners = 256;

    /// <summary>The most pieces that are kept of one track.</summary>
    public const int MaximumPieces = 48;

    private const long FirstSpacingE7 = 5_000;
    private const double MaximumSpeedMetresPerSecond = 1_000;
    private const double MetresPerUnit = 0.011132;

    private readonly List<(GeoPoint Place, int Piece)> _corners = [];
    private readonly List<Sighting> _pieces = [];
    private GeoPoint _last;
    private Instant _lastAt;
    private bool _isSeen;
    private bool _isKept;
    private long _spacingE7 = FirstSpacingE7;

    /// <summary>The track.</summary>
    public string Track { get; } = track;

    /// <summary>The last callsign reported, or null.</summary>
    public string? Callsign { get; private set; }

    /// <summary>Pieces that were one too many.</summary>
    public long PiecesLeftOut { get; private set; }

    /// <summary>When it was seen, piece by piece.</summary>
    public IReadOnlyList<Sighting> Sightings => _pieces;

    /// <summary>Takes the track's next position; one that is earlier than the last is left out.</summary>
    public void Add(ReportedPosition reported)
    {
        var (place, at) = (reported.Position.Place, reported.Position.At);
        Callsign = reported.Callsign ?? Callsign;
        if (_isSeen && at <= _lastAt) return;
        if (!_isSeen || at - _lastAt > maximumGap || !CanReach(place, at)) Start(place, at);
        else if (_isKept) Continue(place, at);
        (_last, _lastAt, _isSeen) = (place, at, true);
    }

    /// <summary>The corners, piece by piece, once all positions are taken; pieces of a single place are left out.</summary>
    public IEnumerable<IReadOnlyList<GeoPoint>> Pieces()
    {
        EndPiece();
        return _corners.GroupBy(corner => corner.Piece, corner => corner.Place).Select(piece => piece.ToList()).Where(piece => piece.Count > 1);
    }

    private void Start(GeoPoint place, Instant at)
    {
        EndPiece();
        _isKept = _pieces.Count < MaximumPieces;
        if (!_isKept)
        {
            PiecesLeftOut++;
            return;
        }

        _pieces.Add(new(at, at));
        Keep(place);
    }

    private void Continue(GeoPoint place, Instant at)
    {
        _pieces[^1] = _pieces[^1] with { Until = at };
        if (!IsNear(_corners[^1].Place, place)) Keep(place);
    }

    private void EndPiece()
    {
        if (_isKept && _corners[^1].Place != _last) Keep(_last);
    }

    private void Keep(GeoPoint place)
    {
        _corners.Add((place, _pieces.Count));
        while (_corners.Count >= MaximumCorners) Thin();
    }

    /// <summary>Keeps the first and last corner of each piece and those between that are further than the spacing from the one before.</summary>
    private void Thin()
    {
        _spacingE7 *= 2;
        var kept = 0;
        for (var index = 0; index < _corners.Count; index++)
        {
            var corner = _corners[index];
            var isEnd = index == 0 || index == _corners.Count - 1 || _corners[index - 1].Piece != corner.Piece || _corners[index + 1].Piece != corner.Piece;
            if (isEnd || !IsNear(_corners[kept - 1].Place, corner.Place)) _corners[kept++] = corner;
        }

        _corners.RemoveRange(kept, _corners.Count - kept);
    }

    private bool IsNear(GeoPoint one, GeoPoint other) => Units(one, other) < _spacingE7;

    private bool CanReach(GeoPoint place, Instant at) =>
        Units(_last, place) * MetresPerUnit <= MaximumSpeedMetresPerSecond * ((at - _lastAt).TotalSeconds + 1);

    /// <summary>The way between two places in units of 10⁻⁷ degree of latitude, as docs/formats/replay.md reckons speed.</summary>
    private static double Units(GeoPoint one, GeoPoint other)
    {
        var middle = Math.Abs(((long)one.LatitudeE7 + other.LatitudeE7) / 2d / GeoPoint.UnitsPerDegree);
        var narrowing = (32_400 - 4 * middle * middle) / (32_400 + middle * middle);
        var east = Math.Abs((double)one.LongitudeE7 - other.LongitudeE7);
        east = Math.Min(east, GeoPoint.TurnE7 - east) * narrowing;
        var north = (double)one.LatitudeE7 - other.LatitudeE7;
        return Math.Sqrt(east * east + north * north);
    }
}
