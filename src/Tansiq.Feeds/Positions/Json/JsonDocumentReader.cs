using System.Buffers;
using System.Text.Unicode;
using Tansiq.Feeds.Positions.Readsb;
using Tansiq.Feeds.Positions.Tracks;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Positions.Json;

/// <summary>
/// Reads positions from JSON objects: aircraft lists and traces of readsb, GeoJSON, points by track; one document, or
/// several one after the other (JSON lines, GeoJSON text sequences). Item by item, in bounded memory.
/// </summary>
internal sealed class JsonDocumentReader
{
    /// <summary>The longest item, and the longest document that is one record, in bytes.</summary>
    public const int MaximumItemBytes = 4 * 1024 * 1024;

    /// <summary>The most bytes of items that are held where a document says only after them when they were.</summary>
    public const int MaximumHeldBytes = 64 * 1024 * 1024;

    private readonly JsonValueStream _values;
    private readonly JsonDocumentHead _head;
    private readonly AircraftItems _aircraft;
    private readonly TraceItems _trace;
    private readonly FeatureItems _features;
    private readonly PointItems _points;
    private readonly ArrayBufferWriter<byte> _record = new();
    private readonly List<PositionRecord> _found = [];
    private byte[] _name = [];
    private long _number;
    private bool _isStreamed;

    public JsonDocumentReader(FeedInput input)
    {
        var identifiers = new IdentifierCache();
        _values = new(input, MaximumItemBytes);
        _head = new(identifiers);
        _aircraft = new(_head, identifiers);
        _trace = new(_head, identifiers);
        _features = new(identifiers);
        _points = new(identifiers);
    }

    private RecordPlace Place => new(RecordKind.Item, _number);

    /// <summary>Gives each item once; the last is a fatal refusal where the documents cannot be read to their end.</summary>
    public IEnumerable<PositionRecord> Read()
    {
        while (_values.TryFindText())
        {
            foreach (var record in ReadDocument()) yield return record;
        }

        if (_values.Failure is { } failure) yield return new(Place, failure with { Where = Place.ToString() });
    }

    private IEnumerable<PositionRecord> ReadDocument()
    {
        _head.Clear();
        _record.Clear();
        _isStreamed = false;
        if (!_values.Require((byte)'{')) yield break;
        var held = new HeldItems(MaximumHeldBytes);
        var isFirst = true;
        while (!_values.TryTake((byte)'}'))
        {
            if (!isFirst && !_values.Require((byte)',')) yield break;
            isFirst = false;
            if (!TryTakeName(out var items)) yield break;
            if (items is null)
            {
                if (TakeMember() is { } refusal) yield return new(Place, refusal.Under(Place.ToString()));
                if (_values.Failure is not null) yield break;
                continue;
            }

            foreach (var record in ReadItems(items, held)) yield return record;
            if (_values.Failure is not null) yield break;
        }

        foreach (var record in held.Read()) yield return record;
        if (!_isStreamed) foreach (var record in ReadRecord()) yield return record;
    }

    /// <summary>Takes a name and its colon; gives the items that follow where they are read one by one.</summary>
    private bool TryTakeName(out IJsonItems? items)
    {
        items = null;
        if (!_values.TryPeek(out var quote)) return false;
        if (quote != (byte)'"') return _values.Fail(FeedRefusals.MalformedDocument, _values.ShowNext(), "a name");
        if (!_values.TryTakeValue()) return false;
        _name = _values.Value[1..^1].ToArray();
        items = ItemsOf(_name);
        Keep(_record.WrittenCount == 0 ? "{"u8 : ","u8);
        Keep(_values.Value);
        Keep(":"u8);
        if (!_values.Require((byte)':') || !_values.TryPeek(out var first)) return false;
        if (first != (byte)'[') items = null;
        return true;
    }

    private IJsonItems? ItemsOf(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("aircraft"u8)) return _aircraft;
        if (name.SequenceEqual("trace"u8)) return _trace;
        if (name.SequenceEqual("features"u8)) return _features;
        return _points.TryBegin(name) ? _points : null;
    }

    /// <summary>Takes a member that is no array of items: into the head, and into the record that the document may be.</summary>
    private Refusal? TakeMember()
    {
        if (!_values.TryTakeValue()) return null;
        Keep(_values.Value);
        if (_record.WrittenCount > MaximumItemBytes)
        {
            _values.Fail(FeedRefusals.ItemTooLong, "a longer document", FeedRefusals.Invariant($"at most {MaximumItemBytes} bytes beside its items"));
            return null;
        }

        return Utf8.IsValid(_values.Value) ? _head.Take(_name, _values.Value) : null;
    }

    private IEnumerable<PositionRecord> ReadItems(IJsonItems items, HeldItems held)
    {
        _isStreamed = true;
        Keep("null"u8);
        if (!_values.Require((byte)'[')) yield break;
        var isFirst = true;
        while (!_values.TryTake((byte)']'))
        {
            if (!isFirst && !_values.Require((byte)',')) yield break;
            isFirst = false;
            _number++;
            if (!_values.TryTakeValue()) yield break;
            _found.Clear();
            if (items.IsReady)
            {
                items.Read(_values.Value, Place, _found);
            }
            else if (!held.TryAdd(items, _values.Value, Place))
            {
                _values.Fail(FeedRefusals.TooLarge, "more items before the document's time", FeedRefusals.Invariant($"at most {MaximumHeldBytes} bytes of them"));
                yield break;
            }

            foreach (var record in _found) yield return record;
        }
    }

    /// <summary>A document without items is itself one: a Feature, or an aircraft of a file of JSON lines.</summary>
    private List<PositionRecord> ReadRecord()
    {
        _number++;
        _found.Clear();
        if (_record.WrittenCount == 0 || !_head.IsOfAFormat)
        {
            _values.Fail(FeedRefusals.UnknownFormat, FeedRefusals.Show(_record.WrittenSpan), PositionFormats.Descriptions);
            return _found;
        }

        Keep("}"u8);
        IJsonItems items = FeatureItems.IsFeature(_record.WrittenSpan) ? _features : _aircraft;
        items.Read(_record.WrittenSpan, Place, _found);
        return _found;
    }

    private void Keep(ReadOnlySpan<byte> bytes) => _record.Write(bytes);
}
