using System.Text;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Tests.Recording;
using Tansiq.Coordination.Tests.Situations;
using Tansiq.Geo.Text;

namespace Tansiq.Coordination.Tests.Parties;

[Trait("Requirement", "PTY-7")]
public sealed class FoundingKeysTests
{
    [Fact]
    public void Read_FoundingWithKeys_GivesThemByPartyAndRole()
    {
        var keys = Read(SignedRecord.FoundingText()).Value.Keys.ShouldNotBeNull();
        keys.Log.ShouldBe(TestKeys.Log.Verifier);
        keys.ByParty.Keys.ShouldBe([Theatre.Office, Theatre.Ru, Theatre.Third, Theatre.Observer, Theatre.Us]);
        keys.ByParty[Theatre.Us].ShouldBe(new(
            TestKeys.Of(Theatre.Us).Verifier, TestKeys.Of(Theatre.Us, KeyRole.Witness).Verifier, TestKeys.Of(Theatre.Us, KeyRole.Recovery).Verifier));
        keys.ByParty[Theatre.Office].Witness.ShouldBeNull();
    }

    [Fact]
    public void Read_FoundingWithoutKeys_IsTakenForARecordInMemory() => Read(SignedRecord.FoundingText(hasKeys: false)).Value.Keys.ShouldBeNull();

    [Fact]
    public void Write_KeysOfAScenario_LeavesAllElseAsItWas()
    {
        var text = File.ReadAllBytes(Path.Combine(RepositoryRoot.Path, "scenarios", "syria-2016", "scenario.json"));
        var before = FoundingReader.Read(text).Value;
        Id<Party>[] holders = [before.Office, .. before.Parties.Keys, .. before.Observers.Keys];
        var after = FoundingReader.Read(FoundingKeysWriter.Write(text, TestKeys.FoundingOf(holders)).Value).Value;
        after.Keys!.ByParty.Keys.ShouldBe(holders.Order());
        after.Title.ByLanguage.ShouldBe(before.Title.ByLanguage);
        after.Heights.ShouldBe(before.Heights);
        after.Actors.Keys.ShouldBe(before.Actors.Keys);
    }

    [Fact]
    public void Write_KeysThatTheFoundingHas_AreReplaced()
    {
        var keys = TestKeys.FoundingOf(Theatre.Office, Theatre.Us, Theatre.Ru, Theatre.Third, Theatre.Observer) with { Log = TestKeys.Of("log.test/second").Verifier };
        var text = FoundingKeysWriter.Write(Encoding.UTF8.GetBytes(SignedRecord.FoundingText()), keys).Value;
        FoundingReader.Read(text).Value.Keys!.Log.ShouldBe(keys.Log);
    }

    public static TheoryData<string, string, string> Refused
    {
        get
        {
            var us = TestKeys.Of(Theatre.Us).Verifier.ToString();
            var ru = TestKeys.Of(Theatre.Ru).Verifier.ToString();
            var witness = TestKeys.Of(Theatre.Us, KeyRole.Witness).Verifier.ToString();
            var office = TestKeys.Of(Theatre.Office).Verifier.ToString();
            var usTwice = TestKeys.Of("us.test/Statement", name: "another.test").Verifier.ToString();
            var sameName = TestKeys.Of("another", name: "us.test/Statement").Verifier.ToString();
            return new()
            {
                { ru, us, "parties.key-used" },
                { ru, usTwice, "parties.key-used" },
                { ru, sameName, "parties.key-used" },
                { us, witness.Replace("+", "-", StringComparison.Ordinal), "parties.key-malformed" },
                { us, us.Replace("us.test", "ux.test", StringComparison.Ordinal), "parties.key-malformed" },
                { us, TestKeys.Of("other", KeyRole.Witness).Verifier.ToString(), "parties.key-type" },
                { witness, TestKeys.Of("other").Verifier.ToString(), "parties.key-type" },
                { office, $"{office}\", \"witness\": \"{TestKeys.Of("other", KeyRole.Witness).Verifier}", "parties.key-type" },
                { "\"un\"", "\"us\"", "json.duplicate-id" },
                { "\"party\": \"un\"", "\"party\": \"nobody\"", "parties.unknown-party" },
                { TestKeys.Log.Verifier.ToString(), us, "parties.key-used" },
                { "\"log\"", "\"register\"", "json.unknown-member" },
                { "\"recovery\"", "\"backup\"", "json.unknown-member" },
            };
        }
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Read_KeysThatDoNotFit_AreRefused(string written, string instead, string code)
    {
        var text = SignedRecord.FoundingText();
        var keys = text.IndexOf("\"keys\"", StringComparison.Ordinal);
        var changed = text[..keys] + text[keys..].Replace(written, instead, StringComparison.Ordinal);
        changed.ShouldNotBe(text);
        Read(changed).Refusal.ShouldNotBeNull().Code.ShouldBe(code);
    }

    [Fact]
    public void Read_HolderWithoutKeys_IsRefused()
    {
        var founding = Encoding.UTF8.GetBytes(SignedRecord.FoundingText(hasKeys: false));
        FoundingKeysWriter.Write(founding, TestKeys.FoundingOf(Theatre.Office, Theatre.Us, Theatre.Ru, Theatre.Third)).Refusal!.Code.ShouldBe("parties.keys-missing");
        var keys = TestKeys.FoundingOf(Theatre.Office, Theatre.Us, Theatre.Ru, Theatre.Third, Theatre.Observer);
        FoundingKeysWriter.Write(founding, With(keys, Theatre.Us, each => each with { Witness = null })).Refusal!.Code.ShouldBe("json.missing");
        FoundingKeysWriter.Write(founding, With(keys, Theatre.Office, each => each with { Recovery = null })).Refusal!.Code.ShouldBe("json.missing");
        FoundingKeysWriter.Write(founding, With(keys, Theatre.Observer, each => each with { Recovery = null, Witness = null })).Refusal.ShouldBeNull();
    }

    private static FoundingKeys With(FoundingKeys keys, Id<Party> party, Func<StartingKeys, StartingKeys> change) =>
        keys with { ByParty = keys.ByParty.SetItem(party, change(keys.ByParty[party])) };

    private static Parsed<Founding> Read(string text) => FoundingReader.Read(Encoding.UTF8.GetBytes(text));
}
