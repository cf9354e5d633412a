namespace Tansiq.Geo;

/// <summary>How sure a geometric answer is, given what is not known exactly (heights of different types, positions).</summary>
public enum Certainty
{
    /// <summary>It certainly is not so.</summary>
    No = 0,

    /// <summary>It may be so: what is known does not exclude it.</summary>
    Possible = 1,

    /// <summary>It certainly is so.</summary>
    Certain = 2,
}
