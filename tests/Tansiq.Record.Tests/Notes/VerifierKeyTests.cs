using System.Text.Json;
using Tansiq.Record.Notes;

namespace Tansiq.Record.Tests.Notes;

/// <summary>Verifier keys, and what the one verifier makes of the signatures that break others (Wycheproof).</summary>
[Trait("Requirement", "REC-1")]
[Trait("Requirement", "REC-3")]
public class VerifierKeyTests
{
    private const string Peter = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

    [Theory]
    [InlineData(Peter, SignatureType.Ed25519)]
    [InlineData("sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8", SignatureType.Ed25519)]
    [InlineData("remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2", SignatureType.Cosignature)]
    [InlineData("transparency.dev/DEV:witness-little-garden+d8042a87+BCtusOxINQNUTN5Oj8HObRkh2yHf/MwYaGX4CPdiVEPM", SignatureType.Cosignature)]
    public void Parse_PublishedKey_WritesBackAndIsNotTheSameWithoutAnyPart(string text, SignatureType type)
    {
        var key = VerifierKey.Parse(text).Value;
        key.Type.ShouldBe(type);
        key.ToString().ShouldBe(text);
        key.Fingerprint().ShouldStartWith(text.Split('+')[1] + " ");
        for (var start = 0; start < text.Length; start++)
        {
            for (var end = start + 1; end <= text.Length; end++)
            {
                if (end - start < text.Length) VerifierKey.Parse(text[start..end]).Fault!.Code.ShouldBe(RecordFaults.MalformedKey);
            }

            var changed = text[..start] + (char)(text[start] + 1) + text[(start + 1)..];
            VerifierKey.Parse(changed).Fault!.Code.ShouldBe(RecordFaults.MalformedKey, changed);
        }
    }

    [Theory]
    [InlineData("PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==")]
    [InlineData("PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("Peter\u0007+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    [InlineData("Peter\u2003N+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")]
    public void Parse_OtherLengthTypeOrName_IsRefused(string text) => VerifierKey.Parse(text).Fault!.Code.ShouldBe(RecordFaults.MalformedKey);

    [Fact]
    public void Of_NameWithHalfASurrogatePair_IsRefused() =>
        VerifierKey.Of("a\ud800b", SignatureType.Ed25519, VerifierKey.Parse(Peter).Value.PublicKeyBytes()).Fault!.Code.ShouldBe(RecordFaults.MalformedKey);

    [Fact]
    public void Of_MlDsaKey_SaysThatItsTypeIsNotUsedHere() =>
        VerifierKey.Of("witness.example", SignatureType.MlDsa44Cosignature, new byte[1_312]).Fault!.Found.ShouldBe("type 0x06");

    [Fact]
    public void Verifies_EverySignatureOfWycheproof_AsWycheproofJudges()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(PublishedVectors.PathOf("crypto/ed25519_test.json")));
        var judged = 0;
        var differences = new List<string>();
        foreach (var group in document.RootElement.GetProperty("testGroups").EnumerateArray())
        {
            var key = VerifierKey.Of("wycheproof", SignatureType.Ed25519, Hex(group.GetProperty("publicKey"), "pk"));
            foreach (var test in group.GetProperty("tests").EnumerateArray())
            {
                var holds = key.TryGet(out var verifier, out _) && verifier.Verifies(Hex(test, "msg"), Hex(test, "sig"));
                var expected = test.GetProperty("result").GetString();
                if (holds != (expected == "valid")) differences.Add($"test {test.GetProperty("tcId")}: {expected}, here {holds}");
                judged++;
            }
        }

        differences.ShouldBeEmpty();
        judged.ShouldBe(document.RootElement.GetProperty("numberOfTests").GetInt32());
    }

    private static byte[] Hex(JsonElement element, string name) => Convert.FromHexString(element.GetProperty(name).GetString()!);
}
