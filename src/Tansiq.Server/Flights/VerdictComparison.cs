using System.Collections.Immutable;
using Tansiq.Coordination;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Flights.Deciding;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Record.Logs;
using Tansiq.Server.Nodes;

namespace Tansiq.Server.Flights;

/// <summary>What another node says of a verdict.</summary>
/// <param name="Party">Whose node.</param>
/// <param name="Digest">The hash of its verdict; null where it gave none.</param>
/// <param name="Code">Why it gave none: the code of its refusal, or <see cref="VerdictComparison.NoAnswer"/>; empty where it gave one.</param>
internal sealed record ComparedVerdict(Id<Party> Party, ContentHash? Digest, string Code);

/// <summary>Asks the other nodes for the same verdict (FLT-3). One that differs is an alarm: somebody's program or record is not what it should be.</summary>
internal sealed class VerdictComparison(INode node, FlightsParts parts, StandingWatch watch) : IDisposable
{
    /// <summary>A node that did not answer in time, or not in the form expected.</summary>
    public const string NoAnswer = "flights.no-answer";

    private const int MaximumAnswerBytes = 4_096;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private readonly HttpClient _client = new(parts.MakeHandler()) { Timeout = Patience, MaxResponseContentBufferSize = MaximumAnswerBytes };

    /// <summary>Our verdict on a notice, and what each other node says of it.</summary>
    /// <param name="filed">The notice.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    public async Task<(VerdictQuestion Question, Verdict Verdict, ContentHash Digest, ImmutableArray<ComparedVerdict> Others)> CompareAsync(
        FiledNotice filed, CancellationToken cancellationToken)
    {
        var situation = node.Picture.Situation;
        var verdict = Decide.Flight(situation, FlightInQuestion.OnRecord(filed));
        var digest = VerdictContent.Whole(verdict, filed.Reference);
        var question = new VerdictQuestion(filed.Reference.Hash, verdict.KnownAtSize, verdict.JointSize, verdict.ValidAt);
        var others = await Task.WhenAll(parts.Peers.Select(peer => AskAsync(peer, question, cancellationToken)));
        var differing = others.Where(other => other.Digest is { } theirs && theirs != digest).ToList();
        if (differing.Count > 0) Alarm(filed.Reference, verdict, situation, differing);
        return (question, verdict, digest, [.. others]);
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<ComparedVerdict> AskAsync(NodePeer peer, VerdictQuestion question, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await _client.GetAsync(new Uri(peer.Address, question.PathAndQuery), cancellationToken);
            var text = (await answer.Content.ReadAsStringAsync(cancellationToken)).TrimEnd('\n');
            if (answer.IsSuccessStatusCode && ContentHash.Parse(text) is { } digest) return new(peer.Party, digest, "");
            return new(peer.Party, null, answer.StatusCode == System.Net.HttpStatusCode.Conflict ? VerdictQuestion.NotHeldYet : NoAnswer);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new(peer.Party, null, NoAnswer);
        }
    }

    private void Alarm(FlightReference flight, Verdict verdict, Situation situation, List<ComparedVerdict> differing)
    {
        try
        {
            watch.Raise([.. differing.Select(other => new RaisedAlarm
            {
                Kind = AlarmKind.VerdictsDiffer,
                Notice = flight.Hash,
                Party = flight.Party.Value,
                Id = flight.Id.Value,
                Before = VerdictWriter.Word(verdict.Kind),
                After = other.Party.Value,
                Cause = "",
                Verdict = VerdictContent.Json(verdict, flight, situation),
            })]);
        }
        catch (RecordStoreException)
        {
            // The answer says that they differ; the next question raises the alarm again.
        }
    }
}
