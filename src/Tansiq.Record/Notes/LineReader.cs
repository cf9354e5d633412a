namespace Tansiq.Record.Notes;

/// <summary>Takes a text apart line by line; a line is what a newline ends.</summary>
internal ref struct LineReader(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> _text = text;

    /// <summary>Where the next line begins.</summary>
    public int Position { get; private set; }

    /// <summary>How many lines were read.</summary>
    public int Lines { get; private set; }

    /// <summary>The next line without its newline; false where none is left, also where the last has no newline.</summary>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        line = default;
        var length = _text[Position..].IndexOf((byte)'\n');
        if (length < 0) return false;
        line = _text.Slice(Position, length);
        Position += length + 1;
        Lines++;
        return true;
    }
}
