using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;
using Tansiq.Record.Keys;

namespace Tansiq.Server.Access;

/// <summary>
/// What is kept of a passphrase: Argon2id (RFC 9106) in the usual writing, <c>$argon2id$v=19$m=65536,t=3,p=1$salt$hash</c>. The cost stands in it, so that
/// later ones can cost more. Argon2id and not the framework's PBKDF2: trying costs memory too, and the files of keys use it already.
/// </summary>
internal static class PassphraseHash
{
    private const int SaltBytes = 16;
    private const int HashBytes = 32;
    private const string Start = "$argon2id$v=19$";

    /// <summary>Makes what is kept, with a salt of its own.</summary>
    public static string Make(string passphrase, KeyCost cost)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Start}m={cost.MemoryKibibytes},t={cost.Passes},p=1${Text(salt)}${Text(Derive(passphrase, salt, cost))}");
    }

    /// <summary>Whether a passphrase is the one.</summary>
    /// <exception cref="FormatException">What is kept was not made here.</exception>
    public static bool Verifies(string passphrase, string kept)
    {
        var (cost, salt, hash) = Parts(kept);
        return CryptographicOperations.FixedTimeEquals(Derive(passphrase, salt, cost), hash);
    }

    /// <summary>Whether what is kept was made at another cost than is asked for now.</summary>
    public static bool IsOfAnotherCost(string kept, KeyCost cost) => Parts(kept).Cost != cost;

    private static byte[] Derive(string passphrase, byte[] salt, KeyCost cost) =>
        PasswordBasedKeyDerivationAlgorithm
            .Argon2id(new Argon2Parameters { DegreeOfParallelism = 1, MemorySize = cost.MemoryKibibytes, NumberOfPasses = cost.Passes })
            .DeriveBytes(Encoding.UTF8.GetBytes(passphrase), salt, HashBytes);

    private static (KeyCost Cost, byte[] Salt, byte[] Hash) Parts(string kept)
    {
        var parts = kept.Split('$');
        var numbers = parts.Length == 6 ? parts[3].Split(',') : [];
        if (numbers is not [['m', '=', .. var memory], ['t', '=', .. var passes], "p=1"] || !kept.StartsWith(Start, StringComparison.Ordinal))
            throw new FormatException("What is kept of a passphrase is not in the form of this program.");
        return (new(Number(memory), Number(passes)), Bytes(parts[4]), Bytes(parts[5]));
    }

    private static int Number(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    private static string Text(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    private static byte[] Bytes(string text) => Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '='));
}
