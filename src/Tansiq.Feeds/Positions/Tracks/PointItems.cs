using System.Text.Json;
using Tansiq.Feeds.Positions.Json;

namespace Tansiq.Feeds.Positions.Tracks;

/// <summary>Reads the points of one track, where a document names its arrays by aircraft address: <c>{"4acb03":[{"t":…,"lat":…,"lon":…}]}</c>.</summary>
/// <remarks><c>t</c> is in seconds since 1970. Heights and speeds have no unit in their names and are passed over.</remarks>
internal sealed class PointItems : IJsonItems
{
    private const int AddressLength = 6;

    private readonly JsonItem _json = new();
    private readonly PositionDraft _draft;
    private readonly IdentifierCache _identifiers;
    private readonly TakeValue _takeItem;
    private readonly TakeMember _takeMember;
    private string _track = "";

    public PointItems(IdentifierCache identifiers)
    {
        _identifiers = identifiers;
        _draft = new(identifiers);
        _takeItem = TakeItem;
        _takeMember = TakeMember;
    }

    /// <inheritdoc/>
    public bool IsReady => true;

    /// <summary>Begins with the points of an address (six hexadecimal digits); false where the name is none.</summary>
    public bool TryBegin(ReadOnlySpan<byte> name)
    {
        if (name.Length != AddressLength) return false;
        foreach (var digit in name)
        {
            if (!char.IsAsciiHexDigit((char)digit)) return false;
        }

        _track = _identifiers.LowerCase(name)!;
        return true;
    }

    /// <inheritdoc/>
    public void Read(ReadOnlySpan<byte> item, RecordPlace place, List<PositionRecord> records)
    {
        _draft.Clear();
        _draft.SetTrack(_track);
        if (JsonItem.Read(item, _takeItem) is { } malformed) _draft.Refuse(malformed);
        records.Add(new(place, _draft.Finish(place)));
    }

    private void TakeItem(ref Utf8JsonReader reader)
    {
        if (!_json.ReadMembers(ref reader, _takeMember)) _draft.Refuse(FeedRefusals.WrongType, reader.ValueSpan, "an object");
    }

    private void TakeMember(ReadOnlySpan<byte> name, ref Utf8JsonReader value)
    {
        if (name.SequenceEqual("t"u8))
        {
            if (JsonItem.TryNumber(ref value, _draft, "seconds since 1970", out var seconds)) _draft.SetSeconds(seconds);
        }
        else if (name.SequenceEqual("lat"u8))
        {
            if (JsonItem.TryNumber(ref value, _draft, "a latitude in degrees", out var latitude)) _draft.SetLatitude(latitude);
        }
        else if (name.SequenceEqual("lon"u8))
        {
            if (JsonItem.TryNumber(ref value, _draft, "a longitude in degrees", out var longitude)) _draft.SetLongitude(longitude);
        }
        else
        {
            value.Skip();
        }
    }
}
