using System.Numerics;
using CsCheck;
using Tansiq.Geo.Geodesy;

namespace Tansiq.Geo.Tests.Geodesy;

public sealed class DeterministicTests
{
    private const int Iterations = 200;

    // From tiny to large, both signs, evenly in magnitude.
    private static Gen<double> Spread(double smallest, double largest) =>
        Gen.Select(Gen.Double[Math.Log10(smallest), Math.Log10(largest)], Gen.Bool)
            .Select((magnitude, negative) => (negative ? -1 : 1) * Math.Clamp(Math.Pow(10, magnitude), smallest, largest));

    [Fact]
    public void SinCos_WithinItsRange_IsRightToAnUlp()
    {
        Spread(1e-20, Deterministic.MaximumRadians).Sample(IsRight, iter: Iterations);
        // The doubles nearest to multiples of a quarter turn cancel most.
        for (var quarters = -651; quarters <= 651; quarters++)
        {
            if (quarters == 0) continue;
            IsRight(quarters * (Math.PI / 2));
            IsRight(Math.BitIncrement(quarters * (Math.PI / 2)));
            IsRight((quarters + 0.5) * (Math.PI / 2));
        }

        static void IsRight(double angle)
        {
            var (sin, cos) = FixedPoint.SinCos(FixedPoint.Of(angle));
            FixedPoint.ErrorInUlps(Deterministic.Sin(angle), sin).ShouldBeLessThan(1, $"sin {angle:R}");
            FixedPoint.ErrorInUlps(Deterministic.Cos(angle), cos).ShouldBeLessThan(1, $"cos {angle:R}");
        }
    }

    [Fact]
    public void SinCosDegrees_IsRightToAnUlpAndExactAtRightAngles()
    {
        Spread(1e-20, 1e6).Sample(
            degrees =>
            {
                var (sin, cos) = FixedPoint.SinCos(FixedPoint.Of(degrees) * FixedPoint.Pi / (180 * FixedPoint.One));
                var result = Deterministic.SinCosDegrees(degrees);
                FixedPoint.ErrorInUlps(result.Sin, sin).ShouldBeLessThan(1, $"sin {degrees:R}°");
                FixedPoint.ErrorInUlps(result.Cos, cos).ShouldBeLessThan(1, $"cos {degrees:R}°");
            },
            iter: Iterations);
        Deterministic.SinCosDegrees(0).ShouldBe((0, 1));
        Deterministic.SinCosDegrees(90).ShouldBe((1, 0));
        Deterministic.SinCosDegrees(-180).ShouldBe((0, -1));
        Deterministic.SinCosDegrees(270).ShouldBe((-1, 0));
        Deterministic.SinCosDegrees(360e6).ShouldBe((0, 1));
    }

