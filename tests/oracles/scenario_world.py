"""Turns an imported scenario and recorded OpenSky positions into the input of replay.py, sharing no code with the product.

    scenario_world.py SCENARIO_DIR TRACKS.json.gz PICTURE.json POSITIONS.csv

Decimal numbers are read from their digits and rounded to the grid once, ties to even, as docs/formats/scenario.md and
docs/formats/feeds.md say. Only what such a scenario holds is understood: one stand-down clause over all areas.
"""
import datetime
import gzip
import json
import sys
from decimal import ROUND_HALF_EVEN, Decimal

SETTINGS = {"gapMs": 60_000, "maxSpeed": 1_000, "resolutionMs": 1_000, "acceptFixes": 3, "movingSpeed": 50,
            "frozenAfterMs": 20_000, "frozenFixes": 3, "foldMs": 1_800_000}
UNITS_PER_FOOT = 3_048
REFERENCES = {"sea-level": "sea-level", "ellipsoid": "ellipsoid", "pressure": "pressure", "ground": "ground"}


def grid(degrees):
    return int((Decimal(degrees) * 10_000_000).to_integral_value(ROUND_HALF_EVEN))


def epoch_ms(text):
    moment = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    return int((moment - datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)).total_seconds()) * 1000


def height(value):
    if value is None:
        return None
    if "flightLevel" in value:
        return [int(value["flightLevel"]) * 100 * UNITS_PER_FOOT, "pressure"]
    units = Decimal(value["metres"]) * 10_000 if "metres" in value else Decimal(value["feet"]) * UNITS_PER_FOOT
    return [int(units.to_integral_value(ROUND_HALF_EVEN)), REFERENCES[value["reference"]]]



def polygons(geometry):
    return [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]


def main(folder, tracks, picture_path, positions_path):
    load = lambda name: json.load(open(f"{folder}/{name}", encoding="utf-8"), parse_float=Decimal, parse_int=Decimal)
    scenario, agreement, areas = load("scenario.json"), load("agreement.json"), load("areas.geojson")
    clause = next(clause for clause in agreement["clauses"] if clause["kind"] == "stand-down")
    duration = next(clause for clause in agreement["clauses"] if clause["kind"] == "duration")
    span = epoch_ms(duration["start"]["instant"]), epoch_ms(duration["end"]["instant"])
    bounds = scenario["heights"]
    picture = {
        "settings": SETTINGS,
        "heights": [int(number) for name in ("geoidMetres", "groundMetres", "pressureSurfaceMetres", "layerStretchPerMille") for number in bounds[name]],
        "areas": [{
            "id": feature["id"],
            "clauses": [clause["id"]],
            "volumes": [{
                "rings": [[[grid(x), grid(y)] for x, y in ring[:-1]] for ring in polygon],
                "floor": height(feature["properties"].get("floor")),
                "ceiling": height(feature["properties"].get("ceiling")),
                "from": span[0], "until": span[1],
            } for polygon in polygons(feature["geometry"])],
        } for feature in areas["features"] if feature["properties"]["class"] in clause["areaClasses"]],
        "notices": [],
        "attribution": [],
    }
    json.dump(picture, open(picture_path, "w"))
    rows = json.load(gzip.open(tracks), parse_float=Decimal, parse_int=Decimal)
    rows.sort(key=lambda row: row["timestamp"])
    seen = set()
    with open(positions_path, "w") as output:
        for row in rows:
            line = position(row)
            if line[:4] not in seen:
                output.write(",".join(str(field) for field in line) + "\n")
            seen.add(line[:4])


def position(row):
    """One line of POSITIONS; the pressure altitude counts before the geometric one."""
    feet, reference = (row["altitude"], "pressure") if row.get("altitude") is not None else (row.get("geoaltitude"), "ellipsoid")
    units = "" if feet is None else int((feet * UNITS_PER_FOOT).to_integral_value(ROUND_HALF_EVEN))
    speed = "" if row.get("groundspeed") is None else row["groundspeed"] * 1852 / 3600
    ground = "" if row.get("onground") is None else int(row["onground"])
    return (row["icao24"], row["timestamp"], grid(row["longitude"]), grid(row["latitude"]),
            units, "" if feet is None else reference, speed, ground, 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
