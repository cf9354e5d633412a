using Tansiq.Coordination;
using Tansiq.Coordination.Parties;

namespace Tansiq.Server.Nodes;

/// <summary>Who a node is. It does not change while it runs.</summary>
/// <param name="Role">What it is for.</param>
/// <param name="Party">For whom it speaks: the office, a signatory, or an observer of the founding.</param>
/// <param name="Name">What people know it by, for example <c>us.localhost</c>.</param>
/// <param name="Kind">Exercise or real (BND-4).</param>
public sealed record NodeIdentity(NodeRole Role, Id<Party> Party, string Name, RecordKind Kind);