    [Fact]
    public void Atan2_InEveryQuadrant_IsRightToAnUlp() =>
        Gen.Select(Spread(1e-12, 1e12), Spread(1e-12, 1e12)).Sample(
            (y, x) =>
            {
                var exact = FixedPoint.Atan2(FixedPoint.Of(y), FixedPoint.Of(x));
                FixedPoint.ErrorInUlps(Deterministic.Atan2(y, x), exact).ShouldBeLessThan(1, $"atan2({y:R}, {x:R})");
                FixedPoint.ErrorInUlps(Deterministic.Atan2Degrees(y, x), exact * 180 * FixedPoint.One / FixedPoint.Pi)
                    .ShouldBeLessThan(2, $"atan2°({y:R}, {x:R})");
                FixedPoint.ErrorInUlps(Deterministic.Atan(y), FixedPoint.Atan2(FixedPoint.Of(y), FixedPoint.One)).ShouldBeLessThan(1, $"atan {y:R}");
            },
            iter: Iterations);

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(1, 0, 90)]
    [InlineData(0, -1, 180)]
    [InlineData(-1, 0, -90)]
    [InlineData(1, 1, 45)]
    [InlineData(1, -1, 135)]
    [InlineData(0, 0, 0)]
    public void Atan2Degrees_OnAxesAndDiagonals_IsExact(double y, double x, double degrees) =>
        Deterministic.Atan2Degrees(y, x).ShouldBe(degrees);

    [Fact]
    public void ExpAndLog_AreRightToAnUlp()
    {
        Spread(1e-20, 250).Sample(x => FixedPoint.ErrorInUlps(Deterministic.Exp(x), FixedPoint.Exp(FixedPoint.Of(x))).ShouldBeLessThan(1, $"exp {x:R}"), iter: Iterations);
        Spread(1e-60, 1e60).Sample(x => LogIsRight(Math.Abs(x)), iter: Iterations);
        Spread(1e-15, 0.4).Sample(x => LogIsRight(1 + x), iter: Iterations);
        LogIsRight(Math.Sqrt(2));
        LogIsRight(Math.BitIncrement(Math.Sqrt(2)));

        static void LogIsRight(double x) =>
            FixedPoint.ErrorInUlps(Deterministic.Log(x), FixedPoint.Log(FixedPoint.Of(x))).ShouldBeLessThan(1, $"log {x:R}");
    }

    [Fact]
    public void HyperbolicFunctions_AreRightToTwoUlps()
    {
        Spread(1e-20, 39).Sample(
            x =>
            {
                var up = FixedPoint.Exp(FixedPoint.Of(x));
                var down = FixedPoint.Divide(FixedPoint.One, up);
                FixedPoint.ErrorInUlps(Deterministic.Sinh(x), (up - down) / 2).ShouldBeLessThan(2, $"sinh {x:R}");
                FixedPoint.ErrorInUlps(Deterministic.Cosh(x), (up + down) / 2).ShouldBeLessThan(2, $"cosh {x:R}");
            },
            iter: Iterations);
        Spread(1e-20, 1e12).Sample(
            x =>
            {
                var value = FixedPoint.Of(x);
                var exact = FixedPoint.Log(value.Sign * value + FixedPoint.Sqrt(FixedPoint.One + FixedPoint.Multiply(value, value))) * value.Sign;
                FixedPoint.ErrorInUlps(Deterministic.Asinh(x), exact).ShouldBeLessThan(2, $"asinh {x:R}");
            },
            iter: Iterations);
        Spread(1e-20, 0.999999999999).Sample(
            x =>
            {
                var value = FixedPoint.Of(x);
                var exact = FixedPoint.Log(FixedPoint.Divide(FixedPoint.One + value, FixedPoint.One - value)) / 2;
                FixedPoint.ErrorInUlps(Deterministic.Atanh(x), exact).ShouldBeLessThan(2, $"atanh {x:R}");
            },
            iter: Iterations);
    }

    [Fact]
    public void CbrtAndHypot_AreRight()
    {
        Spread(1e-30, 1e30).Sample(
            x =>
            {
                var root = Deterministic.Cbrt(x);
                // The root is within an ulp if the cubes of its neighbours lie about x.
                BigInteger Cube(double r) => BigInteger.Pow(FixedPoint.Of(r), 3) / BigInteger.Pow(FixedPoint.One, 2);
                Cube(Math.BitDecrement(root)).ShouldBeLessThan(FixedPoint.Of(x));
                Cube(Math.BitIncrement(root)).ShouldBeGreaterThan(FixedPoint.Of(x));
            },
            iter: Iterations);
        Deterministic.Cbrt(-27).ShouldBe(-3);
        Gen.Select(Spread(1e-8, 1e8), Spread(1e-8, 1e8)).Sample(
            (x, y) =>
            {
                var (a, b) = (FixedPoint.Of(x), FixedPoint.Of(y));
                FixedPoint.ErrorInUlps(Deterministic.Hypot(x, y), FixedPoint.Sqrt(FixedPoint.Multiply(a, a) + FixedPoint.Multiply(b, b))).ShouldBeLessThan(2);
            },
            iter: Iterations);
        Deterministic.Hypot(3e300, 4e300).ShouldBe(5e300, 1e285);
        Deterministic.Hypot(3e-320, 0).ShouldBe(3e-320);
    }

    [Fact]
    public void Functions_OfNaNAndInfinity_SayWhatTheyAre()
    {
        Deterministic.Sin(double.NaN).ShouldBe(double.NaN);
        Should.Throw<ArgumentOutOfRangeException>(() => Deterministic.Sin(double.PositiveInfinity));
        Should.Throw<ArgumentOutOfRangeException>(() => Deterministic.Cos(1024.0001));
        Should.Throw<ArgumentOutOfRangeException>(() => Deterministic.SinCosDegrees(1.2e12));
        Deterministic.Atan(double.NegativeInfinity).ShouldBe(-Math.PI / 2);
        Deterministic.Atan2(double.NaN, 1).ShouldBe(double.NaN);
        Deterministic.Exp(710).ShouldBe(double.PositiveInfinity);
        Deterministic.Exp(709.78).ShouldBe(Math.Exp(709.78), 1e295);
        Deterministic.Exp(-746).ShouldBe(0);
        Deterministic.Log(0).ShouldBe(double.NegativeInfinity);
        Deterministic.Log(-1).ShouldBe(double.NaN);
        Deterministic.Atanh(1).ShouldBe(double.PositiveInfinity);
        Deterministic.Atanh(1.1).ShouldBe(double.NaN);
        Deterministic.Sinh(double.NegativeInfinity).ShouldBe(double.NegativeInfinity);
        Deterministic.Sinh(710).ShouldBe(Math.Sinh(710), 1e295);
        Deterministic.Asinh(double.NaN).ShouldBe(double.NaN);
    }

    [Fact]
    public void Functions_OnEveryMachine_GiveTheSameBits()
    {
        // FNV-1a over the bits of many results; a machine that computes one of them otherwise gives another number.
        var hash = 14695981039346656037UL;
        void Add(double value)
        {
            foreach (var part in BitConverter.GetBytes(BitConverter.DoubleToInt64Bits(value))) hash = unchecked((hash ^ part) * 1099511628211UL);
        }

        for (var i = 1; i <= 1_000; i++)
        {
            var x = i * 0.0173 - 8;
            Add(Deterministic.Sin(x));
            Add(Deterministic.SinCosDegrees(x * 20).Cos);
            Add(Deterministic.Atan2(x, 1.5));
            Add(Deterministic.Exp(x));
            Add(Deterministic.Log(Math.Abs(x)));
            Add(Deterministic.Sinh(x));
            Add(Deterministic.Asinh(x));
            Add(Deterministic.Cbrt(x));
            var path = Geodesic.Inverse(x * 9, 20, -x, x * 15);
            Add(path.DistanceMetres);
            Add(path.StartAzimuthDegrees);
            Add(Geodesic.Direct(x * 9, 20, x * 40, x * 1e5).LongitudeDegrees);
        }

        hash.ShouldBe(17051202844639468386UL);
    }
}
