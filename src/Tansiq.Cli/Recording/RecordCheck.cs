using System.Collections.Immutable;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Recording;
using Tansiq.Geo.Text;
using Tansiq.Record.Entries;
using Tansiq.Record.Following;
using Tansiq.Record.Notes;
using Tansiq.Storage.Following;

namespace Tansiq.Cli.Recording;

/// <summary>By what a whole record is verified.</summary>
internal sealed record RecordCheckSettings
{
    /// <summary>The log's key; null to take the one that the record itself names.</summary>
    public required VerifierKey? LogKey { get; init; }

    /// <summary>Witnesses that have to have cosigned.</summary>
    public required ImmutableArray<VerifierKey> Witnesses { get; init; }

    /// <summary>Whether the situation is folded and its digest told; else only what keys, hashes and times show.</summary>
    public required bool FoldsSituation { get; init; }

    /// <summary>From which entry on signatures are verified.</summary>
    public required long SignaturesFrom { get; init; }

    /// <summary>A checkpoint that is known from before; null for none.</summary>
    public required ReadOnlyMemory<byte>? Earlier { get; init; }
}

/// <summary>Verifies a whole record and says line by line what holds.</summary>
internal static class RecordCheck
{
    /// <summary>Verifies.</summary>
    /// <param name="place">Where the record is.</param>
    /// <param name="settings">By what.</param>
    /// <param name="progress">Told how many entries are done.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>The findings with the first thing that does not hold, if any; or a refusal where the source gives no answer.</returns>
    public static Parsed<(Findings Findings, Broken? Broken)> Run(RecordPlace place, RecordCheckSettings settings, IProgress<long>? progress, CancellationToken stop)
    {
        var findings = new Findings();
        if (!Trusted(place, settings, findings, stop).TryGet(out var keys, out var refusal)) return refusal;
        var verification = new VerificationSettings(keys.Log)
        {
            Witnesses = keys.All,
            SignaturesFrom = settings.SignaturesFrom,
            Earlier = settings.Earlier,
            Progress = progress is null ? null : new Entries(progress),
        };
        return settings.FoldsSituation
            ? Run(place, new StatementsDomain(), verification, keys, findings, stop)
            : Run(place, new KeysDomain(), verification, keys, findings, stop);
    }

    private static Parsed<(Findings Findings, Broken? Broken)> Run<TState, TReading>(
        RecordPlace place, IRecordDomain<TState, TReading> domain, VerificationSettings settings, TrustedCheck keys, Findings findings, CancellationToken stop)
        where TState : class
        where TReading : class
    {
        var found = RecordVerification.RunAsync(place.Source, domain, settings, stop).GetAwaiter().GetResult();
        if (found.Broken is { IsOfSource: true } unanswered) return unanswered.Fault.AsRefusal();
        if (found.Checkpoint is { } checkpoint)
        {
            ProofFiles.AddCheckpoint(findings, checkpoint, keys.Log, keys.Required);
            foreach (var other in checkpoint.Cosignatures.Where(each => !keys.Required.Contains(each.Key)))
                findings.Remark($"the checkpoint is cosigned by {other.Key.Name} at {other.Time}, whose key the record itself names");
        }

        AddEntries(findings, found, settings.SignaturesFrom);
        if (domain is StatementsDomain && found.Holds) findings.Holds($"digest of the situation: {Convert.ToHexStringLower(found.Digest.Span)}");
        if (found.Broken is { } broken)
        {
            findings.Fails(broken.Fault);
            findings.Remark($"the {broken.HoldsUntil} entries before it hold");
        }

        return (findings, found.Broken);
    }

    private static void AddEntries<TState>(Findings findings, RecordFindings<TState> found, long signaturesFrom)
        where TState : class
    {
        var counts = found.Counts;
        if (counts.Until == 0) return;
        findings.Holds($"{counts.Until} entries: each in its tile, under the root, with one signature by a key held at its place, and no identity twice");
        if (signaturesFrom > 0) findings.Remark($"signatures verified now: {counts.SignaturesVerified}, from entry {signaturesFrom} on");
        findings.Holds($"{counts.Attachments} attachments: all there, all what their names say");
        foreach (var (code, count) in counts.InertByCode) findings.Remark($"{count} entries have no effect: {code}");
        if (found.LastTime is { } time) findings.Remark($"last time on the record: {time}");
    }

    private static Parsed<TrustedCheck> Trusted(RecordPlace place, RecordCheckSettings settings, Findings findings, CancellationToken stop)
    {
        var founding = RecordEntries.Open(place, stop).TryGet(out var entries, out var unread) ? FoundingOf(entries) : null;
        ImmutableArray<VerifierKey> named = [.. founding?.Keys?.ByParty.Values.Select(keys => keys.Witness).OfType<VerifierKey>() ?? []];
        if (settings.LogKey is { } given) return new TrustedCheck(given, settings.Witnesses, [.. settings.Witnesses.Union(named)]);
        if (unread is not null) return unread;
        if (founding?.Keys is not { } own) return new Refusal("record.no-keys", "--log-key", "nothing, and a record that names no keys", "the log's key");
        findings.Remark($"keys are those that the record itself names; compare the fingerprints: {own.Log.Name}: {own.Log.Fingerprint()}");
        return new TrustedCheck(own.Log, settings.Witnesses, [.. settings.Witnesses.Union(named)]);
    }

    // Only to find keys whose cosignatures are told beside those that are asked for; verification itself reads all anew.
    private static Founding? FoundingOf(RecordEntries entries)
    {
        try
        {
            return entries.Founding();
        }
        catch (Storage.Sources.RecordSourceException)
        {
            return null;
        }
    }

    private sealed record TrustedCheck(VerifierKey Log, ImmutableArray<VerifierKey> Required, ImmutableArray<VerifierKey> All);

    private sealed class Entries(IProgress<long> progress) : IProgress<VerificationProgress>
    {
        public void Report(VerificationProgress value) => progress.Report(value.Done);
    }
}
