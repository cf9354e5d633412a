using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Shouldly;
using Tansiq.Cli.Recording;
using Tansiq.Coordination.Languages;
using Tansiq.Record.Notes;
using Tansiq.Server.Record;
using Xunit;

namespace Tansiq.Cli.Tests.Recording;

/// <summary>A user's whole way with a record: show, prove, verify, export, decide.</summary>
[Trait("Requirement", "REC-1")]
public sealed class RecordWayTests(PlayedRecord played) : IClassFixture<PlayedRecord>
{
    private const char RightToLeftMark = '\u200F';
    private readonly RecordFixture _fixture = played.Fixture;

    [Fact]
    public void Init_OverAnExistingRecord_IsRefusedAndChangesNothing()
    {
        var before = File.ReadAllBytes(Path.Combine(played.Office, "record.sqlite"));
        var (exit, _, error) = RecordFixture.Run("record", "init", played.Office, "--scenario", RecordFixture.Scenario, "--office-key", _fixture.OfficeKeys, "--public", _fixture.Public("us"));
        exit.ShouldBe(2);
        error.TrimEnd('\n').Split('\n').ShouldHaveSingleItem().ShouldContain("cli.folder-not-empty");
        File.ReadAllBytes(Path.Combine(played.Office, "record.sqlite")).ShouldBe(before);
    }

    [Fact]
    public void Init_WithoutAPartysKeys_LeavesNoFolder()
    {
        var folder = _fixture.PathOf("halfway");
        var (exit, _, error) = RecordFixture.Run("record", "init", folder, "--scenario", RecordFixture.Scenario, "--office-key", _fixture.OfficeKeys, "--public", _fixture.Public("us"));
        exit.ShouldBe(2);
        error.ShouldContain("parties.keys-missing");
        Directory.GetFileSystemEntries(_fixture.Folder, "halfway*").ShouldBeEmpty();
    }

    [Fact]
    [Trait("Requirement", "BND-4")]
    public void Show_EveryEntryInEveryLanguage_SaysAllAndExerciseFirst()
    {
        foreach (var language in Phrasebook.Languages)
        {
            var phrases = Phrasebook.For(language).Value;
            var (exit, output, error) = RecordFixture.Run("record", "show", played.Ru, $"0-{Size(played.Ru)}", "--language", language);
            exit.ShouldBe(0, error);
            var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            lines[0].TrimStart(RightToLeftMark).ShouldBe(phrases.Text("banner.exercise"));
            lines.ShouldAllBe(line => line.StartsWith(RightToLeftMark) == phrases.IsRightToLeft);
            output.ShouldNotContain(phrases.Text("value.not-stated"));
            output.ShouldNotContain("{");
            foreach (var type in new[] { "record.founding", "record.time", "agreements.proposal", "agreements.suspension", "agreements.control-map", "flights.notice", "flights.consent", "flights.site", "flights.withdrawal" })
                output.ShouldContain(phrases.Text("record.type." + type));
        }
    }

    [Fact]
    public void Show_InArabic_KeepsIdentifiersTimesAndPlacesFromLeftToRight()
    {
        var (_, output, _) = RecordFixture.Run("record", "show", played.Ru, $"0-{Size(played.Ru)}", "--language", "ar");
        foreach (var line in output.Split('\n').Where(line => line.Any(char.IsAsciiLetterOrDigit)))
        {
            var depth = 0;
            foreach (var letter in line)
            {
                if (letter is '\u2066' or '\u2068') depth++;
                if (letter == '\u2069') depth--;
                if (char.IsAsciiLetterOrDigit(letter)) depth.ShouldBeGreaterThan(0, line);
            }
        }
    }

    [Fact]
    public void Show_JsonOfEveryEntry_TellsEffectJointnessAndTheExactText()
    {
        var (exit, output, error) = RecordFixture.Run("record", "show", played.Ru, $"0-{Size(played.Ru)}", "--json");
        exit.ShouldBe(0, error);
        var entries = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        entries.Count.ShouldBe(Size(played.Ru));
        entries.ShouldAllBe(entry => entry.GetProperty("joint").GetBoolean() && entry.GetProperty("kind").GetString() == "exercise");
        entries[0].GetProperty("type").GetString().ShouldBe("record.founding");
        var raw = RecordFixture.Run("record", "show", played.Ru, "1", "--raw").Output;
        SignedNote.Read(Encoding.UTF8.GetBytes(raw)).Value.Text.Span.SequenceEqual(Encoding.UTF8.GetBytes(entries[1].GetProperty("text").GetString()!)).ShouldBeTrue();
    }

