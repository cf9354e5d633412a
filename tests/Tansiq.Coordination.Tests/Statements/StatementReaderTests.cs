using System.Text;
using CsCheck;
using NodaTime;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Information;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Coordination.Tests.Situations;
using Tansiq.Geo.Text;

namespace Tansiq.Coordination.Tests.Statements;

public class StatementReaderTests
{
    private const string Hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    [Fact]
    public void Read_WhatWasWritten_IsTheSameStatement() => RandomStatements.Draft.Sample(
        draft =>
        {
            if (!StatementWriter.Write(draft.Id, draft.Party, draft.Made, draft.Body).TryGet(out var text, out var refusal))
                return refusal.Code == "statement.too-large";
            var statement = Read(text).Value;
            statement.Hash.ShouldBe(ContentHash.Of(text.Span));
            (statement.Id, statement.Party, statement.Made).ShouldBe((draft.Id, draft.Party, draft.Made));
            ShouldSayTheSame(statement.Body, draft.Body);
            return true;
        },
        iter: 2_000);

    [Fact]
    public void Read_MutatedText_NeverThrows() => Gen.Select(RandomStatements.Draft, Gen.Int[0, int.MaxValue], Gen.Byte, Gen.Int[0, 3]).Sample(
        sample =>
        {
            var (draft, at, value, kind) = sample;
            if (!StatementWriter.Write(draft.Id, draft.Party, draft.Made, draft.Body).TryGet(out var text, out _)) return;
            var bytes = text.ToArray();
            var index = at % bytes.Length;
            byte[] mutated = kind switch
            {
                0 => [.. bytes[..index], value, .. bytes[(index + 1)..]],
                1 => [.. bytes[..index], .. bytes[(index + 1)..]],
                2 => [.. bytes[..index], (byte)"0-9e\"{}[],:."[value % 12], .. bytes[index..]],
                _ => [.. bytes[..index], (byte)'\n'],
            };
            _ = Read(mutated).Refusal?.ToString();
        },
        iter: 5_000);

    [Fact]
    [Trait("Requirement", "REC-7")]
    public void Read_UnknownType_IsKept()
    {
        var statement = Read(Text("\"incidents.allegation\"", "{\"anything\": [1]}")).Value;
        statement.Body.ShouldBe(new UnknownBody("incidents.allegation"));
        statement.Party.ShouldBe(new("a"));
    }

    [Fact]
    public void Read_UnknownMembers_AreIgnored()
    {
        var text = "{\"type\":\"flights.consent\",\"id\":\"c\",\"party\":\"a\",\"made\":\"2016-07-15T09:00:00Z\",\"later\":1,\"body\":{\"cites\":\"" + Hash + "\",\"mood\":\"good\"}}\n";
        Read(text).Value.Body.ShouldBeOfType<Consent>().Cites.Hex.ShouldBe(Hash);
    }

    [Fact]
    public void Read_OfficerAndSeen_AreCheckedWhereTheyAre()
    {
        string With(string members) => "{\"type\":\"record.time\"," + members + ",\"id\":\"c\",\"party\":\"a\",\"made\":\"2016-07-15T09:00:00Z\",\"body\":{\"now\":\"2016-07-15T09:00:00Z\"}}\n";
        Read(With("\"officer\":{\"id\":\"o7\",\"role\":\"watch\"},\"seen\":{\"size\":412,\"root\":\"r\"}")).Refusal.ShouldBeNull();
        Read(With("\"officer\":{\"id\":\"o7\",\"role\":\"boss\"}")).Refusal!.Where.ShouldBe("/officer/role");
        Read(With("\"seen\":{\"size\":-1,\"root\":\"r\"}")).Refusal!.Where.ShouldBe("/seen/size");
    }

    [Theory]
    [InlineData("flights.consent", "{}", "/body/cites", "json.missing")]
    [InlineData("flights.consent", "{\"cites\":\"E3B0\"}", "/body/cites", "json.wrong-type")]
    [InlineData("flights.consent", "[]", "/body", "json.wrong-type")]
    [InlineData("flights.consent", "null", "/body", "json.missing")]
    [InlineData("record.time", "{\"now\":\"2016-07-15T09:00:60Z\"}", "/body/now", "json.wrong-type")]
    [InlineData("record.time", "{\"now\":\"2016-07-15T09:00:00+03:00\"}", "/body/now", "json.wrong-type")]
    [InlineData("record.time", "{\"now\":\"2200-01-01T00:00:00Z\"}", "/body/now", "json.wrong-type")]
    [InlineData("agreements.suspension", "{\"scope\":{\"all\":false}}", "/body/scope", "json.wrong-type")]
    [InlineData("agreements.proposal", "{\"agreement\":\"" + Hash + "\",\"areas\":\"" + Hash + "\"}", "/body", "statement.before-founding")]
    [InlineData("record.founding", "{\"founding\":\"" + Hash + "\"}", "/body/founding", "statement.attachment-missing")]
    [InlineData("flights.site", "{}", "/body/site/id", "json.missing")]
    [InlineData("parties.key", "{\"replaces\":\"statement\",\"key\":\"a+b\"}", "/body/key", "parties.key-malformed")]
    [InlineData("parties.key", "{\"replaces\":\"all\",\"key\":\"a+b\"}", "/body/replaces", "json.unknown-word")]
    [InlineData("parties.key-revocation", "{}", "/body/key", "json.missing")]
    [InlineData("flights.notice", "{\"actor\":\"x\",\"class\":\"rotary\",\"purpose\":\"p\",\"contact\":\"watch\",\"volumes\":[]}", "/body/volumes", "json.too-few")]
    public void Read_MalformedBody_IsRefused(string type, string body, string where, string code) =>
        (Read(Text($"\"{type}\"", body)).Refusal is { } refusal ? (refusal.Where, refusal.Code) : default).ShouldBe((where, code));

