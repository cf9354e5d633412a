using Shouldly;
using Xunit;

namespace Tansiq.Cli.Tests.Recording;

/// <summary>A party changes its statement key on a record, by the old key and the recovery key together.</summary>
[Trait("Requirement", "PTY-7")]
public sealed class KeyChangeTests : IDisposable
{
    private const string Now = "2016-07-15T01:00:00Z";
    private readonly RecordFixture _fixture = new();

    /// <inheritdoc />
    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Rotation_EndorsedByTheRecoveryKey_LetsTheNewKeySignAndNotTheOld()
    {
        var record = _fixture.Found("record");
        RecordFixture.Run("key", "new", "--name", "us.new.example", "--out", _fixture.PathOf("us-new")).Exit.ShouldBe(0);
        var key = File.ReadAllLines(_fixture.PathOf("us-new/public.txt"))[0];
        var endorsement = RecordFixture.Run("key", "endorse", "--record", record, "--party", "us", "--replaces", "statement", "--new", key, "--sign-with", _fixture.KeyFile("us", "recovery"));
        endorsement.Exit.ShouldBe(0, endorsement.Error);
        endorsement.Error.ShouldContain($"party us\nreplaces statement\nold us.example");
        var old = _fixture.KeyFile("us", "statement");

        Say(record, old, "k0", "parties.key", $$"""{"key":"{{key}}","replaces":"statement","endorsements":[]}""").ShouldBe(3);
        Say(record, old, "k1", "parties.key", $$"""{"key":"{{key}}","replaces":"statement","endorsements":["{{endorsement.Output.TrimEnd('\n')}}"]}""").ShouldBe(0);
        Say(record, old, "s1", "agreements.unheard-of", "{}").ShouldBe(3);
        Say(record, _fixture.PathOf("us-new/statement.key"), "s2", "agreements.unheard-of", "{}").ShouldBe(0);
        RecordFixture.Run("record", "verify", record, "--log-key", _fixture.LogKey, "--situation").Exit.ShouldBe(0);
    }

    [Theory]
    [InlineData("--party", "us", "--replaces", "statement")]
    [InlineData("--party", "nobody", "--revokes", "KEY")]
    [InlineData("--party", "us", "--revokes", "KEY", "--replaces", "statement")]
    public void Endorse_WithoutWhatItNeeds_IsRefusedInOneLine(params string[] options)
    {
        var record = _fixture.Found("record");
        var key = File.ReadAllLines(_fixture.PathOf("keys/us/public.txt"))[0];
        var (exit, output, error) = RecordFixture.Run(["key", "endorse", "--record", record, "--sign-with", _fixture.KeyFile("us", "recovery"), .. options.Select(option => option == "KEY" ? key : option)]);
        (exit, output).ShouldBe((2, ""));
        error.TrimEnd('\n').ShouldNotContain('\n');
    }

    private int Say(string record, string key, string id, string type, string body)
    {
        var text = _fixture.PathOf(id + ".json");
        File.WriteAllText(text, $$"""{"type":"{{type}}","id":"{{id}}","party":"us","made":"{{Now}}","body":{{body}}}""" + "\n");
        return RecordFixture.Run("record", "append", record, text, "--office-key", _fixture.OfficeKeys, "--clock", Now, "--sign-with", key).Exit;
    }
}