    [Fact]
    public void Show_ARecordThatIsNotJoint_SaysThatLeaveIsNotGivenYet()
    {
        var (_, output, _) = RecordFixture.Run("record", "show", played.Office, $"0-{Size(played.Office)}", "--json");
        var entries = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        entries.Where(entry => entry.GetProperty("type").GetString() == "flights.consent" && entry.GetProperty("effect").GetString() != "none")
            .Select(entry => entry.GetProperty("effect").GetString()).Distinct().ShouldBe(["once-joint"]);
        entries.ShouldAllBe(entry => !entry.GetProperty("joint").GetBoolean());
    }

    [Fact]
    [Trait("Requirement", "REC-3")]
    public void Prove_AnEntryOfAJointRecord_VerifiesWithNothingButProofStatementAndKeys()
    {
        var (proof, statement) = (_fixture.PathOf("p.tlog-proof"), _fixture.PathOf("p.note"));
        RecordFixture.Run("record", "prove", played.Ru, "5", "--out", proof, "--statement", statement).Exit.ShouldBe(0);
        string[] verify = ["record", "verify", "--proof", proof, "--statement", statement, "--log-key", _fixture.LogKey];
        var (exit, output, error) = RecordFixture.Run([.. verify, "--witness", _fixture.PathOf("keys/us/public.txt"), _fixture.PathOf("keys/ru/public.txt"), "--author", _fixture.PathOf("keys/us/public.txt"), _fixture.PathOf("keys/ru/public.txt"), _fixture.PathOf("keys/un-who/public.txt"), _fixture.PathOf("keys/office/public.txt")]);
        exit.ShouldBe(0, output + error);
        output.Split('\n').Count(line => line.StartsWith("holds: ", StringComparison.Ordinal)).ShouldBe(5, output);

        File.WriteAllText(statement, File.ReadAllText(statement).Replace("2016", "2017", StringComparison.Ordinal));
        RecordFixture.Run(verify).Exit.ShouldBe(3);
        RecordFixture.Run("record", "prove", played.Office, "5", "--out", proof, "--statement", statement).Exit.ShouldBe(0);
        var (missing, said, _) = RecordFixture.Run([.. verify, "--witness", _fixture.PathOf("keys/us/public.txt")]);
        missing.ShouldBe(3);
        said.ShouldContain("does not hold: ");
    }

