using System.Text;
using System.Text.Json;
using Tansiq.Feeds.Positions.Json;
using Tansiq.Geo;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Positions.Tracks;

/// <summary>Reads the features of GeoJSON (RFC 7946): points with a time, lines with a time for each of their points.</summary>
/// <remarks>The third coordinate is the height above the ellipsoid in metres (RFC 7946, 3.1.1). Names: docs/formats/feeds-text.md.</remarks>
internal sealed class FeatureItems : IJsonItems
{
    private readonly JsonItem _json = new();
    private readonly PositionDraft _draft;
    private readonly FeatureTrack _track;
    private readonly FeaturePoints _points = new();
    private readonly TakeValue _takeItem;
    private readonly TakeMember _takeMember;
    private readonly TakeMember _takeGeometry;
    private readonly TakeMember _takeProperty;
    private Refusal? _refusal;
    private bool _isGeometryRead;

    public FeatureItems(IdentifierCache identifiers)
    {
        _draft = new(identifiers);
        _track = new(_json, _draft);
        _takeItem = TakeItem;
        _takeMember = TakeMember;
        _takeGeometry = TakeGeometry;
        _takeProperty = TakeProperty;
    }

    /// <inheritdoc/>
    public bool IsReady => true;

    /// <summary>Whether a document says that it is a Feature: its member <c>type</c>, not that of its geometry or properties.</summary>
    public static bool IsFeature(ReadOnlySpan<byte> document)
    {
        var isFeature = false;
        JsonItem.Read(document, (ref Utf8JsonReader reader) =>
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isType = reader.ValueTextEquals("type"u8);
                reader.Read();
                isFeature |= isType && reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("Feature"u8);
                reader.Skip();
            }
        });
        return isFeature;
    }

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<byte> item, RecordPlace place, List<PositionRecord> records)
    {
        _draft.Clear();
        _track.Clear();
        _points.Clear();
        _refusal = null;
        _isGeometryRead = false;
        _refusal = JsonItem.Read(item, _takeItem) ?? _refusal;
        if (!_isGeometryRead) _refusal ??= new(FeedRefusals.MissingPosition, "", "no geometry", "a Point or a LineString");
        _refusal ??= _points.Refusal;
        if (_refusal is not null)
        {
            records.Add(new(place, _refusal.Under(place.ToString())));
            return;
        }

        for (var index = 0; index < _points.Count; index++)
        {
            _draft.Clear();
            _track.Give();
            _points.Give(index, _draft);
            records.Add(new(place, Finish(place, index)));
        }
    }

    private Parsed<ReportedPosition> Finish(RecordPlace place, int index)
    {
        if (_draft.Finish(place).TryGet(out var position, out var refusal)) return position;
        return _points.Count == 1 ? refusal : refusal with { Where = FeedRefusals.Invariant($"{refusal.Where} point {index + 1}") };
    }

    private void TakeItem(ref Utf8JsonReader reader)
    {
        if (!_json.ReadMembers(ref reader, _takeMember)) _refusal ??= new(FeedRefusals.WrongType, "", FeedRefusals.Show(reader.ValueSpan), "a Feature");
    }

    private void TakeMember(ReadOnlySpan<byte> name, ref Utf8JsonReader value)
    {
        if (name.SequenceEqual("geometry"u8)) _isGeometryRead |= _json.ReadMembers(ref value, _takeGeometry);
        else if (name.SequenceEqual("properties"u8)) _json.ReadMembers(ref value, _takeProperty);
        else if (name.SequenceEqual("id"u8)) _track.Take(TrackNames.FeatureIdentifier, ref value);
        else value.Skip();
    }

    private void TakeGeometry(ReadOnlySpan<byte> name, ref Utf8JsonReader value)
    {
        if (name.SequenceEqual("coordinates"u8))
        {
            _points.TakeCoordinates(ref value);
        }
        else if (name.SequenceEqual("type"u8))
        {
            var isTaken = value.TokenType == JsonTokenType.String && (value.ValueTextEquals("Point"u8) || value.ValueTextEquals("LineString"u8)
                || value.ValueTextEquals("MultiPoint"u8) || value.ValueTextEquals("MultiLineString"u8));
            if (!isTaken) _refusal ??= new(FeedRefusals.WrongType, "", FeedRefusals.Show(value.ValueSpan), "a Point or a LineString");
            value.Skip();
        }
        else
        {
            value.Skip();
        }
    }

    private void TakeProperty(ReadOnlySpan<byte> name, ref Utf8JsonReader value)
    {
        if (TrackNames.IsTime(name))
        {
            _points.TakeTimes(ref value);
        }
        else if (name.SequenceEqual("coordinateProperties"u8))
        {
            _json.ReadMembers(ref value, _takeProperty);
        }
        else if (name.SequenceEqual("type"u8) && value.TokenType == JsonTokenType.String && CursorOnTarget.EventType.IsOtherThanAir(value.ValueSpan))
        {
            _refusal ??= new(FeedRefusals.NotAircraft, "", FeedRefusals.Show(value.ValueSpan), "the type of something in the air");
        }
        else
        {
            _track.Take(TrackNames.RankOf(name), ref value);
        }
    }
}
