using NodaTime;
using Tansiq.Record.Keys;

namespace Tansiq.Server.Access;

/// <summary>How accounts are kept at a node.</summary>
public sealed record AccountSettings
{
    /// <summary>A session ends when nothing was asked in it for so long.</summary>
    public Duration SessionIdle { get; init; } = Duration.FromMinutes(30);

    /// <summary>A session ends after so long in any case: a watch and its handover.</summary>
    public Duration SessionLength { get; init; } = Duration.FromHours(13);

    /// <summary>How much work it is to try one passphrase.</summary>
    public KeyCost PassphraseCost { get; init; } = KeyCost.Standard;

    /// <summary>Logging in with another organisation's accounts; null for none.</summary>
    public Oidc.OidcSettings? Oidc { get; init; }
}
