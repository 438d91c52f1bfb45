"""Land covers as they look from above: one painter a class, each a function of coordinates and a region's dice.

Colours of different classes overlap on purpose: what tells them apart is texture, shape and context.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .canvas import Canvas, Color, ramp
from .noise import Dice, Frame, grain, noise, scatter, uniform

SOILS: tuple[Color, ...] = ((168, 140, 106), (150, 112, 82), (186, 168, 138), (140, 124, 104), (172, 122, 88))
GREENS: tuple[Color, ...] = ((62, 92, 50), (84, 108, 58), (48, 82, 52), (96, 116, 64), (70, 98, 66))
STRAWS: tuple[Color, ...] = ((176, 160, 110), (156, 144, 100), (190, 176, 132))
ROOFS: tuple[Color, ...] = (
    (150, 92, 74), (176, 116, 90), (168, 164, 158), (206, 202, 194), (122, 118, 116), (146, 130, 110),
    (182, 168, 146), (104, 122, 140), (132, 104, 86), (226, 224, 220),
)  # fmt: skip

Painter = Callable[[Frame, Dice, tuple[float, float]], Canvas]
"""(frame, dice of the region, its centre as row and column) → painted canvas."""


def _varied(color: Color, dice: Dice, spread: float = 14) -> Color:
    common = dice.throw(-spread, spread)
    return tuple(c + common + dice.throw(-spread, spread) * 0.4 for c in color)  # type: ignore[return-value]


def paint_forest(frame: Frame, dice: Dice, centre: tuple[float, float]) -> Canvas:
    """Closed crowns with gaps; some regions are planted in rows."""
    planted = dice.chance(0.25)
    step = dice.throw(7, 12)
    crowns = scatter(frame, step, 0.25 if planted else 0.95, 201, dice.throw(0, 1.5) if planted else 0.0)
    floor, leaf = _varied((70, 72, 48), dice), _varied(dice.pick(GREENS[:3]), dice, 10)
    canvas = Canvas(frame.shape, floor)
    density = noise(frame, 130, 203, 2)
    gaps = ramp(density, *sorted((-2.6, dice.throw(-1.9, -0.9))))
    radius = step * (0.36 + 0.36 * crowns.trait(0)) * (0.45 + 0.6 * gaps)
    lumpy = crowns.distance * (1 + 0.16 * noise(frame, 5, 209))
    dome = 1 - (lumpy / radius) ** 2
    crown = ramp(dome, 0.0, 0.25)
    canvas.blend(leaf, crown)
    tint = 1 + crown * ((crowns.trait(1) - 0.5) * 0.36 + 0.1 * noise(frame, 260, 205))
    canvas.blend((122, 104, 66), crown * (crowns.trait(2) > 0.95) * 0.5)
    canvas.blend(_varied(dice.pick(GREENS), dice), crown * (crowns.trait(1) > 0.6) * dice.throw(0, 0.8))
    canvas.rgb *= tint * (1 + 0.07 * grain(frame, 207))
    canvas.height = np.sqrt(np.maximum(dome, 0)) * radius * (0.8 + 0.5 * crowns.trait(2))
    return canvas


def paint_rangeland(frame: Frame, dice: Dice, centre: tuple[float, float]) -> Canvas:
    """Patchy grass over soil with scattered shrubs and thin trails."""
    canvas = Canvas(frame.shape, _varied(dice.pick(STRAWS), dice))
    canvas.blend(_varied(dice.pick(GREENS), dice), ramp(noise(frame, 110, 221, 5), dice.throw(-1.4, 0.6), 1.4) * 0.85)
    canvas.blend(_varied(dice.pick(SOILS), dice), ramp(noise(frame, 60, 223, 5), dice.throw(0.0, 1.0), 1.7) * 0.85)
    canvas.rgb *= 1 + 0.09 * noise(frame, 24, 225, 4) + 0.06 * grain(frame, 227)
    trail = np.abs(noise(frame, 170, 229)) < 0.018
    canvas.blend(_varied((186, 166, 132), dice), trail * 0.7)
    shrubs = scatter(frame, dice.throw(9, 18), 1.0, 231)
    share = dice.throw(0.15, 0.7) * ramp(noise(frame, 90, 233, 2), -0.4, 1.8)
    radius = 1.2 + 3.8 * shrubs.trait(1) ** 2
    dome = np.where(shrubs.trait(0) < share, 1 - (shrubs.distance / radius) ** 2, 0).clip(0)
    canvas.blend(_varied((58, 74, 44), dice), ramp(dome, 0, 0.4))
    canvas.height = np.sqrt(dome) * radius
    return canvas


def paint_barren(frame: Frame, dice: Dice, centre: tuple[float, float]) -> Canvas:
    """Sand, rock or raw soil: rills, ripples or terraces, vehicle tracks, hardly a plant."""
    soil = _varied(dice.pick(SOILS), dice)
    canvas = Canvas(frame.shape, soil)
    relief = noise(frame, 150, 241, 5)
    canvas.blend(_varied(dice.pick(SOILS), dice), ramp(noise(frame, 70, 243, 3), -0.6, 1.4) * 0.7)
    kind = dice.throw()
    if kind < 0.35:  # quarry or terraces: the ground goes down in steps
        steps = relief * 3.0
        canvas.height = (np.floor(steps) + ramp(steps - np.floor(steps), 0.75, 1.0)) * 6 + relief
    elif kind < 0.65:  # wind ripples
        u, _ = frame.rotated(*centre, dice.throw(0, 3.1))
        canvas.height = np.sin((u + 16 * relief) * (6.28 / dice.throw(9, 22))) * 0.9 + relief * 2
    else:  # rills
        rill = np.abs(noise(frame, 46, 245, 3))
        canvas.height = -2.5 * (1 - ramp(rill, 0.0, 0.35)) + relief * 3
        canvas.blend(tuple(c * 0.72 for c in soil), (1 - ramp(rill, 0.0, 0.3)) * 0.6)
    canvas.rgb *= 1 + 0.06 * grain(frame, 247) + 0.05 * noise(frame, 6, 249, 2)
    track = ramp(0.05 - np.abs(noise(frame, 210, 251)), 0.0, 0.03)
    canvas.blend(_varied((206, 188, 158), dice), track * 0.6)
    tufts = scatter(frame, 30, 1.0, 253)
    canvas.blend((84, 92, 58), (tufts.distance < 3.5 * tufts.trait(0)) & (tufts.trait(1) < 0.4))
    return canvas


def paint_water(frame: Frame, dice: Dice, centre: tuple[float, float]) -> Canvas:
    """Open water: clear and dark, green or loaded with soil; faint waves, streaks of glint."""
    tone = dice.pick(
        ((38, 58, 62), (52, 74, 60), (64, 88, 78), (132, 116, 88), (98, 100, 78), (44, 66, 50), (80, 110, 112))
    )
    canvas = Canvas(frame.shape, _varied(tone, dice, 10))
    canvas.blend(_varied((136, 124, 98), dice), ramp(noise(frame, 240, 261, 3), 0.0, 2.4) * dice.throw(0.1, 0.6))
    u, _ = frame.rotated(*centre, dice.throw(0, 3.1))
    wave = np.sin((u + 3 * noise(frame, 60, 263)) * (6.28 / dice.throw(5, 9)))
    canvas.rgb *= 1 + 0.012 * wave + 0.02 * noise(frame, 14, 265, 2)
    glint = ramp(noise(frame, 320, 267), 1.2, 2.6) * ramp(noise(frame, 5, 269), 0.4, 2.0)
    canvas.blend((222, 224, 220), glint * 0.5)
    return canvas


def paint_agriculture(frame: Frame, dice: Dice, centre: tuple[float, float]) -> Canvas:
    """Fields in a turned brick pattern, each with its crop, rows and state; tracks, hedges or grass between."""
    u, v = frame.rotated(*centre, dice.throw(0, 3.1))
    u = u + 4 * noise(frame, 160, 281)
    width, length = dice.throw(55, 150), dice.throw(90, 260)
    strip, across = _cells(u, width)
    offset = uniform(frame.seed, 283, *_lookup(strip, dice)) * length
    bed, along = _cells(v + offset[strip - strip.min()], length)
    traits = [_field_trait(frame, dice, strip, bed, k) for k in range(5)]
    crop, shade, rows, turn, state = traits

    canvas = Canvas(frame.shape, _varied(dice.pick(SOILS), dice))
    green = ramp(noise(frame, 55, 285, 3) * 0.35 + crop * 4 - dice.throw(0.8, 2.2), 0, 0.8)
    canvas.blend(_varied(dice.pick(GREENS), dice), green * (0.55 + 0.45 * state))
    canvas.blend(_varied(dice.pick(STRAWS), dice), (shade > 0.7) * (0.25 + 0.75 * state))
    canvas.blend(_varied(dice.pick(SOILS), dice), ((shade < 0.22) * 0.85).astype(np.float32))
    period = 3.2 + np.floor(rows * 4) * 1.7
    furrow = np.sin(np.where(turn < 0.7, u, v) * (6.2832 / period))
    canvas.rgb *= 1 + furrow * (0.02 + 0.07 * rows) + (shade - 0.5) * 0.3 + 0.05 * noise(frame, 24, 287, 3)
    tramline = np.abs(np.where(turn < 0.7, u, v) % 42 - 21) < 1.1
    canvas.blend(_varied((150, 134, 104), dice), tramline * ((shade - 0.3) * 0.6).clip(0))
    canvas.rgb *= 1 + 0.04 * grain(frame, 289) + 0.03 * noise(frame, 7, 291, 2)
    canvas.height = (crop > 0.6) * (1.5 * state) + 0.35 * furrow

    edge = np.minimum(np.minimum(across, 1 - across) * width, np.minimum(along, 1 - along) * length)
    _paint_borders(canvas, frame, dice, edge)
    return canvas


def _cells(position: np.ndarray, size: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the cell number of each position and the place within the cell, 0 to 1."""
    scaled = position * np.float32(1 / size)
    index = np.floor(scaled)
    return index.astype(np.int32), scaled - index


