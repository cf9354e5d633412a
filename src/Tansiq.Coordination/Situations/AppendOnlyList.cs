namespace Tansiq.Coordination.Situations;

/// <summary>
/// A list that grows in pieces that never move. One thread at a time writes; others read at any time and without waiting
/// every number that they were told of.
/// </summary>
/// <typeparam name="T">What is listed.</typeparam>
internal sealed class AppendOnlyList<T>
{
    private const int PieceBits = 8;
    private const int PieceLength = 1 << PieceBits;

    private T[][] _pieces = new T[4][];
    private int _count;

    /// <summary>How many items there are; the writer's own, a reader has to be told.</summary>
    public int Count => _count;

    /// <summary>The item of a number.</summary>
    public ref T this[int number] => ref Volatile.Read(ref _pieces)[number >> PieceBits][number & (PieceLength - 1)];

    /// <summary>Adds an item; its number is the count so far.</summary>
    public void Add(T item)
    {
        var piece = _count >> PieceBits;
        if (piece == _pieces.Length)
        {
            var longer = new T[2 * piece][];
            Array.Copy(_pieces, longer, piece);
            Volatile.Write(ref _pieces, longer);
        }

        (_pieces[piece] ??= new T[PieceLength])[_count & (PieceLength - 1)] = item;
        _count++;
    }

    /// <summary>Gives up all but the first items. Whoever was told of the others must not read them any more.</summary>
    public void GiveUp(int count) => _count = count;

    /// <summary>The first items in a list of their own.</summary>
    public AppendOnlyList<T> CopyOf(int count)
    {
        var copy = new AppendOnlyList<T>();
        for (var number = 0; number < count; number++) copy.Add(this[number]);
        return copy;
    }
}
