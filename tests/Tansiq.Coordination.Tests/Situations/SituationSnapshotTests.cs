using CsCheck;
using Shouldly;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Situations;
using Tansiq.Coordination.Statements;
using Tansiq.Geo;
using Tansiq.Geo.Outlines;
using Xunit;

namespace Tansiq.Coordination.Tests.Situations;

/// <summary>A history that comes back from a snapshot is the one that was written; what is no snapshot is refused.</summary>
[Trait("Requirement", "FLT-3")]
public sealed class SituationSnapshotTests
{
    [Fact]
    public void Read_AnyRecord_AnswersForEverySizeAsTheOneWritten() => RandomRecord.Sayings.Sample(
        sayings =>
        {
            var record = RandomRecord.Of(sayings);
            var restored = TestSnapshot.Restored(record.List);
            for (long size = 0; size <= record.Size; size++)
            {
                var (known, was) = (restored.At(size), record.List.At(size));
                SituationText.Of(known).ShouldBe(SituationText.Of(was));
                restored.DigestAt(size).ShouldBe(record.List.History.DigestAt(size));
                SituationSnapshot.StateDigest(known).ShouldBe(SituationSnapshot.StateDigest(was));
                if (was.Time is { } time) restored.At(time).Size.ShouldBe(record.List.At(time).Size);
                if (size > 0) restored.AdmissionOf(size - 1).ShouldBe(record.List.Entries[(int)size - 1].Admission);
            }
        },
        iter: 40);

    [Fact]
    public void Append_ToTheOneReadAndToTheOneWritten_GivesTheSame() => Gen.Select(RandomRecord.Sayings, RandomRecord.Sayings).Sample(
        (before, after) =>
        {
            var record = RandomRecord.Of(before);
            var restored = TestSnapshot.Restored(record.List);
            var (standing, standingRestored) = (StandingVerdicts.Of(record.Latest), StandingVerdicts.Of(restored.Latest));
            foreach (var saying in after)
            {
                var (known, knownRestored) = (record.Latest, restored.Latest);
                var entry = RandomRecord.Say(record, saying);
                restored.Append(entry.Statement).ShouldBe(entry.Admission);
                if (entry.Admission is not Admission.Admitted) continue;
                (standing, _) = standing.Next(known, record.Latest, entry.Statement);
                (standingRestored, _) = standingRestored.Next(knownRestored, restored.Latest, entry.Statement);
            }

            SituationText.Of(restored.Latest).ShouldBe(SituationText.Of(record.Latest));
            standingRestored.ByIndex.Select(each => (each.Key, VerdictText.Of(each.Value))).ShouldBe(standing.ByIndex.Select(each => (each.Key, VerdictText.Of(each.Value))));
            TestSnapshot.Written(restored).ShouldBe(TestSnapshot.Written(record.List.History));
        },
        iter: 40);

    [Fact]
    public void Read_AfterOthersAppendedToTheSameSituation_KnowsWhatTheHistoryKnew()
    {
        var record = TestRecord.With(Draft.Separation("4.1"));
        var first = record.File(Draft.Flight(Draft.On(5, 5)));
        record.Tell(Theatre.Ru, new Objection(first));
        // Who asks what if claims the place of the next statement: the history goes on in a copy.
        record.Latest.Append(record.Statement(Theatre.Ru, Draft.FlightOfRu(Draft.On(5, 5)))).Admission.ShouldBe(Admission.Admitted.Value);
        record.Tell(Theatre.Us, new Withdrawal(first));
        var restored = TestSnapshot.Restored(record.List);
        for (long size = 0; size <= record.Size; size++) SituationText.Of(restored.At(size)).ShouldBe(SituationText.Of(record.List.At(size)));
        record.List.At(record.Size - 2).FindNotice(first)!.Answers.ShouldBeEmpty();
        restored.At(record.Size - 1).FindNotice(first)!.Withdrawn.ShouldBeNull();
        restored.Latest.FindNotice(first)!.Withdrawn.ShouldNotBeNull();
    }

