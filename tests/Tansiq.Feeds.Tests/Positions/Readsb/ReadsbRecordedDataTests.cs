using Tansiq.Feeds.Positions;

namespace Tansiq.Feeds.Tests.Positions.Readsb;

/// <summary>All recorded files of aircraft lists, traces and points by track, record by record against Python.</summary>
public sealed class ReadsbRecordedDataTests
{
    private const string Oracle = """
        import datetime, json, math, sys
        from decimal import Decimal, ROUND_HALF_EVEN
        D = lambda value: value if isinstance(value, Decimal) else Decimal(value)
        whole = lambda value: str(int(D(value).quantize(Decimal(1), ROUND_HALF_EVEN)))
        RC = [0, 37040, 14816, 7408, 3704, 1852, 1112, 371, 186, 75, 25, 8]
        def line(track, lat, lon, at, height, reference, speed, radius, ground, callsign):
            print('|'.join([track.lower(), whole(D(lat) * 10**7), whole(D(lon) * 10**7), str(math.floor(at * 10**6)),
                '' if height is None else whole(height), '' if height is None else reference,
                '' if speed is None else whole(speed), str(radius), ground, callsign]))
        knots = lambda value: None if value is None else D(value) * 1852 / Decimal('3.6')
        radius = lambda a: math.ceil(a['rc']) if a.get('rc') else RC[a.get('nic') or 0]
        def readsb(a, now):
            if 'hex' not in a: return print('-feeds.missing-track')
            if 'lat' not in a: return print('-feeds.missing-position')
            baro, geom = a.get('alt_baro'), a.get('alt_geom')
            ground = '' if baro is None else '1' if baro == 'ground' else '0'
            if baro == 'ground': baro = None
            height = baro if baro is not None else geom
            line(a['hex'], a['lat'], a['lon'], D(now) - D(a.get('seen_pos', 0)), None if height is None else D(height) * 3048,
                'P' if baro is not None else 'E', knots(a.get('gs')), radius(a), ground, (a.get('flight') or '').strip())
        def opensky(a):
            baro, geom = a['baro_altitude'], a['geo_altitude']
            height = baro if baro is not None else geom
            line(a['icao24'], a['lat'], a['lng'], D(a['time_position']), None if height is None else D(height) * 10000, 'P' if baro is not None else 'E',
                None if a['velocity'] is None else D(a['velocity']) * 1000, 0, '1' if a['on_ground'] else '0', (a['callsign'] or '').strip())
        def trace(d):
            callsign, held = '', {}
            for row in d['trace']:
                if row[6] & 2: callsign, held = '', {}
                if row[8]:
                    callsign = row[8].get('flight', callsign).strip()
                    held.update({name: row[8][name] for name in ('rc', 'nic') if name in row[8]})
                baro = row[3]
                ground = '' if baro is None else '1' if baro == 'ground' else '0'
                reference = 'E' if row[6] & 8 else 'P'
                height = None if baro in (None, 'ground') else baro
                if reference == 'E' and row[10] is not None or height is None: height, reference = row[10], 'E'
                line(d['icao'], row[1], row[2], D(d['timestamp']) + D(row[0]), None if height is None else D(height) * 3048, reference,
                    knots(row[4]), radius(held), ground, callsign)
        for text in [open(sys.argv[1]).read()] if sys.argv[2] == 'one' else open(sys.argv[1]):
            d = json.loads(text, parse_float=Decimal)
            if 'trace' in d: trace(d)
            elif 'fetched_at' in d: [opensky(a) for a in d['aircraft']]
            elif 'aircraft' in d: [readsb(a, d['now']) for a in d['aircraft']]
            elif 'now' in d: readsb(d, d['now'])
            else: [line(track, p['lat'], p['lon'], D(p['t']), None, '', None, 0, '', '') for track, points in d.items() for p in points]
        """;

    [Theory]
    [Trait("Requirement", "MON-1")]
    [InlineData("readsb-aircraft-json/aircraft_1.json", "one", 64, 63)]
    [InlineData("readsb-aircraft-json/aircraft_2.json", "one", 69, 67)]
    [InlineData("readsb-aircraft-json/aircraft_3.json", "one", 80, 77)]
    [InlineData("readsb/trace_full_ac671b.json", "one", 2_500, 2_500)]
    [InlineData("readsb/1hr.json", "lines", 5_767, 4_920)]
    [InlineData("readsb/20minutes.json", "lines", 1_612, 1_194)]
    [InlineData("westasia-2026-03-18/aircraft_00.json", "one", 73, 73)]
    [InlineData("westasia-2026-03-18/aircraft_05.json", "one", 90, 90)]
    [InlineData("turkey-2026/opensky.json", "one", 6_280, 6_280)]
    public void Read_RecordedFile_AgreesWithPythonInEveryRecord(string file, string layout, int count, int taken)
    {
        var path = SharedData.PathOf("tracks/" + file);
        var expected = SharedData.RunPython(Oracle, path, layout).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var records = PositionFile.At(path).Read().ToList();
        PositionLines.Of(records).ShouldBe(expected);
        (records.Count, records.Count(record => record.Content.Refusal is null)).ShouldBe((count, taken));
    }
}
