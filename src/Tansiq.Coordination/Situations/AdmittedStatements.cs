using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Situations;

/// <summary>What an admitted statement does. The numbers stand in snapshots and digests and are not given anew.</summary>
internal enum Effect : byte
{
    /// <summary>The record is founded.</summary>
    Founding = 0,

    /// <summary>Time advances.</summary>
    Time = 1,

    /// <summary>An agreement is proposed.</summary>
    Proposal = 2,

    /// <summary>A proposal is signed.</summary>
    Signature = 3,

    /// <summary>Something of the agreement is suspended.</summary>
    Suspension = 4,

    /// <summary>A suspension is ended.</summary>
    Resumption = 5,

    /// <summary>A control map is put forward.</summary>
    ControlMap = 6,

    /// <summary>A control map is accepted.</summary>
    MapAcceptance = 7,

    /// <summary>A notice is filed.</summary>
    Notice = 8,

    /// <summary>A notice is consented to.</summary>
    Consent = 9,

    /// <summary>A notice is objected to.</summary>
    Objection = 10,

    /// <summary>A notice is answered with another start.</summary>
    OtherDate = 11,

    /// <summary>A consent is taken back.</summary>
    ConsentWithdrawal = 12,

    /// <summary>A notice is taken back.</summary>
    NoticeWithdrawal = 13,

    /// <summary>A notice's lapse is made visible.</summary>
    Lapse = 14,

    /// <summary>A site is made known.</summary>
    Site = 15,

    /// <summary>A site is taken back.</summary>
    SiteWithdrawal = 16,

    /// <summary>A party has a new key.</summary>
    KeyRotation = 17,

    /// <summary>A key counts no longer.</summary>
    KeyRevocation = 18,

    /// <summary>A notice takes the place of another.</summary>
    Amendment = 30,

    /// <summary>A flight keeps other times.</summary>
    Retiming = 31,

    /// <summary>A flight is in the air.</summary>
    Activation = 32,

    /// <summary>A flight is over.</summary>
    Completion = 33,

    /// <summary>A new office takes the place of the old one.</summary>
    Succession = 40,

    /// <summary>An officer is appointed.</summary>
    Officer = 41,

    /// <summary>An officer serves no longer.</summary>
    OfficerEnd = 42,

    /// <summary>A duty roster takes the place of the last.</summary>
    Roster = 43,

    /// <summary>Contacts take the place of the last.</summary>
    Contacts = 44,

    /// <summary>A line was tried.</summary>
    LineCheck = 45,

    /// <summary>A signatory renews an agreement.</summary>
    Renewal = 46,

    /// <summary>An end reports of a direct message.</summary>
    Stop = 47,
}

/// <summary>An admitted statement: its names, its place on the record, and what it does.</summary>
/// <param name="Hash">The hash of its text.</param>
/// <param name="Party">Whose it is.</param>
/// <param name="Id">The identifier that its party gave it.</param>
/// <param name="Index">Its index on the record.</param>
/// <param name="Effect">What it does.</param>
/// <param name="Number">The number of the notice or site that it is about, from 0; −1 where it is about none.</param>
internal readonly record struct AdmittedStatement(ContentHash Hash, Id<Party> Party, Id<Statement> Id, long Index, Effect Effect, int Number)
{
    /// <summary>Whether it is a notice, or an answer by which the notice is known too.</summary>
    public bool SpeaksOfNotice => FilesNotice || Effect is > Effect.Notice and <= Effect.ConsentWithdrawal;

    /// <summary>Whether it is a notice, new or in the place of another.</summary>
    public bool FilesNotice => Effect is Effect.Notice or Effect.Amendment or Effect.Retiming;

    /// <summary>Whether it is about agreements and maps, and has effect once it is joint.</summary>
    public bool IsAgreed => Effect is Effect.Signature or Effect.Resumption or Effect.MapAcceptance or Effect.Renewal;
}

/// <summary>All statements that have effect, in the order of the record, found by hash and by name.</summary>
/// <remarks>One thread at a time adds; others ask at any time, each of the first so many.</remarks>
internal sealed class AdmittedStatements
{
    private readonly AppendOnlyList<AdmittedStatement> _statements = new();
    private readonly HashChains _byHash;
    private readonly HashChains _byName;

    /// <param name="expectedCount">How many will be added at once, 0 or more.</param>
    public AdmittedStatements(int expectedCount = 0) => (_byHash, _byName) = (new(expectedCount), new(expectedCount));

    /// <summary>The statement of a number.</summary>
    public ref readonly AdmittedStatement this[int number] => ref _statements[number];

    public void Add(in AdmittedStatement statement)
    {
        _statements.Add(statement);
        _byHash.Add(statement.Hash.GetHashCode());
        _byName.Add(HashOf(statement.Party, statement.Id));
    }

    /// <summary>The number of the statement of that hash among the first so many, the newest where there are several; −1 where there is none.</summary>
    public int Find(ContentHash hash, int count)
    {
        foreach (var number in _byHash.Of(hash.GetHashCode()))
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
        var copy = new AdmittedStatements(count);
        for (var number = 0; number < count; number++) copy.Add(_statements[number]);
        return copy;
    }

    // The platform's text hash differs from run to run and so can't be aimed at; no answer depends on it.
    private static int HashOf(Id<Party> party, Id<Statement> id) => unchecked(31 * party.GetHashCode() + id.GetHashCode());
}
