using System.Collections.Frozen;
using Tansiq.Coordination.Statements;

namespace Tansiq.Server.Nodes;

/// <summary>Which statements permit something (REC-2): none of them is said while the record stands still (REC-6).</summary>
internal static class Permissive
{
    private static readonly FrozenSet<string> Types = new[]
    {
        StatementTypes.AgreementSignature, StatementTypes.Resumption, StatementTypes.ControlMapAcceptance, StatementTypes.Consent,
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a type permits something.</summary>
    public static bool Is(string type) => Types.Contains(type);
}