def _lookup(index: np.ndarray, dice: Dice) -> tuple[np.ndarray, np.ndarray]:
    first, last = int(index.min()), int(index.max())
    return np.arange(first, last + 1), np.array(int(dice.throw() * 1e6))


def _field_trait(frame: Frame, dice: Dice, i: np.ndarray, j: np.ndarray, k: int) -> np.ndarray:
    """Return a random number of each pixel's cell (i, j), by a table of the few cells in the frame."""
    i0, j0 = int(i.min()), int(j.min())
    rows = np.arange(i0, int(i.max()) + 1) + int(dice.throw() * 1e6)
    cols = np.arange(j0, int(j.max()) + 1)
    table = uniform(frame.seed, 300 + k, rows[:, None], cols[None, :])
    return table.ravel()[(i - i0) * np.int32(len(cols)) + (j - j0)]


def _paint_borders(canvas: Canvas, frame: Frame, dice: Dice, edge: np.ndarray) -> None:
    """Draw what lies between fields: a pale track, a strip of grass, or a hedge with trees."""
    kind = dice.throw()
    if kind < 0.45:
        canvas.blend(_varied((190, 172, 138), dice), 1 - ramp(edge, 1.2, 2.6))
    elif kind < 0.7:
        canvas.blend(_varied(dice.pick(GREENS), dice), 1 - ramp(edge, 1.5, 3.5))
    else:
        bush = (1 - ramp(edge, 1.5, 4.5)) * ramp(noise(frame, 30, 321, 2), -0.6, 0.4)
        canvas.blend(_varied((54, 72, 42), dice), bush)
        canvas.height = np.maximum(canvas.height, bush * 6)
    trees = scatter(frame, 26, 1.0, 323)
    radius = 3 + 5 * trees.trait(1)
    dome = np.where((trees.trait(0) < 0.4) & (edge < 9), 1 - (trees.distance / radius) ** 2, 0).clip(0)
    canvas.blend(_varied((56, 78, 44), dice), ramp(dome, 0, 0.3))
    canvas.height = np.maximum(canvas.height, np.sqrt(dome) * radius * 1.2)


