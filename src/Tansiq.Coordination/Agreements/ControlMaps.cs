using NodaTime;
using Tansiq.Coordination.Parties;

namespace Tansiq.Coordination.Agreements;

/// <summary>Which control map counts (AGR-6).</summary>
internal static class ControlMaps
{
    /// <summary>Of the maps that every signatory has accepted by a moment, the one that shows the latest; null where there is none.</summary>
    public static ControlMap? LatestAccepted(Situation situation, Founding founding, Instant validAt)
    {
        ControlMap? latest = null;
        foreach (var proposed in situation.ControlMaps)
        {
            var isAccepted = founding.Parties.Keys.All(party =>
                proposed.Acceptances.TryGetValue(party, out var place) && situation.Permits(place, validAt));
            if (isAccepted && (latest is null || proposed.Map.AsOf >= latest.AsOf)) latest = proposed.Map;
        }

        return latest;
    }
}
