using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Agreements;

/// <summary>A party proposes an agreement.</summary>
/// <param name="Agreement">The agreement, with its areas.</param>
public sealed record AgreementProposal(Agreement Agreement) : StatementBody;

/// <summary>A signatory signs the exact text of a proposal (AGR-3). Permissive: binds once joint.</summary>
/// <param name="Cites">The proposal.</param>
public sealed record AgreementSignature(ContentHash Cites) : StatementBody;

/// <summary>What is suspended (AGR-9).</summary>
public abstract record SuspensionScope
{
    private SuspensionScope()
    {
    }

    /// <summary>Whether a clause is in the scope; whether it survives is another question.</summary>
    public bool Means(Clause clause)
    {
        ArgumentNullException.ThrowIfNull(clause);
        return this switch
        {
            All => true,
            OfChapter chapter => clause.Chapter == chapter.Chapter,
            OfClause one => clause.Id == one.Clause,
            _ => throw new InvalidOperationException($"Unknown scope {GetType().Name}."),
        };
    }

    /// <summary>The whole agreement, but for clauses that survive.</summary>
    public sealed record All : SuspensionScope;

    /// <summary>A chapter, but for clauses that survive.</summary>
    /// <param name="Chapter">The chapter.</param>
    public sealed record OfChapter(Id<Chapter> Chapter) : SuspensionScope;

    /// <summary>One clause, which must not be one that survives.</summary>
    /// <param name="Clause">The clause.</param>
    public sealed record OfClause(Id<Clause> Clause) : SuspensionScope;
}

/// <summary>A signatory suspends a clause, a chapter or all. Restrictive: binds on admission.</summary>
/// <param name="Scope">What is suspended.</param>
public sealed record Suspension(SuspensionScope Scope) : StatementBody;

/// <summary>The signatory that suspended ends its suspension. Permissive: binds once joint.</summary>
/// <param name="Cites">The suspension.</param>
public sealed record Resumption(ContentHash Cites) : StatementBody;

/// <summary>A party puts forward a control map.</summary>
/// <param name="Map">The map.</param>
public sealed record ControlMapProposal(ControlMap Map) : StatementBody;

/// <summary>A signatory accepts a control map. Permissive: binds once joint.</summary>
/// <param name="Cites">The statement that put the map forward.</param>
public sealed record ControlMapAcceptance(ContentHash Cites) : StatementBody;
