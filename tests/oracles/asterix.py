"""Decodes ASTERIX categories 048 and 062 (EUROCONTROL-SPEC-0149, parts 4 and 9) and prints one JSON array a record.

Usage: asterix.py FILE...   The container (pcap, FINAL or blocks alone) is told from the content.
A row is [category, source, time of day in 1/128 s, track number, address, callsign, x, y, height, speed, flags]:
x and y are latitude and longitude in 1e-7 degree (062) or rho in 1/256 NM and theta in 1/65536 turn (048); height is
[reference, tenths of a millimetre]; speed in 1e-3 m/s.
"""
import json
import struct
import sys
from fractions import Fraction

FX, REP, EXPLICIT = 'fx', 'rep', 'explicit'
C380 = [3, 6, 2, 2, 2, 2, 2, (FX, 1), (REP, 15), 2, 2, 7, 2, 2, 2, 2, 2, 2, 1, 8, 1, 6, 2, 1, (REP, 8), 2, 2, 2]
C062 = [2, None, 1, 3, 8, 6, 4, 2, 2, 7, C380, 2, (FX, 1), [1, 1, 1, 1, 2, 1, 1, 1, 1, 1], 1, [1] * 31, 2, 2, 2, 2,
        [2, 7, 4, 1, 4, 1, 4, 4, 3, 2, 2, (REP, 4), 6, 1, 7, 7, 2, 7], (FX, 1), 1, [1, 4, 6, 2, 2, 1, 1], 2, (FX, 3),
        [4, 2, 4, 1, 1, 2, 2, 1], [2, 4, 2, 2, 2, 1], None, None, None, None, None, EXPLICIT, EXPLICIT]
C048 = [2, 3, (FX, 1), 4, 2, 2, [1] * 7, 3, 6, (REP, 8), 2, 4, 4, (FX, 1), 4, (FX, 1), 2, 4, 2, [2, (REP, 6)], 2, 7, 1,
        2, 1, 2, EXPLICIT, EXPLICIT]
ITEMS = {48: C048, 62: C062}
SIX_BITS = '?ABCDEFGHIJKLMNOPQRSTUVWXYZ????? ???????????????0123456789??????'


def presence(data, at):
    bits = []
    while True:
        octet = data[at]
        at += 1
        bits += [octet >> (7 - i) & 1 for i in range(7)]
        if not octet & 1:
            return [i for i, bit in enumerate(bits) if bit], at


def end_of(kind, data, at):
    if isinstance(kind, int):
        return at + kind
    if isinstance(kind, list):
        present, at = presence(data, at)
        for index in present:
            at = end_of(kind[index], data, at)
        return at
    if kind == EXPLICIT:
        assert data[at] > 0
        return at + data[at]
    name, size = kind
    if name == REP:
        return at + 1 + data[at] * size
    while data[at + size - 1] & 1:
        at += size
    return at + size


def parts(kinds, data, at):
    found = {}
    present, at = presence(data, at)
    for index in present:
        end = end_of(kinds[index], data, at)
        found[index + 1] = data[at:end]
        at = end
    return found, at


def unsigned(data):
    return int.from_bytes(data, 'big')


def signed(data):
    return int.from_bytes(data, 'big', signed=True)


def identification(data):
    bits = unsigned(data)
    text = ''.join(SIX_BITS[bits >> shift & 63] for shift in range(42, -1, -6))
    return None if '?' in text else text.strip() or None


def units(value, numerator, denominator):
    return round(Fraction(value) * Fraction(numerator, denominator))


def flight_level(data):
    return ['Pressure', signed(data) * 25 * 3048]


def speed(data):
    return units(unsigned(data[:2]), 1852 * 1000, 1 << 14)


def record_048(items):
    code = items.get(6)
    height = None
    if code and not code[0] & 0xc0:
        level = unsigned(code) & 0x3fff
        height = ['Pressure', (level - 0x4000 if level & 0x2000 else level) * 25 * 3048]
    elif 19 in items:
        level = unsigned(items[19]) & 0x3fff
        height = ['SeaLevel', (level - 0x4000 if level & 0x2000 else level) * 25 * 3048]
    rho, theta = struct.unpack('>HH', items[4]) if 4 in items else (None, None)
    return [unsigned(items[2]) if 2 in items else None, unsigned(items[11]) & 0xfff if 11 in items else None,
            unsigned(items[8]) if 8 in items else None, identification(items[9]) if 9 in items else None, rho, theta,
            height, speed(items[13]) if 13 in items else None]


def record_062(items):
    derived = parts(C380, items[11], 0)[0] if 11 in items else {}
    latitude, longitude = struct.unpack('>ii', items[5]) if 5 in items else (None, None)
    name = identification(derived[2]) if 2 in derived else None
    if name is None and 10 in items:
        name = identification(items[10][1:])
    height = None
    if 17 in items:
        height = flight_level(items[17])
    elif 19 in items:
        level = unsigned(items[19]) & 0x7fff
        height = ['SeaLevel' if items[19][0] & 0x80 else 'Pressure', (level - 0x8000 if level & 0x4000 else level) * 25 * 3048]
    elif 18 in items:
        height = ['Ellipsoid', signed(items[18]) * 25 * 762]
    velocity = None
    if 7 in items:
        east, north = struct.unpack('>hh', items[7])
        velocity = round((east * east + north * north) ** 0.5 * 250)
    scale = (180 * 10 ** 7, 1 << 25)
    return [unsigned(items[4]) if 4 in items else None, unsigned(items[12]) if 12 in items else None,
            unsigned(derived[1]) if 1 in derived else None, name,
            None if latitude is None else units(latitude, *scale), None if longitude is None else units(longitude, *scale),
            height, velocity]


def records(block):
    category, length = block[0], unsigned(block[1:3])
    assert length == len(block)
    if category not in ITEMS:
        return
    at = 3
    while at < length:
        items, at = parts(ITEMS[category], block, at)
        source = '%d-%d' % tuple(items[1])
        yield [category, source] + (record_048 if category == 48 else record_062)(items)
    assert at == length


def blocks(data):
    at = 0
    while at < len(data):
        length = unsigned(data[at + 1:at + 3])
        yield data[at:at + length]
        at += length


def payloads(data):
    if data[:4] == b'\xd4\xc3\xb2\xa1':
        at = 24
        while at < len(data):
            size = struct.unpack('<I', data[at + 8:at + 12])[0]
            frame = data[at + 16:at + 16 + size]
            header = 14 + (frame[14] & 15) * 4
            yield frame[header + 8:header + unsigned(frame[header + 4:header + 6])]
            at += 16 + size
    elif data[-4:] == b'\xa5' * 4:
        at = 0
        while at < len(data):
            size = unsigned(data[at:at + 2])
            yield data[at + 8:at + size - 4]
            at += size
    else:
        yield data


for path in sys.argv[1:]:
    with open(path, 'rb') as file:
        content = file.read()
    for payload in payloads(content):
        for block in blocks(payload):
            for row in records(block):
                print(json.dumps(row))
