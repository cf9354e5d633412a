using System.Collections.Immutable;
using Tansiq.Cli.Commands;
using Tansiq.Cli.Scenarios;
using Tansiq.Coordination;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Monitoring;
using Tansiq.Coordination.Statements;
using Tansiq.Geo.Text;

namespace Tansiq.Cli.Recording;

/// <summary>A record on disk as what verdicts and replays rest on.</summary>
internal static class RecordBasis
{
    /// <summary>Opens a record.</summary>
    /// <param name="folder">Its folder.</param>
    /// <param name="knownAt">Known at, as the user wrote it; null for the newest.</param>
    /// <param name="command">The command's name, for refusals.</param>
    /// <param name="error">Where refusals are told.</param>
    /// <returns>The basis, joint as far as the record is; null where it was refused, which has been told.</returns>
    public static AnswerBasis? Open(string folder, string? knownAt, string command, TextWriter error)
    {
        try
        {
            if (!RecordPlace.Open(folder).TryGet(out var place, out var refusal)) return Refuse(error, folder, refusal);
            using (place)
            {
                if (!RecordPicture.Open(place, error, CancellationToken.None).TryGet(out var picture, out refusal)) return Refuse(error, folder, refusal);
                if (!KnownAt.Situation(picture.State, knownAt).TryGet(out var known, out refusal)) return Refuse(error, command, refusal);
                return ScenarioOf(known).TryGet(out var scenario, out refusal) ? new(scenario, picture.Joint(known)) : Refuse(error, folder, refusal);
            }
        }
        catch (Exception exception) when (RecordFailure.Of(exception) is not null)
        {
            return Refuse(error, folder, RecordFailure.Of(exception)!);
        }
    }

    /// <summary>What a record says of who takes part and what was agreed, in the place of a scenario's files.</summary>
    private static Parsed<Scenario> ScenarioOf(Situation situation)
    {
        var newest = situation.Agreements.OrderBy(proposed => proposed.Agreement.Version).LastOrDefault();
        if (newest is null) return new Refusal("record.no-agreement", "", "a record on which no agreement is proposed", "a record with an agreement");
        return new Scenario
        {
            Founding = situation.Founding!,
            Agreement = newest.Agreement,
            ControlMaps = situation.ControlMaps.ToLookup(proposed => proposed.Map.Id).ToImmutableSortedDictionary(maps => maps.Key, maps => maps.Last().Map),
            Sites = situation.Sites.Values.ToLookup(site => site.Site.Id).ToImmutableSortedDictionary(sites => sites.Key, sites => new NotifiedSite(sites.Last().Site, sites.Last().Notifier)),
            Notices = ImmutableSortedDictionary<Id<Statement>, DraftNotice>.Empty,
            Timeline = [],
            Expected = [],
            Declared = ImmutableDictionary<Id<Statement>, ImmutableSortedSet<string>>.Empty,
            Attribution = AttributionRules.None,
            Traffic = null,
            Attachments = ImmutableDictionary<ContentHash, ReadOnlyMemory<byte>>.Empty,
            Recorded = [],
            RecordedTexts = [],
        };
    }

    private static AnswerBasis? Refuse(TextWriter error, string place, Refusal refusal)
    {
        ExitCode.Refuse(error, place, refusal);
        return null;
    }
}
