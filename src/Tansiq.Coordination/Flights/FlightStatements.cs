using NodaTime;
using Tansiq.Coordination.Statements;

namespace Tansiq.Coordination.Flights;

/// <summary>A party gives its word to a notice. Permissive: binds once joint.</summary>
/// <param name="Cites">The notice.</param>
public sealed record Consent(ContentHash Cites) : StatementBody;

/// <summary>A signatory objects to a notice. Restrictive: binds on admission.</summary>
/// <param name="Cites">The notice.</param>
public sealed record Objection(ContentHash Cites) : StatementBody;

/// <summary>A party whose word is needed offers another start instead of giving it (FLT-6).</summary>
/// <param name="Cites">The notice.</param>
/// <param name="From">The start that it offers.</param>
public sealed record OtherDate(ContentHash Cites, Instant From) : StatementBody;

/// <summary>The filer withdraws its notice, or a party its consent, until the flight starts. Restrictive: binds on admission.</summary>
/// <param name="Cites">The notice, or the consent.</param>
public sealed record Withdrawal(ContentHash Cites) : StatementBody;

/// <summary>The office makes visible that an operation lapsed; the lapse itself came with <see cref="RecordTime"/>.</summary>
/// <param name="Cites">The operation.</param>
public sealed record Lapse(ContentHash Cites) : StatementBody;

/// <summary>A notifier makes a protected site known.</summary>
/// <param name="Site">The site.</param>
public sealed record SiteNotification(Site Site) : StatementBody;

/// <summary>A notifier withdraws a site. Its choice alone (FLT-7).</summary>
/// <param name="Cites">The notification.</param>
public sealed record SiteWithdrawal(ContentHash Cites) : StatementBody;
