using System.Security.Cryptography;
using System.Text;
using Tansiq.Record.Notes;

namespace Tansiq.Record.Tests;

/// <summary>Private keys that follow from their names.</summary>
internal static class TestKeys
{
    public static SigningKey Signer(string name) => Of(name, SignatureType.Ed25519);

    public static SigningKey Witness(string name) => Of(name, SignatureType.Cosignature);

    public static SigningKey Of(string name, SignatureType type) => SigningKey.FromSeed(name, type, SHA256.HashData(Encoding.UTF8.GetBytes(name))).Value;
}
