using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using static Tansiq.Coordination.Admit;

namespace Tansiq.Coordination.Agreements;

/// <summary>Admission of statements about agreements and control maps.</summary>
internal static class AgreementAdmission
{
    /// <summary>What admission says, or null where the statement is of another capability.</summary>
    public static Admission? Decide(Situation situation, Founding founding, Statement statement) => statement.Body switch
    {
        AgreementProposal proposal => Propose(situation, founding, proposal),
        AgreementSignature signature => Sign(situation, signature, statement.Party),
        Suspension suspension => Suspend(situation, suspension),
        Resumption resumption => Resume(situation, resumption, statement.Party),
        ControlMapProposal proposal => ProposeMap(situation, founding, proposal),
        ControlMapAcceptance acceptance => AcceptMap(situation, acceptance, statement.Party),
        Renewal renewal => Renewals.Decide(situation, founding, renewal, statement.Party, situation.Time!.Value),
        _ => null,
    };

    private static Admission Propose(Situation situation, Founding founding, AgreementProposal proposal)
    {
        var agreement = proposal.Agreement;
        foreach (var known in situation.Agreements)
        {
            if (known.Agreement.Id == agreement.Id && known.Agreement.Version == agreement.Version) return Inert("agreements.version-used", "/body/agreement");
        }

        return NamesUnknown(founding, agreement) ? Inert("agreements.unknown-reference", "/body/agreement") : Admission.Admitted.Value;
    }

    private static Admission Sign(Situation situation, AgreementSignature signature, Id<Party> party)
    {
        var cited = situation.Agreements.Find(agreement => agreement.Hash == signature.Cites);
        if (cited is null) return Inert("record.cites-nothing", "/body/cites");
        return cited.Signatures.ContainsKey(party) ? Inert("agreements.already-signed", "/body/cites") : Admission.Admitted.Value;
    }

    private static Admission Suspend(Situation situation, Suspension suspension)
    {
        switch (suspension.Scope)
        {
            case SuspensionScope.OfChapter chapter:
                return situation.Agreements.Exists(agreement => agreement.Agreement.Chapters.Any(each => each.Id == chapter.Chapter))
                    ? Admission.Admitted.Value
                    : Inert("agreements.unknown-chapter", "/body/scope/chapter");
            case SuspensionScope.OfClause clause:
                var clauses = situation.Agreements.SelectMany(agreement => agreement.Agreement.Clauses).Where(each => each.Id == clause.Clause).ToList();
                if (clauses.Count == 0) return Inert("agreements.unknown-clause", "/body/scope/clause");
                return clauses.TrueForAll(each => each.Survives) ? Inert("agreements.clause-survives", "/body/scope/clause") : Admission.Admitted.Value;
            default:
                return Admission.Admitted.Value;
        }
    }

    private static Admission Resume(Situation situation, Resumption resumption, Id<Party> party)
    {
        var cited = situation.Suspensions.Find(suspension => suspension.Hash == resumption.Cites);
        if (cited is null) return Inert("record.cites-nothing", "/body/cites");
        if (cited.Party != party) return Inert("agreements.not-your-suspension", "/body/cites");
        return cited.Resumed is null ? Admission.Admitted.Value : Inert("agreements.already-resumed", "/body/cites");
    }

    private static Admission ProposeMap(Situation situation, Founding founding, ControlMapProposal proposal)
    {
        if (situation.ControlMaps.Exists(map => map.Map.Id == proposal.Map.Id)) return Inert("agreements.map-id-used", "/body/map");
        if (situation.Time is { } now && proposal.Map.AsOf > now) return Inert("agreements.map-of-the-future", "/body/map");
        return proposal.Map.Ground.All(ground => founding.Actors.ContainsKey(ground.Holder))
            ? Admission.Admitted.Value
            : Inert("parties.unknown-actor", "/body/map");
    }

    private static Admission AcceptMap(Situation situation, ControlMapAcceptance acceptance, Id<Party> party)
    {
        var cited = situation.ControlMaps.Find(map => map.Hash == acceptance.Cites);
        if (cited is null) return Inert("record.cites-nothing", "/body/cites");
        return cited.Acceptances.ContainsKey(party) ? Inert("agreements.already-accepted", "/body/cites") : Admission.Admitted.Value;
    }

    private static bool NamesUnknown(Founding founding, Agreement agreement)
    {
        foreach (var clause in agreement.Clauses)
        {
            if (clause is FlightClause flights && NamesUnknown(founding, flights)) return true;
            if (clause is JointConsentClause consent && !consent.ConsentOf.All(founding.Parties.ContainsKey)) return true;
        }

        return false;
    }

    private static bool NamesUnknown(Founding founding, FlightClause clause) =>
        !clause.AppliesTo.Actors.All(founding.Actors.ContainsKey)
        || !clause.AppliesTo.Purposes.All(founding.Purposes.ContainsKey)
        || clause.Exemptions.Any(exemption => NamesUnknown(founding, exemption));

    private static bool NamesUnknown(Founding founding, Exemption exemption) => exemption switch
    {
        Exemption.ByPurpose purpose => !purpose.Purposes.All(founding.Purposes.ContainsKey),
        Exemption.ByGainedGround gain => !founding.Actors.ContainsKey(gain.Holder),
        _ => false,
    };
}
