namespace Tansiq.Server.Federation.Signing;

/// <summary>
/// The nonces of requests that were taken, for as long as their signatures count. Two generations: the younger is written, the older still asked; when the
/// younger has stood for the whole of that time, it becomes the older.
/// </summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="seconds">How long each is remembered at least.</param>
/// <param name="maximum">The most of one generation.</param>
internal sealed class NonceMemory(long seconds, int maximum)
{
    private readonly Lock _turning = new();

    // Guarded by _turning.
    private HashSet<UInt128> _young = [];
    private HashSet<UInt128> _old = [];
    private long _youngSince = long.MinValue;

    /// <summary>What became of a nonce.</summary>
    public enum Answer
    {
        /// <summary>It was new and is remembered.</summary>
        New = 0,

        /// <summary>It was there before.</summary>
        Known = 1,

        /// <summary>No more can be remembered now.</summary>
        Full = 2,
    }

    /// <summary>Remembers a nonce.</summary>
    /// <param name="nonce">The nonce.</param>
    /// <param name="now">Now, in seconds of one clock that does not go back.</param>
    public Answer Take(UInt128 nonce, long now)
    {
        lock (_turning)
        {
            if (_youngSince == long.MinValue) _youngSince = now;
            if (now - _youngSince >= seconds) Turn(now);
            if (_young.Contains(nonce) || _old.Contains(nonce)) return Answer.Known;
            if (_young.Count >= maximum) return Answer.Full;
            _young.Add(nonce);
            return Answer.New;
        }
    }

    private void Turn(long now)
    {
        _old = now - _youngSince < 2 * seconds ? _young : [];
        _young = [];
        _youngSince = now;
    }
}
