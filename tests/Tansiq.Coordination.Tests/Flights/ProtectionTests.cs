using NodaTime;
using Shouldly;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Statements;
using Tansiq.Coordination.Tests.Situations;
using Tansiq.Geo;
using Xunit;

namespace Tansiq.Coordination.Tests.Flights;

[Trait("Requirement", "FLT-7")]
public sealed class ProtectionTests
{
    private const string TooNear = "protection.too-near";

    // On a meridian at 36° N a second of latitude is 30.82 m; the square's southern edge is at 36° N.
    private const double LatitudeOfThousandMetresSouth = 36 - 1_000 / 110_959.0;

    private static (TestRecord Record, ContentHash Site) With(ProtectionClause clause, Site site)
    {
        var record = TestRecord.With(clause);
        return (record, record.Tell(Theatre.Observer, new SiteNotification(site)));
    }

    [Theory]
    [InlineData(1_005, 0, VerdictKind.Refused)]
    [InlineData(995, 0, VerdictKind.NotCovered)]
    [InlineData(995, 10, VerdictKind.Refused)]
    [InlineData(501, 500, VerdictKind.Refused)]
    [InlineData(495, 500, VerdictKind.NotCovered)]
    public void Flight_AThousandMetresFromASite_CountsDistanceFromWhereTheSiteMayBe(int distanceMetres, int uncertaintyMetres, VerdictKind expected)
    {
        var (record, _) = With(
            Draft.Protection("6.1", Threshold.Of(distanceMetres)),
            Draft.Hospital("h", LatitudeOfThousandMetresSouth, 37.1) with { UncertaintyMetres = uncertaintyMetres });
        record.VerdictOn(record.File(Draft.Flight(Draft.On(0, 0)))).Kind.ShouldBe(expected);
    }

    [Fact]
    public void Flight_PossiblyTooNear_IsRefusedAndSaysPossible()
    {
        var (record, _) = With(Draft.Protection("6.1", Threshold.Of(600)), Draft.Hospital("h", LatitudeOfThousandMetresSouth, 37.1) with { UncertaintyMetres = 500 });
        var reason = record.VerdictOn(record.File(Draft.Flight(Draft.On(0, 0)))).The(TooNear);
        reason.Certainty.ShouldBe(Certainty.Possible);
        reason.Site.ShouldBe(new Id<Site>("h"));
        reason.Number(ReasonNumbers.DistanceLowerMetres).ShouldBeInRange(498, 500);
        reason.Number(ReasonNumbers.AgreedDistanceMetres).ShouldBe(600);
        (reason.From, reason.Until).ShouldBe((Theatre.Hour(100), Theatre.Hour(102)));
    }

    [Fact]
    public void Flight_OtherCategoryOrOutlineOfASite_ChecksCategoryAndNearestOutline()
    {
        var school = Draft.Hospital("s", 0, 0) with { Category = SiteCategory.School, Point = null, Outlines = [Theatre.Square(9, 9), Theatre.Square(0, 1)] };
        var (record, _) = With(Draft.Protection("6.1", Threshold.Of(1)), school);
        record.VerdictOn(record.File(Draft.Flight(Draft.On(0, 0)))).Kind.ShouldBe(VerdictKind.NotCovered);
        var (schools, _) = With(Draft.Protection("6.1", Threshold.Of(1)) with { Categories = [SiteCategory.School] }, school);
        schools.VerdictOn(schools.File(Draft.Flight(Draft.On(0, 0)))).The(TooNear).Number(ReasonNumbers.DistanceUpperMetres).ShouldBe(0);
    }

    [Theory]
    [InlineData(98, 99, "protection.too-near")]
    [InlineData(99, 101, "protection.too-near")]
    [InlineData(100, 101, "protection.notification-expired")]
    [InlineData(10, 20, null)]
    [InlineData(49, 50, null)]
    public void Flight_AboutTheValidityOfASite_IsNotedAfterItAndRefusedInIt(double from, double until, string? code)
    {
        var (record, _) = With(Draft.Protection("6.1", Threshold.Of(1_000)), Draft.Hospital("h", 36.1, 37.1) with { Validity = Theatre.Hours(50, 100) });
        var verdict = record.VerdictOn(record.File(Draft.Flight(Draft.On(0, 0, from, until))));
        verdict.Codes().ShouldBe(code is null ? [] : [code]);
        if (code == TooNear) verdict.The(TooNear).Until.ShouldBe(Instant.Min(Theatre.Hour(until), Theatre.Hour(100)));
    }

    [Fact]
    public void Flight_SiteWithdrawn_IsCheckedUntilThen()
    {
        var (record, site) = With(Draft.Protection("6.1", Threshold.Of(1_000)), Draft.Hospital("h", 36.1, 37.1));
        var notice = record.File(Draft.Flight(Draft.On(0, 0)));
        record.VerdictOn(notice).Kind.ShouldBe(VerdictKind.Refused);
        record.At(10).Tell(Theatre.Observer, new SiteWithdrawal(site));
        record.VerdictOn(notice).Kind.ShouldBe(VerdictKind.NotCovered);
        record.VerdictOn(notice, Theatre.Hour(9)).Kind.ShouldBe(VerdictKind.Refused);
        record.At(20).Tell(Theatre.Observer, new SiteNotification(Draft.Hospital("h", 36.1, 37.1)));
        record.VerdictOn(notice).Kind.ShouldBe(VerdictKind.Refused, "notified again under the same name");
        record.VerdictOn(notice, Theatre.Hour(15)).Kind.ShouldBe(VerdictKind.NotCovered);
    }

    [Fact]
    [Trait("Requirement", "AGR-4")]
    public void Flight_DistanceUndefined_IsUnclearOnlyWhereItMeetsWhereTheSiteMayBe()
    {
        var (record, _) = With(Draft.Protection("6.1", Threshold.Undefined), Draft.Hospital("h", LatitudeOfThousandMetresSouth, 37.1) with { UncertaintyMetres = 900 });
        record.VerdictOn(record.File(Draft.Flight(Draft.On(0, 0)))).Kind.ShouldBe(VerdictKind.NotCovered);
        record.VerdictOn(record.File(Draft.Flight(Draft.On(0, -1)))).The("protection.distance-undefined").Certainty.ShouldBe(Certainty.Possible);
    }

    [Fact]
    public void Flight_SeveralSites_GivesOneReasonForEach()
    {
        var (record, _) = With(Draft.Protection("6.1", Threshold.Of(1_000), Draft.ForMedevac()), Draft.Hospital("a", 36.1, 37.1));
        record.Tell(Theatre.Us, new SiteNotification(Draft.Hospital("b", 36.15, 37.1)));
        record.Tell(Theatre.Ru, new SiteNotification(Draft.Hospital("far", 38, 37.1)));
        var flight = Draft.Flight(Draft.On(0, 0), Draft.On(0, 0, 105, 106));
        record.VerdictOn(record.File(flight)).Reasons.Select(reason => (reason.Code, reason.Site!.Value)).ShouldBe([(TooNear, "a"), (TooNear, "b")]);
        record.VerdictOn(record.File(flight with { Purpose = Theatre.Medevac })).Codes().ShouldBe(["protection.exempt-purpose", "protection.exempt-purpose"]);
    }
}
