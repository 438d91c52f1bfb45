"""Mixes what neighbouring tiles say about the pixels near the edges of their cores, so that tiles do not show.

A network that looks at a whole image gives a pixel another answer in another image. With cores set side by side, fields
change class along straight lines. Here each tile keeps, for its overlap on both sides of its core's inner edges, the
scores of all classes (models/inference/scores.py: logits as whole numbers); near an edge the class is that of the
largest weighted sum over the tiles that see it. Sums are of whole numbers, and what a tile keeps depends on that tile
alone: the map is the same in whatever order, and in however many runs, the tiles were classified. Where neighbours
agree, their class is the map's.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from ...models.inference.scores import PROBABILITY_STEPS, SCORES_PER_LOGIT
from ...models.legend import NODATA
from ..raster.grid import Window
from .tiling import Axis, Tile, TilePlan

MAGIC = b"UHRRIM3\n"
COMPRESSION = 1
"""Level of zlib: files live for one run."""

OPENED = 32
"""Strips of overlaps that are kept unpacked while a map is put together."""

SIDES = ("left", "right", "top", "bottom")


def overlap_windows(plan: TilePlan, tile: Tile) -> dict[str, Window]:
    """Return the strips of a tile's overlap, by side, in model pixels; without those that have no neighbour.

    A strip is as long as the tile's say reaches, so that corners are in two of them.
    """
    (col, row), x, y = plan.place(tile), plan.x, plan.y
    (left, right), (top, bottom) = x.reach(col), y.reach(row)
    strips = {}
    for name, axis, cell in (("left", x, col), ("right", x, col + 1), ("top", y, row), ("bottom", y, row + 1)):
        if axis.blend_px and 0 < cell < axis.cells:
            first = cell * axis.core_px - axis.blend_px
            end = min(axis.model_px, first + 2 * axis.blend_px)
            if axis is x:
                strips[name] = Window(first, top, end - first, bottom - top)
            else:
                strips[name] = Window(left, first, right - left, end - first)
    return strips


def overlap_slices(plan: TilePlan, tile: Tile) -> dict[str, tuple[slice, slice]]:
    """Return the strips of a tile's overlap as rows and columns of its read window."""
    return {side: strip.slices_in(tile.read) for side, strip in overlap_windows(plan, tile).items()}


def packed_overlap(scores: Mapping[str, np.ndarray]) -> bytes:
    """Return the file of overlap strips with these ``(K, h, w)`` uint16 scores; the same scores, the same bytes."""
    packed = {side: _packed(strip) for side, strip in scores.items()}
    head = json.dumps({side: [*s.shape, len(packed[side])] for side, s in scores.items()}).encode()
    return b"".join([MAGIC, struct.pack("<I", len(head)), head, *packed.values()])


def read_overlap(path: Path, side: str) -> np.ndarray:
    """Return the ``(K, h, w)`` uint16 scores of one strip of an overlap.

    Raises:
        ValueError: If the file is none of ours or has no such strip.
    """
    with path.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            raise ValueError(f"{path} holds no overlap of a tile.")
        head = json.loads(file.read(struct.unpack("<I", file.read(4))[0]))
        for name, (*shape, size) in head.items():
            if name == side:
                return _unpacked(file.read(size), shape)
            file.seek(size, 1)
    raise ValueError(f"{path} has no strip {side!r}.")


def _packed(scores: np.ndarray) -> bytes:
    """Return scores as steps from row to row, low bytes before high ones: a fifth to a quarter of their size."""
    steps = np.array(scores, "<u2")  # a copy, its rows one after the other
    steps[:, 1:] -= scores[:, :-1]  # modulo 2¹⁶: nothing is lost
    both = steps.reshape(-1).view(np.uint8)
    return zlib.compress(np.concatenate([both[::2], both[1::2]]).data, COMPRESSION)


