namespace Tansiq.Server.Nodes;

/// <summary>What a node is for (docs/glossary.md).</summary>
public enum NodeRole
{
    /// <summary>Puts statements in order, and can do nothing else.</summary>
    Office = 0,

    /// <summary>A signatory's: holds a full copy, cosigns, speaks for its party.</summary>
    Centre = 1,

    /// <summary>Reads and verifies; may notify sites where the founding says so.</summary>
    Observer = 2,
}
