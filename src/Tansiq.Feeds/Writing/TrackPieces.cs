using NodaTime;
using Tansiq.Geo;

namespace Tansiq.Feeds.Writing;

/// <summary>
/// Gathers positions into pieces of tracks: up to <see cref="MaximumPositions"/> of one track and source, of one callsign and one kind
/// of height, with gaps of at most <see cref="MaximumGap"/> and not across the
/// antimeridian, where a line would run around the Earth. A piece is given when it can't go on, in the order in which pieces began.
/// </summary>
internal sealed class TrackPieces(Action<TrackPiece> give)
{
    /// <summary>The longest gap between positions of one piece.</summary>
    public static readonly Duration MaximumGap = Duration.FromMinutes(10);

    /// <summary>The most positions of a piece.</summary>
    public const int MaximumPositions = 500;

    /// <summary>The most positions that are held; then all pieces are given.</summary>
    public const int MaximumHeld = 500_000;

    private readonly Dictionary<(string Track, string Source), TrackPiece> _pieces = [];
    private Instant _lastSweep = Instant.MinValue;
    private int _held;
    private long _begun;

    /// <summary>Takes a position.</summary>
    public void Take(ReportedPosition position)
    {
        var at = position.Position.At;
        if (_lastSweep == Instant.MinValue) _lastSweep = at;
        if (at - _lastSweep > MaximumGap)
        {
            Give(piece => at - piece.Last.Position.At > MaximumGap);
            _lastSweep = at;
        }

        var key = (position.Track, position.Source);
        if (_pieces.TryGetValue(key, out var piece) && !piece.GoesOnWith(position))
        {
            Give(piece);
            piece = null;
        }

        if (piece is null) _pieces[key] = new(position, _begun++);
        else piece.Add(position);
        if (++_held >= MaximumHeld) GiveAll();
    }

    /// <summary>Gives all that is held.</summary>
    public void GiveAll() => Give(_ => true);

    private void Give(Func<TrackPiece, bool> isGiven)
    {
        foreach (var piece in _pieces.Values.Where(isGiven).OrderBy(piece => piece.Number).ToList()) Give(piece);
    }

    private void Give(TrackPiece piece)
    {
        _pieces.Remove((piece.Last.Track, piece.Last.Source));
        _held -= piece.Positions.Count;
        give(piece);
    }
}

/// <summary>A piece of a track: at least one position.</summary>
internal sealed class TrackPiece(ReportedPosition first, long number)
{
    private readonly List<ReportedPosition> _positions = [first];

    /// <summary>Its number in the order in which pieces began.</summary>
    public long Number => number;

    /// <summary>The positions in the order of time.</summary>
    public IReadOnlyList<ReportedPosition> Positions => _positions;

    /// <summary>The first position, whose track, source and callsign all have.</summary>
    public ReportedPosition First => first;

    /// <summary>The last position so far.</summary>
    public ReportedPosition Last => _positions[^1];

    /// <summary>What all heights are measured from; null where none has a height.</summary>
    public HeightReference? Reference => first.Position.Height?.Reference;

    /// <summary>Whether a position of the same track and source belongs to this piece.</summary>
    public bool GoesOnWith(ReportedPosition position) =>
        _positions.Count < TrackPieces.MaximumPositions
        && position.Position.At - Last.Position.At <= TrackPieces.MaximumGap
        && position.Position.Height?.Reference == Reference
        && position.Callsign == first.Callsign
        && Math.Abs((long)position.Position.Place.LongitudeE7 - Last.Position.Place.LongitudeE7) <= GeoPoint.HalfTurnE7;

    /// <summary>Adds a position.</summary>
    public void Add(ReportedPosition position) => _positions.Add(position);
}
