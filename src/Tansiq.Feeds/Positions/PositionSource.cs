namespace Tansiq.Feeds.Positions;

/// <summary>What a path holds: a file of positions, or a folder of them that is one feed.</summary>
public static class PositionSource
{
    /// <summary>The source at a path: a <see cref="PositionFolder"/> where it is a folder, else a <see cref="PositionFile"/>. No file is opened.</summary>
    public static IPositionSource At(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Directory.Exists(path) ? PositionFolder.At(path) : PositionFile.At(path);
    }
}
