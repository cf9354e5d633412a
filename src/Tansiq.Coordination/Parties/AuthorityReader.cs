using System.Collections.Immutable;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Statements;
using Tansiq.Geo.Text;

namespace Tansiq.Coordination.Parties;

/// <summary>Reads the member <c>authority</c> of a founding (docs/formats/scenario.md).</summary>
internal static class AuthorityReader
{
    /// <summary>The matrix; null where the founding has none or it was refused.</summary>
    public static AuthorityMatrix? Read(JsonCursor place)
    {
        if (!place.Exists) return null;
        var rules = new Dictionary<string, AuthorityRule>(StringComparer.Ordinal);
        foreach (var item in place.Items(StatementTypes.All.Length))
        {
            item.Only("types", "draft", "release", "needsTwo");
            var types = item["types"].Set(TypeName);
            var rule = new AuthorityRule(Roles(item["draft"]), Roles(item["release"]), item["needsTwo"].Boolean());
            foreach (var type in types)
            {
                if (!rules.TryAdd(type, rule)) item["types"].Refuse("json.duplicate-value", "each type once");
            }

            if (rule.NeedsTwo && types.Overlaps(AuthorityMatrix.NeverTwo))
                item["needsTwo"].Refuse("parties.second-person-never", "false for what never waits for a second person");
        }

        return place.Reading.IsRefused ? null : AuthorityMatrix.Default.With(rules);
    }

    private static string TypeName(JsonCursor place)
    {
        var type = place.Identifier();
        if (!place.Reading.IsRefused && !AuthorityMatrix.Default.Rules.ContainsKey(type)) place.Refuse("parties.unknown-type", "the type of a statement that officers make");
        return type;
    }

    private static ImmutableSortedSet<OfficerRole> Roles(JsonCursor place) => place.Set(role => role.OfficerRole());
}
