using Microsoft.AspNetCore.Http;
using NodaTime;
using Tansiq.Geo.Text;
using Tansiq.Server.Access;
using Tansiq.Server.Audit;
using Tansiq.Server.Nodes;

namespace Tansiq.Server.Drafts;

/// <summary>Releases drafts: what an officer releases is said in the party's name.</summary>
internal sealed class DraftRelease(DraftStore drafts, INode node, AuditLog audit, IClock clock)
{
    /// <summary>Releases a draft. Asked again after it was released, by whoever may release it, it says the same text again and gives the same answer.</summary>
    /// <param name="context">The request.</param>
    /// <param name="draft">The draft.</param>
    /// <param name="revision">The revision that the officer read.</param>
    public async Task<Submission> ReleaseAsync(HttpContext context, Draft draft, int revision)
    {
        var actor = context.AuditActor();
        if (draft.Released is null)
        {
            if (!Keep(context.Caller(), draft, revision).TryGet(out var kept, out var problem))
            {
                audit.Add(new(actor, AuditActs.Release, DraftStore.About(draft.Type, draft.Id.Value), problem.Code));
                return new Submission.Refused(problem);
            }

            draft = kept;
        }
        else if (DraftRules.ReleaseRole(context.Caller(), node, draft.Type).Refusal is { } refusal) return new Submission.Refused(refusal);

        // What is kept is said to the end, whoever waits for the answer.
        var answer = await node.SayAsync(draft.Released!.Text, draft.Attachments, CancellationToken.None).ConfigureAwait(false);
        if (answer is Submission.Refused) drafts.TakeBack(draft.Id.Value);
        audit.Add(new(actor, AuditActs.Release, DraftStore.About(draft.Type, draft.Id.Value), (answer as Submission.Refused)?.Refusal.Code));
        return answer;
    }

    private Parsed<Draft> Keep(Caller caller, Draft draft, int revision)
    {
        if (!DraftRules.ReleaseRole(caller, node, draft.Type).TryGet(out var role, out var refusal)) return refusal;
        if (DraftRules.StandstillProblem(node, draft.Type) is { } standstill) return standstill;
        var now = clock.GetCurrentInstant();
        var text = DraftText.Write(draft, node, new(new(caller.Name), role), now);
        return DraftText.Try(text, draft, node).TryGet(out _, out refusal)
            ? drafts.Release(draft.Id.Value, revision, new(caller.Name, now, text), DraftRules.NeedsTwo(node, draft.Type))
            : refusal;
    }
}
