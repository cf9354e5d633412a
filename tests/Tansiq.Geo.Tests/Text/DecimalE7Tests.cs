using System.Globalization;
using System.Numerics;
using System.Text;
using CsCheck;
using Tansiq.Geo.Text;

namespace Tansiq.Geo.Tests;

public sealed class DecimalE7Tests
{
    private static readonly Gen<string> Number = Gen.Select(
        Gen.Char["0123456789"].Array[0, 12],
        Gen.Char["0123456789"].Array[0, 24],
        Gen.Int[-14, 6],
        Gen.Int[0, 5]).Select((whole, fraction, exponent, form) =>
            (form % 2 == 0 ? "" : "-") + new string(whole) + (whole.Length == 0 ? "0" : "")
            + (fraction.Length == 0 ? "" : "." + new string(fraction)) + (form < 3 ? "" : "e" + exponent.ToString(CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("0", 0)]
    [InlineData("-0", 0)]
    [InlineData("36.2083", 362_083_000)]
    [InlineData("-180", -1_800_000_000)]
    [InlineData("+.5", 5_000_000)]
    [InlineData("5.", 50_000_000)]
    [InlineData("007", 70_000_000)]
    [InlineData("3.62083e1", 362_083_000)]
    [InlineData("362083E-4", 362_083_000)]
    [InlineData("0.00000005", 0)]
    [InlineData("0.00000015", 2)]
    [InlineData("0.00000025", 2)]
    [InlineData("0.000000250000000000000000000000000000000001", 3)]
    [InlineData("0.00000024999999999999999999999999999999999", 2)]
    [InlineData("-0.00000015", -2)]
    [InlineData("0.99999995", 10_000_000)]
    [InlineData("1e-99999999999", 0)]
    [InlineData("0e99999999999", 0)]
    [InlineData("99999999999.9999999", 999_999_999_999_999_999)]
    [InlineData("0.00000004e1", 4)]
    public void Parse_OfANumber_RoundsOnceToEven(string text, long unitsE7)
    {
        DecimalE7.Parse(text).Value.ShouldBe(unitsE7);
        DecimalE7.Parse(Encoding.UTF8.GetBytes(text)).Value.ShouldBe(unitsE7);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("e5")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("1.2.3")]
    [InlineData("1,2")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("0x10")]
    [InlineData("--1")]
    [InlineData("١")]
    public void Parse_OfWhatIsNoNumber_IsRefused(string text)
    {
        DecimalE7.Parse(text).Refusal!.Code.ShouldBe("text.number-malformed");
        DecimalE7.Parse(Encoding.UTF8.GetBytes(text)).Refusal!.Code.ShouldBe("text.number-malformed");
    }

    [Fact]
    public void Parse_AtItsLimits_IsTakenAndBeyondRefused()
    {
        DecimalE7.Parse("100000000000").Refusal!.Code.ShouldBe("text.number-out-of-range");
        DecimalE7.Parse("1e99999999999").Refusal!.Code.ShouldBe("text.number-out-of-range");
        DecimalE7.Parse(new string('0', DecimalE7.MaximumLength)).Value.ShouldBe(0);
        DecimalE7.Parse(new string('0', DecimalE7.MaximumLength + 1)).Refusal!.Code.ShouldBe("text.number-too-long");
    }

    [Fact]
    public void Parse_OfAnyNumber_EqualsExactArithmetic() =>
        Number.Sample(text =>
        {
            var parts = text.Split('e');
            var point = parts[0].IndexOf('.', StringComparison.Ordinal);
            var digits = BigInteger.Parse(parts[0].Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
            var power = (parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0) + 7 - (point < 0 ? 0 : parts[0].Length - point - 1);
            var expected = power >= 0 ? digits * BigInteger.Pow(10, power) : RoundedToEven(digits, BigInteger.Pow(10, -power));
            var parsed = DecimalE7.Parse(text);
            if (BigInteger.Abs(expected) > 999_999_999_999_999_999) parsed.Refusal!.Code.ShouldBe("text.number-out-of-range", text);
            else ((BigInteger)parsed.Value).ShouldBe(expected, text);
        });

    [Fact]
    public void Format_OfAnyUnits_ReadsBack() =>
        Gen.Long[-999_999_999_999_999_999, 999_999_999_999_999_999].Sample(units => DecimalE7.Parse(DecimalE7.Format(units)).Value.ShouldBe(units));

    [Fact]
    public void Parse_OfAnyText_NeverThrows()
    {
        Gen.String.Sample(text => _ = DecimalE7.Parse(text).Refusal);
        Gen.Byte.Array[0, 200].Sample(bytes => _ = DecimalE7.Parse(bytes).Refusal);
    }

    private static BigInteger RoundedToEven(BigInteger dividend, BigInteger divisor)
    {
        var quotient = BigInteger.DivRem(BigInteger.Abs(dividend), divisor, out var remainder);
        if (2 * remainder > divisor || (2 * remainder == divisor && !quotient.IsEven)) quotient++;
        return dividend.Sign * quotient;
    }
}
