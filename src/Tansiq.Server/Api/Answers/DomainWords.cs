using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Geo;
using Tansiq.Server.Nodes;

namespace Tansiq.Server.Api.Answers;

/// <summary>The words of the API for the terms of the domain; those that scenarios and statements have are the same there.</summary>
internal static class DomainWords
{
    public static string Word(this NodeRole role) => role switch
    {
        NodeRole.Office => "office",
        NodeRole.Centre => "centre",
        NodeRole.Observer => "observer",
        _ => throw Unknown(role),
    };

    public static string Word(this ActorKind kind) => kind == ActorKind.Air ? "air" : "ground";

    public static string Word(this Binding binding) => binding switch
    {
        Binding.Unbound => "unbound",
        Binding.Signatory => "signatory",
        Binding.Guaranteed => "guaranteed",
        _ => throw Unknown(binding),
    };

    public static string Word(this PurposeCategory category) => category == PurposeCategory.Combat ? "combat" : "non-combat";

    public static string Word(this Certainty certainty) => certainty == Certainty.Certain ? "certain" : "possible";

    public static string Word(this AgreementState state) => state switch
    {
        AgreementState.Proposed => "proposed",
        AgreementState.StartUndefined => "start-undefined",
        AgreementState.NotBegun => "not-begun",
        AgreementState.InForce => "in-force",
        AgreementState.Replaced => "replaced",
        AgreementState.Lapsed => "lapsed",
        _ => throw Unknown(state),
    };

    public static string Word(this Publication publication) => publication switch
    {
        Publication.Public => "public",
        Publication.Parties => "parties",
        Publication.Office => "office",
        _ => throw Unknown(publication),
    };

    public static string Word(this FlightClass flightClass) => flightClass switch
    {
        FlightClass.FixedWing => "fixed-wing",
        FlightClass.Rotary => "rotary",
        FlightClass.Unmanned => "unmanned",
        _ => throw Unknown(flightClass),
    };

    public static string Word(this OfficerRole role) => role switch
    {
        OfficerRole.Watch => "watch",
        OfficerRole.Release => "release",
        OfficerRole.Consent => "consent",
        OfficerRole.Command => "command",
        OfficerRole.Liaison => "liaison",
        OfficerRole.OfficeDesk => "office-desk",
        _ => throw Unknown(role),
    };

    public static string Word(this AnswerKind kind) => kind switch
    {
        AnswerKind.Consent => "consent",
        AnswerKind.Objection => "objection",
        AnswerKind.OtherDate => "other-date",
        AnswerKind.ConsentWithdrawn => "consent-withdrawn",
        _ => throw Unknown(kind),
    };

    public static string Word(this SiteCategory category) => category switch
    {
        SiteCategory.Hospital => "hospital",
        SiteCategory.School => "school",
        SiteCategory.Water => "water",
        SiteCategory.Convoy => "convoy",
        SiteCategory.Camp => "camp",
        _ => throw Unknown(category),
    };

    public static string Word(this Verification verification) => verification switch
    {
        Verification.Unverified => "unverified",
        Verification.Verified => "verified",
        Verification.Disputed => "disputed",
        _ => throw Unknown(verification),
    };

    private static ArgumentOutOfRangeException Unknown<TTerm>(TTerm value)
        where TTerm : struct, Enum => new(nameof(value), value, "A term that the API has no word for.");
}
