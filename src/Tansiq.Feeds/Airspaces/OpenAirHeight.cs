using System.Buffers;
using System.Globalization;
using Tansiq.Geo;

namespace Tansiq.Feeds.Airspaces;

/// <summary>Heights as texts, above all those of OpenAir files.</summary>
internal static class OpenAirHeight
{
    private const int MaximumLength = 100;
    private const int MaximumNumberLength = 20;

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");
    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>What a bound is.</summary>
    public enum Bound
    {
        /// <summary>No height could be read.</summary>
        Unreadable = 0,

        /// <summary>A height.</summary>
        At,

        /// <summary>The ground.</summary>
        Surface,

        /// <summary>Without limit.</summary>
        Unlimited,
    }

    /// <summary>
    /// Reads <c>FL95</c>, <c>FL 95</c>, <c>4500ft MSL</c>, <c>2900AMSL FT</c>, <c>1000 ft AGL</c>, <c>3000m AMSL</c>, <c>GND</c>, <c>UNLTD</c>
    /// and the like. Without a unit it is feet, without a reference above sea level (<c>HAE</c> above the ellipsoid, <c>STD</c> above
    /// 1013.25 hPa); words in brackets at the end (hours) are passed over.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="takesMinus">Whether a number may have a minus before it; in OpenAir none has.</param>
    public static (Bound Bound, Height Height) Read(ReadOnlySpan<char> text, bool takesMinus = false)
    {
        if (text.Length > MaximumLength) return default;
        var bracket = text.IndexOf('(');
        if (bracket >= 0) text = text[..bracket];
        var words = new Words();
        for (text = text.Trim(); !text.IsEmpty; text = text.TrimStart())
        {
            if (text[0] == '-' && !(takesMinus && words.TakeMinus(ref text))) return default;
            var length = char.IsAsciiDigit(text[0]) ? text.IndexOfAnyExcept(NumberCharacters) : text.IndexOfAnyExcept(Letters);
            if (length == 0) return default;
            var word = length < 0 ? text : text[..length];
            if (!words.Take(word)) return default;
            text = text[word.Length..];
        }

        return words.Compose();
    }

    /// <summary>What was said so far, each thing at most once.</summary>
    private struct Words
    {
        private decimal? _number;
        private long? _unit;
        private HeightReference? _reference;
        private bool _isLevel;
        private bool _isUnlimited;
        private bool _isNegative;

        /// <summary>Takes a minus before a number; false where it stands elsewhere.</summary>
        public bool TakeMinus(ref ReadOnlySpan<char> text)
        {
            if (_isNegative || _number is not null || text.Length < 2 || !char.IsAsciiDigit(text[1])) return false;
            text = text[1..];
            return _isNegative = true;
        }

        public bool Take(ReadOnlySpan<char> word)
        {
            if (char.IsAsciiDigit(word[0]))
            {
                if (_number is not null || word.Length > MaximumNumberLength) return false;
                if (!decimal.TryParse(word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return false;
                _number = _isNegative ? -number : number;
                return true;
            }

            Span<char> upper = stackalloc char[MaximumLength];
            switch (upper[..word.ToUpperInvariant(upper)])
            {
                case "FL":
                    return !_isLevel && _number is null && (_isLevel = true);
                case "FT" or "FEET":
                    return SetUnit(Height.UnitsPerFoot);
                case "M":
                    return SetUnit(Height.UnitsPerMetre);
                case "MSL" or "AMSL" or "ALT":
                    return SetReference(HeightReference.SeaLevel);
                case "AGL" or "GND" or "SFC" or "ASFC":
                    return SetReference(HeightReference.Ground);
                case "HAE":
                    return SetReference(HeightReference.Ellipsoid);
                case "STD":
                    return SetReference(HeightReference.Pressure);
                case "UNL" or "UNLTD" or "UNLIM" or "UNLIMITED":
                    return !_isUnlimited && (_isUnlimited = true);
                default:
                    return false;
            }
        }

        public readonly (Bound, Height) Compose()
        {
            if (_isUnlimited) return _number is null && !_isLevel && _reference is null ? (Bound.Unlimited, default) : default;
            if (_number is not { } number)
                return _reference == HeightReference.Ground && !_isLevel && _unit is null ? (Bound.Surface, default) : default;
            if (_isLevel && (_unit is not null || _reference is not null || number != decimal.Truncate(number))) return default;
            if (Math.Abs(number) > Height.MaximumUnits) return default;
            var units = Math.Round(number * (_isLevel ? 100 * Height.UnitsPerFoot : _unit ?? Height.UnitsPerFoot), MidpointRounding.ToEven);
            if (!Height.IsInRange((long)units)) return default;
            return (Bound.At, Height.FromUnits((long)units, _isLevel ? HeightReference.Pressure : _reference ?? HeightReference.SeaLevel));
        }

        private bool SetUnit(long unit)
        {
            if (_unit is not null) return false;
            _unit = unit;
            return true;
        }

        private bool SetReference(HeightReference reference)
        {
            if (_reference is not null) return false;
            _reference = reference;
            return true;
        }
    }
}
