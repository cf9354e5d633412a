using System.Text;
using NSec.Cryptography;
using Tansiq.Server.Federation.Signing;

namespace Tansiq.Server.Tests.Federation.Signing;

/// <summary>The signature base is the RFC's: its own example of Ed25519 gives its own signature.</summary>
public sealed class SignatureBaseTests
{
    [Fact, Trait("Requirement", "REC-2")]
    public void SignatureBase_OfRfc9421AppendixB26_GivesItsSignature()
    {
        const string input = "(\"date\" \"@method\" \"@path\" \"@authority\" \"content-type\" \"content-length\");created=1618884473;keyid=\"test-key-ed25519\"";
        var fields = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["date"] = "Tue, 20 Apr 2021 02:07:55 GMT",
            ["content-type"] = "application/json",
            ["content-length"] = "18",
        };
        var read = SignatureInput.Parse("sig-b26=" + input).ShouldNotBeNull();
        var text = SignatureBase.Of(new("POST", "example.com", "/foo", "?param=Value&Pet=dog", fields.GetValueOrDefault), read).ShouldNotBeNull();
        Encoding.UTF8.GetString(text).ShouldEndWith("\"@signature-params\": " + input);

        using var key = Key.Import(SignatureAlgorithm.Ed25519, Convert.FromBase64String("n4Ni+HpISpVObnQMW0wOhCKROaIKqKtW/2ZYb2p9KcU="), KeyBlobFormat.RawPrivateKey);
        Convert.ToBase64String(SignatureAlgorithm.Ed25519.Sign(key, text)).ShouldBe("wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==");
    }

    [Theory]
    [InlineData("a=(\"@method\");created=1;created=2;keyid=\"k\"")]
    [InlineData("a=(\"@method\" \"@method\");created=1")]
    [InlineData("a=(\"@method\";req);created=1")]
    [InlineData("a=(\"@method\");created=1, b=(\"@path\");created=1")]
    [InlineData("a=(\"@method\")created=1")]
    [InlineData("a=(\"@method\");alg=\"hmac-sha256\"")]
    [InlineData("=(\"@method\")")]
    [InlineData("a=(\"@method")]
    [InlineData("a=(\"@method\");created=9999999999999999")]
    public void SignatureInput_InAnotherForm_IsNotUnderstood(string field) => SignatureInput.Parse(field).ShouldBeNull();

    [Fact]
    public void NonceMemory_WithinItsTime_KnowsEveryNonceAndIsBounded()
    {
        var memory = new NonceMemory(seconds: 10, maximum: 3);
        memory.Take(1, 100).ShouldBe(NonceMemory.Answer.New);
        memory.Take(2, 109).ShouldBe(NonceMemory.Answer.New);
        memory.Take(1, 109).ShouldBe(NonceMemory.Answer.Known);
        memory.Take(3, 109).ShouldBe(NonceMemory.Answer.New);
        memory.Take(4, 109).ShouldBe(NonceMemory.Answer.Full);
        memory.Take(2, 119).ShouldBe(NonceMemory.Answer.Known);
        memory.Take(5, 119).ShouldBe(NonceMemory.Answer.New);
        memory.Take(2, 131).ShouldBe(NonceMemory.Answer.New);
        memory.Take(5, 131).ShouldBe(NonceMemory.Answer.Known);
    }
}
