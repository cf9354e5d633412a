namespace Tansiq.Coordination.Situations;

/// <summary>
/// A list whose items change in time and keep what they were: each version is marked with how much of the record had
/// effect when it was written. One thread at a time writes; others read at any time without waiting.
/// </summary>
/// <typeparam name="T">What is listed.</typeparam>
internal sealed class VersionedList<T>
    where T : class
{
    private readonly AppendOnlyList<Version> _newest = new();

    private sealed class Version(T value, int since, Version? before)
    {
        public T Value => value;

        public int Since => since;

        public Version? Before => before;
    }

    /// <summary>An item as it was when so many statements had effect; it has to have been there.</summary>
    public T At(int number, int admitted) => VersionAt(number, admitted).Value;

    /// <summary>How many statements had effect when an item was added.</summary>
    public int AddedSince(int number)
    {
        var version = Volatile.Read(ref _newest[number]);
        while (version.Before is { } before) version = before;
        return version.Since;
    }

    /// <summary>Adds an item as of so many statements.</summary>
    public void Add(T value, int since) => _newest.Add(new(value, since, before: null));

    /// <summary>Changes an item as of so many statements.</summary>
    public void Change(int number, T value, int since) => Volatile.Write(ref _newest[number], new(value, since, _newest[number]));

    /// <summary>The first items with all that they were until so many statements had effect, in a list of its own.</summary>
    public VersionedList<T> CopyOf(int count, int admitted)
    {
        var copy = new VersionedList<T>();
        // A version never changes, so that both lists may hold it.
        for (var number = 0; number < count; number++) copy._newest.Add(VersionAt(number, admitted));
        return copy;
    }

    private Version VersionAt(int number, int admitted)
    {
        var version = Volatile.Read(ref _newest[number]);
        while (version.Since > admitted) version = version.Before!;
        return version;
    }
}
