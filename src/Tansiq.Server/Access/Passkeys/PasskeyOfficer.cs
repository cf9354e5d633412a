namespace Tansiq.Server.Access.Passkeys;

/// <summary>An officer as the framework's WebAuthn sees one: the pseudonym and nothing else.</summary>
/// <param name="officer">The pseudonym; it is the user handle too, for it names no person.</param>
internal sealed class PasskeyOfficer(string officer)
{
    /// <summary>The pseudonym.</summary>
    public string Officer { get; } = officer;
}
