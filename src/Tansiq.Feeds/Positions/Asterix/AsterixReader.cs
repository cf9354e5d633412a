using NodaTime;
using Tansiq.Feeds.Positions.Clocks;
using Tansiq.Geo;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Positions.Asterix;

/// <summary>Reads positions of ASTERIX categories 021, 048 and 062 from captures, recordings and data blocks, in bounded memory.</summary>
/// <remarks>Categories, items, clocks and rules: docs/formats/feeds-asterix.md.</remarks>
internal sealed class AsterixReader
{
    private static readonly AsterixCategory[] Categories = [new Category021(), new Category048(), new Category062()];

    private readonly AsterixContainer _container;
    private readonly AsterixReport _report;
    private readonly DayResolver? _days;
    private readonly ItemRange[] _items = new ItemRange[AsterixCategory.MaximumItems];
    private readonly List<int> _recordStarts = [];
    private long _blocks;

    public AsterixReader(FeedInput input, PositionContext context)
    {
        _container = AsterixContainer.Over(new OctetWindow(input));
        _report = new(new IdentifierCache(), context.Radars);
        if (context.Clock.ReferenceFor(context.Name) is { } reference) _days = new(reference);
        else if (_container.HasTimes) _days = new(NodaConstants.UnixEpoch);
    }

    /// <summary>Whether octets are the start of a capture, of a recording or of data blocks.</summary>
    public static bool IsStart(ReadOnlySpan<byte> start) =>
        PcapContainer.IsStart(start) || PcapngContainer.IsStart(start) || FinalContainer.IsStart(start) || RawContainer.IsStart(start);

    /// <summary>Gives each report of a category that is read once; what is not read once a block or packet.</summary>
    public IEnumerable<PositionRecord> Read()
    {
        if (_days is null)
        {
            yield return new(default, new Refusal(AsterixRefusals.DateUnknown, "", "times of day without a date", "a reference date, or a date in the file's name"));
            yield break;
        }

        while (_container.Next(out var frame))
        {
            if (frame.Refusal is { } refusal)
            {
                yield return Refused(++_blocks, refusal);
                continue;
            }

            foreach (var record in ReadFrame(frame)) yield return record;
        }

        if (_container.Failure is { } failure) yield return Refused(_blocks, failure);
    }

    private IEnumerable<PositionRecord> ReadFrame(AsterixFrame frame)
    {
        for (var rest = frame.Blocks; !rest.IsEmpty;)
        {
            _blocks++;
            var length = rest.Length < DataBlock.HeaderOctets ? 0 : DataBlock.LengthOf(rest.Span);
            if (length < DataBlock.SmallestOctets || length > rest.Length)
            {
                yield return Refused(_blocks, new(AsterixRefusals.MalformedBlock, "", FeedRefusals.Invariant($"a block of {length} octets in {rest.Length}"), "a block that fits"));
                yield break;
            }

            var block = rest[..length];
            rest = rest[length..];
            if (Array.Find(Categories, category => category.Number == block.Span[0]) is not { } category)
            {
                yield return Refused(_blocks, new(AsterixRefusals.CategoryNotRead, "", FeedRefusals.Invariant($"category {block.Span[0]:000}"), "category 021, 048 or 062"));
                continue;
            }

            if (!FindRecords(category, block.Span))
            {
                yield return Refused(_blocks, new(AsterixRefusals.MalformedBlock, "", FeedRefusals.Invariant($"category {category.Number:000}"), "records of the edition that is read"));
                continue;
            }

            for (var index = 0; index < _recordStarts.Count; index++)
                yield return new(new(RecordKind.Block, _blocks), ReadRecord(category, block.Span[_recordStarts[index]..], frame.ReceivedAt, index + 1));
        }
    }

    /// <summary>Finds the records of a block; false where they do not fill it or one of them cannot be of the edition.</summary>
    private bool FindRecords(AsterixCategory category, ReadOnlySpan<byte> block)
    {
        _recordStarts.Clear();
        for (var at = DataBlock.HeaderOctets; at < block.Length;)
        {
            var length = category.Measure(block[at..], _items);
            if (length < 0 || !category.IsPlausible(new(block[at..], _items))) return false;
            _recordStarts.Add(at);
            at += length;
        }

        return true;
    }

    private Parsed<ReportedPosition> ReadRecord(AsterixCategory category, ReadOnlySpan<byte> octets, Instant? receivedAt, int number)
    {
        category.Measure(octets, _items);
        var record = new AsterixRecord(octets, _items);
        _report.Clear();
        category.Read(record, _report);
        var source = record[AsterixCategory.DataSource];
        return _report.Finish(source[0], source[1], At(_report.TimeOfDay, receivedAt)).TryGet(out var position, out var refusal)
            ? position
            : refusal with { Where = FeedRefusals.Invariant($"block {_blocks}, record {number}") };
    }

    private Instant? At(Duration? timeOfDay, Instant? receivedAt)
    {
        if (timeOfDay is not { } time) return null;
        return receivedAt is { } moment ? _days!.Resolve(time, moment) : _days!.Resolve(time);
    }

    private static PositionRecord Refused(long block, Refusal refusal)
    {
        var place = new RecordPlace(RecordKind.Block, block);
        return new(place, refusal with { Where = place.ToString() });
    }
}
