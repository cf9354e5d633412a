using System.Text.RegularExpressions;
using NodaTime;
using Shouldly;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Statements;
using Tansiq.Coordination.Tests.Situations;
using Tansiq.Geo;
using Xunit;

namespace Tansiq.Coordination.Tests.Statements;

public sealed partial class AdmissionTests
{
    public static TheoryData<int, string> Cases => [.. AdmissionCases.All.Select((each, number) => new TheoryDataRow<int, string>(number, each.Code))];

    [Theory]
    [MemberData(nameof(Cases))]
    [Trait("Requirement", "REC-7")]
    public void Append_StatementWithoutEffect_IsKeptInertWithItsCodeAndPlace(int number, string code)
    {
        var entry = AdmissionCases.All[number].Say();
        entry.Admission.ShouldBe(new Admission.Inert(code, AdmissionCases.All[number].Where));
    }

    [Fact]
    public void Cases_AllOfThem_HaveTheCodesOfTheSourceAndOfThePage()
    {
        string[] sources = ["Admit.cs", "Parties/KeyAdmission.cs", "Agreements/AgreementAdmission.cs", "Flights/FlightAdmission.cs", "Flights/FlightCourseAdmission.cs",
            "Parties/DeskAdmission.cs", "Parties/SuccessionAdmission.cs", "Agreements/Renewals.cs", "Information/StopReportAdmission.cs"];
        var inSource = sources.SelectMany(file => Codes().Matches(File.ReadAllText(Repository.PathOf("src/Tansiq.Coordination/" + file))))
            .Select(match => match.Groups["code"].Value).Distinct().Order(StringComparer.Ordinal).ToList();
        inSource.Count.ShouldBeGreaterThan(30);
        AdmissionCases.All.Select(each => each.Code).Distinct().Order(StringComparer.Ordinal).ShouldBe(inSource);

        var page = File.ReadAllText(Repository.PathOf("docs/formats/refusals.md"));
        var section = page[page.IndexOf("## Admission", StringComparison.Ordinal)..].Split("\n## ")[0];
        RowCodes().Matches(section).Select(match => match.Groups["code"].Value).Order(StringComparer.Ordinal).ShouldBe(inSource);
    }

    [Fact]
    [Trait("Requirement", "REC-7")]
    public void Append_InertStatement_ChangesNothingButTheSize()
    {
        var record = TestRecord.With(Draft.StandDown("4.1"));
        var notice = record.File(Draft.Flight(Draft.On(0, 0)));
        var before = record.VerdictOn(notice);
        var (size, situation) = (record.Size, record.Latest);
        record.Say(Theatre.Stranger, new Objection(notice)).Admission.ShouldBeOfType<Admission.Inert>();
        record.Say(Theatre.Observer, new Objection(notice)).Admission.ShouldBeOfType<Admission.Inert>();
        record.Latest.Size.ShouldBe(size + 2);
        record.List.Entries.Count.ShouldBe((int)size + 2);
        record.Latest.Notices.ShouldBe(situation.Notices);
        VerdictText.OfReasons(record.VerdictOn(notice)).ShouldBe(VerdictText.OfReasons(before));
    }

    [Fact]
    [Trait("Requirement", "FLT-2")]
    public void File_WellFormedNotice_IsAdmittedWhateverItsVerdict()
    {
        var record = TestRecord.With(
            Draft.StandDown("4.1"), Draft.PriorNotice("2.1", Threshold.Of(200)), Draft.Separation("5.1"), Draft.Protection("6.1", Threshold.Of(1_000)));
        record.Tell(Theatre.Observer, new SiteNotification(Draft.Hospital("h", 36.1, 37.1)));
        record.Tell(Theatre.Us, new Suspension(new SuspensionScope.OfClause(new("2.1"))));
        Notice[] flights =
        [
            Draft.Flight(Draft.On(0, 0)), Draft.FlightOfRu(Draft.On(0, 0)), Draft.Flight(Draft.On(0, 0, -20, -10)), Draft.Flight(Draft.On(0, 0, 800, 900)),
            Draft.Flight(Draft.On(0, 0)) with { Actor = Theatre.UnboundAir }, Draft.Flight(Draft.On(0, 0)) with { Claims = [Draft.Reference("8.8/none")] },
            Draft.Flight(Draft.On(0, 0)) with { Purpose = Theatre.Strike }, Draft.Flight(Draft.On(0, 0)) with { AnswerBy = Theatre.Hour(100) },
        ];
        foreach (var flight in flights) record.VerdictOn(record.File(flight)).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(4_990, false)]
    [InlineData(5_000, true)]
    [Trait("Requirement", "BND-1")]
    public void File_CircleAboutAsSmallAsTheFloor_IsAdmittedFromTheFloorOnForOperationsAndCombat(double radiusMetres, bool isAdmitted)
    {
        foreach (var (latitude, longitude) in new[] { (36.2, 37.1), (36.2, 180.0), (69.9, 37.1), (-36.2, -120.0) })
        {
            var flight = Draft.Flight(Draft.On(0, 0) with { Outline = Theatre.Circle(latitude, longitude, radiusMetres) });
            foreach (var held in new[] { flight with { Purpose = Theatre.Strike }, flight with { AnswerBy = Theatre.Hour(50) } })
            {
                var admission = TestRecord.Founded().Say(Theatre.Us, held).Admission;
                admission.ShouldBe(isAdmitted ? Admission.Admitted.Value : new Admission.Inert("flights.volume-below-floor", "/body/volumes/0/outline"));
            }

            TestRecord.Founded().Say(Theatre.Us, flight).Admission.ShouldBe(Admission.Admitted.Value, "any other flight may be as small as it is");
        }
    }

