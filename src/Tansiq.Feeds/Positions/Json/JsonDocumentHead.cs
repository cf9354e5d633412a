using NodaTime;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Positions.Json;

/// <summary>What a document says of all its items, in the members beside their array.</summary>
internal sealed class JsonDocumentHead(IdentifierCache identifiers)
{
    private HeadMember _seen;

    [Flags]
    private enum HeadMember
    {
        None = 0,
        Now = 1,
        Timestamp = 2,
        Track = 4,
    }

    /// <summary>When an aircraft list was made: <c>now</c>, seconds since 1970 (also milliseconds), or <c>fetched_at</c>, ISO 8601.</summary>
    public Instant? Now { get; private set; }

    /// <summary>What the times of a trace are counted from: <c>timestamp</c>, seconds since 1970.</summary>
    public Instant? Timestamp { get; private set; }

    /// <summary>Whose trace it is: <c>icao</c>.</summary>
    public string? Track { get; private set; }

    /// <summary>Whether there was a name that any of the formats has.</summary>
    public bool IsOfAFormat { get; private set; }

    /// <summary>Begins a new document.</summary>
    public void Clear()
    {
        _seen = HeadMember.None;
        Now = Timestamp = null;
        Track = null;
        IsOfAFormat = false;
    }

    /// <summary>Takes a member if it belongs to the head.</summary>
    /// <returns>Why it cannot be taken, with no place; or null.</returns>
    public Refusal? Take(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        IsOfAFormat |= name.SequenceEqual("type"u8) || name.SequenceEqual("hex"u8) || name.SequenceEqual("icao24"u8) || name.SequenceEqual("lat"u8);
        if (MemberOf(name) is not (not HeadMember.None and var member)) return null;
        IsOfAFormat = true;
        if (_seen.HasFlag(member)) return new(FeedRefusals.DuplicateName, "", FeedRefusals.Show(name), "each name once");
        _seen |= member;
        return member switch
        {
            HeadMember.Track => TakeTrack(value),
            HeadMember.Timestamp => TakeTime(value, at => Timestamp = at),
            _ => TakeTime(value, at => Now = at),
        };
    }

    private static HeadMember MemberOf(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("now"u8) || name.SequenceEqual("fetched_at"u8)) return HeadMember.Now;
        if (name.SequenceEqual("timestamp"u8)) return HeadMember.Timestamp;
        return name.SequenceEqual("icao"u8) ? HeadMember.Track : HeadMember.None;
    }

    private Refusal? TakeTrack(ReadOnlySpan<byte> value)
    {
        if (value.Length > 2 && value[0] == (byte)'"') Track = identifiers.LowerCase(value[1..^1].Trim((byte)' '));
        return Track is null ? new(FeedRefusals.WrongType, "", FeedRefusals.Show(value), "an address as text") : null;
    }

    private static Refusal? TakeTime(ReadOnlySpan<byte> value, Action<Instant> take)
    {
        var at = ReportTime.FromSecondsOrMilliseconds(value);
        if (value.Length > 2 && value[0] == (byte)'"') at = ReportTime.FromIso(value[1..^1]);
        if (at is null || !ReportTime.IsInRange(at.Value)) return new(FeedRefusals.TimeOutOfRange, "", FeedRefusals.Show(value), "seconds since 1970, of 1990 to 2099");
        take(at.Value);
        return null;
    }
}
