using System.Collections.Immutable;
using Tansiq.Coordination;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;

namespace Tansiq.Cli.Scenarios;

/// <summary>What a timeline speaks of: everything in the folder that it names by identifier.</summary>
internal sealed record ScenarioContent(
    Founding Founding,
    Agreement Agreement,
    ImmutableSortedDictionary<Id<ControlMap>, ControlMap> ControlMaps,
    ImmutableSortedDictionary<Id<Site>, NotifiedSite> Sites,
    ImmutableSortedDictionary<Id<Statement>, DraftNotice> Notices);

/// <summary>The hashes of the files that statements name.</summary>
internal sealed record ScenarioHashes(
    ContentHash Founding, ContentHash Agreement, ContentHash Areas, IReadOnlyDictionary<Id<ControlMap>, ContentHash> ControlMaps);
