"""How good a map a few examples make: discs of known class are drawn, and the map is scored on everything else.

    python benchmarks/teach.py --data DATA [--sets deepglobe open2] [--scenes FOLDER] [--encoder NAME|FILE]

DATA is the folder of the real data. On each scene discs of 20 m radius are drawn inside classes that cover at least
0.5 % of it, 2, 5 and 15 a class, three times over; then ten more to the two, at places that the session suggests one
after the other and at random ones, with the class that the truth has there. Everything but the drawn pixels counts,
six classes, all scenes summed. The code is that of `engine teach`; FOLDER holds more DeepGlobe pairs. A row is written
for each drawing, and what has a row is not done again.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import rasterio
import shapely
from affine import Affine
from bench_support import RESULTS, Points
from PIL import Image
from rasterio.features import shapes as outlines
from teach_report import write_report

from uhr_landcover.engine.raster.raster_info import gdal_session
from uhr_landcover.engine.teach.examples.example_layer import clean_examples
from uhr_landcover.engine.teach.examples.taught_classes import ExampleClass
from uhr_landcover.engine.teach.features.feature_store import FeatureStore
from uhr_landcover.engine.teach.lesson import Lesson, learn, open_source
from uhr_landcover.engine.teach.session.view import plan_view
from uhr_landcover.engine.teach.session.view_map import classify_view
from uhr_landcover.engine.teach.session.where_next import places_of
from uhr_landcover.models.legend import load_legend
from uhr_landcover.models.training.chips import ids_from_colors

COUNTS = (2, 5, 15)
SEEDS = (0, 1, 2)
MORE = 10
RADIUS_M = 20.0
SMALLEST_SHARE = 0.005
CLASSES = 7
BANEPA_ROWS, BANEPA_COLS = 4, 5
OPEN2 = {"banepa": 0.53, "noaa_C26047181": 0.5, "nd_20180716": 5.0, "drone_32750": 0.5, "dutch_28992": 0.5}
"""Larger scenes of the open tiles and their metres per pixel; the tiles of Banepa are put together."""


@dataclass(frozen=True)
class Scene:
    """An image with its truth.

    Attributes:
        name: Name.
        image: ``(H, W, 3)`` uint8.
        truth: ``(H, W)`` class ids of the DeepGlobe legend; 0 is not known.
        resolution_m: Metres per pixel.
    """

    name: str
    image: np.ndarray
    truth: np.ndarray
    resolution_m: float


def main() -> None:
    """Measure what has no row yet, and write the report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--sets", nargs="+", default=["deepglobe", "open2"], choices=("deepglobe", "open2"))
    parser.add_argument("--scenes", type=Path, help="folder of further DeepGlobe pairs, reported as a set of their own")
    parser.add_argument("--encoder", default="")
    parser.add_argument("--results", type=Path, default=RESULTS / "teach.jsonl")
    args = parser.parse_args()
    points = Points(args.results)
    done = {row["key"] for row in points.rows()}
    for name, scene in _scenes(args):
        wanted = [(seed, kind) for seed in SEEDS for kind in (*map(str, COUNTS), "suggested", "random")]
        keys = {pair: f"{args.encoder}|{name}|{scene.name}|{pair[0]}|{pair[1]}" for pair in wanted}
        missing = [pair for pair in wanted if keys[pair] not in done]
        if missing:
            with gdal_session(2**28), _Teaching(scene, args.encoder) as teaching:
                for seed, kind in missing:
                    row = {"set": name, "scene": scene.name, "seed": seed, "kind": kind, "encoder": args.encoder}
                    points.run(keys[seed, kind], lambda row=row, s=seed, k=kind: {**row, **teaching.row(s, k)})
                    print(f"{name} {scene.name} seed {seed} {kind}", flush=True)
    write_report(points.rows(), args.results.with_suffix(".md"))


def _scenes(args: argparse.Namespace) -> Iterator[tuple[str, Scene]]:
    if "deepglobe" in args.sets:
        yield from (("deepglobe", s) for s in deepglobe_scenes(args.data / "research_only" / "deepglobe"))
    if "open2" in args.sets:
        yield from (("open2", s) for s in open_scenes(args.data / "open2"))
    if args.scenes:
        yield from ((args.scenes.name, s) for s in deepglobe_scenes(args.scenes))


