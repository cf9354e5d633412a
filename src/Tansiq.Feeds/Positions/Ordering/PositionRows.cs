using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NodaTime;
using Tansiq.Geo;

namespace Tansiq.Feeds.Positions.Ordering;

/// <summary>Positions as rows of bytes: a fixed part, then the characters of the track and of the callsign.</summary>
internal sealed class PositionRows
{
    private const int NoCallsign = -1;

    private readonly IdentifierCache _identifiers = new();

    /// <summary>How many bytes the row of a position takes.</summary>
    public static int SizeOf(ReportedPosition reported) =>
        Unsafe.SizeOf<Fixed>() + sizeof(char) * (reported.Track.Length + (reported.Callsign?.Length ?? 0));

    /// <summary>Writes a row of <see cref="SizeOf"/> bytes.</summary>
    public static void Write(Span<byte> row, int source, RecordPlace place, ReportedPosition reported)
    {
        var position = reported.Position;
        var known = new Fixed
        {
            Number = place.Number,
            Kind = place.Kind,
            Source = source,
            Time = TimeSpread.Nanoseconds(position.At),
            Speed = reported.GroundSpeedMetresPerSecond ?? double.NaN,
            LatitudeE7 = position.Place.LatitudeE7,
            LongitudeE7 = position.Place.LongitudeE7,
            UncertaintyMetres = position.HorizontalUncertaintyMetres,
            HeightUnits = (int)(position.Height?.Units ?? 0),
            HeightReference = position.Height?.Reference ?? default,
            HasHeight = position.Height is not null,
            OnGround = reported.OnGround,
            TrackLength = reported.Track.Length,
            CallsignLength = reported.Callsign?.Length ?? NoCallsign,
        };
        MemoryMarshal.Write(row, known);
        var characters = MemoryMarshal.Cast<byte, char>(row[Unsafe.SizeOf<Fixed>()..]);
        reported.Track.CopyTo(characters);
        reported.Callsign?.CopyTo(characters[reported.Track.Length..]);
    }

    /// <summary>The time of a row, nanoseconds since 1970.</summary>
    public static long TimeOf(ReadOnlySpan<byte> row) => MemoryMarshal.Read<Fixed>(row).Time;

    /// <summary>Reads a row.</summary>
    public (int Source, PositionRecord Record) Read(ReadOnlySpan<byte> row)
    {
        var known = MemoryMarshal.Read<Fixed>(row);
        var characters = MemoryMarshal.Cast<byte, char>(row[Unsafe.SizeOf<Fixed>()..]);
        Height? height = known.HasHeight ? Height.FromUnits(known.HeightUnits, known.HeightReference) : null;
        var at = NodaConstants.UnixEpoch.PlusNanoseconds(known.Time);
        var reported = new ReportedPosition(
            _identifiers.One(characters[..known.TrackLength]),
            new(GeoPoint.FromE7(known.LatitudeE7, known.LongitudeE7), known.UncertaintyMetres, height, at),
            double.IsNaN(known.Speed) ? null : known.Speed,
            known.OnGround,
            known.CallsignLength == NoCallsign ? null : _identifiers.One(characters.Slice(known.TrackLength, known.CallsignLength)));
        return (known.Source, new(new(known.Kind, known.Number), reported));
    }

    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    private struct Fixed
    {
        public long Number;
        public long Time;
        public double Speed;
        public int Source;
        public int LatitudeE7;
        public int LongitudeE7;
        public int UncertaintyMetres;
        public int HeightUnits;
        public int TrackLength;
        public int CallsignLength;
        public RecordKind Kind;
        public HeightReference HeightReference;
        public bool HasHeight;
        public bool? OnGround;
    }
}
