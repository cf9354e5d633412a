using System.Collections.Immutable;
using Microsoft.Extensions.Hosting;
using Tansiq.Coordination;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Statements;
using Tansiq.Record.Logs;
using Tansiq.Server.Nodes;

namespace Tansiq.Server.Flights;

/// <summary>
/// Holds every notice against the sites that this centre holds, and objects to those that come too near (FLT-7). The objection names no site and no place, and it
/// comes with the next beat of a clock, whatever was found and however many sites there are.
/// </summary>
internal sealed class HeldSiteWatch(INode node, HeldSitesKept kept) : BackgroundService
{
    private const int BeatsBetweenWholeChecks = 30;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(1);

    // Said and perhaps waiting for the office: by the watch alone.
    private readonly HashSet<ContentHash> _said = [];

    // Set by the desk's requests, cleared by the watch.
    private volatile bool _areSitesNew = true;

    /// <summary>Sites were added or withdrawn: all standing notices are checked again.</summary>
    public void Renew() => _areSitesNew = true;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (node.Identity.Role != NodeRole.Centre) return;
        IReadOnlyList<Site> sites = [];
        ImmutableList<ProposedAgreement>? agreements = null;
        var (checkedNotices, beats) = (0, 0);
        using var timer = new PeriodicTimer(Beat);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                var situation = node.Picture.Situation;
                try
                {
                    if (_areSitesNew) (sites, checkedNotices) = (Sites(situation), 0);
                    // What becomes joint, begins, is suspended or resumed brings clauses into force without a new notice.
                    if (!ReferenceEquals(agreements, situation.Agreements) || ++beats % BeatsBetweenWholeChecks == 0) (agreements, checkedNotices) = (situation.Agreements, 0);
                    await ObjectAsync(situation, sites, checkedNotices, stoppingToken);
                    checkedNotices = situation.Notices.Count;
                }
                catch (RecordStoreException)
                {
                    // The disk is full or locked: at the next beat again.
                    checkedNotices = 0;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The node ends.
        }
    }

    private IReadOnlyList<Site> Sites(Situation situation)
    {
        _areSitesNew = false;
        try
        {
            if (situation.Founding is not { } founding || kept.All() is not { Count: > 0 } held) return [];
            var secret = kept.Secret();
            return [.. held.Select(site => site.Blurred(secret, founding.OperationFloorRadiusMetres))];
        }
        catch
        {
            _areSitesNew = true;
            throw;
        }
    }

    private async Task ObjectAsync(Situation situation, IReadOnlyList<Site> sites, int fromNotice, CancellationToken cancellationToken)
    {
        if (sites.Count == 0) return;
        foreach (var filed in HeldSiteCheck.TooNear(situation, node.Identity.Party, sites, fromNotice))
        {
            var notice = filed.Reference.Hash;
            if (_said.Contains(notice)) continue;
            // The same text whenever it is said: after a restart it is not there twice.
            var text = StatementWriter.Write(new("objection:" + notice.Hex[..32]), node.Identity.Party, filed.Filed.At, new Objection(notice)).Value;
            if (await node.SayAsync(text, [], cancellationToken) is not Submission.Refused) _said.Add(notice);
        }
    }
}