    [Fact]
    [Trait("Requirement", "REC-3")]
    public void Prove_ByHash_FindsTheSameEntry()
    {
        var entry = JsonDocument.Parse(RecordFixture.Run("record", "show", played.Ru, "7", "--json").Output).RootElement;
        var byIndex = RecordFixture.Run("record", "prove", played.Ru, "7").Output;
        RecordFixture.Run("record", "prove", played.Ru, entry.GetProperty("hash").GetString()!).Output.ShouldBe(byIndex);
        RecordFixture.Run("record", "prove", played.Ru, entry.GetProperty("leaf").GetString()!).Output.ShouldBe(byIndex);
        RecordFixture.Run("record", "prove", played.Ru, new string('0', 64)).Exit.ShouldBe(2);
        RecordFixture.Run("record", "prove", played.Ru, Size(played.Ru).ToString(CultureInfo.InvariantCulture)).Exit.ShouldBe(2);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Requirement", "REC-3")]
    public void Verify_DatabaseAndExportedFolder_HoldsWithBothCosignatures(bool foldsSituation)
    {
        var folder = _fixture.PathOf("exported-" + foldsSituation);
        RecordFixture.Run("record", "export", played.Ru, folder).Exit.ShouldBe(0);
        string[] options = ["--log-key", _fixture.LogKey, "--witness", _fixture.PathOf("keys/us/public.txt"), _fixture.PathOf("keys/ru/public.txt"), .. foldsSituation ? new[] { "--situation" } : []];
        var ofDatabase = RecordFixture.Run(["record", "verify", played.Ru, .. options]);
        var ofFolder = RecordFixture.Run(["record", "verify", folder, .. options]);
        ofDatabase.Exit.ShouldBe(0, ofDatabase.Output + ofDatabase.Error);
        ofFolder.Output.ShouldBe(ofDatabase.Output);
        ofFolder.Output.Contains("digest of the situation", StringComparison.Ordinal).ShouldBe(foldsSituation);
    }

    [Fact]
    [Trait("Requirement", "REC-5")]
    public void Verify_AFolderWithAChangedByte_SaysWhereAndKeepsTheEvidence()
    {
        var (folder, evidence) = (_fixture.PathOf("tampered"), _fixture.PathOf("evidence"));
        RecordFixture.Run("record", "export", played.Office, folder).Exit.ShouldBe(0);
        var bundle = Directory.GetFiles(Path.Combine(folder, "tile/entries"), "*", SearchOption.AllDirectories)[0];
        var bytes = File.ReadAllBytes(bundle);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(bundle, bytes);
        var (exit, output, _) = RecordFixture.Run("record", "verify", folder, "--log-key", _fixture.LogKey, "--evidence", evidence);
        exit.ShouldBe(3, output);
        output.ShouldContain("does not hold: ");
        Directory.GetFiles(evidence).Length.ShouldBeGreaterThan(1);

        var (json, said, _) = RecordFixture.Run("record", "verify", folder, "--log-key", _fixture.LogKey, "--json");
        json.ShouldBe(3);
        JsonDocument.Parse(said).RootElement.GetProperty("holds").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public void Verify_WithoutALogKey_SaysThatTheKeysAreTheRecordsOwn()
    {
        var (exit, output, error) = RecordFixture.Run("record", "verify", played.Ru);
        exit.ShouldBe(0, error);
        output.ShouldContain("keys are those that the record itself names; compare the fingerprints");
    }

    [Fact]
    [Trait("Requirement", "REC-5")]
    public void Verify_WithAnotherLogsKey_DoesNotHold()
    {
        var other = File.ReadAllLines(_fixture.PathOf("keys/us/public.txt"))[0];
        RecordFixture.Run("record", "verify", played.Ru, "--log-key", other).Exit.ShouldBe(3);
    }

    [Fact]
    [Trait("Requirement", "FLT-3")]
    public void Decide_OnTheJointRecord_GivesTheVerdictsOfTheScenario()
    {
        foreach (var notice in new[] { "n01", "n15", "n04", "n03", "n12" })
        {
            var path = Path.Combine(RecordFixture.Scenario, "notices", notice + ".json");
            var ofScenario = RecordFixture.Run("decide", path, "--scenario", RecordFixture.Scenario, "--json");
            var ofRecord = RecordFixture.Run("decide", path, "--record", played.Ru, "--json");
            ofRecord.Exit.ShouldBe(ofScenario.Exit, notice + ofRecord.Error);
            Reasons(ofRecord.Output).ShouldBe(Reasons(ofScenario.Output), notice);
        }
    }

    [Fact]
    [Trait("Requirement", "FLT-3")]
    public void Decide_KnownAtAnEarlierSize_AnswersAsTheRecordStoodThen()
    {
        var path = Path.Combine(RecordFixture.Scenario, "notices", "n12.json");
        var entries = RecordFixture.Run("record", "show", played.Ru, $"0-{Size(played.Ru)}", "--json").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var filed = entries.First(entry => entry.GetProperty("id").GetString() == "n12").GetProperty("index").GetInt64() + 1;
        var (exit, output, error) = RecordFixture.Run("decide", path, "--record", played.Ru, "--known-at", filed.ToString(CultureInfo.InvariantCulture), "--json");
        exit.ShouldBe(4, error);
        JsonDocument.Parse(output).RootElement.GetProperty("knownAt").GetProperty("size").GetInt64().ShouldBe(filed);
        RecordFixture.Run("decide", path, "--record", played.Ru, "--known-at", "1000000").Exit.ShouldBe(2);
        RecordFixture.Run("decide", path, "--record", played.Ru, "--scenario", RecordFixture.Scenario).Exit.ShouldBe(2);
    }

    [Fact]
    [Trait("Requirement", "REC-3")]
    public async Task Verify_ByAddress_SaysTheSameAsOfTheDatabase()
    {
        using var store = RecordPlace.OpenStore(played.Ru, isWriting: false).Value;
        await using var server = await RecordServer.StartAsync(store, witness: null, new(IPAddress.Loopback, 0), TestContext.Current.CancellationToken);
        var byAddress = RecordFixture.Run("record", "verify", server.Address.ToString(), "--log-key", _fixture.LogKey);
        byAddress.Exit.ShouldBe(0, byAddress.Output + byAddress.Error);
        byAddress.Output.ShouldBe(RecordFixture.Run("record", "verify", played.Ru, "--log-key", _fixture.LogKey).Output);
        RecordFixture.Run("record", "show", server.Address.ToString(), "3", "--json").Output.ShouldBe(RecordFixture.Run("record", "show", played.Ru, "3", "--json").Output);
    }

    private static string[] Reasons(string json) =>
        [.. JsonDocument.Parse(json).RootElement.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetProperty("code").GetString()!)];

    private static int Size(string folder)
    {
        var (exit, output, error) = RecordFixture.Run("record", "show", folder);
        exit.ShouldBe(0, error);
        var line = output.Split('\n').Single(each => each.StartsWith("Size: ", StringComparison.Ordinal));
        return int.Parse(line["Size: ".Length..], NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
    }
}
