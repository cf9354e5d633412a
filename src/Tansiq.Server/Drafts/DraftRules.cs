using Microsoft.AspNetCore.Http;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Geo.Text;
using Tansiq.Server.Access;
using Tansiq.Server.Nodes;

namespace Tansiq.Server.Drafts;

/// <summary>Who may draft and release what (PTY-4), and what waits while the record stands still (REC-6).</summary>
internal static class DraftRules
{
    /// <summary>Why a caller may not draft statements of a type; null where it may. A machine drafts whatever officers release.</summary>
    public static Refusal? DraftProblem(Caller caller, INode node, string type)
    {
        var authority = Authority.Of(node);
        var may = caller.Kind == CallerKind.Token
            ? authority.Rules.ContainsKey(type)
            : caller.Home == node.Identity.Party && caller.Roles.Any(role => authority.May(role, Act.Draft, type));
        return may ? null : RoleProblem(caller, authority, Act.Draft, type);
    }

    /// <summary>In which role an officer releases statements of a type.</summary>
    /// <returns>The role; or <see cref="DraftCodes.Role"/>.</returns>
    public static Parsed<OfficerRole> ReleaseRole(Caller caller, INode node, string type)
    {
        var authority = Authority.Of(node);
        var roles = caller.Kind == CallerKind.Officer && caller.Home == node.Identity.Party ? caller.Roles.Where(role => authority.May(role, Act.Release, type)).ToList() : [];
        return roles.Count > 0 ? roles[0] : RoleProblem(caller, authority, Act.Release, type);
    }

    /// <summary>Why nothing of a type is released now; null where it may be.</summary>
    public static Refusal? StandstillProblem(INode node, string type) =>
        node.Picture.StandsStillSince is not null && StatementTypes.Granting.Contains(type)
            ? new(DraftCodes.StandsStill, "/type", type, "a record that goes on: nothing is granted while it stands still")
            : null;

    /// <summary>Whether whoever drafted may not release.</summary>
    public static bool NeedsTwo(INode node, string type) => Authority.Of(node).NeedsTwo(type);

    private static Refusal RoleProblem(Caller caller, AuthorityMatrix authority, Act act, string type)
    {
        var roles = authority.RolesThatMay(act, type);
        return new(
            DraftCodes.Role,
            "/type",
            caller.Roles.IsEmpty ? "no role" : string.Join(", ", caller.Roles.Select(NoticeWords.Word)),
            roles.IsEmpty ? "a type that officers make" : "one of " + string.Join(", ", roles.Select(NoticeWords.Word)));
    }
}
