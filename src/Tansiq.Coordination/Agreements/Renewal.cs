using NodaTime;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Agreements;

/// <summary>
/// A signatory renews an agreement (AGR-8). Permissive: it takes effect once every signatory has said the same new end, joint, before the old end;
/// otherwise the agreement lapses.
/// </summary>
/// <param name="Cites">The proposal.</param>
/// <param name="Until">The new end.</param>
public sealed record Renewal(ContentHash Cites, Instant Until) : StatementBody;

/// <summary>A signatory's word that an agreement goes on.</summary>
/// <param name="Party">Who said it.</param>
/// <param name="Until">Until when.</param>
/// <param name="Hash">The hash of its text.</param>
/// <param name="Place">Where it stands.</param>
public sealed record SaidRenewal(Id<Party> Party, Instant Until, ContentHash Hash, RecordPlace Place);
