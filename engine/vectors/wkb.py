"""Polygons as well-known binary, straight from arrays of points. Pure.

Most polygons of a land-cover map have one short ring. Those of one length have the same layout, so numpy writes them
all at once; building geometry objects only to serialise them again would take several times as long.
"""

from __future__ import annotations

import struct

import numpy as np

POLYGON = 3
SHORT_RING = 48
"""Points up to which rings are written together with others of their length."""


def polygons_to_wkb(xy: np.ndarray, ring_offsets: np.ndarray, polygon_offsets: np.ndarray) -> list[bytes]:
    """Return little-endian WKB of polygons.

    Args:
        xy: ``(points, 2)`` float64 of closed rings, one after the other.
        ring_offsets: ``(rings + 1,)`` where each ring begins.
        polygon_offsets: ``(n + 1,)`` where the rings of each polygon begin, the outer ring first.
    """
    xy = np.ascontiguousarray(xy, "<f8")
    counts = np.diff(ring_offsets)
    first_ring = polygon_offsets[:-1]
    size = np.where(np.diff(polygon_offsets) == 1, counts[first_ring], 0)
    found = np.empty(len(first_ring), object)
    short = (size > 0) & (size <= SHORT_RING)
    for count in np.unique(size[short]).tolist():
        members = np.flatnonzero(size == count)
        found[members] = _equal_rings(xy, ring_offsets[first_ring[members]], count)
    for polygon in np.flatnonzero(~short).tolist():
        rings = range(int(polygon_offsets[polygon]), int(polygon_offsets[polygon + 1]))
        found[polygon] = _polygon(xy, ring_offsets, rings)
    return found.tolist()


def _equal_rings(xy: np.ndarray, starts: np.ndarray, count: int) -> np.ndarray:
    layout = [("order", "u1"), ("type", "<u4"), ("rings", "<u4"), ("points", "<u4"), ("xy", "<f8", (count, 2))]
    records = np.empty(len(starts), layout)
    records["order"], records["type"], records["rings"], records["points"] = 1, POLYGON, 1, count
    records["xy"] = xy[starts[:, None] + np.arange(count)]
    texts = np.empty(len(starts), object)
    texts[:] = records.view(f"V{records.itemsize}").tolist()
    return texts


def _polygon(xy: np.ndarray, ring_offsets: np.ndarray, rings: range) -> bytes:
    parts = [struct.pack("<BII", 1, POLYGON, len(rings))]
    for begin, end in zip(
        ring_offsets[rings.start : rings.stop].tolist(), ring_offsets[rings.start + 1 : rings.stop + 1].tolist(),
        strict=True,
    ):  # fmt: skip
        parts.append(struct.pack("<I", end - begin))
        parts.append(xy[begin:end].tobytes())
    return b"".join(parts)
