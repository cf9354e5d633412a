using CsCheck;
using NodaTime;
using Shouldly;
using Tansiq.Coordination.Agreements;
using Tansiq.Coordination.Flights;
using Tansiq.Coordination.Flights.Deciding;
using Tansiq.Coordination.Tests.Situations;
using Tansiq.Geo;
using Tansiq.Geo.Separation;
using Xunit;

namespace Tansiq.Coordination.Tests.Flights;

/// <summary>Separation finds each pair of flights that asking all pairs of their volumes finds, and no other (FLT-4).</summary>
[Trait("Requirement", "FLT-4")]
public sealed class SeparationPropertyTests
{
    // On the ground of the tests, across the antimeridian, far north, about a pole's reach, and wide.
    private static readonly (long WestE7, long SouthE7, long StepE7)[] Places =
    [
        (370_000_000, 360_000_000, 500_000),
        (1_798_000_000, -3_000_000, 500_000),
        (-1_802_000_000 + GeoPoint.TurnE7, 799_000_000, 2_000_000),
        (1_700_000_000, 848_000_000, 5_000_000),
        (-1_790_000_000, -600_000_000, 280_000_000),
    ];

    private static readonly Gen<Volume> Volumes = Gen.Select(Gen.Int[0, 9], Gen.Int[0, 5], Gen.Int[1, 5], Gen.Int[0, 12], Gen.Int[1, 4], Gen.Int[0, 4]).Select(
        (column, row, width, start, length, level) => new Volume(
            Theatre.Rectangle(column, row, width, 1), Theatre.Metres(level * 500, level * 500 + 400), new(At(start), At(start + length))));

    private static readonly Gen<(int Place, Volume[][] Flights, int Lateral, int Vertical, int Time)> Skies = Gen.Select(
        Gen.Int[0, 4], Volumes.Array[1, 3].Array[2, 8], OneOf(0, 3_000, 30_000, 400_000), OneOf(0, 100, 101, 600), OneOf(0, 600, 601, 3_600));

    [Fact]
    public void Flight_RandomFlights_AreInConflictWithThoseOfABruteForceOverAllPairs() => Skies.Sample(
        sky =>
        {
            var minima = SeparationMinima.Create(sky.Lateral, sky.Vertical * Height.UnitsPerMetre, Duration.FromSeconds(sky.Time));
            var record = TestRecord.With(Draft.Separation("4.1", Threshold.Of(sky.Lateral), Threshold.Of(sky.Vertical), Threshold.Of(sky.Time)));
            var flights = sky.Flights.Select(volumes => volumes.Select(volume => volume with { Outline = Put(volume, Places[sky.Place]) }).ToArray()).ToArray();
            var hashes = flights.Select((volumes, number) => record.File(number % 2 == 0 ? Draft.Flight(volumes) : Draft.FlightOfRu(volumes))).ToArray();
            for (var one = 0; one < flights.Length; one++)
            {
                var expected = Enumerable.Range(0, flights.Length)
                    .Where(other => other % 2 != one % 2 && IsConflict(flights[one], flights[other], minima))
                    .Select(other => (other < one ? "separation.conflict" : "separation.later-flight", hashes[other]));
                var verdict = Decide.Flight(record.Latest, FlightInQuestion.OnRecord(record.Latest.FindNotice(hashes[one])!));
                verdict.Reasons.Select(reason => (reason.Code, reason.Flight!.Hash)).ShouldBe(expected, ignoreOrder: true);
            }
        },
        iter: 400);

    private static Gen<int> OneOf(params int[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static bool IsConflict(Volume[] first, Volume[] second, SeparationMinima minima) => first.Any(one =>
        second.Any(other => VolumeSeparation.Conflicts(one, other, minima, Theatre.Heights).Certainty != Certainty.No));

    private static Geo.Outlines.Outline Put(Volume drawn, (long WestE7, long SouthE7, long StepE7) place)
    {
        var box = drawn.Outline.Box;
        // Steps to the north stay small where the place is near a pole.
        var northStepE7 = Math.Min(place.StepE7, 2_000_000);
        return Theatre.Rectangle(
            place.WestE7 + box.West * place.StepE7, place.SouthE7 + box.South * northStepE7, (box.East - box.West) * place.StepE7, northStepE7);
    }

    private static Instant At(int tenMinutes) => Theatre.Hour(100) + Duration.FromMinutes(10 * tenMinutes);
}
