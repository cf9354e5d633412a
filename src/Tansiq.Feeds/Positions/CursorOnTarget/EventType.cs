namespace Tansiq.Feeds.Positions.CursorOnTarget;

/// <summary>What the type of a Cursor on Target event says of the kind of thing, and nothing else of it.</summary>
/// <remarks>
/// A type is a path such as <c>a-.-A-C-F</c>: <c>a</c> a thing, then whose it is said to be, then where it moves (<c>A</c> in the air). Whose it
/// is said to be is a judgement of the sender and is not read.
/// </remarks>
internal static class EventType
{
    private const int Domain = 4;

    /// <summary>Whether it is the type of something in the air: <c>a-</c>, any one character, <c>-A</c>, alone or with more after it.</summary>
    public static bool IsAir(ReadOnlySpan<byte> type) =>
        type.Length > Domain && type.StartsWith("a-"u8) && type[3] == (byte)'-' && type[Domain] == (byte)'A'
        && (type.Length == Domain + 1 || type[Domain + 1] == (byte)'-');

    /// <summary>Whether a text has the form of an event type, and not that of something in the air.</summary>
    public static bool IsOtherThanAir(ReadOnlySpan<byte> type) =>
        type.Length > 1 && char.IsAsciiLetterLower((char)type[0]) && type[1] == (byte)'-' && !IsAir(type);
}