def paint_urban(frame: Frame, dice: Dice, centre: tuple[float, float]) -> Canvas:
    """Streets, lots with roofs of all colours, yards, gardens, trees and the shadows of it all."""
    u, v = frame.rotated(*centre, dice.throw(0, 3.1))
    kind = dice.throw()
    lot_u, lot_v = (
        (dice.throw(60, 110), dice.throw(70, 130)) if kind < 0.2 else (dice.throw(22, 40), dice.throw(24, 46))
    )
    if kind > 0.75:  # old town: small lots, built up to the edge
        lot_u, lot_v = dice.throw(14, 22), dice.throw(16, 26)
    fill = 0.95 if kind > 0.75 else dice.throw(0.5, 0.85)
    per_block = (3, 2) if kind < 0.2 else (int(dice.throw(4, 9)), 2)
    street = dice.throw(4, 7) if kind > 0.75 else dice.throw(7, 13)

    block_u, block_v = lot_u * per_block[0] + street, lot_v * per_block[1] + street
    bu, pu = _cells(u, block_u)
    bv, pv = _cells(v, block_v)
    pu, pv = pu * block_u - street, pv * block_v - street
    on_street = (pu < 0) | (pv < 0)
    cu, au = _cells(np.maximum(pu, 0), lot_u)
    cv, av = _cells(np.maximum(pv, 0), lot_v)
    i, j = bu * np.int32(per_block[0]) + cu, bv * np.int32(per_block[1]) + cv
    t = [_field_trait(frame, dice, i, j, k) for k in range(7)]

    canvas = _yards(frame, dice, t[6])
    half_u, half_v = (
        (0.28 + 0.2 * t[0]) * lot_u * min(1, fill + 0.15),
        (0.28 + 0.2 * t[1]) * lot_v * min(1, fill + 0.15),
    )
    du = np.abs((au - 0.5 - (t[2] - 0.5) * 0.16) * lot_u) - half_u
    dv = np.abs((av - 0.5 - (t[3] - 0.5) * 0.16) * lot_v) - half_v
    inside = -np.maximum(du, dv)
    roof = ((inside > 0) & (t[4] < fill) & ~on_street).astype(np.float32)
    _paint_roofs(canvas, frame, dice, roof, inside, (du, dv), t)
    _paint_streets(canvas, frame, dice, on_street, street, (pu, pv))
    return canvas