    [Fact]
    [Trait("Requirement", "BND-1")]
    public void File_FloorAgreedHigher_IsHeldToTheAgreedOne()
    {
        var record = TestRecord.FoundedBy(Theatre.Founding(Theatre.Us, Theatre.Ru) with { OperationFloorRadiusMetres = 8_000 });
        var strike = Draft.Flight(Draft.On(0, 0)) with { Purpose = Theatre.Strike };
        Admission Of(double radiusMetres) =>
            record.Say(Theatre.Us, strike with { Volumes = [Draft.On(0, 0) with { Outline = Theatre.Circle(36.2, 37.1, radiusMetres) }] }).Admission;
        Of(7_990).ShouldBeOfType<Admission.Inert>();
        Of(8_000).ShouldBe(Admission.Admitted.Value);
    }

    [Theory]
    [InlineData(49.999, true)]
    [InlineData(50, false)]
    [Trait("Requirement", "REC-6")]
    public void Append_AnswersAboutTheDeadline_AreAdmittedBeforeItAndNotAtIt(double hour, bool isAdmitted)
    {
        var record = TestRecord.With(Draft.JointConsent("3.1"));
        var notice = record.File(Draft.Flight(Draft.On(5, 5)) with { AnswerBy = Theatre.Hour(50) });
        record.At(hour);
        (record.Say(Theatre.Ru, new OtherDate(notice, Theatre.Hour(200))).Admission is Admission.Admitted).ShouldBe(isAdmitted);
        (record.Say(Theatre.Ru, new Consent(notice)).Admission is Admission.Admitted).ShouldBe(isAdmitted);
        (record.Say(Theatre.Office, new Lapse(notice)).Admission is Admission.Admitted).ShouldBe(!isAdmitted);
        record.Say(Theatre.Ru, new Objection(notice)).Admission.ShouldBe(Admission.Admitted.Value, "what restricts may come late");
    }

    [Fact]
    public void Append_TimeAsBefore_IsAdmitted() => TestRecord.Founded().At(10).At(10).Latest.Time.ShouldBe(Theatre.Hour(10));

    [Fact]
    public void Append_SameIdOfAnotherParty_IsAnotherStatement()
    {
        var record = TestRecord.Founded();
        var statement = record.Statement(Theatre.Us, Draft.Flight(Draft.On(0, 0)));
        record.List.Append(statement);
        var other = record.Statement(Theatre.Ru, Draft.FlightOfRu(Draft.On(0, 0))) with { Id = statement.Id };
        record.List.Append(other).Admission.ShouldBe(Admission.Admitted.Value);
    }

    [Fact]
    [Trait("Requirement", "REC-7")]
    public void Decide_WhateverPartIsJoint_SaysTheSame()
    {
        var record = TestRecord.With(Draft.JointConsent("3.1"));
        var notice = record.File(Draft.Flight(Draft.On(5, 5)) with { AnswerBy = Theatre.Hour(50) });
        record.Tell(Theatre.Ru, new Consent(notice));
        record.At(60);
        var lapse = record.Statement(Theatre.Office, new Lapse(notice));
        for (var joint = 0; joint <= record.Size; joint++)
            Admit.Decide(record.Latest.WithJointSize(joint), lapse).ShouldBe(Admit.Decide(record.Latest, lapse));
    }

    [GeneratedRegex("\"(?<code>(record|parties|agreements|flights|information)\\.[a-z-]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Codes();

    [GeneratedRegex(@"^\| `(?<code>[a-z.-]+)` \|", RegexOptions.Multiline, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex RowCodes();
}
