"""Generated landscapes with known classes: any window of an endless plane, by seed.

The plane is cut into fixed cells; each cell is painted whole, with a margin, from hashes of coordinates. A window is
put together from cells, so it holds the same bytes whichever window it was asked in. Classes are those of the DeepGlobe
legend, one pixel is 0.5 m. The pictures resemble air photographs; they are no substitute for them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from .canvas import SHADOW_REACH_PX, Canvas, Light, photograph, ramp
from .covers import (
    Painter,
    paint_agriculture,
    paint_barren,
    paint_forest,
    paint_rangeland,
    paint_urban,
    paint_water,
)
from .noise import Dice, Frame, noise

GROUND_RESOLUTION_M = 0.5
CELL_PX = 512
"""Side of the cells that are painted at once; blocks that start at multiples of it are the fastest."""

MARGIN_PX = SHADOW_REACH_PX + 8
REGION_PX = 330
"""Mean distance between the centres of regions of one cover."""

UNKNOWN, URBAN, AGRICULTURE, RANGELAND, FOREST, WATER, BARREN = range(7)

_PAINTERS: dict[int, Painter] = {
    URBAN: paint_urban,
    AGRICULTURE: paint_agriculture,
    RANGELAND: paint_rangeland,
    FOREST: paint_forest,
    WATER: paint_water,
    BARREN: paint_barren,
}
_SHARES = ((URBAN, 0.20), (AGRICULTURE, 0.28), (RANGELAND, 0.19), (FOREST, 0.17), (BARREN, 0.12), (WATER, 0.04))


@dataclass(frozen=True, slots=True)
class Region:
    """A part of the plane with one cover.

    Attributes:
        row: Centre, global.
        col: Centre, global.
        class_id: Its cover.
        name: Two integers that tell regions apart; its dice are named by them.
    """

    row: float
    col: float
    class_id: int
    name: tuple[int, int]


def render_window(seed: int, row: int, col: int, height: int, width: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the picture and the classes of a window of the plane.

    Args:
        seed: Which landscape; any integer.
        row: First row, any integer.
        col: First column, any integer.
        height: Rows, at least 1.
        width: Columns, at least 1.

    Returns:
        rgb: ``(height, width, 3)`` uint8.
        class_ids: ``(height, width)`` uint8, ids of the DeepGlobe legend, 0 under clouds.
    """
    if height < 1 or width < 1:
        raise ValueError(f"A window of {width} × {height} px is empty; both sides must be at least 1.")
    rgb = np.empty((height, width, 3), np.uint8)
    class_ids = np.empty((height, width), np.uint8)
    for cell_row in range(row // CELL_PX, (row + height - 1) // CELL_PX + 1):
        for cell_col in range(col // CELL_PX, (col + width - 1) // CELL_PX + 1):
            top, left = cell_row * CELL_PX, cell_col * CELL_PX
            r0, r1 = max(row, top), min(row + height, top + CELL_PX)
            c0, c1 = max(col, left), min(col + width, left + CELL_PX)
            cell = render_cell(seed, cell_row, cell_col)
            for target, source in zip((rgb, class_ids), cell, strict=True):
                target[r0 - row : r1 - row, c0 - col : c1 - col] = source[r0 - top : r1 - top, c0 - left : c1 - left]
    return rgb, class_ids


@lru_cache(maxsize=16)
def render_cell(seed: int, cell_row: int, cell_col: int) -> tuple[np.ndarray, np.ndarray]:
    """Return picture and classes of one cell; do not write to them, they are remembered."""
    frame = Frame(seed, cell_row * CELL_PX, cell_col * CELL_PX, CELL_PX, CELL_PX).grown(MARGIN_PX)
    regions, owner = _regions(frame)
    canvas, class_ids = Canvas(frame.shape), np.zeros(frame.shape, np.uint8)
    for number, region in enumerate(regions):
        _paint(canvas, class_ids, frame, owner == number, region)
    _paint_copses(canvas, class_ids, frame)
    _paint_roads(canvas, class_ids, frame)
    _paint_river(canvas, class_ids, frame)
    picture = photograph(canvas, frame, _light(seed), MARGIN_PX)
    class_ids = class_ids[MARGIN_PX:-MARGIN_PX, MARGIN_PX:-MARGIN_PX].copy()
    _paint_clouds(picture, class_ids, Frame(seed, cell_row * CELL_PX, cell_col * CELL_PX, CELL_PX, CELL_PX))
    return picture, class_ids


def _paint(canvas: Canvas, class_ids: np.ndarray, frame: Frame, mask: np.ndarray, region: Region) -> None:
    """Paint one region through its mask, working only on the rectangle that holds it."""
    rows, cols = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    if rows.size == 0:
        return
    r0, r1, c0, c1 = int(rows[0]), int(rows[-1]) + 1, int(cols[0]), int(cols[-1]) + 1
    part = mask[r0:r1, c0:c1]
    name = (region.name[0] // 4, region.name[1] // 4) if region.class_id == WATER else region.name  # lakes touch
    dice = Dice(frame.seed, 11 + region.class_id, *name)
    painted = _PAINTERS[region.class_id](frame.part(r0, c0, r1 - r0, c1 - c0), dice, (region.row, region.col))
    canvas.put(painted, r0, c0, part)
    class_ids[r0:r1, c0:c1][part] = region.class_id


def _regions(frame: Frame) -> tuple[list[Region], np.ndarray]:
    """Return the regions near a frame and, for each pixel, the number of its own in that list."""
    y = (np.arange(frame.height, dtype=np.float32))[:, None] + 22 * noise(frame, 110, 21, 3)
    x = (np.arange(frame.width, dtype=np.float32))[None, :] + 22 * noise(frame, 110, 23, 3)
    span_rows = range((frame.row - 60) // REGION_PX - 1, (frame.row + frame.height + 60) // REGION_PX + 2)
    span_cols = range((frame.col - 60) // REGION_PX - 1, (frame.col + frame.width + 60) // REGION_PX + 2)
    regions = [_region(frame.seed, i, j) for i in span_rows for j in span_cols]
    best = np.full(frame.shape, np.inf, np.float32)
    owner = np.zeros(frame.shape, np.int16)
    for number, region in enumerate(regions):
        distance = (y - np.float32(region.row - frame.row)) ** 2 + (x - np.float32(region.col - frame.col)) ** 2
        np.copyto(owner, number, where=distance < best)
        np.minimum(best, distance, out=best)
    return regions, owner


def _region(seed: int, i: int, j: int) -> Region:
    dice = Dice(seed, 1, i, j)
    row, col = (i + dice.throw(0.08, 0.92)) * REGION_PX, (j + dice.throw(0.08, 0.92)) * REGION_PX
    # neighbours often share a cover, as in real landscapes
    chooser = Dice(seed, 2, i // 2, j // 2) if dice.chance(0.4) else Dice(seed, 3, i, j)
    at = chooser.throw()
    for class_id, share in _SHARES:
        at -= share
        if at < 0:
            return Region(row, col, class_id, (i, j))
    return Region(row, col, AGRICULTURE, (i, j))


def _paint_copses(canvas: Canvas, class_ids: np.ndarray, frame: Frame) -> None:
    """Put small woods into farmland and grassland, and bare patches into grassland."""
    ragged = noise(frame, 13, 35, 2) * 0.12
    wood = (noise(frame, 85, 31, 2) + ragged > 1.75) & ((class_ids == AGRICULTURE) | (class_ids == RANGELAND))
    bare = (noise(frame, 95, 33, 3) + ragged > 1.6) & (class_ids == RANGELAND)
    _paint(canvas, class_ids, frame, wood, Region(0, 0, FOREST, (0, 0)))
    _paint(canvas, class_ids, frame, bare, Region(0, 0, BARREN, (0, 0)))


def _line(frame: Frame, step: float, salt: int) -> np.ndarray:
    """Return the distance in pixels to the winding lines where a noise field is zero."""
    field = noise(frame, step, salt) + 0.06 * noise(frame, step / 5, salt + 1)
    by_row, by_col = np.gradient(field)
    return np.abs(field) / (np.sqrt(by_row * by_row + by_col * by_col) + np.float32(0.15 / step))


def _paint_roads(canvas: Canvas, class_ids: np.ndarray, frame: Frame) -> None:
    """Draw country roads; as in DeepGlobe, a road belongs to the cover around it."""
    distance = _line(frame, 620, 41)
    road = (1 - ramp(distance, 3.6, 5.2)) * (class_ids != WATER) * (class_ids != URBAN)
    canvas.blend((176, 162, 138), road * 0.9)
    canvas.blend((118, 114, 108), (1 - ramp(distance, 2.2, 3.2)) * road * 0.75)
    canvas.height *= 1 - road


def _paint_river(canvas: Canvas, class_ids: np.ndarray, frame: Frame) -> None:
    """Draw rivers with banks: sand bars that are barren land, or a belt of trees."""
    distance = _line(frame, 880, 51)
    width = 12 + 22 * ramp(noise(frame, 700, 53), -0.8, 2.2) + 2.5 * noise(frame, 70, 59, 2)
    bank = noise(frame, 190, 55, 2)
    ragged = noise(frame, 16, 57, 2)
    belt = (distance < width + 22 + 6 * ragged) & (bank > 0.7)
    sand = (distance < width + 18 + 3 * ragged) & (bank < -0.7)
    _paint(canvas, class_ids, frame, belt & (distance >= width), Region(0, 0, FOREST, (1, 0)))
    _paint(canvas, class_ids, frame, sand & (distance >= width), Region(0, 0, BARREN, (1, 0)))
    water = distance < width + 0.8 * ragged
    _paint(canvas, class_ids, frame, water, Region(0, 0, WATER, (1, 0)))
    shallow = water * (1 - ramp(width - distance, 0.0, 7.0)) * ramp(bank, 1.0, -1.0)
    canvas.blend((128, 118, 92), shallow * 0.4)


def _paint_clouds(picture: np.ndarray, class_ids: np.ndarray, frame: Frame) -> None:
    """Cover parts of one landscape in six with clouds; what lies under them is unknown."""
    if not Dice(frame.seed, 5).chance(1 / 6):
        return
    cover = ramp(noise(frame, 260, 61, 5), 1.5, 2.3)[..., None]
    picture[:] = np.rint(picture + (np.float32(236) - picture) * cover).astype(np.uint8)
    class_ids[cover[..., 0] > 0.5] = UNKNOWN


@lru_cache(maxsize=8)
def _light(seed: int) -> Light:
    dice = Dice(seed, 7)
    warmth = dice.throw(-0.06, 0.06)
    return Light(
        azimuth=dice.throw(0, 6.28),
        slope=dice.throw(0.7, 1.4),
        gain=dice.throw(0.6, 1.05),
        tint=(1 + warmth, 1.0, 1 - warmth),
        haze=dice.throw(0.0, 0.22),
        noise=dice.throw(1.2, 3.6),
        blur_px=dice.throw(0.5, 0.9),
    )