def deepglobe_scenes(folder: Path) -> Iterator[Scene]:
    """Yield DeepGlobe pairs at half a metre."""
    legend = load_legend()
    for path in sorted(folder.glob("*_sat.jpg")):
        mask = np.array(Image.open(path.with_name(path.name.replace("_sat.jpg", "_mask.png"))).convert("RGB"))
        pure = np.where(mask > 127, 255, 0).astype(np.uint8)  # as the data set's readers do
        truth = ids_from_colors(pure, legend, path.name)
        yield Scene(path.name.removesuffix("_sat.jpg"), np.array(Image.open(path).convert("RGB")), truth, 0.5)


def open_scenes(folder: Path) -> Iterator[Scene]:
    """Yield the larger open scenes."""
    for name, resolution_m in OPEN2.items():
        image, truth = _mosaic(folder, "images"), _mosaic(folder, "masks")
        if name != "banepa":
            image, truth = (np.array(Image.open(folder / kind / f"{name}.png")) for kind in ("images", "masks"))
        yield Scene(name, image[..., :3], truth, resolution_m)


def _mosaic(folder: Path, kind: str) -> np.ndarray:
    rows = (
        np.concatenate(
            [np.array(Image.open(folder / kind / f"banepa_r{row}c{col}.png")) for col in range(BANEPA_COLS)], axis=1
        )
        for row in range(BANEPA_ROWS)
    )
    return np.concatenate(list(rows))


