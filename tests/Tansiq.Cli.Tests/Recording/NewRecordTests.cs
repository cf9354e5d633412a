using Shouldly;
using Tansiq.Cli.Recording;
using Tansiq.Record;
using Tansiq.Storage.Logs;
using Xunit;

namespace Tansiq.Cli.Tests.Recording;

/// <summary>From new keys to a record that is appended to, and what is refused on the way.</summary>
[Trait("Requirement", "REC-1")]
public sealed class NewRecordTests : IDisposable
{
    private static readonly string[] Parties = ["us", "ru", "un-ocha", "un-who", "medical-relief"];

    private readonly RecordFixture _fixture = new();

    /// <inheritdoc />
    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Init_WithKeysOfKeyNew_FoundsARecordThatVerifies()
    {
        var folder = _fixture.PathOf("new");
        RecordFixture.Run("key", "new", "--name", "office.test", "--out", _fixture.PathOf("new-keys-office"), "--log", "office.test/log").Exit.ShouldBe(0);
        foreach (var party in Parties) RecordFixture.Run("key", "new", "--name", party + ".test", "--out", _fixture.PathOf("new-keys-" + party)).Exit.ShouldBe(0);
        string Public(string party) => $"{party}={_fixture.PathOf($"new-keys-{party}/public.txt")}";
        var (exit, output, error) = RecordFixture.Run("record", "init", folder, "--scenario", RecordFixture.Scenario, "--office-key", _fixture.PathOf("new-keys-office"), "--public", Public("us"), Public("ru"), Public("un-ocha"), Public("un-who"), Public("medical-relief"));
        exit.ShouldBe(0, error);
        output.ShouldContain("office.test/log, size 2, root ");
        RecordFixture.Run("record", "verify", folder).Exit.ShouldBe(0);
    }

    [Fact]
    [Trait("Requirement", "REC-6")]
    public void Play_OnARecordWhoseTimeIsLater_IsRefusedBeforeAnythingIsSigned()
    {
        var folder = _fixture.PathOf("late");
        RecordFixture.Run("record", "init", folder, "--scenario", RecordFixture.Scenario, "--office-key", _fixture.OfficeKeys, "--public", _fixture.Public("us"), _fixture.Public("ru"), _fixture.Public("un-ocha"), _fixture.Public("un-who"), _fixture.Public("medical-relief")).Exit.ShouldBe(0);
        var (exit, output, error) = RecordFixture.Run("record", "append", folder, "--office-key", _fixture.OfficeKeys, "--play", RecordFixture.Scenario, "--keys", _fixture.PathOf("keys"));
        (exit, output).ShouldBe((2, ""));
        error.ShouldContain("record.wrong-clock");
    }

    [Fact]
    public void Append_TextsToBeSigned_AreOnTheRecordOnceAndBadOnesNever()
    {
        var folder = _fixture.Found("appended");
        var text = _fixture.PathOf("suspension.json");
        File.WriteAllText(text, """{"type":"agreements.unheard-of","id":"s1","party":"us","made":"2016-07-15T01:00:00Z","body":{}}""" + "\n");
        string[] append = ["record", "append", folder, text, "--office-key", _fixture.OfficeKeys, "--clock", "2016-07-15T01:00:00Z"];
        var signed = RecordFixture.Run([.. append, "--sign-with", _fixture.KeyFile("us", "statement")]);
        signed.Exit.ShouldBe(0, signed.Error);
        RecordFixture.Run([.. append, "--sign-with", _fixture.KeyFile("us", "statement")]).Output.ShouldBe(signed.Output);
        File.WriteAllText(text, File.ReadAllText(text).Replace("s1", "s2", StringComparison.Ordinal));
        var others = RecordFixture.Run([.. append, "--sign-with", _fixture.KeyFile("ru", "statement")]);
        others.Exit.ShouldBe(3);
        others.Output.ShouldStartWith("- ");
        RecordFixture.Run(append).Output.ShouldStartWith("- record.note-malformed");
        RecordFixture.Run("record", "verify", folder, "--log-key", _fixture.LogKey, "--situation").Exit.ShouldBe(0);
    }

    [Fact]
    [Trait("Requirement", "REC-4")]
    public async Task Stream_OfManyEntries_IsAnsweredInTheirOrder()
    {
        var asked = new List<TaskCompletionSource<AppendAnswer>>();
        var stream = new EntryStream(entry =>
        {
            var answer = new TaskCompletionSource<AppendAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
            asked.Add(answer);
            if (asked.Count == 3) for (var number = 2; number >= 0; number--) asked[number].SetResult(number == 1 ? new AppendAnswer.Refused(new("toy.refused", "", "x", "y")) : new AppendAnswer.Accepted(number, IsRepeated: false));
            return answer.Task;
        });
        using var output = new StringWriter();
        using var input = new MemoryStream([0, 1, (byte)'a', 0, 2, (byte)'b', (byte)'b', 0, 0]);
        (await stream.RunAsync(input, output, TestContext.Current.CancellationToken)).ShouldBeNull();
        output.ToString().Split('\n').ShouldBe(["0", "- toy.refused found x, expected y [toy.refused]", "2", ""]);
        stream.Refused.ShouldBe(1);

        using var cut = new MemoryStream([0, 5, (byte)'a']);
        (await stream.RunAsync(cut, TextWriter.Null, TestContext.Current.CancellationToken))!.Code.ShouldBe(RecordFaults.MalformedNote);
    }

    [Theory]
    [InlineData("0.0.0.0:80", "record.not-loopback")]
    [InlineData("192.0.2.1:80", "record.not-loopback")]
    [InlineData("[::]:80", "record.not-loopback")]
    [InlineData("localhost", "cli.not-an-address")]
    [InlineData("127.0.0.1", "cli.not-an-address")]
    [InlineData("::1", "cli.not-an-address")]
    public void Listen_OnAnythingButLoopbackWithAPort_IsRefused(string address, string code) => ListenAddress.Parse(address).Refusal!.Code.ShouldBe(code);

    [Theory]
    [InlineData("record", "show", "/nowhere")]
    [InlineData("record", "verify", "/nowhere")]
    [InlineData("record", "verify")]
    [InlineData("record", "export", "/nowhere", "/nowhere-else")]
    [InlineData("record", "show", "ftp://example")]
    [InlineData("record", "verify", "--proof", "/nowhere")]
    public void Command_WithoutWhatItNeeds_EndsWithOneLine(params string[] arguments)
    {
        var (exit, _, error) = RecordFixture.Run(arguments);
        exit.ShouldBe(2);
        error.TrimEnd('\n').Split('\n').ShouldHaveSingleItem();
    }
}
