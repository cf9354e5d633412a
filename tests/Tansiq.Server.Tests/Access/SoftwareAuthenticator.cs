using System.Buffers.Binary;
using System.Buffers.Text;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Tansiq.Server.Tests.Access;

/// <summary>An authenticator of WebAuthn Level 3 in software, with one ES256 key: attestation "none", a counter, user verified.</summary>
internal sealed class SoftwareAuthenticator : IDisposable
{
    private const byte UserPresentAndVerified = 0x05;
    private const byte WithCredential = 0x40;
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _id = RandomNumberGenerator.GetBytes(32);
    private byte[] _userHandle = [];
    private uint _counter;

    /// <summary>Whether it says that it verified its user.</summary>
    public bool VerifiesUser { get; set; } = true;

    public string Id => Base64Url.EncodeToString(_id);

    /// <summary>Sets the counter back, as a copy of the authenticator would have it.</summary>
    public void SetBack() => _counter = 0;

    /// <summary>navigator.credentials.create().toJSON().</summary>
    public object Create(JsonElement options, string origin)
    {
        _userHandle = Base64Url.DecodeFromChars(options.GetProperty("user").GetProperty("id").GetString());
        var clientData = ClientData("webauthn.create", options, origin);
        var writer = new CborWriter();
        writer.WriteStartMap(3);
        writer.WriteTextString("fmt");
        writer.WriteTextString("none");
        writer.WriteTextString("attStmt");
        writer.WriteStartMap(0);
        writer.WriteEndMap();
        writer.WriteTextString("authData");
        writer.WriteByteString([.. AuthenticatorData(options.GetProperty("rp").GetProperty("id").GetString()!, WithCredential), .. new byte[16], 0, (byte)_id.Length, .. _id, .. PublicKey()]);
        writer.WriteEndMap();
        return new
        {
            id = Id,
            rawId = Id,
            type = "public-key",
            clientExtensionResults = new { },
            response = new { clientDataJSON = Base64Url.EncodeToString(clientData), attestationObject = Base64Url.EncodeToString(writer.Encode()), transports = new List<string> { "internal" } },
        };
    }

    /// <summary>navigator.credentials.get().toJSON().</summary>
    public object Get(JsonElement options, string origin, string? relyingParty = null)
    {
        var clientData = ClientData("webauthn.get", options, origin);
        var data = AuthenticatorData(relyingParty ?? options.GetProperty("rpId").GetString()!, 0);
        var signature = _key.SignData([.. data, .. SHA256.HashData(clientData)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return new
        {
            id = Id,
            rawId = Id,
            type = "public-key",
            clientExtensionResults = new { },
            response = new
            {
                clientDataJSON = Base64Url.EncodeToString(clientData),
                authenticatorData = Base64Url.EncodeToString(data),
                signature = Base64Url.EncodeToString(signature),
                userHandle = Base64Url.EncodeToString(_userHandle),
            },
        };
    }

    public void Dispose() => _key.Dispose();

    private static byte[] ClientData(string type, JsonElement options, string origin) =>
        Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { type, challenge = options.GetProperty("challenge").GetString(), origin, crossOrigin = false }));

    private byte[] AuthenticatorData(string relyingParty, byte more)
    {
        var counter = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(counter, ++_counter);
        var flags = (byte)((VerifiesUser ? UserPresentAndVerified : 0x01) | more);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(relyingParty)), flags, .. counter];
    }

    /// <summary>RFC 9053, 7.1: kty EC2, alg ES256, crv P-256, x, y.</summary>
    private byte[] PublicKey()
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        var writer = new CborWriter(CborConformanceMode.Ctap2Canonical);
        writer.WriteStartMap(5);
        writer.WriteInt32(1);
        writer.WriteInt32(2);
        writer.WriteInt32(3);
        writer.WriteInt32(-7);
        writer.WriteInt32(-1);
        writer.WriteInt32(1);
        writer.WriteInt32(-2);
        writer.WriteByteString(point.X!);
        writer.WriteInt32(-3);
        writer.WriteByteString(point.Y!);
        writer.WriteEndMap();
        return writer.Encode();
    }
}
