"""Brute-force replay, written from docs/formats/replay.md and from nothing else.

Cuts every leg at every moment at which anything could change (edge lines, height limits, bounds of time, corners of
the rectangle of uncertainty), looks at the middle of each piece with exact numbers, and compares neighbours. Shares no
code with the product.

    replay.py PICTURE.json POSITIONS.csv     events as JSON Lines
    replay.py --worlds < WORLDS.jsonl        a JSON array of event lines for each world (a world: picture + "positions")

PICTURE: {"settings": {"gapMs", "maxSpeed", "resolutionMs", "acceptFixes", "movingSpeed", "frozenAfterMs",
"frozenFixes", "foldMs"}, "heights": [geoid low, high, ground low, high, pressure surface low, high (metres), stretch low, high
(per mille)], "areas": [{"id", "clauses": [...], "volumes": [V]}], "notices": [{"flight", "actor", "tracks": [...],
"volumes": [V], "separations": [{"clause", "lateral" (m), "vertical" (units of 0.1 mm), "from", "until"}]}], "attribution":
[{"tracks": [...], "callsigns": [...], "blocks": [[first, last], ...], "actor", "basis", "confidence"}]}; V: {"rings": [[[x, y], ...], ...] (shell first, units of 1e-7 degree, unwrapped), "floor": [units of
0.1 mm, reference] or null, "ceiling": the same, "from": epoch ms or null, "until": the same}.

POSITIONS, in order of time, without a header: track, epoch ms, longitude, latitude (units of 1e-7 degree), height
(units of 0.1 mm), reference, speed (m/s), on ground (0 or 1), uncertainty (m), callsign. From the height on all may be empty.
"""
import copy
import csv
import datetime
import json
import sys
from fractions import Fraction

import numpy
from address_blocks import state_of

TURN = 3_600_000_000
HALF = 1_800_000_000
LEVELS = ["no", "possible", "certain"]


