using System.Text;
using Tansiq.Geo.Text;

namespace Tansiq.Server.Access;

/// <summary>
/// What a passphrase has to be (NIST SP 800-63B-4, 3.1.1: length, not kinds of characters): 15 to 256 characters, eight of them different, without the pseudonym.
/// </summary>
public static class PassphraseRules
{
    /// <summary>The fewest characters.</summary>
    public const int MinimumLength = 15;

    /// <summary>The most characters.</summary>
    public const int MaximumLength = 256;

    private const int MinimumDifferent = 8;

    /// <summary>Why a passphrase is not taken; null where it is. What it says never quotes the passphrase.</summary>
    public static Refusal? Problem(string passphrase, string officer)
    {
        ArgumentNullException.ThrowIfNull(passphrase);
        ArgumentNullException.ThrowIfNull(officer);
        var length = passphrase.EnumerateRunes().Count();
        if (length is < MinimumLength or > MaximumLength) return Weak("another length", $"{MinimumLength} to {MaximumLength} characters");
        if (passphrase.EnumerateRunes().Distinct().Count() < MinimumDifferent) return Weak("the same few characters", $"at least {MinimumDifferent} different characters");
        return passphrase.Contains(officer, StringComparison.OrdinalIgnoreCase) ? Weak("the officer's pseudonym in it", "a passphrase without it") : null;
    }

    private static Refusal Weak(string found, string expected) => new(AccessCodes.WeakPassphrase, "/passphrase", found, expected);
}
