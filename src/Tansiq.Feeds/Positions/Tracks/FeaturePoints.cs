using System.Text.Json;
using NodaTime;
using Tansiq.Geo;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Positions.Tracks;

/// <summary>The points of one feature with their times.</summary>
internal sealed class FeaturePoints
{
    private readonly List<Coordinate> _coordinates = [];
    private readonly List<Instant?> _times = [];
    private Refusal? _refusal;

    /// <summary>How many points there are.</summary>
    public int Count => _coordinates.Count;

    /// <summary>What is wrong with all of them together, or null.</summary>
    public Refusal? Refusal
    {
        get
        {
            if (_refusal is not null) return _refusal;
            if (_times.Count == 0) return new(FeedRefusals.MissingTime, "", "no time", "time, or times for each point of a line");
            return _times.Count == Count
                ? null
                : new(FeedRefusals.WrongType, "", FeedRefusals.Invariant($"{_times.Count} times for {Count} points"), "a time for each point");
        }
    }

    /// <summary>Begins a new feature.</summary>
    public void Clear()
    {
        _coordinates.Clear();
        _times.Clear();
        _refusal = null;
    }

    /// <summary>Takes a coordinate or an array of them, however deep they lie.</summary>
    public void TakeCoordinates(ref Utf8JsonReader value)
    {
        if (value.TokenType != JsonTokenType.StartArray)
        {
            _refusal ??= new(FeedRefusals.WrongType, "", FeedRefusals.Show(value.ValueSpan), "an array of coordinates");
            value.Skip();
            return;
        }

        var coordinate = default(Coordinate);
        var numbers = 0;
        while (value.Read() && value.TokenType != JsonTokenType.EndArray)
        {
            if (value.TokenType == JsonTokenType.StartArray) TakeCoordinates(ref value);
            else Take(numbers++, ref value, ref coordinate);
        }

        if (numbers > 1) _coordinates.Add(coordinate);
        else if (numbers == 1) _refusal ??= new(FeedRefusals.MissingPosition, "", "one number", "longitude and latitude");
    }

    /// <summary>Takes a time or an array of them, however deep they lie: ISO 8601, or seconds or milliseconds since 1970.</summary>
    public void TakeTimes(ref Utf8JsonReader value)
    {
        switch (value.TokenType)
        {
            case JsonTokenType.StartArray:
                while (value.Read() && value.TokenType != JsonTokenType.EndArray) TakeTimes(ref value);
                break;
            case JsonTokenType.Null:
                break;
            case JsonTokenType.String or JsonTokenType.Number:
                var at = value.TokenType == JsonTokenType.String ? ReportTime.FromIso(value.ValueSpan) : ReportTime.FromSecondsOrMilliseconds(value.ValueSpan);
                if (at is null) _refusal ??= new(FeedRefusals.WrongType, "", FeedRefusals.Show(value.ValueSpan), "ISO 8601 with zone, or seconds or milliseconds since 1970");
                _times.Add(at);
                break;
            default:
                _refusal ??= new(FeedRefusals.WrongType, "", FeedRefusals.Show(value.ValueSpan), "a time");
                value.Skip();
                break;
        }
    }

    /// <summary>Gives the draft one of the points.</summary>
    public void Give(int index, PositionDraft draft)
    {
        var coordinate = _coordinates[index];
        draft.SetPlace(coordinate.LatitudeE7, coordinate.LongitudeE7);
        if (coordinate.HeightE7 is { } height) draft.SetHeight(height, Height.UnitsPerMetre, HeightReference.Ellipsoid);
        draft.SetTime(_times[index]);
    }

    private void Take(int index, ref Utf8JsonReader value, ref Coordinate coordinate)
    {
        long number = 0;
        var isNumber = value.TokenType == JsonTokenType.Number && DecimalE7.Parse(value.ValueSpan).TryGet(out number, out _);
        if (!isNumber) _refusal ??= new(FeedRefusals.WrongType, "", FeedRefusals.Show(value.ValueSpan), "a coordinate");
        if (index == 0) coordinate.LongitudeE7 = number;
        else if (index == 1) coordinate.LatitudeE7 = number;
        else if (index == 2) coordinate.HeightE7 = number;
        value.Skip();
    }

    private struct Coordinate
    {
        public long LatitudeE7;
        public long LongitudeE7;
        public long? HeightE7;
    }
}
