using System.Text;
using NodaTime;
using Tansiq.Record.Checkpoints;
using Tansiq.Record.Merkle;
using Tansiq.Record.Notes;

namespace Tansiq.Record.Tests.Checkpoints;

/// <summary>Checkpoints and cosignatures of other people's logs and witnesses (tlog-checkpoint, tlog-cosignature), and of our own.</summary>
[Trait("Requirement", "REC-1")]
[Trait("Requirement", "REC-3")]
public class SignedCheckpointTests
{
    // A staging log with signatures of type 0x05, which stay unknown here, 0x01, and four witnesses' of type 0x04.
    private const string Arche = """
        arche2025h1.staging.ct.transparency.dev
        1432088532
        U7WM79jrzyhGZ5/GUBTpM7NzwdyfFx61t3RovgcC4Ro=

        — arche2025h1.staging.ct.transparency.dev zTM8sQAAAZ5W0WdjBAMARjBEAiBjW5IQf9pvsYLfQFX6hoGREPMHbdQ3urbllzalApkptQIgIpwtEroeW2BXaHAI4kJXFbon5Ch9MNL5zRNZ55lvGt0=
        — arche2025h1.staging.ct.transparency.dev ui8GwCF1+kWqZrxGdhj4aX3gcw7XUlXQQabg/27lefwhUkzbC3NygNI75MdhL1bfTW9g8Ei59RA23oHP7Ry1k3ZFWwQ=
        — transparency.dev/DEV:witness-little-garden 2AQqhwAAAABqEiEgzgFIqqhbUoDwjMWE6UP8nd8/KYTzwZ2rhIgcqoXHAwVkjZr4AscylP3v7sEodkRAErumC2q44vdgJY096st5BQ==
        — witness1.smartit.nu/witness1 pIyCDwAAAABqEiEghIp82KWebrw7/oHQwlTAm3g2RKS4+eebl8eO0WH+/iEcxZ75W3u5hNI7TOQtmJbqmNWVuE0tgh0XwzdZsDsUAQ==
        — remora.n621.de 2net5wAAAABqEiEgPlfF3V06o0Y+fHM+J5J9s27wgxxcOVSpZ/2g/KSiXCg9DEZI+aVCIobWX9sXTynk5XeU/zZ0WBxtqB0DrAWfBw==
        — witness.stagemole.eu Z/euoAAAAABqEiEgw0i+7g2ENfDAWHmtRzCfKTHSDwYDJA2NmKeGi9Y8FtEyOUvVr+AJmIY/2TUFucgKi7lI7cUiOvKFYe/TmN9DAg==

        """;

    private const string ArcheKey = "arche2025h1.staging.ct.transparency.dev+ba2f06c0+AU0vHmlGCS/PdN8b2OaGmKprLI8HKM+dJ472xgFYh15f";

    private static readonly string[] Witnesses =
    [
        "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2",
        "witness.stagemole.eu+67f7aea0+BEqSG3yu9YrmcM3BHvQYTxwFj3uSWakQepafafpUqklv",
        "transparency.dev/DEV:witness-little-garden+d8042a87+BCtusOxINQNUTN5Oj8HObRkh2yHf/MwYaGX4CPdiVEPM",
        "witness1.smartit.nu/witness1+a48c820f+BPSFWg9G6KPiO7QPryYO5Xq4oYJJ+kAvLKLSimDhoxMO",
    ];

    [Fact]
    public void Open_CheckpointOfAnotherLogWithFourWitnesses_FindsTheFourCosignaturesAndTheirTime()
    {
        VerifierKey[] witnesses = [.. Witnesses.Select(text => VerifierKey.Parse(text).Value)];
        using var stranger = TestKeys.Witness("stranger.example");
        var signed = Open(Arche, VerifierKey.Parse(ArcheKey).Value, [.. witnesses, stranger.Verifier]).Value;
        signed.Checkpoint.Size.ShouldBe(1_432_088_532);
        signed.Cosignatures.Select(cosignature => cosignature.Key).ShouldBe([witnesses[2], witnesses[3], witnesses[0], witnesses[1]]);
        signed.Cosignatures.ShouldAllBe(cosignature => cosignature.Time == Instant.FromUnixTimeSeconds(0x6a122120));
        signed.IsCosignedBy(witnesses).ShouldBeTrue();
        signed.IsCosignedBy([.. witnesses, stranger.Verifier]).ShouldBeFalse();
    }

    [Fact]
    public void Open_AnotherTimeInACosignature_RefusesTheCheckpoint()
    {
        var changed = Arche.Replace("2net5wAAAABqEiEg", "2net5wAAAABqEiEh", StringComparison.Ordinal);
        var log = VerifierKey.Parse(ArcheKey).Value;
        Open(changed, log, VerifierKey.Parse(Witnesses[0]).Value).Fault!.Code.ShouldBe(RecordFaults.BadSignature);
        Open(changed, log, VerifierKey.Parse(Witnesses[1]).Value).Value.Cosignatures.Length.ShouldBe(1);
        Open(Arche.Replace("1432088532", "1432088533", StringComparison.Ordinal), log).Fault!.Code.ShouldBe(RecordFaults.BadSignature);
    }

