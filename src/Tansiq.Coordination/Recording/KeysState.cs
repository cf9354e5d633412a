using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using NodaTime.Text;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Recording;

/// <summary>What follows from a record's founding, keys and times alone, and how many entries of each type there are.</summary>
/// <remarks>Immutable and thread-safe; it does not grow with the record.</remarks>
public sealed class KeysState
{
    private Counts _counts;

    private KeysState(KeysState before)
    {
        Size = before.Size;
        Founding = before.Founding;
        Keys = before.Keys;
        Time = before.Time;
        InertCount = before.InertCount;
        _counts = before._counts;
    }

    private KeysState()
    {
    }

    /// <summary>The state before the first entry.</summary>
    public static KeysState Empty { get; } = new();

    /// <summary>How many entries there are.</summary>
    public long Size { get; private init; }

    /// <summary>The founding, or null before it.</summary>
    public Founding? Founding { get; private init; }

    /// <summary>Who holds which keys.</summary>
    public PartyKeys Keys { get; private init; } = PartyKeys.None;

    /// <summary>The last <c>record.time</c>, or null before the first.</summary>
    public Instant? Time { get; private init; }

    /// <summary>How many entries are inert for a reason that founding, keys and times alone give.</summary>
    public long InertCount { get; private init; }

    /// <summary>How many entries there are of each known type (<see cref="StatementTypes.All"/>) that has any, admitted or not.</summary>
    public ImmutableSortedDictionary<string, long> CountsByType()
    {
        var counts = ImmutableSortedDictionary.CreateBuilder<string, long>(StringComparer.Ordinal);
        for (var number = 0; number < StatementTypes.All.Length; number++)
        {
            if (_counts[number] > 0) counts[StatementTypes.All[number]] = _counts[number];
        }

        return counts.ToImmutable();
    }

    /// <summary>How many entries are of a type that is not known, or of none.</summary>
    public long CountOfUnknownTypes => _counts[StatementTypes.All.Length];

    /// <summary>The state after an entry.</summary>
    /// <param name="type">Its type's number in <see cref="StatementTypes.All"/>, or −1.</param>
    /// <param name="effect">The statement, if it is about founding, keys or time and admitted; else null.</param>
    /// <param name="isInert">Whether it is known to be inert.</param>
    internal KeysState After(int type, Statement? effect, bool isInert)
    {
        var after = new KeysState(this)
        {
            Size = Size + 1,
            InertCount = InertCount + (isInert ? 1 : 0),
            Founding = effect is null ? Founding : FoundingAfter(effect),
            Time = (effect?.Body as RecordTime)?.Now ?? Time,
            Keys = effect is null ? Keys : KeysAfter(effect),
        };
        after._counts[type < 0 ? StatementTypes.All.Length : type]++;
        return after;
    }

    /// <summary>SHA-256 of size, time and keys as a text (docs/formats/statements.md).</summary>
    internal byte[] Digest()
    {
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"tansiq-keys-state/1\nsize {Size}\nrecord {Keys.Record}\n"));
        if (Time is { } time) text.Append("time ").Append(InstantPattern.ExtendedIso.Format(time)).Append('\n');
        foreach (var held in Keys.All)
            text.Append(string.Create(CultureInfo.InvariantCulture, $"{held.Party} {held.Role.Word()} {held.From} {held.Until ?? -1} {held.Key}\n"));
        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private Founding? FoundingAfter(Statement effect) => effect.Body switch
    {
        Founding founding => founding,
        Succession succession => SuccessionAdmission.Apply(Founding!, succession),
        _ => Founding,
    };

    private PartyKeys KeysAfter(Statement effect) => effect.Body switch
    {
        Founding founding => PartyKeys.Of(founding.Keys, effect.Hash),
        KeyRotation or KeyRevocation => Keys.After(effect, Size),
        Succession succession => Keys.SucceededBy(Founding!.Office, succession, Size),
        _ => Keys,
    };

    // One more than there are types; a test holds the two together.
    [InlineArray(Length)]
    internal struct Counts
    {
        public const int Length = 31;

        private long _first;
    }
}
