using System.Text;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Information;
using Tansiq.Coordination.Parties;
using Tansiq.Coordination.Statements;
using Tansiq.Coordination.Tests.Recording;
using Tansiq.Coordination.Tests.Situations;

namespace Tansiq.Coordination.Tests.Parties;

[Trait("Requirement", "PTY-4")]
public sealed class AuthorityTests
{
    /// <summary>The office's own, and what no officer says: who founds and who succeeds.</summary>
    private static readonly string[] OfNoOfficer = [StatementTypes.Founding, StatementTypes.RecordTime, StatementTypes.Lapse, StatementTypes.Succession];

    [Fact]
    public void Default_EveryTypeThatOfficersMake_HasSomebodyWhoDraftsAndReleases()
    {
        foreach (var type in StatementTypes.All.Except(OfNoOfficer))
        {
            AuthorityMatrix.Default.RolesThatMay(Act.Draft, type).ShouldNotBeEmpty(type);
            AuthorityMatrix.Default.RolesThatMay(Act.Release, type).ShouldNotBeEmpty(type);
        }

        foreach (var type in OfNoOfficer.Append("flights.unheard-of"))
        {
            AuthorityMatrix.Default.RolesThatMay(Act.Release, type).ShouldBeEmpty(type);
            AuthorityMatrix.Default.NeedsTwo(type).ShouldBeTrue();
        }
    }

    [Fact]
    public void Default_WhatBindsThePartyNeedsTwo_WhatRestrainsNever()
    {
        string[] binding = [StatementTypes.Consent, StatementTypes.AgreementSignature, StatementTypes.ControlMapAcceptance, StatementTypes.Resumption, StatementTypes.Renewal];
        StatementTypes.BindOnceJoint.ShouldBe(binding, ignoreOrder: true);
        AuthorityMatrix.Default.Rules.Where(rule => rule.Value.NeedsTwo).Select(rule => rule.Key).ShouldBe(binding, ignoreOrder: true);
        foreach (var type in AuthorityMatrix.NeverTwo) AuthorityMatrix.Default.NeedsTwo(type).ShouldBeFalse(type);
        Enum.GetValues<OfficerRole>().ShouldAllBe(role => AuthorityMatrix.Default.May(role, Act.Release, StatementTypes.StopReport));
        AuthorityMatrix.Default.May(OfficerRole.Watch, Act.Draft, StatementTypes.Consent).ShouldBeTrue();
        AuthorityMatrix.Default.May(OfficerRole.Watch, Act.Release, StatementTypes.Consent).ShouldBeFalse();
        AuthorityMatrix.Default.May(OfficerRole.Liaison, Act.Draft, StatementTypes.Notice).ShouldBeFalse();
    }

    [Fact]
    public void Founding_WithAuthority_ChangesTheTypesThatItNames()
    {
        var matrix = Read("""[{"types":["flights.notice"],"draft":["watch"],"release":["watch"],"needsTwo":true}]""").Authority!;
        matrix.May(OfficerRole.Watch, Act.Release, StatementTypes.Notice).ShouldBeTrue();
        matrix.May(OfficerRole.Command, Act.Release, StatementTypes.Notice).ShouldBeFalse();
        matrix.NeedsTwo(StatementTypes.Notice).ShouldBeTrue();
        matrix.NeedsTwo(StatementTypes.Consent).ShouldBeTrue();
        Read("[]").Authority!.Rules.ShouldBe(AuthorityMatrix.Default.Rules);
        FoundingReader.Read(Encoding.UTF8.GetBytes(SignedRecord.FoundingText())).Value.Authority.ShouldBeNull();
        // Nobody can be kept from stopping.
        Read("""[{"types":["information.stop"],"draft":["command"],"release":["command"],"needsTwo":false}]""").Authority!
            .May(OfficerRole.Liaison, Act.Release, StatementTypes.StopReport).ShouldBeTrue();
    }

