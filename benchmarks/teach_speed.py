"""How long teaching takes: the first map of a view, and each further edit.

    python benchmarks/teach_speed.py --image IMAGE [--results FILE]

IMAGE is repeated to 3000 × 2000 pixels of half a metre, of which the model sees 1500 × 1000. Everything goes the way of
the panel: a session is given the view, then examples of two classes, then one more each time.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import rasterio
from affine import Affine
from bench_support import RESULTS, Points, table, write_markdown

from uhr_landcover.engine.contract.teach import Example, ExamplesRequest, ViewRequest
from uhr_landcover.engine.raster.raster_info import gdal_session
from uhr_landcover.engine.teach.features.feature_store import FeatureStore
from uhr_landcover.engine.teach.lesson import open_source
from uhr_landcover.engine.teach.session.teach_session import TeachSession

RESOLUTION_M = 0.5
VIEW_M = (1500, 1000)
EDITS = 5
ORIGIN = (500_000.0, 5_000_000.0)


def main() -> None:
    """Measure what has no row yet and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--image", type=Path, required=True)
    parser.add_argument("--results", type=Path, default=RESULTS / "teach_speed.jsonl")
    args = parser.parse_args()
    points = Points(args.results)
    points.run("view", lambda: _view(args.image))
    rows = [
        [step, f"{row[step]['wall_s']:.2f}", f"{row[step]['processor_s']:.2f}"]
        for row in points.rows()
        for step in ("first map", "edit")
    ]
    write_markdown(args.results.with_suffix(".md"), _text(points.rows()[-1], rows))


def _view(image: Path) -> dict:
    """Return the seconds of the first map of a view and of each further edit, their medians."""
    with tempfile.TemporaryDirectory() as folder, gdal_session(2**28):
        path = Path(folder) / "image.tif"
        width, height = (round(side / RESOLUTION_M) for side in VIEW_M)
        _write_repeated(image, path, width, height)
        with FeatureStore(open_source(str(path))) as store:
            session = TeachSession(store, Path(folder))
            left, top = ORIGIN
            view = ViewRequest(1, (left, top - VIEW_M[1], left + VIEW_M[0], top))
            examples = [_example(number, 1 + number % 2, 100 * number) for number in range(2 + EDITS)]

            def first() -> None:
                session.answer(view)
                assert session.answer(ExamplesRequest(2, tuple(examples[:2])))["map"] is not None

            result = {"first map": _timed(first)}
            edits = [
                _timed(lambda n=n: session.answer(ExamplesRequest(n, tuple(examples[:n])))) for n in range(3, 3 + EDITS)
            ]
    median = {name: float(np.median([edit[name] for edit in edits])) for name in edits[0]}
    return {**result, "edit": median, "load": os.getloadavg()[0]}


def _timed(act: Callable[[], object]) -> dict[str, float]:
    wall, processor = time.monotonic(), time.process_time()
    act()
    return {"wall_s": round(time.monotonic() - wall, 3), "processor_s": round(time.process_time() - processor, 3)}


def _example(number: int, class_id: int, shift: float) -> Example:
    x, y = ORIGIN[0] + 150 + shift, ORIGIN[1] - 150 - shift
    ring = ((0, 0), (40, 0), (40, 40), (0, 40), (0, 0))
    text = ", ".join(f"{x + dx} {y + dy}" for dx, dy in ring)
    return Example(id=number, wkt=f"POLYGON (({text}))", class_id=class_id, class_name=f"class {class_id}")


def _write_repeated(image: Path, path: Path, width: int, height: int) -> None:
    with rasterio.open(image) as source:
        pixels = source.read((1, 2, 3))
    rows, cols = np.arange(height) % pixels.shape[1], np.arange(width) % pixels.shape[2]
    profile = {
        "driver": "GTiff", "width": width, "height": height, "count": 3, "dtype": "uint8", "crs": "EPSG:32633",
        "transform": Affine(RESOLUTION_M, 0, ORIGIN[0], 0, -RESOLUTION_M, ORIGIN[1]), "tiled": True,
    }  # fmt: skip
    with rasterio.open(path, "w", **profile, photometric="rgb") as dataset:
        dataset.write(pixels[:, rows[:, None], cols])


def _text(last: dict, rows: list[list[str]]) -> str:
    return "\n".join(
        [
            "# How long teaching takes\n",
            f"`{last['command']}`, {last['date'][:10]}, torch {last['torch']}, {last['machine']}; a load of "
            f"{last['load']:.0f} on it. View of {VIEW_M[0]} × {VIEW_M[1]} model pixels; median of {EDITS} edits. "
            "The processor's seconds are those of all threads together.\n",
            table(["Step", "Wall, s", "Processor, s"], rows),
        ]
    )


if __name__ == "__main__":
    main()