class Ring:
    def __init__(self, points):
        self.points = [tuple(point) for point in points]
        array = numpy.array(self.points, dtype=numpy.int64)
        self.x0, self.y0 = array[:, 0], array[:, 1]
        self.x1, self.y1 = numpy.roll(self.x0, -1), numpy.roll(self.y0, -1)
        self.west, self.east = numpy.minimum(self.x0, self.x1), numpy.maximum(self.x0, self.x1)
        self.south, self.north = numpy.minimum(self.y0, self.y1), numpy.maximum(self.y0, self.y1)

    def edges_meeting(self, west, south, east, north):
        mask = (self.west <= east) & (self.east >= west) & (self.south <= north) & (self.north >= south)
        return [self.edge(number) for number in numpy.nonzero(mask)[0]]

    def edge(self, number):
        number = int(number)
        return self.points[number], self.points[(number + 1) % len(self.points)]

    def locate(self, x, y, d):
        """1 inside, 0 on the edge, -1 outside; the point is (x/d, y/d)."""
        low, high = y // d, -((-y) // d)
        mask = (self.south <= high) & (self.north >= low) & (self.east >= x // d)
        inside = False
        for number in numpy.nonzero(mask)[0]:
            (ax, ay), (bx, by) = self.edge(number)
            ax, ay, bx, by = ax * d, ay * d, bx * d, by * d
            cross = (bx - ax) * (y - ay) - (by - ay) * (x - ax)
            if cross == 0 and min(ax, bx) <= x <= max(ax, bx) and min(ay, by) <= y <= max(ay, by):
                return 0
            if (ay > y) != (by > y) and (cross > 0) == (by > ay):
                inside = not inside
        return 1 if inside else -1


class Conversion:
    def __init__(self, bounds):
        self.geoid = bounds[0] * 10_000, bounds[1] * 10_000
        self.ground = bounds[2] * 10_000, bounds[3] * 10_000
        self.surface = bounds[4] * 10_000, bounds[5] * 10_000
        self.stretch = Fraction(bounds[6], 1000), Fraction(bounds[7], 1000)

    def interval(self, u, reference):
        if reference == "sea-level":
            return u, u
        if reference == "ellipsoid":
            return u - self.geoid[1], u - self.geoid[0]
        if reference == "ground":
            return u + self.ground[0], u + self.ground[1]
        low, high = self.stretch if u >= 0 else self.stretch[::-1]
        return u + self.surface[0] + u * low, u + self.surface[1] + u * high

    def bound(self, u, reference):
        low, high = self.interval(u, reference)
        return low.__floor__(), high.__ceil__()

    def at_or_below(self, u, reference, limit, beyond=0):
        """Level of u <= limit; possible also where it is so little beyond."""
        units, other = limit
        if reference == other:
            return 2 if u <= units else 1 if u <= units + beyond else 0
        (low, high), (floor, ceiling) = self.interval(u, reference), self.bound(units, other)
        return 2 if high <= floor else 1 if low <= ceiling + beyond else 0

    def at_or_above(self, u, reference, limit, beyond=0):
        units, other = limit
        if reference == other:
            return 2 if u >= units else 1 if u >= units - beyond else 0
        (low, high), (floor, ceiling) = self.interval(u, reference), self.bound(units, other)
        return 2 if low >= ceiling else 1 if high >= floor - beyond else 0

    def turning_heights(self, reference, limit, beyond=0):
        """Every height at which a comparison with the limit could change, and more."""
        units, other = limit
        if reference == other:
            return [Fraction(units + shift) for shift in (-beyond, 0, beyond)]
        found = [Fraction(0)]
        for target in [bound + shift for bound in self.bound(units, other) for shift in (-beyond, 0, beyond)]:
            if reference == "sea-level":
                found.append(Fraction(target))
            elif reference == "ellipsoid":
                found += [Fraction(target + shift) for shift in self.geoid]
            elif reference == "ground":
                found += [Fraction(target - shift) for shift in self.ground]
            else:
                found += [(target - shift) / (1 + stretch) for shift in self.surface for stretch in self.stretch]
        return found


class Volume:
    lateral = vertical = 0

    def __init__(self, data, conversion):
        self.rings = [Ring(ring) for ring in data["rings"]]
        self.floor = tuple(data["floor"]) if data["floor"] else None
        self.ceiling = tuple(data["ceiling"]) if data["ceiling"] else None
        self.start, self.end = ticks_of(data["from"]), ticks_of(data["until"])
        self.conversion = conversion
        shell = self.rings[0]
        self.box = int(shell.west.min()), int(shell.south.min()), int(shell.east.max()), int(shell.north.max())

    def height_level(self, u, reference):
        if self.floor is None and self.ceiling is None:
            return 2
        if reference is None:
            return 1
        level = 2
        if self.floor is not None:
            level = min(level, self.conversion.at_or_above(u, reference, self.floor, self.vertical))
        if self.ceiling is not None:
            level = min(level, self.conversion.at_or_below(u, reference, self.ceiling, self.vertical))
        return level

    def kept_from(self, separation):
        """The same volume with the separation that a clause keeps from it, while the clause is in force."""
        volume = copy.copy(self)
        volume.lateral, volume.vertical = separation["lateral"], separation["vertical"]
        starts = [bound for bound in (self.start, ticks_of(separation["from"])) if bound is not None]
        ends = [bound for bound in (self.end, ticks_of(separation["until"])) if bound is not None]
        volume.start, volume.end = max(starts, default=None), min(ends, default=None)
        return volume

    def in_time(self, ticks):
        return (self.start is None or ticks >= self.start) and (self.end is None or ticks < self.end)

    def holds(self, x, y, d):
        where = self.rings[0].locate(x, y, d)
        if where <= 0:
            return where == 0
        return all(hole.locate(x, y, d) <= 0 for hole in self.rings[1:])


class Leg:
    def __init__(self, first, last, beyond=0):
        self.first, self.last, self.seen = first, last, {}
        self.sx, self.sy = first.x, first.y
        ex = last.x
        if ex - self.sx > HALF:
            ex -= TURN
        elif ex - self.sx < -HALF:
            ex += TURN
        self.dx, self.dy = ex - self.sx, last.y - self.sy
        self.dt = last.ticks - first.ticks
        known = first.reference is not None and first.reference == last.reference
        self.reference = first.reference if known else None
        self.u, self.du = (first.u, last.u - first.u) if known else (None, None)
        metres = min(max(first.uncertainty, last.uncertainty), 20_037_509) + beyond
        self.rx, self.ry = reach(metres, max(abs(first.y), abs(last.y)))
        self.box = (min(self.sx, ex) - self.rx, min(self.sy, last.y) - self.ry,
                    max(self.sx, ex) + self.rx, max(self.sy, last.y) + self.ry)

    def seen_within(self, metres):
        if not metres:
            return self
        if metres not in self.seen:
            self.seen[metres] = Leg(self.first, self.last, metres)
        return self.seen[metres]

    def turns(self, box):
        west, south, east, north = self.box
        if south > box[3] or north < box[1]:
            return []
        return range(-((east - box[0]) // TURN), (box[2] - west) // TURN + 1)

    def ticks_at(self, t):
        return self.first.ticks + self.dt * t

    def height_at(self, t):
        return None if self.reference is None else self.u + self.du * t

    def moments(self, volume):
        """All parameters in (0, 1) at which the level in a volume could change."""
        found = set()
        for bound in (volume.start, volume.end):
            if bound is not None:
                found.add(Fraction(bound - self.first.ticks, self.dt))
        if self.reference is not None and self.du:
            for limit in (volume.floor, volume.ceiling):
                if limit is not None:
                    found.update((u - self.u) / self.du for u in volume.conversion.turning_heights(self.reference, limit, volume.vertical))
        for leg in (self, self.seen_within(volume.lateral)):
            leg.add_place_moments(volume, found)
        return {t for t in found if 0 < t < 1}

    def add_place_moments(self, volume, found):
        for turn in self.turns(volume.box):
            for ring in volume.rings:
                self.add_edge_moments(ring, turn * TURN, found)

    def add_edge_moments(self, ring, shift, found):
        west, south, east, north = self.box
        corners = [(0, 0)]
        if self.ry:
            corners += [(i * self.rx, j * self.ry) for i in (-1, 1) for j in (-1, 1)]
        for (ax, ay), (bx, by) in ring.edges_meeting(west + shift, south, east + shift, north):
            ex, ey = bx - ax, by - ay
            slope = ex * self.dy - ey * self.dx
            for cx, cy in corners:
                px, py = self.sx + shift + cx, self.sy + cy
                if slope:
                    found.add(Fraction(ey * (px - ax) - ex * (py - ay), slope))
                for vx, vy in ((ax, ay), (bx, by)):
                    if self.dx and (self.ry or not slope):
                        found.add(Fraction(vx - px, self.dx))
                    if self.dy and (self.ry or not slope):
                        found.add(Fraction(vy - py, self.dy))

    def place_level(self, volume, t):
        n, d = t.numerator, t.denominator
        x, y = self.sx * d + self.dx * n, self.sy * d + self.dy * n
        level = 0
        for turn in self.turns(volume.box):
            level = max(level, self.place_level_in_turn(volume, x + turn * TURN * d, y, d))
        return level

    def place_level_in_turn(self, volume, x, y, d):
        inside = volume.holds(x, y, d)
        if not self.ry:
            return 2 if inside else 0
        west, east, south, north = x - self.rx * d, x + self.rx * d, y - self.ry * d, y + self.ry * d
        for ring in volume.rings:
            for (ax, ay), (bx, by) in ring.edges_meeting(west // d, south // d, -(-east // d), -(-north // d)):
                if segment_meets_rectangle(ax * d, ay * d, bx * d, by * d, west, south, east, north):
                    return 1
        return 2 if inside else 0

    def level(self, volume, t):
        if not volume.in_time(self.ticks_at(t)):
            return 0
        height = volume.height_level(self.height_at(t), self.reference)
        if height == 0:
            return 0
        place = self.place_level(volume, t)
        if volume.lateral and place < 2:
            place = min(1, self.seen_within(volume.lateral).place_level(volume, t))
        return min(height, place)

    def cannot_be_in(self, volume):
        if not self.seen_within(volume.lateral).turns(volume.box):
            return True
        if volume.start is not None and self.last.ticks < volume.start:
            return True
        if volume.end is not None and self.first.ticks >= volume.end:
            return True
        if self.reference is None:
            return False
        low, high = min(self.u, self.u + self.du), max(self.u, self.u + self.du)
        return bool(volume.floor and volume.conversion.at_or_above(high, self.reference, volume.floor, volume.vertical) == 0
                    or volume.ceiling and volume.conversion.at_or_below(low, self.reference, volume.ceiling, volume.vertical) == 0)


def segment_meets_rectangle(ax, ay, bx, by, west, south, east, north):
    """Separating axes: those of the rectangle and the segment's normal."""
    if max(ax, bx) < west or min(ax, bx) > east or max(ay, by) < south or min(ay, by) > north:
        return False
    sides = [(bx - ax) * (y - ay) - (by - ay) * (x - ax) for x in (west, east) for y in (south, north)]
    return min(sides) <= 0 <= max(sides)


def reach(metres, latitude):
    if metres <= 0:
        return 0, 0
    y = -(-metres * 10**7 // 110_574)
    d = -(-(latitude + y) // 10**7)
    if d >= 90:
        return HALF, y
    k = 1000 * (32_400 - 4 * d * d) // (32_400 + d * d) - 2
    return (HALF if k <= 0 else min(HALF, -(-metres * 10**10 // (111_319 * k)))), y


def exceeds(first, last, speed, allowance):
    d = abs(first.y + last.y) // 2 // 100_000
    den, num = 324_000_000 + d * d, 324_000_000 - 4 * d * d
    east = abs(first.x - last.x)
    east = min(east, TURN - east)
    way = Fraction((last.y - first.y) ** 2) + (Fraction(num, den) * east) ** 2
    most = Fraction(speed * (last.ticks - first.ticks + allowance), 10**7) / Fraction(11_132, 10**6)
    return way > most * most


def jumps(first, last, settings):
    return exceeds(first, last, settings["maxSpeed"], settings["resolutionMs"] * 10_000)


class Position:
    def __init__(self, row):
        track, ms, x, y, u, reference, speed, ground, uncertainty, callsign = (list(row) + [None] * 10)[:10]
        empty = (None, "")
        self.track = track
        self.ticks = int(ms) * 10_000
        self.x, self.y = int(x), int(y)
        if self.x == HALF:
            self.x = -HALF
        self.u = None if u in empty else int(u)
        self.reference = None if self.u is None else reference
        self.speed = None if speed in empty else float(speed)
        self.ground = None if ground in empty else bool(int(ground))
        self.uncertainty = 0 if uncertainty in empty else int(uncertainty)
        self.callsign = None if callsign in empty else callsign

    @property
    def place(self):
        return self.x, self.y


class Track:
    def __init__(self):
        self.anchor = None
        self.followed = False
        self.doubtful = False
        self.frozen = False
        self.inbound = None
        self.candidate = None
        self.count = 0
        self.stale = 0
        self.seen = None
        self.held = {}
        self.near = {}
        self.conformance = None
        self.callsign = None


class World:
    def __init__(self, picture):
        self.settings = picture["settings"]
        self.gap = self.settings["gapMs"] * 10_000
        conversion = Conversion(picture["heights"])
        self.areas = [(area["id"], area["clauses"] or [None], [Volume(v, conversion) for v in area["volumes"]])
                      for area in picture["areas"]]
        self.notices = [(notice["flight"], set(notice["tracks"]), [Volume(v, conversion) for v in notice["volumes"]])
                        for notice in picture["notices"]]
        self.actors = [notice["actor"] for notice in picture["notices"]]
        self.guarded = [guarded for notice, described in zip(self.notices, picture["notices"])
                        for guarded in guards(notice, described["separations"])]
        self.rules = picture["attribution"]
        boxes = [(number, volume.box) for number, area in enumerate(self.areas) for volume in area[2]]
        self.box_area = numpy.array([number for number, _ in boxes], dtype=numpy.int64)
        self.boxes = numpy.array([box for _, box in boxes], dtype=numpy.int64).reshape(-1, 4)
        self.tracks, self.known, self.lines = {}, set(), []
        self.now = None

    # Which positions are taken, and which fixes are good.

    def run(self, rows):
        for row in rows:
            self.take(Position(row))
        for name, track in self.tracks.items():
            if track.followed:
                self.lose(name, track, "frozen" if track.frozen else "end")
        self.lines.sort(key=lambda line: line[0])
        return [write(fields) for fields in Alerts(self.settings["foldMs"]).fold(self.lines, self.now)]

    def take(self, fix):
        if not 1 <= len(fix.track) <= 64 or self.now is not None and fix.ticks < self.now:
            return
        track = self.tracks.get(fix.track)
        if track is not None and track.seen.ticks == fix.ticks:
            return
        self.now = fix.ticks
        self.expire()
        track = self.tracks.setdefault(fix.track, Track())
        track.callsign = fix.callsign or track.callsign
        self.judge(track, fix)
        track.seen = fix
        self.known.add(fix.track)

    def expire(self):
        # Nothing can have been outlived while the oldest moment that is kept is young enough.
        if getattr(self, "oldest", None) is not None and self.now - self.oldest <= self.gap:
            return
        for name in list(self.tracks):
            track = self.tracks[name]
            if track.followed and self.now - track.anchor.ticks > self.gap:
                self.lose(name, track, "frozen" if track.frozen else "gap")
            if self.now - track.seen.ticks > self.gap:
                del self.tracks[name]
        kept = [t.anchor.ticks for t in self.tracks.values() if t.followed] + [t.seen.ticks for t in self.tracks.values()]
        self.oldest = min(kept, default=self.now)

    def reports(self, fix):
        return fix.speed is not None and fix.speed >= self.settings["movingSpeed"] and fix.ground is not True

    def claims(self, track, fix):
        if fix.speed is not None or fix.ground is True:
            return self.reports(fix)
        return track.inbound is not None and exceeds(track.inbound, track.anchor, self.settings["movingSpeed"], 0)

    def judge(self, track, fix):
        if track.anchor is not None and fix.place == track.anchor.place and self.claims(track, fix):
            track.stale += 1
            long_enough = fix.ticks - track.anchor.ticks >= self.settings["frozenAfterMs"] * 10_000
            if not track.frozen and track.stale + 1 >= self.settings["frozenFixes"] and long_enough:
                track.frozen = True
                self.mark(track, fix, "frozen", {"since": moment(track.anchor.ticks), "sinceMs": milliseconds(track.anchor.ticks)})
            return
        if track.candidate is not None and fix.place == track.candidate.place and self.reports(fix):
            return
        if track.followed and not jumps(track.anchor, fix, self.settings):
            return self.move(track, fix)
        if not track.followed and track.candidate is None:
            cause = "frozen" if track.frozen else "gap" if fix.track in self.known else "first"
            return self.appear(track, fix, cause)
        if track.candidate is None:
            track.candidate, track.count = fix, 1
            lon, lat = degrees(track.anchor.x), degrees(track.anchor.y)
            return self.mark(track, fix, "jump", {"fromAt": moment(track.anchor.ticks), "fromLon": lon, "fromLat": lat})
        near = fix.ticks - track.candidate.ticks <= self.gap and not jumps(track.candidate, fix, self.settings)
        track.candidate, track.count = fix, track.count + 1 if near else 1
        if track.count >= self.settings["acceptFixes"]:
            if track.followed:
                self.lose(fix.track, track, "jump")
            track.doubtful = True
            self.appear(track, fix, "jump")

    def anchor(self, track, fix):
        track.inbound = track.anchor if track.followed else None
        track.anchor, track.followed = fix, True
        track.candidate, track.frozen, track.stale = None, False, 0

    # Levels.

    def appear(self, track, fix, cause):
        self.anchor(track, fix)
        leg = Leg(fix, fix)
        for number in self.near(leg):
            level = self.capped(track, max(leg.level(volume, Fraction(0)) for volume in self.areas[number][2]))
            if level:
                track.held[number] = level
                self.area_event(fix.track, track, leg, Fraction(0), number, "appeared", level, cause)
        volumes = self.declared(fix.track)
        if volumes:
            level = self.capped(track, max(leg.level(volume, Fraction(0)) for volume in volumes))
            track.conformance = level
            self.conformance_event(fix.track, track, leg, Fraction(0), level > 0, level)
        for number, guarded in enumerate(self.guarded):
            level = self.near_level(fix.track, track, leg, Fraction(0), guarded)
            if level:
                track.near[number] = level
                self.conflict_event(fix.track, track, leg, Fraction(0), guarded, "conflict", level, cause)

    def move(self, track, fix):
        leg = Leg(track.anchor, fix)
        self.anchor(track, fix)
        for number in sorted(set(self.near(leg)) | set(track.held)):
            before = track.held.get(number, 0)
            for t, level in self.levels(leg, self.areas[number][2], track):
                if level == before:
                    continue
                kind = "enter" if level > before else "leave"
                self.area_event(fix.track, track, leg, t, number, kind, level if level > before else fall(level), None)
                before = level
            track.held[number] = before
            if not before:
                del track.held[number]
        volumes = self.declared(fix.track)
        if volumes:
            for t, level in self.levels(leg, volumes, track):
                if level != track.conformance:
                    self.conformance_event(fix.track, track, leg, t, level > track.conformance, level)
                    track.conformance = level
        for number, guarded in enumerate(self.guarded):
            self.move_near(fix.track, track, leg, number, guarded)

    def move_near(self, name, track, leg, number, guarded):
        before = track.near.get(number, 0)
        for t, level in self.levels(leg, guarded[4], track, at_middle=lambda middle: self.near_level(name, track, leg, middle, guarded)):
            if level > before:
                self.conflict_event(name, track, leg, t, guarded, "conflict", level, None)
            elif level < before:
                self.conflict_event(name, track, leg, t, guarded, "conflict-end", fall(level), None)
            before = level
        track.near[number] = before
        if not before:
            del track.near[number]

    def near_level(self, name, track, leg, t, guarded):
        """How near the track is to a notice's volumes, as far as that may be the flight of another."""
        flight, party, tracks, _, volumes = guarded
        flown = [notice for notice in self.notices if name in notice[1]]
        if any(notice[0].split(" ")[0] == party for notice in flown):
            return 0
        level = max((leg.level(volume, t) for volume in volumes if not leg.cannot_be_in(volume)), default=0)
        return min(level, 1) if track.doubtful or not flown and not tracks else level

    def levels(self, leg, volumes, track, at_middle=None):
        volumes = [volume for volume in volumes if not leg.cannot_be_in(volume)]
        moments = {Fraction(0)}
        for volume in volumes:
            moments |= leg.moments(volume)
        moments = sorted(moments)
        for start, end in zip(moments, moments[1:] + [Fraction(1)]):
            middle = (start + end) / 2
            level = at_middle(middle) if at_middle else max((leg.level(volume, middle) for volume in volumes), default=0)
            yield start, self.capped(track, level)

    def lose(self, name, track, cause):
        leg = Leg(track.anchor, track.anchor)
        for number in sorted(track.held):
            self.area_event(name, track, leg, Fraction(0), number, "lost", track.held[number], cause)
        for number in sorted(track.near):
            self.conflict_event(name, track, leg, Fraction(0), self.guarded[number], "conflict-end", track.near[number], cause)
        if track.conformance is not None:
            self.add(5, {"event": "(lost)", "track": name, **where(leg, Fraction(0)), "cause": cause, "attribution": self.attribution(name, track)},
                     leg.first.ticks)
        track.held, track.near, track.followed, track.conformance = {}, {}, False, None

    def near(self, leg):
        if not len(self.boxes):
            return []
        west, south, east, north = leg.box
        found = (self.boxes[:, 1] <= north) & (self.boxes[:, 3] >= south)
        if not found.any():
            return []
        boxes, areas = self.boxes[found], self.box_area[found]
        meets = -((east - boxes[:, 0]) // TURN) <= (boxes[:, 2] - west) // TURN
        return sorted({int(number) for number in areas[meets]})

    def declared(self, name):
        return [volume for _, tracks, volumes in self.notices if name in tracks for volume in volumes]

    @staticmethod
    def capped(track, level):
        return min(level, 1) if track.doubtful else level

    # Events.

    def covered(self, name, track, leg, t):
        own = [notice for notice in self.notices if name in notice[1]]
        most = 2 if own and not track.doubtful else 1
        levels = [(flight, min(most, max(leg.level(volume, t) for volume in volumes)))
                  for flight, _, volumes in own or self.notices]
        best = max((level for _, level in levels), default=0)
        return best, [flight for flight, level in levels if best and level == best][:16]

    def area_event(self, name, track, leg, t, number, kind, level, cause):
        area, clauses, _ = self.areas[number]
        best, flights = self.covered(name, track, leg, t)
        for clause in clauses:
            fields = {"event": kind, "track": name, "area": area, "clause": clause, **where(leg, t), "certainty": LEVELS[level]}
            if cause:
                fields["cause"] = cause
            self.add(3, fields | {"covered": LEVELS[best], "flights": flights, "attribution": self.attribution(name, track)}, leg.ticks_at(t))

    def conflict_event(self, name, track, leg, t, guarded, kind, level, cause):
        fields = {"event": kind, "track": name, "flight": guarded[0], "clause": guarded[3], **where(leg, t), "certainty": LEVELS[level]}
        if cause:
            fields["cause"] = cause
        self.add(4, fields | {"attribution": self.attribution(name, track)}, leg.ticks_at(t))

    def conformance_event(self, name, track, leg, t, rise, level):
        fields = {"event": "conforming" if rise else "nonconforming", "track": name, **where(leg, t),
                  "certainty": LEVELS[level if rise else fall(level)]}
        flights = [flight for flight, tracks, _ in self.notices if name in tracks][:16]
        self.add(2, fields | {"flights": flights, "attribution": self.attribution(name, track)}, leg.ticks_at(t))

    def attribution(self, name, track):
        state = state_of(name)
        flown = {actor for actor, notice in zip(self.actors, self.notices) if name in notice[1]}
        if len(flown) == 1:
            return {"basis": "declared", "state": state, "actor": flown.pop(), "confidence": "high"}
        rule = self.rule_for(name, track.callsign)
        if rule:
            return {"basis": rule["basis"], "state": state, "actor": rule["actor"], "confidence": rule["confidence"]}
        return {"basis": "address-block", "state": state, "actor": None, "confidence": "moderate"} if state else None

    def rule_for(self, name, callsign):
        found = []
        for place, rule in enumerate(self.rules):
            if name in rule["tracks"]:
                found.append((0, 0, place, rule))
            found += [(1, -len(start), place, rule) for start in rule["callsigns"] if (callsign or "").startswith(start)]
            if len(name) == 6 and set(name) <= set("0123456789abcdef"):
                found += [(2, last - first, place, rule) for first, last in rule["blocks"] if first <= int(name, 16) <= last]
        return min(found, key=lambda each: each[:3])[3] if found else None

    def mark(self, track, fix, kind, more):
        fields = {"event": kind, "track": fix.track, **where(Leg(fix, fix), Fraction(0)), "certainty": "certain"}
        self.add(0 if kind == "jump" else 1, fields | more | {"attribution": self.attribution(fix.track, track)}, fix.ticks)

    def add(self, group, fields, ticks):
        fields["ms"] = milliseconds(ticks)
        key = (fields["ms"], fields["track"], group, fields.get("area") or fields.get("flight") or "", fields.get("clause") or "")
        self.lines.append((key, fields))


class Alerts:
    """Folds events, in their order, into alerts, and puts these among them."""

    ABOUT = {"appeared": "presence", "enter": "presence", "leave": "presence", "lost": "presence", "conflict": "conflict",
             "conflict-end": "conflict", "jump": "jump", "frozen": "frozen"}
    KINDS = ["presence", "nonconformance", "conflict", "jump", "frozen"]

    def __init__(self, fold_ms):
        self.fold_ms = fold_ms
        self.open = {}
        self.written = []

    def fold(self, events, now):
        for key, event in events:
            self.close(lambda course: course["since"] is None and course["last"]["ms"] + self.fold_ms < event["ms"])
            self.add(event)
            if event["event"] != "(lost)":
                self.written.append({name: value for name, value in event.items() if name not in ("ms", "sinceMs")})
        self.close(lambda course: True, None if now is None else milliseconds(now))
        return self.written

    def close(self, is_due, latest=None):
        due = [(course["last"]["ms"] + self.fold_ms, subject) for subject, course in self.open.items() if is_due(course)]
        for at, subject in sorted((at if latest is None else min(at, latest), subject) for at, subject in due):
            self.written.append(self.line(subject, self.open.pop(subject), at))

    def add(self, event):
        kind = event["event"]
        about = self.ABOUT.get(kind, "nonconformance")
        subject = (event["track"], self.KINDS.index(about), event.get("area") or event.get("flight") or "", event.get("clause") or "")
        course = self.open.get(subject)
        if course is None:
            if kind in ("conforming", "(lost)", "leave", "lost", "conflict-end"):
                return
            course = self.open[subject] = {"first": event, "last": event, "cause": None, "since": None, "entries": 0, "stays": [], "covers": [],
                                           "flights": [], "levels": [], "events": 0}
        on = course["since"] is not None
        if kind in ("conforming", "(lost)") and not on:
            return
        course["last"], course["cause"] = event, None
        course["events"] += kind != "(lost)"
        if kind in ("appeared", "enter", "nonconforming", "conflict", "jump", "frozen"):
            course["levels"].append(LEVELS.index(event["certainty"]))
            course["covers"] += [LEVELS.index(event["covered"])] if "covered" in event else []
            course["flights"] += [flight for flight in event.get("flights", []) if flight not in course["flights"]]
            if not on:
                course["since"] = event.get("sinceMs", event["ms"])
                course["entries"] += 1
        over = kind in ("lost", "(lost)", "jump", "frozen") or "cause" in event and kind == "conflict-end" \
            or kind in ("leave", "conflict-end", "conforming") and event["certainty"] == "certain"
        if over and course["since"] is not None:
            course["stays"].append(event["ms"] - course["since"])
            course["since"], course["cause"] = None, event.get("cause")

    def line(self, subject, course, at):
        first, last = course["first"], course["last"]
        return {"event": "alert", "track": subject[0], "about": self.KINDS[subject[1]], "area": first.get("area"), "flight": first.get("flight"),
                "clause": first.get("clause"), "at": moment(at * 10_000),
                **{name: last[name] for name in ("lon", "lat", "heightMetres", "heightReference")},
                "certainty": LEVELS[max(course["levels"])], "state": "open" if course["cause"] == "end" else "ended",
                "from": first["at"], "fromLon": first["lon"], "fromLat": first["lat"], "until": last["at"], "entries": course["entries"],
                "longestStaySeconds": seconds(max(course["stays"])), "totalStaySeconds": seconds(sum(course["stays"])),
                "covered": LEVELS[min(course["covers"])] if course["covers"] else None, "flights": course["flights"][:16],
                "cause": course["cause"], "events": course["events"], "attribution": last["attribution"]}


def guards(notice, separations):
    flight, tracks, volumes = notice
    party = flight.split(" ")[0]
    if not separations:
        return [(flight, party, tracks, None, volumes)]
    return [(flight, party, tracks, separation["clause"], [volume.kept_from(separation) for volume in volumes]) for separation in separations]


def ticks_of(ms):
    return None if ms is None else ms * 10_000


def milliseconds(ticks):
    return round(Fraction(ticks) / 10_000)


def fall(level):
    return 1 if level else 2


class Number(str):
    """A number as it is to be written."""


def where(leg, t):
    x = round(leg.sx + leg.dx * t)
    x = (x + HALF) % TURN - HALF
    height = leg.height_at(t)
    return {"at": moment(leg.ticks_at(t)), "lon": degrees(x), "lat": degrees(round(leg.sy + leg.dy * t)),
            "heightMetres": None if height is None else metres(round(Fraction(height))), "heightReference": leg.reference}


def moment(ticks):
    ms = milliseconds(ticks)
    whole = datetime.datetime.fromtimestamp(ms // 1000, datetime.timezone.utc)
    return whole.strftime("%Y-%m-%dT%H:%M:%S.") + f"{ms % 1000:03}Z"


def degrees(units):
    return Number(f"{'-' if units < 0 else ''}{abs(units) // 10**7}.{abs(units) % 10**7:07}")


def metres(units):
    text = f"{'-' if units < 0 else ''}{abs(units) // 10**4}.{abs(units) % 10**4:04}".rstrip("0").rstrip(".")
    return Number(text)


def seconds(ms):
    return Number(f"{ms // 1000}.{ms % 1000:03}".rstrip("0").rstrip("."))


def write(fields):
    return "{" + ",".join(
        f'"{name}":' + (value if isinstance(value, Number) else json.dumps(value, separators=(",", ":")))
        for name, value in fields.items()) + "}"


def main():
    if sys.argv[1:] == ["--worlds"]:
        for line in sys.stdin:
            data = json.loads(line)
            print(json.dumps(World(data).run(data["positions"])), flush=True)
        return
    with open(sys.argv[1], encoding="utf-8") as file:
        world = World(json.load(file))
    with open(sys.argv[2], encoding="utf-8", newline="") as file:
        for line in world.run(csv.reader(file)):
            print(line)


if __name__ == "__main__":
    main()
