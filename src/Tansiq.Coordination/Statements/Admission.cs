namespace Tansiq.Coordination.Statements;

/// <summary>What admission says of a statement: it has effect, or it is kept without effect (REC-7).</summary>
public abstract record Admission
{
    private Admission()
    {
    }

    /// <summary>The statement has effect.</summary>
    public sealed record Admitted : Admission
    {
        /// <summary>The one value.</summary>
        public static Admitted Value { get; } = new();
    }

    /// <summary>The statement is kept and shown, without effect.</summary>
    /// <param name="Code">A stable code, for example <c>flights.not-your-actor</c> (docs/formats/refusals.md).</param>
    /// <param name="Where">JSON pointer into the statement's text.</param>
    public sealed record Inert(string Code, string Where) : Admission;
}
