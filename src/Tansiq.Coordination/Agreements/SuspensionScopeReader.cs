using Tansiq.Geo.Text;

namespace Tansiq.Coordination.Agreements;

/// <summary>Reads what is suspended (AGR-9).</summary>
public static class SuspensionScopeReader
{
    /// <summary>What is suspended: <c>{"all": true}</c>, <c>{"chapter": "4"}</c> or <c>{"clause": "4.1"}</c>; exactly one.</summary>
    public static SuspensionScope SuspensionScope(this JsonCursor scope)
    {
        scope.Only("all", "chapter", "clause");
        var (all, chapter, clause) = (scope["all"], scope["chapter"], scope["clause"]);
        switch (all.Exists, chapter.Exists, clause.Exists)
        {
            case (true, false, false) when all.Boolean():
                return new Agreements.SuspensionScope.All();
            case (false, true, false):
                return new Agreements.SuspensionScope.OfChapter(chapter.Id<Chapter>());
            case (false, false, true):
                return new Agreements.SuspensionScope.OfClause(clause.Id<Clause>());
            default:
                scope.Refuse(scope.Exists ? "json.wrong-type" : "json.missing", "one of {\"all\": true}, {\"chapter\": …}, {\"clause\": …}");
                return new Agreements.SuspensionScope.All();
        }
    }
}
