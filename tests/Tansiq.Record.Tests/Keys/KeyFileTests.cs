using System.Text;
using System.Text.Json.Nodes;
using Tansiq.Record.Keys;
using Tansiq.Record.Notes;

namespace Tansiq.Record.Tests.Keys;

/// <summary>Files of private keys: plain, under a passphrase, changed by somebody else, beyond the bounds.</summary>
[Trait("Requirement", "REC-1")]
public class KeyFileTests
{
    private static readonly byte[] Seed = [.. Enumerable.Range(1, SigningKey.SeedBytes).Select(number => (byte)number)];
    private static readonly KeyCost Cheap = new(KeyCost.LeastMemoryKibibytes, 1);

    [Theory]
    [InlineData("us.centre.example", SignatureType.Ed25519)]
    [InlineData("us.centre.example", SignatureType.Cosignature)]
    [InlineData("центр.example/\"\\", SignatureType.Ed25519)]
    public void Open_PlainFile_GivesTheKeyOfTheSeed(string name, SignatureType type)
    {
        using var expected = SigningKey.FromSeed(name, type, Seed).Value;
        var file = KeyFile.Read(KeyFile.Write(name, type, Seed).Value).Value;
        (file.IsSealed, file.Verifier).ShouldBe((false, expected.Verifier));
        using var key = file.Open(null).Value;
        key.Verifier.ShouldBe(expected.Verifier);
    }

    [Fact]
    public void Open_UnderAPassphrase_NeedsThatOne()
    {
        var file = KeyFile.Read(Sealed()).Value;
        file.IsSealed.ShouldBeTrue();
        using var key = file.Open("كلمة السر").Value;
        key.Verifier.ShouldBe(file.Verifier);
        Encoding.UTF8.GetString(Sealed()).ShouldNotContain(Convert.ToBase64String(Seed)[..8]);
        file.Open("كلمة السر ").Fault!.Code.ShouldBe(RecordFaults.PassphraseWrong);
        file.Open(null).Fault!.Code.ShouldBe(RecordFaults.PassphraseNeeded);
        file.Open("").Fault!.Code.ShouldBe(RecordFaults.PassphraseNeeded);
    }

    [Theory]
    [InlineData("salt")]
    [InlineData("nonce")]
    [InlineData("box")]
    public void Open_SealedFileWithAChangedPart_IsRefused(string member)
    {
        var json = JsonNode.Parse(Sealed())!;
        var bytes = Convert.FromBase64String(json["sealed"]![member]!.GetValue<string>());
        bytes[0] ^= 1;
        json["sealed"]![member] = Convert.ToBase64String(bytes);
        KeyFile.Read(Encoding.UTF8.GetBytes(json.ToJsonString())).Value.Open("كلمة السر").Fault!.Code.ShouldBe(RecordFaults.PassphraseWrong);
    }

    [Fact]
    public void Open_FileThatNamesAnotherKey_IsRefused()
    {
        using var other = TestKeys.Signer("us.centre.example");
        var plain = JsonNode.Parse(KeyFile.Write("us.centre.example", SignatureType.Ed25519, Seed).Value)!;
        var box = JsonNode.Parse(Sealed())!;
        (plain["key"], box["key"]) = (other.Verifier.ToString(), other.Verifier.ToString());
        KeyFile.Read(Encoding.UTF8.GetBytes(plain.ToJsonString())).Value.Open(null).Fault!.Code.ShouldBe(RecordFaults.MalformedKeyFile);
        KeyFile.Read(Encoding.UTF8.GetBytes(box.ToJsonString())).Value.Open("كلمة السر").Fault!.Code.ShouldBe(RecordFaults.PassphraseWrong);
    }

    [Theory]
    [InlineData("""{"kind":"tansiq.key.v1"}""")]
    [InlineData("""[]""")]
    [InlineData("""{"kind":"tansiq.key.v2","key":"a","seed":"AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA="}""")]
    [InlineData("""{"kind":"tansiq.key.v1","kind":"tansiq.key.v1","key":"a","seed":""}""")]
    [InlineData("""{"kind":"tansiq.key.v1","key":"PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW","seed":"AQID"}""")]
    [InlineData("""{"kind":"tansiq.key.v1","key":"PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW","seed":7}""")]
    [InlineData("""{"kind":"tansiq.key.v1","key":"PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW","seed":"AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA=","sealed":{}}""")]
    [InlineData("""{"kind":"tansiq.key.v1","key":"PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW","sealed":{}}""")]
    [InlineData("""{"kind":"\ud800","key":"a","seed":""}""")]
    [InlineData("""{"kind":{"a":{"a":{}}},"key":"a","seed":""}""")]
    [InlineData("not JSON")]
    public void Read_WhatIsNoKeyFile_IsRefused(string text) => KeyFile.Read(Encoding.UTF8.GetBytes(text)).Fault!.Code.ShouldBe(RecordFaults.MalformedKeyFile);

    [Theory]
    [InlineData("memoryKibibytes", KeyCost.LeastMemoryKibibytes, true)]
    [InlineData("memoryKibibytes", KeyCost.LeastMemoryKibibytes - 1, false)]
    [InlineData("memoryKibibytes", KeyCost.MostMemoryKibibytes, true)]
    [InlineData("memoryKibibytes", KeyCost.MostMemoryKibibytes + 1, false)]
    [InlineData("passes", 0, false)]
    [InlineData("passes", KeyCost.MostPasses, true)]
    [InlineData("passes", KeyCost.MostPasses + 1, false)]
    public void Read_CostAtTheLimit_IsTakenAndBeyondIsNot(string member, int value, bool isTaken)
    {
        var json = JsonNode.Parse(Sealed())!;
        json["sealed"]![member] = value;
        (KeyFile.Read(Encoding.UTF8.GetBytes(json.ToJsonString())).Fault?.Code).ShouldBe(isTaken ? null : RecordFaults.MalformedKeyFile);
    }

    [Theory]
    [InlineData(KeyFile.MaximumBytes, true)]
    [InlineData(KeyFile.MaximumBytes + 1, false)]
    public void Read_FileAtTheLimit_IsTakenAndOneByteMoreIsNot(int bytes, bool isTaken)
    {
        var file = Encoding.UTF8.GetString(KeyFile.Write("us.centre.example", SignatureType.Ed25519, Seed).Value).PadRight(bytes);
        (KeyFile.Read(Encoding.UTF8.GetBytes(file)).Fault?.Code).ShouldBe(isTaken ? null : RecordFaults.MalformedKeyFile);
    }

    private static byte[] Sealed() =>
        KeyFile.WriteSealed("us.centre.example", SignatureType.Ed25519, Seed, "كلمة السر", new byte[KeyFile.SaltBytes], new byte[KeyFile.NonceBytes], Cheap).Value;
}