    [Fact]
    public void Read_EveryFormOfOutlineHeightAndTime_GivesItBack()
    {
        var record = TestRecord.Founded();
        var ring = Outline.Create(
            [.. Places((0, 0), (0, 4), (4, 4), (4, 0))], [Places((1, 1), (1, 2), (2, 2)), Places((3, 1), (3, 2), (2.5, 2), (2.5, 1))]).Value;
        var antimeridian = Outline.Create([.. Places((50, 179), (50, -178), (52, -178), (52, 179))], []).Value;
        var many = Theatre.Circle(33, 36, 20_000);
        foreach (var reference in Enum.GetValues<HeightReference>())
        {
            record.File(Draft.Flight(
                new Volume(ring, HeightBand.Create(Height.FromMetres(-10, reference), null)!.Value, Theatre.Hours(100, 101)),
                new Volume(antimeridian, HeightBand.Create(null, Height.FromFeet(30_001, reference))!.Value, Theatre.Hours(100.5, 101)),
                new Volume(many, HeightBand.All, Theatre.Hours(100, 1_000))));
        }

        var site = Draft.Hospital("h", 37.1, 38.1);
        record.Tell(Theatre.Observer, new SiteNotification(site with { Point = null, Outlines = [ring, antimeridian] }));
        record.Tell(Theatre.Observer, new SiteNotification(site with { Id = new("i"), Validity = new(null, Theatre.Hour(3)) }));
        var restored = TestSnapshot.Restored(record.List).Latest;
        foreach (var (was, known) in record.Latest.Notices.Values.Zip(restored.Notices.Values, (was, known) => (was.Notice, known.Notice)))
        {
            known.SaysTheSame(was).ShouldBeTrue();
            known.Volumes[0].Outline.Contains(GeoPoint.FromDegrees(1.3, 1.5)).ShouldBeFalse("in a hole");
            known.Volumes[0].Outline.Contains(GeoPoint.FromDegrees(0.5, 0.5)).ShouldBeTrue();
            known.Volumes[1].Outline.Contains(GeoPoint.FromDegrees(51, -179.5)).ShouldBeTrue();
            known.Volumes[2].Outline.Covers(many).ShouldBeTrue();
        }

        foreach (var (was, known) in record.Latest.Sites.Values.Zip(restored.Sites.Values, (was, known) => (was.Site, known.Site)))
        {
            known.Outlines.ShouldBe(was.Outlines);
            known.Name.ByLanguage.ShouldBe(was.Name.ByLanguage);
            (known with { Outlines = was.Outlines, Name = was.Name }).ShouldBe(was);
        }
    }

    [Fact]
    public void Read_AnyByteChangedOrMissing_Refuses()
    {
        var record = TestRecord.Founded();
        record.File(Draft.Flight(Draft.On(5, 5)));
        var snapshot = TestSnapshot.Written(record.List.History);
        for (var position = 0; position < snapshot.Length; position++)
        {
            var changed = snapshot.ToArray();
            changed[position] ^= 0x10;
            CodeOf(changed, record).ShouldBeOneOf("record.snapshot-unknown", "record.snapshot-other-version", "record.snapshot-other-record", "record.snapshot-damaged", "record.snapshot-malformed");
            CodeOf(snapshot.AsSpan(..position), record).ShouldBeOneOf("record.snapshot-unknown", "record.snapshot-damaged");
        }
    }

    [Fact]
    public void Read_AnyByteChangedUnderARightHash_RefusesOrReadsAndNeverThrows()
    {
        var record = EveryEffect();
        var snapshot = TestSnapshot.Written(record.List.History);
        var refused = 0;
        for (var position = SituationSnapshot.HeaderByteCount; position < snapshot.Length; position++)
        {
            foreach (var value in new byte[] { 0, 1, 0x3F, 0x7F, 0x80, 0xFF, (byte)(snapshot[position] ^ 1) })
            {
                var changed = snapshot.ToArray();
                changed[position] = value;
                if (TestSnapshot.Read(TestSnapshot.Sealed(changed), record.List.Entries).TryGet(out var history, out var refusal))
                {
                    history.Latest.Notices.Values.Count().ShouldBe(history.Latest.Notices.Count);
                    continue;
                }

                refusal.Code.ShouldBeOneOf("record.snapshot-malformed", "record.snapshot-statement-missing");
                refused++;
            }
        }

        refused.ShouldBeGreaterThan(snapshot.Length);
    }

