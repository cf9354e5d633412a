using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Positions.Asterix;

/// <summary>The octets of an input, of which some are looked at before they are taken.</summary>
internal sealed class OctetWindow(FeedInput input)
{
    /// <summary>The most octets that are looked at at once.</summary>
    public const int MaximumOctets = 512 * 1024;

    private const int FirstOctets = 16 * 1024;

    private byte[] _held = new byte[FirstOctets];
    private int _start;
    private int _end;

    /// <summary>Why reading ended early, or null.</summary>
    public Refusal? Failure => input.Failure;

    /// <summary>The next octets, fewer only where the input ends.</summary>
    /// <param name="count">At most <see cref="MaximumOctets"/>.</param>
    public ReadOnlySpan<byte> Peek(int count)
    {
        if (_end - _start < count) Fill(count);
        return _held.AsSpan(_start, Math.Min(count, _end - _start));
    }

    /// <summary>Takes octets that were looked at; they stay until more are looked at.</summary>
    public ReadOnlyMemory<byte> Take(int count)
    {
        var taken = _held.AsMemory(_start, count);
        _start += count;
        return taken;
    }

    private void Fill(int count)
    {
        // What was taken before is not touched while it is used: nothing is looked at meanwhile.
        if (count > _held.Length || _start > 0)
        {
            var held = count > _held.Length ? new byte[Math.Max(count, 2 * _held.Length)] : _held;
            _held.AsSpan(_start, _end - _start).CopyTo(held);
            (_held, _end, _start) = (held, _end - _start, 0);
        }

        while (_end < count && input.Read(_held.AsSpan(_end)) is > 0 and var read) _end += read;
    }
}