    [Theory]
    [InlineData("[[[370000000,360000000],[380000000,360000000],[380000000,370000000.5]]]", "/body/volumes/0/outline/0/2", "statement.place")]
    [InlineData("[[[370000000,360000000],[380000000,360000000],[380000000,900000001]]]", "/body/volumes/0/outline/0/2", "statement.place")]
    [InlineData("[[[370000000,360000000],[380000000,360000000],[1800000001,0]]]", "/body/volumes/0/outline/0/2", "statement.place")]
    [InlineData("[[[370000000,360000000],[380000000,360000000]]]", "/body/volumes/0/outline ring 0", "geo.outline-too-few-vertices")]
    [InlineData("[]", "/body/volumes/0/outline", "json.too-few")]
    public void Read_BadOutline_IsRefused(string outline, string where, string code)
    {
        var body = "{\"actor\":\"x\",\"class\":\"rotary\",\"purpose\":\"p\",\"contact\":\"watch\",\"volumes\":[{\"outline\":" + outline + ",\"from\":\"2016-07-15T09:00:00Z\",\"until\":\"2016-07-15T10:00:00Z\"}]}";
        (Read(Text("\"flights.notice\"", body)).Refusal is { } refusal ? (refusal.Where, refusal.Code) : default).ShouldBe((where, code));
    }

    [Fact]
    public void Read_TextWithoutNewline_IsRefused()
    {
        Read(Text("\"x\"", "{}").TrimEnd()).Refusal!.Code.ShouldBe("statement.no-newline");
        Read("").Refusal!.Code.ShouldBe("statement.no-newline");
    }

    [Fact]
    public void Read_TextAtTheLimit_IsTakenAndOneByteMoreIsNot()
    {
        var text = Text("\"x\"", "{}").TrimEnd();
        Read(text.PadRight(StatementReader.MaximumBytes - 1) + "\n").Refusal.ShouldBeNull();
        Read(text.PadRight(StatementReader.MaximumBytes) + "\n").Refusal!.Code.ShouldBe("json.too-large");
    }

    [Fact]
    public void Write_WrongNumberOfAttachments_IsABug() => Should.Throw<ArgumentException>(() =>
        StatementWriter.Write(new("i"), new("a"), Instant.FromUnixTimeSeconds(0), new RecordTime(Instant.FromUnixTimeSeconds(0)), ContentHash.Of([])));

    private static Parsed<Statement> Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    private static Parsed<Statement> Read(ReadOnlyMemory<byte> text) => StatementReader.Read(text, _ => null, null);

    private static string Text(string type, string body) =>
        "{\"type\":" + type + ",\"id\":\"i\",\"party\":\"a\",\"made\":\"2016-07-15T09:00:00Z\",\"body\":" + body + "}\n";

    // Records compare collections by reference, so each case with collections is compared part by part.
    private static void ShouldSayTheSame(StatementBody read, StatementBody written)
    {
        switch (read, written)
        {
            case (Notice first, Notice second):
                first.Claims.ShouldBe(second.Claims);
                first.Volumes.ShouldBe(second.Volumes);
                (first with { Claims = second.Claims, Volumes = second.Volumes }).ShouldBe(second);
                break;
            case (Amendment first, Amendment second):
                first.Cites.ShouldBe(second.Cites);
                ShouldSayTheSame(first.Notice, second.Notice);
                break;
            case (Retiming first, Retiming second):
                first.Times.ShouldBe(second.Times);
                first.Cites.ShouldBe(second.Cites);
                break;
            case (SiteNotification { Site: var first }, SiteNotification { Site: var second }):
                first.Name.ByLanguage.ShouldBe(second.Name.ByLanguage);
                first.Outlines.ShouldBe(second.Outlines);
                (first with { Name = second.Name, Outlines = second.Outlines }).ShouldBe(second);
                break;
            case (KeyRotation first, KeyRotation second):
                first.Endorsements.ShouldBe(second.Endorsements);
                (first with { Endorsements = second.Endorsements }).ShouldBe(second);
                break;
            case (KeyRevocation first, KeyRevocation second):
                first.Endorsements.ShouldBe(second.Endorsements);
                (first with { Endorsements = second.Endorsements }).ShouldBe(second);
                break;
            case (Succession or OfficerAppointment or DutyRoster or DeskContacts or StopReport, _):
                // Nothing of these is left out by the writer: what reads otherwise is written otherwise.
                read.GetType().ShouldBe(written.GetType());
                Text(read).ShouldBe(Text(written));
                break;
            default:
                read.ShouldBe(written);
                break;
        }

        static string Text(StatementBody body) => Encoding.UTF8.GetString(StatementWriter.Write(new("s"), new("p"), Theatre.Hour(0), body).Value.Span);
    }
}
