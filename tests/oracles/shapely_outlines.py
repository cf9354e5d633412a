"""Answers questions about polygons with Shapely (GEOS): one JSON array a line in, one JSON value a line out.

["valid", polygon]           is the polygon valid (OGC)
["intersects", a, b]         do the closed sets share a point
["covers", a, b]             does a hold every point of b
["contains", a, [x, y]]      does the closed polygon hold the point
["length", a, p, q]          length of the part of the segment p-q in a, as a share of the segment

A polygon is an array of rings, the shell first; a ring is an array of [x, y], its first vertex not repeated.
"""
import json
import sys

from shapely.geometry import LineString, Point, Polygon


def polygon(rings):
    return Polygon(rings[0], rings[1:])


def answer(question):
    kind, first, *rest = question
    if kind == "valid":
        return polygon(first).is_valid
    if kind == "intersects":
        return polygon(first).intersects(polygon(rest[0]))
    if kind == "covers":
        return polygon(first).covers(polygon(rest[0]))
    if kind == "contains":
        return polygon(first).intersects(Point(rest[0]))
    if kind == "length":
        line = LineString(rest)
        return polygon(first).intersection(line).length / line.length
    raise ValueError(kind)


for text in sys.stdin:
    print(json.dumps(answer(json.loads(text))))
