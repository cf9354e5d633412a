using Tansiq.Coordination.Parties;

namespace Tansiq.Coordination.Monitoring;

/// <summary>Says whose aircraft tracks are taken to be, and by what (MON-3).</summary>
internal sealed class Attributor
{
    private readonly Dictionary<string, AttributionRule> _byTrack = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AttributionRule> _byCallsign = new(StringComparer.Ordinal);
    private readonly List<(AddressRange Range, AttributionRule Rule)> _byBlock = [];
    private readonly int _longestCallsign;

    public Attributor(AttributionRules rules)
    {
        foreach (var rule in rules.Rules)
        {
            foreach (var track in rule.Tracks) _byTrack.TryAdd(track, rule);
            foreach (var callsign in rule.Callsigns) _byCallsign.TryAdd(callsign, rule);
            foreach (var range in rule.Blocks) _byBlock.Add((range, rule));
        }

        _longestCallsign = _byCallsign.Keys.Select(callsign => callsign.Length).DefaultIfEmpty().Max();
    }

    /// <summary>Whether a callsign can change an attribution.</summary>
    public bool HeedsCallsigns => _longestCallsign > 0;

    /// <summary>The attribution of a track, or null.</summary>
    /// <param name="track">The track's identifier.</param>
    /// <param name="callsign">The callsign that it last reported, or null.</param>
    /// <param name="declaration">What it is declared to fly, or null.</param>
    public TrackAttribution? Of(string track, string? callsign, Declaration? declaration)
    {
        var address = AddressBlocks.AddressOf(track);
        var state = address is { } known ? AddressBlocks.StateOf(known) : null;
        if (declaration?.Actor is { } actor) return new(AttributionBasis.Declared, state, actor, AttributionConfidence.High);
        if (RuleFor(track, callsign, address) is { } rule) return new(rule.Basis, state, rule.Actor, rule.Confidence);
        return state is null ? null : new(AttributionBasis.AddressBlock, state, null, AttributionConfidence.Moderate);
    }

    private AttributionRule? RuleFor(string track, string? callsign, int? address)
    {
        if (_byTrack.TryGetValue(track, out var rule)) return rule;
        if (callsign is not null && RuleForCallsign(callsign) is { } byCallsign) return byCallsign;
        return address is { } known ? RuleForAddress(known) : null;
    }

    private AttributionRule? RuleForCallsign(string callsign)
    {
        for (var length = Math.Min(callsign.Length, _longestCallsign); length > 0; length--)
        {
            if (_byCallsign.TryGetValue(callsign[..length], out var rule)) return rule;
        }

        return null;
    }

    /// <summary>The rule of the smallest range that holds the address; of equal ones the first.</summary>
    private AttributionRule? RuleForAddress(int address)
    {
        AttributionRule? best = null;
        var size = int.MaxValue;
        foreach (var (range, rule) in _byBlock)
        {
            if (address < range.First || address > range.Last || range.Last - range.First >= size) continue;
            (best, size) = (rule, range.Last - range.First);
        }

        return best;
    }
}
