namespace Tansiq.Server.Nodes;

/// <summary>The codes by which a node itself does not take a statement (docs/formats/refusals.md).</summary>
public static class NodeCodes
{
    /// <summary>The record stands still or is forked: what permits something is not said until it goes on (REC-6).</summary>
    public const string NothingPermitted = "node.nothing-permitted";

    /// <summary>More statements wait for the office than the node keeps.</summary>
    public const string OutboxFull = "node.outbox-full";

    /// <summary>A text without type, author or identifier.</summary>
    public const string NotOwn = "node.not-own-statement";
}