class _Teaching:
    """One scene as a raster file, its features, and drawings on it."""

    def __init__(self, scene: Scene, encoder: str) -> None:
        self._scene = scene
        self._folder = tempfile.TemporaryDirectory()
        begun = time.monotonic()
        source = open_source(str(_written(scene, Path(self._folder.name))), encoder)
        self._store = FeatureStore(source)
        grid, tiles = source.info.grid, source.tiles
        self._view = plan_view(grid.bounds_of(grid.window), grid, tiles)
        for tile in self._view.tiles:
            self._store.tile(tile)
        self._store.background()
        self._features_s = time.monotonic() - begun
        rows = ((np.arange(tiles.y.model_px) + 0.5) * tiles.y.scale).astype(int)
        cols = ((np.arange(tiles.x.model_px) + 0.5) * tiles.x.scale).astype(int)
        self._truth = scene.truth[rows[:, None], cols]
        shares = np.bincount(self._truth.ravel(), minlength=CLASSES)[:CLASSES] / self._truth.size
        self._classes = [c for c in range(1, CLASSES) if shares[c] >= SMALLEST_SHARE]
        width_m = min(scene.truth.shape) * scene.resolution_m
        # On a small image discs are smaller, and on a coarse one larger, or there would be none.
        radius_m = max(RADIUS_M, 20 * scene.resolution_m) if width_m > 600 else RADIUS_M / 2
        self._radius_px = radius_m / max(1.0, scene.resolution_m)

    def __enter__(self) -> _Teaching:
        return self

    def __exit__(self, *_: object) -> None:
        self._store.__exit__()
        self._folder.cleanup()

    def row(self, seed: int, kind: str) -> dict:
        """Return what a drawing gives."""
        if len(self._classes) < 2:
            return self._trivial()
        random = np.random.default_rng(seed)
        centres = {c: self._centres(c, max(COUNTS), random) for c in self._classes}
        count = int(kind) if kind.isdecimal() else min(COUNTS)
        drawn = [(c, centre) for c in self._classes for centre in centres[c][:count]]
        begun = time.monotonic()
        lesson = self._learn(drawn)
        learn_s = time.monotonic() - begun
        for _ in range(0 if kind.isdecimal() else MORE):
            place = self._suggested(lesson) if kind == "suggested" else self._random_place(drawn, random)
            drawn.append((int(self._truth[place]), place))
            lesson = self._learn(drawn)
        begun = time.monotonic()
        source = self._store.source
        found = classify_view(self._view, source.tiles, self._store.tile, lesson.head_map(source.reader.channels))
        map_s = time.monotonic() - begun
        seconds = {"learn_s": learn_s, "map_s": map_s, "features_s": self._features_s}
        return {**self._scored(found, drawn, lesson), **{name: round(s, 3) for name, s in seconds.items()}}

    def _scored(self, found: np.ndarray, drawn: list, lesson: Lesson) -> dict:
        said = np.array([0, *lesson.examples.classes.numbers])[np.minimum(found, len(self._classes))]
        counts = np.isin(self._truth, self._classes)
        for class_id, centre in drawn:
            part, inside = self._disc(class_id, centre)
            counts[part] &= ~inside
        pairs = self._truth[counts].astype(np.int64) * CLASSES + said[counts]
        left_out = lesson.left_out
        return {
            "confusion": np.bincount(pairs, minlength=CLASSES**2).reshape(CLASSES, CLASSES).tolist(),
            "left_out": [int((left_out.said == left_out.class_id).sum()), len(left_out.said)],
            "left_out_mean": round(left_out.mean_right, 4),
        }

    def _trivial(self) -> dict:
        """Return the row of a scene of one class: there is nothing to teach, and its map is that class."""
        confusion = np.zeros((CLASSES, CLASSES), np.int64)
        own = self._classes[0]
        confusion[own, own] = int((self._truth == own).sum())
        return {"confusion": confusion.tolist(), "left_out": [0, 0], "left_out_mean": 0.0}

    def _centres(self, class_id: int, count: int, random: np.random.Generator) -> list[tuple[int, int]]:
        """Return pixels inside a class, apart from each other where that can be."""
        depth = cv2.distanceTransform((self._truth == class_id).astype(np.uint8), cv2.DIST_L2, 5)
        inside = np.argwhere(depth >= min(self._radius_px, 0.7 * depth.max()))
        chosen: list[tuple[int, int]] = []
        for _ in range(count):
            tries = [tuple(inside[i].tolist()) for i in random.integers(len(inside), size=30)]
            far = [min((np.hypot(r - y, c - x) for y, x in chosen), default=np.inf) for r, c in tries]
            first = next((i for i, apart in enumerate(far) if apart >= 2 * self._radius_px), int(np.argmax(far)))
            chosen.append(tries[first])
        return chosen

    def _disc(self, class_id: int, centre: tuple[int, int]) -> tuple[tuple[slice, slice], np.ndarray]:
        """Return where a disc lies and which pixels of that part are in it and of its class."""
        reach = int(np.ceil(self._radius_px))
        part = tuple(slice(max(0, at - reach), at + reach + 1) for at in centre)
        own = self._truth[part] == class_id
        rows, cols = np.ogrid[: own.shape[0], : own.shape[1]]
        down, across = rows + part[0].start - centre[0], cols + part[1].start - centre[1]
        return part, own & (down**2 + across**2 <= self._radius_px**2)

    def _learn(self, drawn: list) -> Lesson:
        tiles, grid = self._store.source.tiles, self._store.source.info.grid
        to_source = Affine.scale(tiles.x.scale, tiles.y.scale)
        discs = (self._disc(class_id, centre) for class_id, centre in drawn)
        shapes = [
            _outline(inside, to_source @ Affine.translation(part[1].start, part[0].start)) for part, inside in discs
        ]
        said = [ExampleClass(number=class_id, name=f"c{class_id}") for class_id, _ in drawn]
        examples = clean_examples(np.array(shapes, object), said, np.arange(len(drawn)), grid, "discs")
        return learn(examples, self._store)

    def _suggested(self, lesson: Lesson) -> tuple[int, int]:
        """Return the first suggested place whose class is known and is taught."""
        for place in places_of(lesson, self._view, self._store, MORE):
            row, col = int(place.y), int(place.x)
            if self._truth[row, col] in self._classes:
                return row, col
        return self._random_place([], np.random.default_rng(0))

    def _random_place(self, drawn: list, random: np.random.Generator) -> tuple[int, int]:
        known = np.argwhere(np.isin(self._truth, self._classes))
        return tuple(known[random.integers(len(known))].tolist())


def _outline(mask: np.ndarray, place: Affine) -> shapely.Geometry:
    parts = [shapely.geometry.shape(s) for s, v in outlines(mask.astype(np.uint8), mask, transform=place) if v]
    return shapely.union_all(parts)


def _written(scene: Scene, folder: Path) -> Path:
    path = folder / f"{scene.name}.tif"
    height, width = scene.truth.shape
    side = scene.resolution_m
    profile = {"driver": "GTiff", "width": width, "height": height, "count": 3, "dtype": "uint8", "crs": "EPSG:32633"}
    transform = Affine(side, 0, 500_000, 0, -side, 5_000_000)
    with rasterio.open(path, "w", **profile, transform=transform, photometric="rgb", tiled=True) as dataset:
        dataset.write(scene.image.transpose(2, 0, 1))
    return path


if __name__ == "__main__":
    main()
