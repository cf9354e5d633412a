using System.Collections.Immutable;
using NodaTime;

namespace Tansiq.Record.Federation;

/// <summary>
/// The steps of an office. It appends on its own and needs nobody to go on; what the steps decide is which checkpoint all centres look at, so that their
/// cosignatures meet on one (docs/formats/federation.md, Rounds).
/// </summary>
public static class OfficeProtocol
{
    // A centre that has not cosigned for so many rounds is not waited for.
    private const int RoundsPresent = 10;

    /// <summary>An office that starts.</summary>
    /// <param name="settings">Who is who.</param>
    /// <param name="size">How much is on its disk: it shows all of it.</param>
    /// <param name="jointSize">How much of it is known to be joint.</param>
    /// <param name="now">Its clock.</param>
    public static OfficeState Start(OfficeSettings settings, long size, long jointSize, Instant now)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var centres = settings.Centres.ToImmutableSortedDictionary(name => name, _ => new PeerState());
        return new() { Settings = settings, NewestSize = size, ShownSize = size, ShownAt = now, JointSize = jointSize, Centres = centres, NextDue = now };
    }

    /// <summary>One step.</summary>
    /// <param name="state">What it remembers.</param>
    /// <param name="input">What it learns.</param>
    /// <param name="now">Its clock.</param>
    public static (OfficeState State, ImmutableArray<OfficeEffect> Effects) Step(OfficeState state, OfficeInput input, Instant now)
    {
        ArgumentNullException.ThrowIfNull(state);
        var effects = ImmutableArray.CreateBuilder<OfficeEffect>();
        state = Learn(state, input, now, effects);
        state = MeasureClocks(state, now, effects);
        state = ShowNewest(state, now, effects);
        var round = state.NewestSize > state.ShownSize ? state.ShownAt + state.Settings.Times.Round : Instant.MaxValue;
        return (state with { NextDue = state.Centres.Values.Aggregate(round, (due, centre) => Instant.Min(due, centre.ClockDue)) }, effects.ToImmutable());
    }

    private static OfficeState Learn(OfficeState state, OfficeInput input, Instant now, ImmutableArray<OfficeEffect>.Builder effects)
    {
        switch (input)
        {
            case OfficeInput.Appended appended: return state with { NewestSize = Math.Max(state.NewestSize, appended.Size) };
            case OfficeInput.Cosigned cosigned: return Cosigned(state, cosigned, now, effects);
            case OfficeInput.ClockMeasured measured: return Measured(state, measured, now, effects);
            case OfficeInput.Tick: return state;
            default: throw new InvalidOperationException("An input that nobody decides.");
        }
    }

    private static OfficeState Cosigned(OfficeState state, OfficeInput.Cosigned cosigned, Instant now, ImmutableArray<OfficeEffect>.Builder effects)
    {
        if (state.Centres.TryGetValue(cosigned.By, out var centre))
        {
            centre = centre with { CosignedSize = Math.Max(centre.CosignedSize, cosigned.Size), ShownSize = Math.Max(centre.ShownSize, cosigned.Size), HeardAt = now };
            state = state with { Centres = state.Centres.SetItem(cosigned.By, centre) };
        }

        if (!cosigned.IsJoint || cosigned.Size <= state.JointSize) return state;
        effects.Add(new OfficeEffect.ShowJoint(cosigned.Size));
        return state with { JointSize = cosigned.Size };
    }

    private static OfficeState Measured(OfficeState state, OfficeInput.ClockMeasured measured, Instant now, ImmutableArray<OfficeEffect>.Builder effects)
    {
        if (measured.Reading is not { } reading || !state.Centres.TryGetValue(measured.Of, out var centre)) return state;
        state = state with { Centres = state.Centres.SetItem(measured.Of, centre with { Clock = reading, HeardAt = now }) };
        var standing = state.Findings.Find(finding => finding.About == measured.Of);
        if (reading.IsBeyond(state.Settings.Times.ClockLimit))
        {
            if (standing is not null) return state;
            var finding = new Finding(ClockFaults.Of(measured.Of, reading, state.Settings.Times.ClockLimit), measured.Of, now);
            effects.Add(new OfficeEffect.Raise(finding));
            return state with { Findings = state.Findings.Add(finding) };
        }

        if (standing is null) return state;
        effects.Add(new OfficeEffect.Withdraw(standing));
        return state with { Findings = state.Findings.Remove(standing) };
    }

    private static OfficeState MeasureClocks(OfficeState state, Instant now, ImmutableArray<OfficeEffect>.Builder effects)
    {
        foreach (var (name, centre) in state.Centres)
        {
            if (now < centre.ClockDue) continue;
            effects.Add(new OfficeEffect.MeasureClock(name));
            state = state with { Centres = state.Centres.SetItem(name, centre with { ClockDue = now + state.Settings.Times.Greeting }) };
        }

        return state;
    }

    private static OfficeState ShowNewest(OfficeState state, Instant now, ImmutableArray<OfficeEffect>.Builder effects)
    {
        if (state.NewestSize <= state.ShownSize || (now < state.ShownAt + state.Settings.Times.Round && IsAwaited(state, now))) return state;
        effects.Add(new OfficeEffect.Show(state.NewestSize));
        return state with { ShownSize = state.NewestSize, ShownAt = now };
    }

    // Whether a centre that takes part has still to cosign what is shown.
    private static bool IsAwaited(OfficeState state, Instant now) => state.Centres.Values.Any(centre =>
        centre.CosignedSize < state.ShownSize && centre.HeardAt is { } heard && now < heard + state.Settings.Times.Round * RoundsPresent);
}