    [Fact]
    public void Read_OfAnotherRecordVersionOrLength_SaysSo()
    {
        var record = TestRecord.Founded();
        var snapshot = TestSnapshot.Written(record.List.History);
        var header = SituationSnapshot.ReadHeader(snapshot).Value;
        header.Size.ShouldBe(record.Size);
        header.Root.ShouldBe(ContentHash.FromBytes(TestSnapshot.Root));
        SituationSnapshot.Read(snapshot, new byte[32], (_, _) => null).Refusal!.Code.ShouldBe("record.snapshot-other-record");
        SituationSnapshot.Read(snapshot, TestSnapshot.Root, (_, _) => null).Refusal!.Code.ShouldBe("record.snapshot-statement-missing");
        SituationSnapshot.Read(snapshot, TestSnapshot.Root, (_, _) => record.Statement(Theatre.Office, record.Latest.Founding!)).Refusal!.Code
            .ShouldBe("record.snapshot-statement-missing");
        SituationSnapshot.Read([], TestSnapshot.Root, (_, _) => null).Refusal!.Code.ShouldBe("record.snapshot-unknown");
        // After the sixteen bytes of its name come the versions of the format and of the rules.
        foreach (var position in new[] { 16, 20 })
        {
            var other = snapshot.ToArray();
            other[position]++;
            CodeOf(other, record).ShouldBe("record.snapshot-other-version");
        }

        CodeOf(TestSnapshot.Sealed([.. snapshot, 0]), record).ShouldBe("record.snapshot-malformed");
        TestSnapshot.Restored(new()).Latest.Size.ShouldBe(0);
    }

    /// <summary>A record on which a statement has each effect that there is, and one has none.</summary>
    private static TestRecord EveryEffect()
    {
        var record = TestRecord.With(Draft.StandDown("1.1"), Draft.Separation("4.1"));
        var suspension = record.Tell(Theatre.Us, new Suspension(new SuspensionScope.All()));
        record.Tell(Theatre.Us, new Resumption(suspension));
        record.AcceptedByAll(Draft.Map("m", -1, Theatre.Square(0, 0)));
        var notice = record.File(Draft.Flight(Draft.On(5, 5)) with { Claims = [Draft.Reference("1.1/gain")] });
        var operation = record.File(Draft.Flight(Draft.On(6, 5), Draft.On(7, 5)) with { AnswerBy = Theatre.Hour(50) });
        var consent = record.Tell(Theatre.Ru, new Consent(notice));
        record.Tell(Theatre.Ru, new Withdrawal(consent));
        record.Tell(Theatre.Ru, new Objection(notice));
        record.Tell(Theatre.Ru, new OtherDate(notice, Theatre.Hour(200)));
        record.Tell(Theatre.Us, new Withdrawal(notice));
        var site = record.Tell(Theatre.Observer, new SiteNotification(Draft.Hospital("h", 37.1, 38.1)));
        record.Tell(Theatre.Observer, new SiteNotification(Draft.Hospital("i", 37, 38) with { Point = null, Outlines = [Theatre.Square(1, 1)] }));
        record.Tell(Theatre.Observer, new SiteWithdrawal(site));
        DeskDraft.SayEach(record);
        record.Say(Theatre.Stranger, new RecordTime(Theatre.Hour(1)));
        record.At(60);
        record.Say(Theatre.Office, new Lapse(operation));
        return record;
    }

    private static string CodeOf(ReadOnlySpan<byte> snapshot, TestRecord record) => TestSnapshot.Read(snapshot, record.List.Entries).Refusal.ShouldNotBeNull().Code;

    private static GeoPoint[] Places(params (double Latitude, double Longitude)[] places) =>
        [.. places.Select(place => GeoPoint.FromDegrees(place.Latitude, place.Longitude))];
}
