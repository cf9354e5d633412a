namespace Tansiq.Feeds.Positions.Json;

/// <summary>Reads the items of one array of a document.</summary>
internal interface IJsonItems
{
    /// <summary>Whether the document's head has said all that its items need; otherwise they are held until it has.</summary>
    bool IsReady { get; }

    /// <summary>Adds the records of one item.</summary>
    /// <param name="item">The item's bytes; nothing of them was checked.</param>
    /// <param name="place">Its place.</param>
    /// <param name="records">What the item gives: one record, or several (a line of points).</param>
    void Read(ReadOnlySpan<byte> item, RecordPlace place, List<PositionRecord> records);
}