def _unpacked(blob: bytes, shape: Sequence[int]) -> np.ndarray:
    low, high = np.frombuffer(zlib.decompress(blob), np.uint8).reshape(2, -1)
    scores = high.astype("<u2")
    scores <<= 8
    scores |= low
    scores = scores.reshape(shape)
    for row in range(1, shape[1]):
        scores[:, row] += scores[:, row - 1]
    return scores


class Blender:
    """Gives the classes near core edges, from the overlaps of the tiles.

    Args:
        plan: The tiles.
        overlap_of: Says where a tile's overlap lies; None if it has none.
    """

    def __init__(self, plan: TilePlan, overlap_of: Callable[[Tile], Path | None]) -> None:
        self._plan = plan
        self._tiles = {plan.place(tile): tile for tile in plan.tiles}
        self._overlap_of = overlap_of
        self._read = lru_cache(OPENED)(read_overlap)

    def apply(
        self,
        window: Window,
        class_ids: np.ndarray,
        *,
        confidence: np.ndarray | None = None,
        probabilities: np.ndarray | None = None,
    ) -> None:
        """Put mixed classes into a window of the map, wherever it has data.

        Args:
            window: Source pixels.
            class_ids: ``(H, W)`` uint8 class ids, as single tiles have them; changed in place.
            confidence: ``(H, W)`` uint8 per cent, changed in place; None if not wanted.
            probabilities: ``(K, H, W)`` uint8 in 250ths, changed in place; None if not wanted.
        """
        for region in self._regions(window):
            mixed = self._mixed(region)
            if mixed is None:
                continue
            rows, cols = self._pixels(window, region)
            part = class_ids[rows, cols]
            picked = self._pick(window, region, rows, cols)
            has_data = part != NODATA
            class_of, behind = mixed
            part[has_data] = class_of[picked][has_data]
            if confidence is not None:
                confidence[rows, cols][has_data] = _winner_percent(behind)[picked][has_data]
            if probabilities is not None:
                probabilities[:, rows, cols][:, has_data] = _in_steps(behind)[:, *picked][:, has_data]

    def _regions(self, window: Window) -> Iterator[tuple[str, int, Window]]:
        """Yield side, number of the edge and model pixels of every stretch of a core edge in a window."""
        x, y = self._plan.x, self._plan.y
        left, right = x.model_span(window.col_off, window.col_end)
        top, bottom = y.model_span(window.row_off, window.row_end)
        seen = Window(left, top, right - left, bottom - top)
        for col in _edges(x, left, right):
            band = Window(col * x.core_px - x.blend_px, top, 2 * x.blend_px, bottom - top).intersection(seen)
            for row in range(top // y.core_px, (bottom - 1) // y.core_px + 1):
                first = row * y.core_px
                part = band.intersection(Window(band.col_off, first, band.width, y.core_px))
                if part.pixels:
                    yield "columns", col, part
        for row in _edges(y, top, bottom):
            band = Window(left, row * y.core_px - y.blend_px, right - left, 2 * y.blend_px).intersection(seen)
            for col in range(left // x.core_px, (right - 1) // x.core_px + 1):
                first = col * x.core_px
                part = band.intersection(Window(first, band.row_off, x.core_px, band.height))
                if part.pixels:
                    yield "lines", row, part

    def _mixed(self, region: tuple[str, int, Window]) -> tuple[np.ndarray, np.ndarray] | None:
        """Return class ids of a stretch, and how far all classes are behind in logits; None if no tile contributes."""
        direction, edge, part = region
        x, y = self._plan.x, self._plan.y
        total, whole = None, np.zeros(part.shape, np.int64)
        for tile, side in self._voices(direction, edge, part):
            path = self._overlap_of(tile)
            if path is None:
                continue
            (col, row), strip = self._plan.place(tile), overlap_windows(self._plan, tile)[side]
            share = part.intersection(strip)
            if not share.pixels:
                continue
            down = y.weights(row, share.row_off, share.row_end) if y.blend_px else np.ones(share.height, np.int64)
            along = x.weights(col, share.col_off, share.col_end) if x.blend_px else np.ones(share.width, np.int64)
            weights = down[:, None] * along
            scores = self._read(path, side)[:, *share.slices_in(strip)]
            if total is None:
                total = np.zeros((len(scores), *part.shape), np.int64)
            inside = share.slices_in(part)
            total[:, *inside] += scores.astype(np.int64) * weights
            whole[inside] += weights
        if total is None:
            return None
        class_ids = total.argmax(axis=0).astype(np.uint8)
        return class_ids, (total.max(axis=0) - total) / (np.maximum(whole, 1) * SCORES_PER_LOGIT)

    def _voices(self, direction: str, edge: int, part: Window) -> Iterator[tuple[Tile, str]]:
        """Yield the tiles that may contribute to a stretch of an edge, and the side of their overlap it lies on."""
        if direction == "columns":
            near = part.row_off // self._plan.y.core_px
            places = [((c, r), s) for r in (near - 1, near, near + 1) for c, s in ((edge - 1, "right"), (edge, "left"))]
        else:
            near = part.col_off // self._plan.x.core_px
            places = [((c, r), s) for c in (near - 1, near, near + 1) for r, s in ((edge - 1, "bottom"), (edge, "top"))]
        for place, side in places:
            if place in self._tiles:
                yield self._tiles[place], side

    def _pixels(self, window: Window, region: tuple[str, int, Window]) -> tuple[slice, slice]:
        """Return the rows and columns of a window's array whose centres lie over a stretch."""
        x, y, part = self._plan.x, self._plan.y, region[2]
        rows = _source_range(y.scale, part.row_off, part.row_end, window.row_off, window.row_end)
        cols = _source_range(x.scale, part.col_off, part.col_end, window.col_off, window.col_end)
        return rows, cols

    def _pick(
        self, window: Window, region: tuple[str, int, Window], rows: slice, cols: slice
    ) -> tuple[np.ndarray, np.ndarray]:
        """Return the index in a stretch of the model pixel over each source pixel."""
        x, y, part = self._plan.x, self._plan.y, region[2]
        down = _model_index(y.scale, window.row_off + rows.start, window.row_off + rows.stop) - part.row_off
        along = _model_index(x.scale, window.col_off + cols.start, window.col_off + cols.stop) - part.col_off
        return down.clip(0, part.height - 1)[:, None], along.clip(0, part.width - 1)[None]


def _winner_percent(behind: np.ndarray) -> np.ndarray:
    """Return the winner's probability in per cent from the distances of all classes to it, ``(K, h, w)`` logits."""
    return np.rint(100 / np.exp(-behind).sum(axis=0)).astype(np.uint8)


def _in_steps(behind: np.ndarray) -> np.ndarray:
    """Return the probabilities of all classes in 250ths."""
    chances = np.exp(-behind)
    return np.rint(PROBABILITY_STEPS * chances / chances.sum(axis=0)).astype(np.uint8)


def _edges(axis: Axis, first: int, end: int) -> range:
    """Return the inner edges whose band has model pixels of first … end - 1."""
    if not axis.blend_px:
        return range(0)
    low = max(1, -(-(first - axis.blend_px + 1) // axis.core_px))
    high = min(axis.cells - 1, (end - 1 + axis.blend_px) // axis.core_px)
    return range(low, high + 1)


def _model_index(scale: float, first: int, end: int) -> np.ndarray:
    return np.floor((np.arange(first, end) + 0.5) / scale).astype(np.int64)


def _source_range(scale: float, first: int, end: int, window_first: int, window_end: int) -> slice:
    """Return where, in a window, the source pixels lie whose centres are over model pixels first … end - 1."""
    near = range(max(window_first, int(first * scale) - 1), min(window_end, int(end * scale) + 2))
    over = _model_index(scale, near.start, near.stop)
    low, high = np.searchsorted(over, (first, end))
    return slice(near.start + int(low) - window_first, near.start + int(high) - window_first)