def _yards(frame: Frame, dice: Dice, lot_trait: np.ndarray) -> Canvas:
    canvas = Canvas(frame.shape, _varied(dice.pick(SOILS), dice))
    paved, garden = dice.throw(0, 0.6), dice.throw(0.2, 0.8)
    canvas.blend(_varied((150, 148, 142), dice), ((lot_trait < paved) * 0.8).astype(np.float32))
    lawn = ramp(noise(frame, 22, 341, 2) + (lot_trait - 0.5) * 3, 1.2 - 2.4 * garden, 2.0 - 2.0 * garden)
    canvas.blend(_varied(dice.pick(GREENS), dice), lawn * 0.85)
    canvas.rgb *= 1 + 0.07 * grain(frame, 343) + 0.05 * noise(frame, 8, 345)
    trees = scatter(frame, dice.throw(14, 24), 1.0, 347)
    radius = 3 + 5 * trees.trait(1)
    dome = np.where(trees.trait(0) < garden * 0.6, 1 - (trees.distance / radius) ** 2, 0).clip(0)
    canvas.blend(_varied((58, 80, 46), dice), ramp(dome, 0, 0.3))
    canvas.height = np.sqrt(dome) * radius
    return canvas


def _paint_roofs(
    canvas: Canvas,
    frame: Frame,
    dice: Dice,
    roof: np.ndarray,
    inside: np.ndarray,
    sides: tuple[np.ndarray, np.ndarray],
    traits: list[np.ndarray],
) -> None:
    palette = np.array([_varied(dice.pick(ROOFS), dice, 18) for _ in range(8)], np.float32)
    choice = (traits[5] * 8).astype(np.int32)
    shade = 0.85 + 0.3 * traits[2] + 0.05 * grain(frame, 361)
    rim = 1 + 0.12 * ((inside > 0) & (inside < 1.5))
    for k in range(3):
        canvas.rgb[k] += (palette[:, k][choice] * (shade * rim) - canvas.rgb[k]) * roof
    pitched = traits[3] < dice.throw(0.1, 0.9)
    eaves = 4 + 9 * traits[0] * traits[1] + 3 * traits[4]
    ridge = np.where(pitched, np.minimum(inside, 10) * 0.5, 0)  # hipped roofs rise from all sides
    canvas.height += (eaves + ridge - canvas.height) * roof


def _paint_streets(
    canvas: Canvas,
    frame: Frame,
    dice: Dice,
    on_street: np.ndarray,
    street: float,
    place: tuple[np.ndarray, np.ndarray],
) -> None:
    dusty = dice.chance(0.35)
    surface = _varied((164, 146, 118) if dusty else (112, 110, 108), dice)
    canvas.blend(surface, on_street.astype(np.float32))
    kerb = on_street & (
        (np.abs(place[0] + street / 2) > street / 2 - 1.2) ^ (np.abs(place[1] + street / 2) > street / 2 - 1.2)
    )
    canvas.blend((170, 166, 158), kerb * 0.5)
    canvas.height *= ~on_street
    canvas.rgb *= 1 + on_street * (0.04 * noise(frame, 30, 371, 2))
    cars = scatter(frame, 17, 1.0, 373)
    car = on_street & (cars.distance < 2.6) & (cars.trait(0) < 0.16)
    shade = 60 + 180 * cars.trait(1)
    for k in range(3):
        np.copyto(canvas.rgb[k], shade, where=car)
    canvas.height += car * 2.0