    [Fact]
    public void Open_WithoutTheLogsSignatureOrOfAnotherOrigin_IsRefused()
    {
        var witness = VerifierKey.Parse(Witnesses[0]).Value;
        using var namesake = TestKeys.Signer("arche2025h1.staging.ct.transparency.dev");
        using var other = TestKeys.Signer("other.example");
        Open(Arche, namesake.Verifier, witness).Fault!.Code.ShouldBe(RecordFaults.UnknownKey);
        Open(Arche, other.Verifier, witness).Fault!.Code.ShouldBe(RecordFaults.OtherOrigin);
    }

    [Theory]
    [InlineData("15081221", "BoMMe1wd25Tco0mYGROkyqxHZWx+hcSCtMV315Lu6Lg=", "Az3grilD7vQqTrv66jRgKM84Y80KTprrSt4bKmiOPxgmS5ZVBTeCl6dUvjYnN13R+C8j0jGY1WnUADGMkok3U0m2Zgo=")]
    [InlineData("63096908", "8lHrQPRYe4KT4WQ9/Qk8/taKnD6IRHbFgfN7vQE2Y54=", "Az3gri/oVBN1jAhNZ/iS+W31psFAWRT20/GyrhpU6taFwulQGetBkH5S7wpGXdS935jiIGiUUAXBVHzT/P6fYhqAmAk=")]
    public void Verify_CheckpointOfTheGoChecksumDatabase_Holds(string size, string root, string signature)
    {
        var key = VerifierKey.Parse("sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8").Value;
        var note = SignedNote.Read(Encoding.UTF8.GetBytes($"go.sum database tree\n{size}\n{root}\n\n— sum.golang.org {signature}\n")).Value;
        note.Verify(key).Fault.ShouldBeNull();
        Checkpoint.Parse(note.Text.Span).Value.Text().ShouldBe(note.Text.ToArray());
    }

    [Theory]
    [InlineData("a\n0\n", 0)]
    [InlineData("a\n20852163\n", 20_852_163)]
    [InlineData("a\n9223372036854775807\n", long.MaxValue)]
    public void Parse_Checkpoint_WritesBackTheSameBytes(string start, long size)
    {
        var text = Encoding.UTF8.GetBytes(start + "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n");
        var checkpoint = Checkpoint.Parse(text).Value;
        checkpoint.Size.ShouldBe(size);
        checkpoint.Text().ShouldBe(text);
    }

    [Theory]
    [InlineData("\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("a\n01\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("a\n+1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("a\n-1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("a\n1\0\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("a\n\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("a\n9223372036854775808\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    [InlineData("a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n")]
    [InlineData("a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2==\n")]
    [InlineData("a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=")]
    [InlineData("a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\nextension\n")]
    [InlineData("a\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n")]
    public void Parse_WhatIsNoCheckpoint_IsRefused(string text) =>
        Checkpoint.Parse(Encoding.UTF8.GetBytes(text)).Fault!.Code.ShouldBe(RecordFaults.MalformedCheckpoint);

    [Theory]
    [InlineData(255, null)]
    [InlineData(256, RecordFaults.MalformedCheckpoint)]
    public void Parse_OriginAtTheLimit_IsTakenAndOneByteMoreIsNot(int bytes, string? code) =>
        (Checkpoint.Parse(Encoding.UTF8.GetBytes(new string('a', bytes) + "\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")).Fault?.Code).ShouldBe(code);

    [Fact]
    public void Cosign_WholeSeconds_VerifiesAndCarriesThem()
    {
        using var log = TestKeys.Signer("log.example");
        using var witness = TestKeys.Witness("witness.example");
        var text = new Checkpoint("log.example", 7, MerkleHashing.Leaf([7])).Text();
        var time = Instant.FromUtc(2016, 7, 15, 9, 0, 0).PlusNanoseconds(999_999_999);
        var note = SignedNote.Of(text, log.Sign(text), witness.Cosign(text, time));
        SignedCheckpoint.Open(note.Bytes, log.Verifier, witness.Verifier).Value.Cosignatures.ShouldHaveSingleItem().Time.ShouldBe(Instant.FromUtc(2016, 7, 15, 9, 0, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => witness.Cosign(text, Instant.FromUnixTimeSeconds(-1)));
        Should.Throw<InvalidOperationException>(() => witness.Sign(text));
        Should.Throw<InvalidOperationException>(() => log.Cosign(text, time));
    }

    private static Checked<SignedCheckpoint> Open(string note, VerifierKey log, params VerifierKey[] witnesses) =>
        SignedCheckpoint.Open(Encoding.UTF8.GetBytes(note), log, witnesses);
}
