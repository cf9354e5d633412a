using NodaTime;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using static Tansiq.Coordination.Admit;

namespace Tansiq.Coordination.Agreements;

/// <summary>Renewal of agreements (AGR-8): admission, what it does, and which end comes of it.</summary>
internal static class Renewals
{
    /// <summary>What admission says.</summary>
    public static Admission Decide(Situation situation, Founding founding, Renewal renewal, Id<Party> party, Instant now)
    {
        if (situation.Agreements.Find(agreement => agreement.Hash == renewal.Cites) is not { } cited) return Inert("record.cites-nothing", "/body/cites");
        if (AgreementTerm.OfVersion(situation, founding, cited, now) is not { } term) return Inert("agreements.not-signed-by-all", "/body/cites");
        if (term.Time is not { HasEnd: true } time) return Inert("agreements.no-end", "/body/cites");
        if (now >= time.End) return Inert("agreements.lapsed", "/body/cites");
        if (renewal.Until <= time.End) return Inert("agreements.renewal-not-later", "/body/until");
        // Every older word of the party has taken effect or was of another end.
        return cited.Renewals.FindLast(said => said.Party == party) is { } last && last.Until == renewal.Until ? Inert("agreements.already-renewed", "/body/until") : Admission.Admitted.Value;
    }

    /// <summary>The situation with a signatory's word.</summary>
    public static Situation Apply(Situation after, Renewal renewal, Statement statement, RecordPlace place)
    {
        var index = after.Agreements.FindIndex(agreement => agreement.Hash == renewal.Cites);
        var agreement = after.Agreements[index];
        var said = agreement.Renewals.Add(new(statement.Party, renewal.Until, statement.Hash, place));
        return after with { Proposed = new(after.Agreements.SetItem(index, agreement with { Renewals = said })) };
    }

    /// <summary>The end of an agreement as its signatories have renewed it by a moment: each time all had said the same later end before the last one came.</summary>
    /// <param name="situation">The situation; of words that are not joint none counts.</param>
    /// <param name="founding">Whose signatories.</param>
    /// <param name="proposed">The agreement.</param>
    /// <param name="end">The end that it states.</param>
    /// <param name="validAt">The moment.</param>
    public static Instant EndOf(Situation situation, Founding founding, ProposedAgreement proposed, Instant end, Instant validAt)
    {
        if (proposed.Renewals.IsEmpty) return end;
        var said = new Dictionary<Id<Party>, Instant>();
        foreach (var renewal in proposed.Renewals)
        {
            if (!situation.Permits(renewal.Place, validAt) || renewal.Place.At >= end) continue;
            said[renewal.Party] = renewal.Until;
            if (renewal.Until <= end || !founding.Parties.Keys.All(party => said.TryGetValue(party, out var until) && until == renewal.Until)) continue;
            end = renewal.Until;
            said.Clear();
        }

        return end;
    }
}