    [Theory]
    [InlineData("""[{"types":["flights.objection"],"draft":["watch"],"release":["watch"],"needsTwo":true}]""", "parties.second-person-never", "/authority/0/needsTwo")]
    [InlineData("""[{"types":["record.time"],"draft":["watch"],"release":["watch"],"needsTwo":false}]""", "parties.unknown-type", "/authority/0/types/0")]
    [InlineData("""[{"types":["flights.notice"],"draft":[],"release":["watch"],"needsTwo":false}]""", "json.too-few", "/authority/0/draft")]
    [InlineData("""[{"types":["flights.notice"],"draft":["boss"],"release":["watch"],"needsTwo":false}]""", "json.unknown-word", "/authority/0/draft/0")]
    [InlineData("""[{"types":["flights.notice"],"draft":["watch"],"release":["watch"],"needsTwo":false},{"types":["flights.notice"],"draft":["watch"],"release":["watch"],"needsTwo":false}]""", "json.duplicate-value", "/authority/1/types")]
    public void Founding_WithAuthorityThatCannotBe_IsRefused(string authority, string code, string where)
    {
        var refusal = FoundingReader.Read(With(authority)).Refusal.ShouldNotBeNull();
        (refusal.Code, refusal.Where).ShouldBe((code, where));
    }

    [Fact]
    public void Record_WithAuthority_TakesWhatTheRoleMayReleaseAndTheFirstOfficersWithoutAny()
    {
        var record = TestRecord.FoundedBy(Theatre.Founding(Theatre.Us, Theatre.Ru) with { Authority = AuthorityMatrix.Default });
        var suspension = new Suspension(new SuspensionScope.All());
        record.Tell(Theatre.Us, DeskDraft.Officer("w", OfficerRole.Watch));
        record.Tell(Theatre.Us, DeskDraft.Officer("c", OfficerRole.Command));
        Say("c", OfficerRole.Command, suspension).ShouldBe(Admission.Admitted.Value);
        Say("w", OfficerRole.Watch, suspension).ShouldBe(Admission.Admitted.Value);
        record.Say(Theatre.Us, DeskDraft.Officer("x", OfficerRole.Command)).Admission.ShouldBe(new Admission.Inert("parties.officer-missing", "/officer"));
        Say("w", OfficerRole.Watch, new OfficerEnd(new("c"))).ShouldBe(new Admission.Inert("parties.officer-may-not-release", "/officer/role"));
        Say("c", OfficerRole.Command, new OfficerEnd(new("c"))).ShouldBe(Admission.Admitted.Value);
        Say("c", OfficerRole.Command, suspension).ShouldBe(new Admission.Inert("parties.unknown-officer", "/officer/id"));
        // Nobody is left who could appoint: the party begins again.
        record.Tell(Theatre.Us, DeskDraft.Officer("d", OfficerRole.Command));
        // STOP and the desk of the office wait for no officer.
        record.Tell(Theatre.Ru, DeskDraft.Stop());
        record.Tell(Theatre.Office, DeskDraft.Contacts());

        Admission Say(string officer, OfficerRole role, StatementBody body) =>
            record.List.Append(record.Statement(Theatre.Us, body) with { Officer = new(new(officer), role) }).Admission;
    }

    [Fact]
    public void Statement_OfAnOfficer_IsReadWithIt()
    {
        var officer = new SpeakingOfficer(new("o7"), OfficerRole.Consent);
        var text = StatementWriter.Write(new("c1"), Theatre.Ru, officer, Theatre.Hour(0), new Consent(ContentHash.Of("notice"u8))).Value;
        StatementReader.Read(text, _ => null, null).Value.Officer.ShouldBe(officer);
        Encoding.UTF8.GetString(text.Span).ShouldContain("""
            "officer":{"id":"o7","role":"consent"}
            """);
    }

    private static Founding Read(string authority) => FoundingReader.Read(With(authority)).Value;

    private static byte[] With(string authority) =>
        Encoding.UTF8.GetBytes(SignedRecord.FoundingText(hasKeys: false).Replace("\"operationFloorRadiusMetres\":5000", $"\"operationFloorRadiusMetres\":5000,\"authority\":{authority}", StringComparison.Ordinal));
}
