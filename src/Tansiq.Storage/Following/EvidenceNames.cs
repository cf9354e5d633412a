using System.Globalization;

namespace Tansiq.Storage.Following;

/// <summary>How the files of evidence are called; tiles bear their own paths.</summary>
public static class EvidenceNames
{
    /// <summary>The checkpoint that was shown.</summary>
    public const string Checkpoint = "checkpoint";

    /// <summary>The checkpoint that was held.</summary>
    public const string HeldCheckpoint = "held-checkpoint";

    /// <summary>An entry.</summary>
    public static string Entry(long index) => string.Create(CultureInfo.InvariantCulture, $"entry/{index}");
}
