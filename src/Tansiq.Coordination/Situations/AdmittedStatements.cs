using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Situations;

/// <summary>What an admitted statement is about, as far as others look for it.</summary>
internal enum Subject : byte
{
    /// <summary>Nothing that is looked for.</summary>
    Other = 0,

    /// <summary>It is a notice.</summary>
    Notice = 1,

    /// <summary>It answers a notice, and has its effect at once.</summary>
    Answer = 2,

    /// <summary>It consents to a notice, which has effect once it is joint.</summary>
    Consent = 3,

    /// <summary>It makes a site known.</summary>
    Site = 4,

    /// <summary>It is about agreements and maps, and has effect once it is joint.</summary>
    Agreed = 5,
}

/// <summary>An admitted statement: its names, its place on the record, and what it is about.</summary>
/// <param name="Hash">The hash of its text.</param>
/// <param name="Party">Whose it is.</param>
/// <param name="Id">The identifier that its party gave it.</param>
/// <param name="Index">Its index on the record.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Number">The number of the notice or site that it is about, from 0; −1 where it is about none.</param>
internal readonly record struct AdmittedStatement(ContentHash Hash, Id<Party> Party, Id<Statement> Id, long Index, Subject Subject, int Number);

/// <summary>All statements that have effect, in the order of the record, found by hash and by name.</summary>
/// <remarks>One thread at a time adds; others ask at any time, each of the first so many.</remarks>
internal sealed class AdmittedStatements
{
    // Enough of a hash's digits that nobody finds many texts that share them.
    private const int HashedDigits = 16;

    private readonly AppendOnlyList<AdmittedStatement> _statements = new();
    private readonly HashChains _byHash = new();
    private readonly HashChains _byName = new();

    /// <summary>The statement of a number.</summary>
    public ref readonly AdmittedStatement this[int number] => ref _statements[number];

    public void Add(in AdmittedStatement statement)
    {
        _statements.Add(statement);
        _byHash.Add(HashOf(statement.Hash));
        _byName.Add(HashOf(statement.Party, statement.Id));
    }

    /// <summary>The number of the statement of that hash among the first so many, the newest where there are several; −1 where there is none.</summary>
    public int Find(ContentHash hash, int count)
    {
        foreach (var number in _byHash.Of(HashOf(hash)))
        {
            if (number < count && _statements[number].Hash == hash) return number;
        }

        return -1;
    }

    /// <summary>The number of the statement that a party gave a name among the first so many; −1 where there is none.</summary>
    public int Find(Id<Party> party, Id<Statement> id, int count)
    {
        foreach (var number in _byName.Of(HashOf(party, id)))
        {
            if (number >= count) continue;
            ref var statement = ref _statements[number];
            if (statement.Id == id && statement.Party == party) return number;
        }

        return -1;
    }

    /// <summary>The number of the first of so many statements whose index on the record is not below one.</summary>
    public int FirstFrom(long index, int count)
    {
        var (low, high) = (0, count);
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            if (_statements[middle].Index < index) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    /// <summary>The first so many statements in a list of their own.</summary>
    public AdmittedStatements CopyOf(int count)
    {
        var copy = new AdmittedStatements();
        for (var number = 0; number < count; number++) copy.Add(_statements[number]);
        return copy;
    }

    // The platform's text hash differs from run to run and so can't be aimed at; no answer depends on it.
    private static int HashOf(ContentHash hash) => string.GetHashCode(hash.Hex.AsSpan(0, Math.Min(HashedDigits, hash.Hex.Length)), StringComparison.Ordinal);

    private static int HashOf(Id<Party> party, Id<Statement> id) => unchecked(31 * party.GetHashCode() + id.GetHashCode());
}
