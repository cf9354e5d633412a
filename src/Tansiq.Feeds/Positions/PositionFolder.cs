using Tansiq.Feeds.Positions.Asterix;
using Tansiq.Feeds.Positions.Clocks;
using Tansiq.Geo.Text;

namespace Tansiq.Feeds.Positions;

/// <summary>A folder of files, most often snapshots of one receiver, as one feed: all files in and below it, each in its own format.</summary>
/// <remarks>
/// Files are read in the order of their names, digits by their value; hidden ones are not. A file that cannot be read to its end is
/// refused as <c>feeds.file-refused</c> and the next is read. What a file repeats of an earlier one is <c>feeds.repeated</c>.
/// </remarks>
public sealed class PositionFolder : IPositionSource
{
    /// <summary>The most files: those of a day, one each second, and some more.</summary>
    public const int MaximumFiles = 100_000;

    /// <summary>How deep folders may lie in each other.</summary>
    public const int MaximumDepth = 8;

    private static readonly EnumerationOptions Files = new()
    {
        RecurseSubdirectories = true,
        MaxRecursionDepth = MaximumDepth,
        IgnoreInaccessible = false,
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
    };

    private readonly ClockRule _clock;
    private readonly RadarPlaces _radars;
    private readonly int _maximumFiles;
    private readonly Lazy<long> _totalBytes;

    // Written by the thread that reads, read by any.
    private PositionFile? _current;
    private long _bytesBefore;

    private PositionFolder(string path, ClockRule clock, RadarPlaces radars, int maximumFiles)
    {
        Name = path;
        _clock = clock;
        _radars = radars;
        _maximumFiles = maximumFiles;
        _totalBytes = new(MeasureBytes);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool CanReadAgain => true;

    /// <inheritdoc/>
    public long? TotalBytes => _totalBytes.Value;

    /// <inheritdoc/>
    public long BytesRead => Volatile.Read(ref _bytesBefore) + (Volatile.Read(ref _current)?.BytesRead ?? 0);

    /// <summary>The folder at a path. Nothing is opened before it is read.</summary>
    public static PositionFolder At(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new(path, ClockRule.Default, RadarPlaces.None, MaximumFiles);
    }

    /// <summary>The same folder with what is said of the clock of all its files.</summary>
    public PositionFolder WithClock(ClockRule clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return new(Name, clock, _radars, _maximumFiles);
    }

    /// <summary>The same folder with the places of radars for all its files.</summary>
    public PositionFolder WithRadars(RadarPlaces radars)
    {
        ArgumentNullException.ThrowIfNull(radars);
        return new(Name, _clock, radars, _maximumFiles);
    }

    /// <inheritdoc/>
    /// <param name="maximumBytes">The most bytes of each file, after decompression.</param>
    /// <param name="cancellationToken">Ends the reading soon.</param>
    public IEnumerable<PositionRecord> Read(long maximumBytes = long.MaxValue, CancellationToken cancellationToken = default)
    {
        if (!FindFiles().TryGet(out var files, out var refusal))
        {
            yield return new(default, refusal);
            yield break;
        }

        var repetitions = new SnapshotRepetitions();
        Volatile.Write(ref _bytesBefore, 0);
        foreach (var file in files)
        {
            if (cancellationToken.IsCancellationRequested) yield break;
            repetitions.BeginFile();
            foreach (var record in ReadFile(file, maximumBytes, cancellationToken)) yield return repetitions.Check(record);
        }
    }

    /// <summary>The same folder with another limit of files, for tests of it.</summary>
    internal PositionFolder WithMaximumFiles(int maximumFiles) => new(Name, _clock, _radars, maximumFiles);

    private IEnumerable<PositionRecord> ReadFile(string path, long maximumBytes, CancellationToken cancellationToken)
    {
        var file = PositionFile.At(path).WithClock(_clock).WithRadars(_radars);
        Volatile.Write(ref _current, file);
        var name = Path.GetRelativePath(Name, path);
        foreach (var record in file.Read(maximumBytes, cancellationToken))
        {
            if (record.Content.Refusal is { } refusal) yield return record with { Content = InFile(refusal, name) };
            else yield return record;
        }

        Volatile.Write(ref _current, null);
        Volatile.Write(ref _bytesBefore, _bytesBefore + file.BytesRead);
    }

    /// <summary>What ends a file does not end the folder: it gets a code that ends nothing.</summary>
    private static Refusal InFile(Refusal refusal, string name)
    {
        if (!FeedRefusals.IsFatal(refusal)) return refusal.Under(name + ": ");
        var found = JsonText.Shorten(FeedRefusals.Invariant($"{refusal.Code} ({refusal.Found})"));
        return new(FeedRefusals.FileRefused, refusal.Where.Length == 0 ? name : name + ": " + refusal.Where, found, refusal.Expected);
    }

    private Parsed<List<string>> FindFiles()
    {
        try
        {
            var files = Directory.EnumerateFiles(Name, "*", Files).Take(_maximumFiles + 1).ToList();
            if (files.Count > _maximumFiles)
                return new Refusal(FeedRefusals.TooManyFiles, "", "more files", FeedRefusals.Invariant($"at most {_maximumFiles}"));
            files.Sort(NaturalOrder.Instance);
            return files;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new Refusal(FeedRefusals.Unreadable, "", JsonText.Shorten(unreadable.Message), "a folder that can be read");
        }
    }

    private long MeasureBytes() => FindFiles().TryGet(out var files, out _) ? files.Sum(file => FeedInput.LengthOf(file) ?? 0) : 0;
}
