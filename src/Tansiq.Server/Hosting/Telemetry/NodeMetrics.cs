using System.Diagnostics.Metrics;
using NodaTime;
using Tansiq.Server.Nodes;

namespace Tansiq.Server.Hosting.Telemetry;

/// <summary>What a node measures of itself, as numbers alone: sizes, what waits, how far behind the others are.</summary>
internal sealed class NodeMetrics : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Tansiq.Node";

    private readonly Meter _meter = new(MeterName);
    private readonly INode _node;
    private readonly IClock _clock;

    public NodeMetrics(INode node, IClock clock)
    {
        (_node, _clock) = (node, clock);
        _meter.CreateObservableGauge("tansiq.record.size", () => _node.Picture.Size, "{entry}", "Entries that the node holds.");
        _meter.CreateObservableGauge("tansiq.record.joint_size", () => _node.Picture.JointSize, "{entry}", "Entries that are joint.");
        _meter.CreateObservableGauge("tansiq.statements.waiting", () => _node.Picture.Waiting.Length, "{statement}", "Own statements without a place on the record.");
        _meter.CreateObservableGauge("tansiq.record.standstill", StandstillSeconds, "s", "How long the record has stood still.");
        _meter.CreateObservableGauge("tansiq.findings", () => _node.Picture.Findings.Length, "{finding}", "What must not be and was found.");
        _meter.CreateObservableGauge("tansiq.line.silence", () => Each(line => line.HeardAt is { } heard ? (_clock.GetCurrentInstant() - heard).TotalSeconds : null), "s", "How long another node has been silent.");
        _meter.CreateObservableGauge("tansiq.line.lag", () => Each(line => line.Size is { } size ? _node.Picture.Size - size : null), "{entry}", "How many entries less another node holds.");
        _meter.CreateObservableGauge("tansiq.line.cosignature_lag", () => Each(line => line.CosignedSize is { } size ? _node.Picture.Size - size : null), "{entry}", "How many entries another node has not cosigned.");
        _meter.CreateObservableGauge("tansiq.line.clock_skew", () => Each(line => line.ClockSkew?.TotalSeconds), "s", "Another node's clock less our own.");
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private double StandstillSeconds() => _node.Picture.StandsStillSince is { } since ? Math.Max(0, (_clock.GetCurrentInstant() - since).TotalSeconds) : 0;

    private IEnumerable<Measurement<double>> Each(Func<NodeLine, double?> measure)
    {
        foreach (var line in _node.Picture.Lines)
        {
            if (measure(line) is { } value) yield return new(value, new KeyValuePair<string, object?>("party", line.Party.Value));
        }
    }
}
