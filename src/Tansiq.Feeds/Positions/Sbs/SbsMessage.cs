namespace Tansiq.Feeds.Positions.Sbs;

/// <summary>The fields of one line of SBS-1 (BaseStation), with what stands before <c>MSG</c>.</summary>
internal ref struct SbsMessage
{
    private const int FieldCount = 22;

    private readonly ReadOnlySpan<byte> _line;
    private Ends _ends;

    private SbsMessage(ReadOnlySpan<byte> leading, ReadOnlySpan<byte> line)
    {
        Leading = leading;
        _line = line;
    }

    /// <summary>The time before <c>MSG</c>, which the format does not have; empty where there is none.</summary>
    public ReadOnlySpan<byte> Leading { get; }

    /// <summary>The transmission type, 1 to 8; another digit where the line says so.</summary>
    public readonly int Type => Field(SbsField.TransmissionType) is [var digit] ? digit - '0' : 0;

    /// <summary>A field; empty where the line ends before it.</summary>
    public readonly ReadOnlySpan<byte> Field(SbsField field)
    {
        var index = (int)field;
        var start = index == 0 ? 0 : _ends[index - 1] + 1;
        return start > _line.Length ? default : _line[start.._ends[index]];
    }

    /// <summary>Takes a line apart; false where it is no <c>MSG</c> line.</summary>
    public static bool TrySplit(ReadOnlySpan<byte> line, out SbsMessage message)
    {
        message = default;
        var start = 0;
        if (!line.StartsWith("MSG,"u8))
        {
            start = line.IndexOf((byte)',') + 1;
            if (start < 2 || !line[start..].StartsWith("MSG,"u8)) return false;
        }

        message = new(start == 0 ? default : line[..(start - 1)], line[start..]);
        message.FindEnds();
        return true;
    }

    /// <summary>Whether what stands before <c>MSG</c> can be a time: it begins with a digit.</summary>
    public static bool IsStart(ReadOnlySpan<byte> line) =>
        line.StartsWith("MSG,"u8) || line.Length > 0 && char.IsAsciiDigit((char)line[0]) && TrySplit(line, out _);

    private void FindEnds()
    {
        Span<int> ends = _ends;
        ends[Commas.Find(_line, ends)..].Fill(_line.Length);
    }

    [System.Runtime.CompilerServices.InlineArray(FieldCount)]
    private struct Ends
    {
        private int _first;
    }
}

/// <summary>The fields of a line, from <c>MSG</c> on.</summary>
internal enum SbsField
{
    /// <summary><c>MSG</c>.</summary>
    MessageType = 0,

    /// <summary>1 to 8.</summary>
    TransmissionType = 1,

    /// <summary>The address, hexadecimal.</summary>
    Address = 4,

    /// <summary>The date on which the message was received, <c>2015/02/08</c>.</summary>
    DateGenerated = 6,

    /// <summary>The time of day at which the message was received, <c>17:57:53.917</c>.</summary>
    TimeGenerated = 7,

    /// <summary>The date on which the line was written.</summary>
    DateLogged = 8,

    /// <summary>The time of day at which the line was written.</summary>
    TimeLogged = 9,

    /// <summary>The callsign.</summary>
    Callsign = 10,

    /// <summary>Pressure altitude, feet.</summary>
    Altitude = 11,

    /// <summary>Speed over ground, knots.</summary>
    GroundSpeed = 12,

    /// <summary>Degrees north.</summary>
    Latitude = 14,

    /// <summary>Degrees east.</summary>
    Longitude = 15,

    /// <summary>Whether it is on the ground: <c>-1</c> or <c>1</c>, and <c>0</c>.</summary>
    IsOnGround = 21,
}
