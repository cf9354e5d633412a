using System.Text;
using System.Text.Json;
using Tansiq.Feeds.Positions.Json;

namespace Tansiq.Feeds.Positions.Tracks;

/// <summary>Which track a feature is of, from all its names.</summary>
internal sealed class FeatureTrack(JsonItem json, PositionDraft draft)
{
    private int _rank;
    private string? _track;
    private string? _callsign;

    /// <summary>Begins a new feature.</summary>
    public void Clear()
    {
        _rank = TrackNames.None;
        _track = _callsign = null;
    }

    /// <summary>Takes a name of a rank (<see cref="TrackNames.RankOf"/>): a text or a number.</summary>
    public void Take(int rank, ref Utf8JsonReader value)
    {
        if (rank == TrackNames.None || value.TokenType is not (JsonTokenType.String or JsonTokenType.Number))
        {
            value.Skip();
            return;
        }

        if (value.TokenType == JsonTokenType.Number) Take(rank, value.ValueSpan);
        else if (json.TryText(ref value, draft, "a name", out var text)) Take(rank, text);
    }

    /// <summary>Gives the draft its track and callsign.</summary>
    public void Give()
    {
        if (_track is not null) draft.SetTrack(_track);
        if (_callsign is null) return;

        // A name is of any length; a callsign that is too long for one is none.
        var callsign = Encoding.UTF8.GetBytes(_callsign);
        if (callsign.Length <= IdentifierCache.MaximumLength) draft.SetCallsign(callsign);
    }

    private void Take(int rank, ReadOnlySpan<byte> text)
    {
        var name = Encoding.UTF8.GetString(text);
        if (rank >= TrackNames.Callsign) _callsign ??= name;
        if (rank >= _rank || TrackName.Of(name) is not { } track) return;
        _rank = rank;
        _track = track;
    }
}
