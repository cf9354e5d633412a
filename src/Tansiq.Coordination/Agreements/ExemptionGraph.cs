using System.Collections.Immutable;
using Tansiq.Geo.Text;

namespace Tansiq.Coordination.Agreements;

/// <summary>Checks what the any-of exemptions of an agreement name: that it is there, never in a circle, and fits the clause.</summary>
internal sealed class ExemptionGraph
{
    /// <summary>The most exemptions of an agreement; it also bounds how deep one any-of stands in another.</summary>
    public const int MaximumExemptions = 1_000;

    private readonly Dictionary<ExemptionReference, (Exemption Exemption, JsonCursor Place)> _all = [];
    private readonly HashSet<ExemptionReference> _sound = [];

    /// <summary>Notes a refusal for the first any-of that is not sound.</summary>
    /// <param name="clauses">The clauses, all read well.</param>
    /// <param name="places">Where each of them stands.</param>
    public static void Check(ImmutableArray<Clause?> clauses, IReadOnlyList<JsonCursor> places)
    {
        var graph = new ExemptionGraph();
        for (var index = 0; index < clauses.Length; index++) graph.Add(clauses[index], places[index]);
        foreach (var reference in graph._all.Keys)
        {
            if (graph._all.Count > MaximumExemptions)
                graph._all[reference].Place.Refuse("json.too-many", $"at most {MaximumExemptions} exemptions in an agreement");
            graph.Visit(reference, []);
        }

        for (var index = 0; index < clauses.Length; index++)
        {
            if (clauses[index] is ProtectionClause protection) graph.RefuseGainedGround(protection);
        }
    }

    private void Add(Clause? clause, JsonCursor place)
    {
        if (clause is not FlightClause { Exemptions: { Length: > 0 } exemptions }) return;
        var places = place["exemptions"].Items(ExemptionReader.MaximumExemptions);
        for (var index = 0; index < exemptions.Length; index++) _all[new(clause.Id, exemptions[index].Id)] = (exemptions[index], places[index]);
    }

    private void Visit(ExemptionReference reference, List<ExemptionReference> path)
    {
        var (exemption, place) = _all[reference];
        if (_sound.Contains(reference) || place.Reading.IsRefused || exemption is not Exemption.AnyOf anyOf) return;
        path.Add(reference);
        for (var index = 0; index < anyOf.Exemptions.Length && !place.Reading.IsRefused; index++)
        {
            var named = anyOf.Exemptions[index];
            if (!_all.ContainsKey(named))
                place["exemptions"].Items(ExemptionReader.MaximumExemptions)[index].Refuse("agreements.unknown-exemption", "an exemption of this agreement, as clause/exemption");
            else if (path.IndexOf(named) is >= 0 and var start)
                RefuseCircle(place, [.. path[start..], named]);
            else
                Visit(named, path);
        }

        path.RemoveAt(path.Count - 1);
        _sound.Add(reference);
    }

    private static void RefuseCircle(JsonCursor place, ImmutableArray<ExemptionReference> circle) => place["exemptions"].Reading.Refuse(new(
        "agreements.exemption-cycle", place["exemptions"].Pointer, JsonText.Shorten(string.Join(" → ", circle)), "any-of exemptions that do not name each other in a circle"));

    /// <summary>Ground is gained in an area, and a protection clause has none: its any-of must not lead there either.</summary>
    private void RefuseGainedGround(ProtectionClause protection)
    {
        var seen = new HashSet<ExemptionReference>();
        var open = new Stack<ExemptionReference>(protection.Exemptions.Select(exemption => new ExemptionReference(protection.Id, exemption.Id)));
        while (open.TryPop(out var reference))
        {
            if (!_all.TryGetValue(reference, out var named) || !seen.Add(reference)) continue;
            if (named.Exemption is Exemption.AnyOf anyOf) foreach (var next in anyOf.Exemptions) open.Push(next);
            if (named.Exemption is Exemption.ByGainedGround)
                named.Place["kind"].Refuse("agreements.exemption-without-area", $"no exemption by gained ground in an any-of of clause {protection.Id}");
        }
    }
}
