using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Tansiq.Coordination;
using Tansiq.Coordination.Parties;
using Tansiq.Geo;
using Tansiq.Geo.Text;
using Tansiq.Server.Api.Reading;

namespace Tansiq.Server.Api.Writing;

/// <summary>Writes an answer: first what every answer says of the record, then what was asked for.</summary>
internal sealed class AnswerWriter
{
    // Texts of any script stand as they are; an answer is read as JSON only, never as part of a page.
    private static readonly JsonWriterOptions Layout = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _buffer = new(4_096);

    public AnswerWriter() => Json = new(_buffer, Layout);

    /// <summary>Where the answer is written.</summary>
    public Utf8JsonWriter Json { get; }

    /// <summary>What was written.</summary>
    public ReadOnlyMemory<byte> Bytes
    {
        get
        {
            Json.Flush();
            return _buffer.WrittenMemory;
        }
    }

    /// <summary>Whether a page is as long as any may be.</summary>
    public bool IsFull => Json.BytesCommitted + Json.BytesPending >= ReadRequest.FullPageBytes;

    /// <summary>Begins the answer: exercise or real, the record's zone, known at, valid at.</summary>
    public void Begin(ReadRequest request)
    {
        var situation = request.Situation;
        Json.WriteStartObject();
        Json.WriteString("record", Word(request.Founding.Kind));
        Json.WriteString("zone", request.Founding.Zone);
        Json.WriteStartObject("knownAt");
        Json.WriteNumber("size", situation.Size);
        Json.WriteNumber("jointSize", situation.JointSize);
        Json.WriteBoolean("joint", situation.JointSize == situation.Size);
        Time("time", situation.Time);
        Json.WriteEndObject();
        Time("validAt", request.ValidAt);
    }

    /// <summary>Ends the answer; a list says where it goes on.</summary>
    public void End(ReadRequest request)
    {
        if (request.NextCursor is { } next) Json.WriteString("next", next.ToString());
        Json.WriteEndObject();
    }

    /// <summary>Writes a page of a list, as far as the page goes, and says in the request where it goes on.</summary>
    /// <param name="request">The request.</param>
    /// <param name="name">The member.</param>
    /// <param name="items">What there is from the page's beginning on, each with the place at which it stands.</param>
    /// <param name="write">Writes one.</param>
    public void Page<TItem>(ReadRequest request, string name, IEnumerable<(long Place, TItem Item)> items, Action<TItem> write)
    {
        Json.WriteStartArray(name);
        var count = 0;
        foreach (var (place, item) in items)
        {
            if (count == request.Limit || (count > 0 && IsFull))
            {
                request.Next = place;
                break;
            }

            write(item);
            count++;
        }

        Json.WriteEndArray();
    }

    /// <summary>A text in all its languages.</summary>
    public void Words(string name, Words words)
    {
        Json.WriteStartObject(name);
        foreach (var (language, text) in words.ByLanguage) Json.WriteString(language, text);
        Json.WriteEndObject();
    }

    /// <summary>A moment, RFC 3339 in UTC; left out where there is none.</summary>
    public void Time(string name, Instant? at)
    {
        if (at is { } known && known != Instant.MinValue && known != Instant.MaxValue) Json.WriteString(name, InstantPattern.ExtendedIso.Format(known));
    }

    /// <summary>From when until when: <c>from</c> and <c>until</c>, left out where open.</summary>
    public void Interval(Interval interval)
    {
        if (interval.HasStart) Time("from", interval.Start);
        if (interval.HasEnd) Time("until", interval.End);
    }

    /// <summary>The place on the record at which something was said: <c>index</c> and <c>at</c>; left out where it was not.</summary>
    public void Place(string name, RecordPlace? place)
    {
        if (place is null) return;
        Json.WriteStartObject(name);
        Json.WriteNumber("index", place.Index);
        Time("at", place.At);
        Json.WriteEndObject();
    }

    /// <summary>The bounds of a band: <c>floor</c> and <c>ceiling</c>, left out where open.</summary>
    public void Heights(HeightBand heights)
    {
        Height("floor", heights.Floor);
        Height("ceiling", heights.Ceiling);
    }

    /// <summary>Identifiers.</summary>
    public void Identifiers<TEntity>(string name, IEnumerable<Id<TEntity>> identifiers)
    {
        Json.WriteStartArray(name);
        foreach (var identifier in identifiers) Json.WriteStringValue(identifier.Value);
        Json.WriteEndArray();
    }

    /// <summary>The word for exercise or real.</summary>
    public static string Word(RecordKind kind) => kind == RecordKind.Exercise ? "exercise" : "real";

    private void Height(string name, Height? height)
    {
        if (height is not { } known) return;
        Json.WriteStartObject(name);
        Json.WritePropertyName("metres");
        Json.WriteRawValue((known.Units / (decimal)Geo.Height.UnitsPerMetre).ToString("0.####", CultureInfo.InvariantCulture));
        Json.WriteString("reference", HeightReading.Word(known.Reference));
        Json.WriteEndObject();
    }
}
