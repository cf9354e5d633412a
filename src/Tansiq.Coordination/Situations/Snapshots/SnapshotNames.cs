namespace Tansiq.Coordination.Situations.Snapshots;

/// <summary>Writes identifiers of one kind: in full where they come for the first time, after that by number.</summary>
/// <typeparam name="TEntity">What is identified.</typeparam>
internal sealed class WrittenNames<TEntity>(SnapshotWriter writer)
{
    private readonly Dictionary<Id<TEntity>, int> _numbers = [];

    public void Write(Id<TEntity> id)
    {
        if (!_numbers.TryGetValue(id, out var number))
        {
            number = _numbers.Count;
            _numbers.Add(id, number);
            writer.Number(number);
            writer.Text(id.Value);
        }
        else
        {
            writer.Number(number);
        }
    }
}

/// <summary>Reads what <see cref="WrittenNames{TEntity}"/> wrote.</summary>
/// <typeparam name="TEntity">What is identified.</typeparam>
internal sealed class ReadNames<TEntity>
{
    private readonly List<Id<TEntity>> _names = [];

    public Id<TEntity> Read(ref SnapshotCursor cursor)
    {
        var number = cursor.Number(_names.Count);
        if (number < _names.Count) return _names[number];
        var id = SnapshotNames.Identifier<TEntity>(ref cursor);
        _names.Add(id);
        return id;
    }
}

/// <summary>Identifiers that are not repeated.</summary>
internal static class SnapshotNames
{
    /// <summary>The most bytes of an identifier; readers of texts take 64 characters.</summary>
    public const int LongestIdentifier = 1_024;

    /// <summary>Reads an identifier; <see cref="Id{TEntity}.None"/> where the cursor breaks.</summary>
    public static Id<TEntity> Identifier<TEntity>(ref SnapshotCursor cursor)
    {
        var text = cursor.Text(LongestIdentifier);
        if (text.Length > 0) return new(text);
        cursor.Break();
        return Id<TEntity>.None;
    }
}
