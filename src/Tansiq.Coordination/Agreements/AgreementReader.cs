using System.Collections.Immutable;
using Tansiq.Coordination.Parties;
using Tansiq.Geo.Text;

namespace Tansiq.Coordination.Agreements;

/// <summary>Reads the text of an agreement (agreement.json of docs/formats/scenario.md).</summary>
public static class AgreementReader
{
    /// <summary>The most bytes of an agreement's text.</summary>
    public const int MaximumBytes = 16 * 1024 * 1024;

    /// <summary>The most chapters.</summary>
    public const int MaximumChapters = 200;

    /// <summary>The most classes of areas.</summary>
    public const int MaximumAreaClasses = 100;

    /// <summary>The most clauses.</summary>
    public const int MaximumClauses = 1_000;

    /// <summary>The highest version.</summary>
    public const int MaximumVersion = 1_000_000;

    /// <summary>Reads an agreement without its areas, which <see cref="DesignatedAreasReader"/> reads.</summary>
    /// <param name="utf8">Its bytes.</param>
    /// <param name="founding">Whose parties, actors, purposes and languages it names.</param>
    /// <returns>The agreement with no areas, or why it was not taken; unknown members are refused.</returns>
    public static Parsed<Agreement> Read(ReadOnlyMemory<byte> utf8, Founding founding)
    {
        ArgumentNullException.ThrowIfNull(founding);
        var parsed = JsonReading.Read(utf8, MaximumBytes, refusesUnknownMembers: true, root => Read(root, founding));
        return parsed.TryGet(out var agreement, out var refusal) ? agreement! : refusal;
    }

    private static Agreement? Read(JsonCursor root, Founding founding)
    {
        root.Only("format", "id", "version", "title", "chapters", "areaClasses", "clauses");
        _ = root["format"].OneOf(("tansiq-agreement/1", 0));
        var id = root["id"].Id<Agreement>();
        var version = (int)root["version"].Integer(1, MaximumVersion);
        var title = root["title"].Words(founding.Languages);
        var chapters = Chapters(root["chapters"], founding);
        var classes = AreaClasses(root["areaClasses"], founding);
        var clauseReader = new ClauseReader(founding, [.. chapters.Select(chapter => chapter.Id)], [.. classes.Select(item => item.Id)]);
        var places = root["clauses"].ItemsAtLeastOne(MaximumClauses);
        var clauses = places.Select(clauseReader.Read).ToImmutableArray();
        if (root.Reading.IsRefused) return null;
        ExemptionGraph.Check(clauses, places);
        return OneDuration(clauses, places, root["clauses"]) is { } duration && !root.Reading.IsRefused
            ? new()
            {
                Id = id, Version = version, Title = title, Chapters = chapters, AreaClasses = classes, Clauses = clauses!, Areas = [], Duration = duration,
            }
            : null;
    }

    private static ImmutableArray<Chapter> Chapters(JsonCursor place, Founding founding)
    {
        var used = new HashSet<Id<Chapter>>();
        return [.. place.ItemsAtLeastOne(MaximumChapters).Select(item =>
        {
            item.Only("id", "title");
            return new Chapter(item.NewId(used), item["title"].Words(founding.Languages));
        })];
    }

    private static ImmutableArray<AreaClass> AreaClasses(JsonCursor place, Founding founding)
    {
        var used = new HashSet<Id<AreaClass>>();
        return [.. place.Items(MaximumAreaClasses).Select(item =>
        {
            item.Only("id", "name");
            return new AreaClass(item.NewId(used), item["name"].Words(founding.Languages));
        })];
    }

    private static DurationClause? OneDuration(ImmutableArray<Clause?> clauses, IReadOnlyList<JsonCursor> places, JsonCursor all)
    {
        DurationClause? only = null;
        for (var index = 0; index < clauses.Length; index++)
        {
            if (clauses[index] is not DurationClause duration) continue;
            if (only is not null) places[index].Refuse("agreements.second-duration", "one clause of kind duration");
            only ??= duration;
        }

        if (only is null) all.Refuse("agreements.no-duration", "one clause of kind duration");
        return only;
    }
}
