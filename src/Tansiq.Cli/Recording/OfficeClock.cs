using NodaTime;
using NodaTime.Text;
using Tansiq.Coordination.Parties;
using Tansiq.Geo.Text;

namespace Tansiq.Cli.Recording;

/// <summary>The office's clock: the machine's, or in an exercise one that stands where it is put. Thread-safe.</summary>
internal sealed class OfficeClock : IClock
{
    private long _ticks;

    private OfficeClock(Instant? standing) => _ticks = standing?.ToUnixTimeTicks() ?? long.MinValue;

    /// <summary>The clock of a record.</summary>
    /// <param name="text">Where it stands; null for the machine's.</param>
    /// <param name="kind">Exercise or real.</param>
    /// <returns>The clock; <c>record.exercise-only</c> where a real record is given another than the machine's.</returns>
    public static Parsed<OfficeClock> Of(string? text, RecordKind kind)
    {
        if (text is null) return new OfficeClock(standing: null);
        if (kind != RecordKind.Exercise) return NotReal("--clock");
        var parsed = InstantPattern.ExtendedIso.Parse(text);
        return parsed.Success && parsed.Value >= TimeReading.Earliest && parsed.Value < TimeReading.Limit
            ? new OfficeClock(parsed.Value)
            : new Refusal("cli.not-a-moment", "--clock", JsonText.Shorten(text), "an instant (2016-07-20T06:00:00Z)");
    }

    /// <summary>Why something is not done on a real record.</summary>
    public static Refusal NotReal(string option) => new("record.exercise-only", option, "a real record", "a record of kind exercise");

    /// <inheritdoc/>
    public Instant GetCurrentInstant() =>
        Volatile.Read(ref _ticks) is var ticks && ticks == long.MinValue ? SystemClock.Instance.GetCurrentInstant() : Instant.FromUnixTimeTicks(ticks);

    /// <summary>Puts the clock of an exercise forward.</summary>
    public void Put(Instant instant) => Volatile.Write(ref _ticks, instant.ToUnixTimeTicks());
}
