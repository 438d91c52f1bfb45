"""How fast polygons come out, how much memory that takes and whether they are a valid coverage; GDAL beside it.

    python benchmarks/polygons.py [--cases smooth_8k noisy_8k ...] [--contenders ours ...] [--work DIR]

All rows are of one kind of machine and one date: every row is a process of its own, one after the other, with the same
GDAL block cache; a row that is already in the results file is not run again, so the script can be stopped at any time.
Rasters are generated: a map of blobs, mirrored until it has the size; "noisy" ones have single pixels of other classes
strewn over it. Rows on one core count processor seconds of the whole process (reading, tracing, writing a GeoPackage),
so that other work on the machine counts little; rows on all cores count wall time, and mean something only where the
machine was idle: `busy` marks rows at whose beginning others had more than half a core.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import cv2
import numpy as np
import pyogrio
import rasterio
import shapely
from rasterio.transform import from_origin
from rasterio.windows import Window

CASES = {
    "smooth_2k": (2048, 0.0), "noisy_2k": (2048, 0.05), "smooth_8k": (8192, 0.0), "noisy_8k": (8192, 0.05),
    "smooth_30k": (30_000, 0.0), "noisy_30k": (30_000, 0.05), "smooth_100k": (100_000, 0.0),
}  # fmt: skip
FORMS = {
    "ours": {}, "ours_all_cores": {}, "ours_simplified": {"simplify_m": 1.0},
    "ours_rounded": {"simplify_m": 1.0, "smooth": True},
}  # fmt: skip
CONTENDERS = (*FORMS, "ours_unwritten", "gdal_polygonize", "rasterio_shapes")
PATCH_PX, BLUR_PX, CLASSES, PIXEL_M = 4096, 43, 7, 0.5
CACHE_MB = 64
MEMORY_SHARE = 0.8
"""Part of the machine's memory that a row may take before it is given up."""

ALL_FEATURES, WHOLE_COVERAGE, CHUNK = 2_000_000, 400_000, 100_000
WINDOWS, WINDOW_PX = 4, 1024
RESULTS = Path(__file__).parent / "results"
KEYS = (
    "case", "contender", "mpx_per_s", "cpu_s", "wall_s", "peak_mb", "features", "invalid", "invalid_edges", "checked",
    "area_error_px", "drift", "busy", "failed",
)  # fmt: skip


def main() -> None:
    """Run what is missing and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", nargs="+", choices=CASES, default=["smooth_8k", "noisy_8k"])
    parser.add_argument("--contenders", nargs="+", choices=CONTENDERS, default=list(CONTENDERS))
    parser.add_argument("--work", type=Path, default=Path("out") / "bench_polygons")
    parser.add_argument("--results", type=Path, default=RESULTS / f"polygons_{date.today()}.jsonl")
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        _child(*args.child)
        return
    args.work.mkdir(parents=True, exist_ok=True)
    done = [json.loads(line) for line in args.results.read_text().splitlines()] if args.results.exists() else []
    for case in args.cases:
        raster = _raster(case, args.work)
        for contender in args.contenders:
            if not any(d["case"] == case and d["contender"] == contender for d in done):
                done.append(_measure(case, contender, raster, args.work))
                args.results.write_text("".join(json.dumps(d) + "\n" for d in done))
                args.results.with_suffix(".md").write_text(_table(done), encoding="utf-8")
                print(done[-1], flush=True)


def _raster(case: str, work: Path) -> Path:
    side, noise = CASES[case]
    path = work / f"{case}.tif"
    if path.exists():
        return path
    rng = np.random.default_rng(0)
    fields = [cv2.GaussianBlur(rng.random((PATCH_PX, PATCH_PX), np.float32), (0, 0), BLUR_PX) for _ in range(CLASSES)]
    patch = np.stack(fields).argmax(axis=0).astype(np.uint8)
    strewn = rng.random(patch.shape) < noise
    patch[strewn] = rng.integers(0, CLASSES, strewn.sum())
    part = path.with_suffix(".part")
    profile = {
        "driver": "GTiff", "width": side, "height": side, "count": 1, "dtype": "uint8", "nodata": 255, "tiled": True,
        "blockxsize": 512, "blockysize": 512, "compress": "deflate", "BIGTIFF": "YES", "crs": "EPSG:32640",
        "transform": from_origin(5e5, 2.8e6, PIXEL_M, PIXEL_M),
    }  # fmt: skip
    with rasterio.open(part, "w", **profile) as dataset:
        for row in range(0, side, PATCH_PX):
            for col in range(0, side, PATCH_PX):
                piece = patch[:: -1 if row // PATCH_PX % 2 else 1, :: -1 if col // PATCH_PX % 2 else 1]
                piece = piece[: side - row, : side - col]
                dataset.write(piece, 1, window=Window(col, row, piece.shape[1], piece.shape[0]))
    return part.replace(path)


def _measure(case: str, contender: str, raster: Path, work: Path) -> dict:
    out, report = work / "out.gpkg", work / "report.json"
    for old in (*work.glob("out.*"), report):
        old.unlink(missing_ok=True)
    cores = "all" if contender == "ours_all_cores" else "1"
    environment = os.environ | {
        "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "GDAL_CACHEMAX": str(CACHE_MB),
        "GDAL_NUM_THREADS": "1", "OGR_SQLITE_SYNCHRONOUS": "OFF",
    }  # fmt: skip
    command = [sys.executable, __file__, "--child", contender, str(raster), str(out)]
    if contender == "gdal_polygonize":
        command = [shutil.which("gdal_polygonize.py"), "-q", str(raster), str(out), "polygons", "class_id"]
    one_core = ["taskset", "-c", "0"] if cores == "1" and shutil.which("taskset") else []
    row = {"case": case, "contender": contender, "busy": round(os.getloadavg()[0], 1) if _is_busy() else ""}
    watched = [sys.executable, "-c", _WATCH, str(report), str(_memory_limit()), *one_core, *command]
    result = subprocess.run(watched, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if result.returncode:
        last = (result.stderr.strip().splitlines() or [str(result.returncode)])[-1][:200]
        return row | {"failed": last}
    seen = json.loads(report.read_text())
    pixels = CASES[case][0] ** 2
    seconds = seen["wall_s"] if cores == "all" else seen["cpu_s"]
    return row | {
        "mpx_per_s": round(pixels / seconds / 1e6, 1), "cpu_s": round(seen["cpu_s"], 1),
        "wall_s": round(seen["wall_s"], 1), "peak_mb": seen["peak_kb"] // 1024, **_checked(out, CASES[case][0]),
    }  # fmt: skip


_WATCH = """
import json, resource, subprocess, sys, time
limit = int(sys.argv[2])
begun = time.perf_counter()
code = subprocess.run(
    sys.argv[3:], preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
).returncode
wall = time.perf_counter() - begun
used = resource.getrusage(resource.RUSAGE_CHILDREN)
seen = {"wall_s": wall, "cpu_s": used.ru_utime + used.ru_stime, "peak_kb": used.ru_maxrss}
open(sys.argv[1], "w").write(json.dumps(seen))
sys.exit(code)
"""


def _memory_limit() -> int:
    return int(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") * MEMORY_SHARE)


def _is_busy() -> bool:
    """Whether others have more than half a core just now."""
    with open("/proc/stat") as file:
        before = [int(v) for v in file.readline().split()[1:]]
    time.sleep(2)
    with open("/proc/stat") as file:
        after = [int(v) for v in file.readline().split()[1:]]
    spent = [b - a for a, b in zip(before, after, strict=True)]
    idle, total = spent[3] + spent[4], sum(spent[:8])
    return (1 - idle / total) * (os.cpu_count() or 1) > 0.5


def _child(contender: str, raster: str, out: str) -> None:
    if contender == "rasterio_shapes":
        from rasterio.features import shapes

        with rasterio.open(raster) as dataset:
            count = sum(1 for _ in shapes(rasterio.band(dataset, 1), connectivity=4, transform=dataset.transform))
        Path(out).with_suffix(".count").write_text(str(count))
        return
    from uhr_landcover.engine.contract.job import PolygonSpec, VectorFormat
    from uhr_landcover.engine.raster.raster_info import gdal_session
    from uhr_landcover.engine.vectors import vectorize
    from uhr_landcover.models.legend import load_legend

    if contender == "ours_unwritten":
        _only_count(raster, Path(out).with_suffix(".count"))
        return
    with gdal_session(CACHE_MB * 1024**2):
        vectorize.write_vectors(
            Path(raster), load_legend(), {VectorFormat.GEOPACKAGE: Path(out)},
            PolygonSpec(**FORMS[contender], cut_px=0), layer_name="polygons",
        )  # fmt: skip


def _only_count(raster: str, out: Path) -> None:
    """Make features as ready-to-write binary, with areas and perimeters, and write nothing."""
    from uhr_landcover.engine.coverage.polygonize import polygonize
    from uhr_landcover.engine.raster.classes.class_raster import ClassRaster, iterate_strips
    from uhr_landcover.engine.raster.ground_area import ground_area_of
    from uhr_landcover.engine.raster.raster_info import gdal_session
    from uhr_landcover.engine.vectors.features import FeatureMaker
    from uhr_landcover.models.legend import load_legend

    with gdal_session(CACHE_MB * 1024**2), ClassRaster(Path(raster)) as opened:
        grid = opened.grid
        faces = polygonize(iterate_strips(opened), grid.width, ground=ground_area_of(grid))
        count = sum(len(b.wkb) for b in FeatureMaker(grid, load_legend()).batches(faces))
    out.write_text(str(count))


def _checked(out: Path, side: int) -> dict:
    """Count features; check all or, of very many, those of some windows."""
    if not out.exists():
        return {"features": int(out.with_suffix(".count").read_text())}
    count = pyogrio.read_info(out, layer="polygons")["features"]
    found = {"features": count, "invalid": 0, "checked": "all"}
    areas, pixels = np.zeros(256), np.zeros(256)
    if count <= ALL_FEATURES:
        for polygons, class_ids, px in _chunks(out, count):
            found["invalid"] += int((~shapely.is_valid(polygons)).sum())
            areas += np.bincount(class_ids, shapely.area(polygons) / PIXEL_M**2, 256)
            pixels += np.bincount(class_ids, px, 256)
        found["area_error_px"] = round(float(abs(areas.sum() - side * side)), 3)
        if pixels.any():
            found["drift"] = float(f"{np.abs(areas[:CLASSES] / pixels[:CLASSES] - 1).max():.2g}")
    if count <= WHOLE_COVERAGE:
        polygons = np.concatenate([p for p, _, _ in _chunks(out, count)])
        return found | {"invalid_edges": _invalid_edges(polygons)}
    found["invalid_edges"] = 0
    rng = np.random.default_rng(0)
    for col, row in rng.integers(0, side - WINDOW_PX, (WINDOWS, 2)).tolist():
        box = (5e5 + col * PIXEL_M, 2.8e6 - (row + WINDOW_PX) * PIXEL_M, 5e5 + (col + WINDOW_PX) * PIXEL_M,
               2.8e6 - row * PIXEL_M)  # fmt: skip
        polygons = shapely.from_wkb(pyogrio.raw.read(out, layer="polygons", columns=[], bbox=box)[2])
        found["invalid_edges"] += _invalid_edges(polygons)
        if count > ALL_FEATURES:
            found["invalid"] += int((~shapely.is_valid(polygons)).sum())
    found["checked"] = "edges in windows" if count <= ALL_FEATURES else "windows"
    return found


def _invalid_edges(polygons: np.ndarray) -> int:
    return int((~shapely.is_empty(shapely.coverage_invalid_edges(polygons))).sum())


def _chunks(out: Path, count: int) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Yield polygons, classes and pixels; zeros where the file has no such column."""
    for first in range(0, count, CHUNK):
        meta, _, geometry, columns = pyogrio.raw.read(out, layer="polygons", skip_features=first, max_features=CHUNK)
        values = dict(zip(meta["fields"], columns, strict=True))
        yield shapely.from_wkb(geometry), values["class_id"], values.get("pixels", np.zeros(len(geometry)))


def _table(done: list[dict]) -> str:
    head = [
        f"# Polygons, {date.today()}", "",
        f"rasterio's GDAL {rasterio.__gdal_version__}, pyogrio's GDAL {pyogrio.__gdal_version_string__}, "
        f"gdal_polygonize of {_system_gdal()}, numpy {np.__version__}, GEOS {shapely.geos_version_string}; "
        f"{os.cpu_count()} cores, GDAL block cache {CACHE_MB} MB everywhere.",
        "`ours*` and `gdal_polygonize` read a GeoTIFF and write a GeoPackage, ours with areas, perimeters and pixels. "
        "`ours_simplified`: 2 px tolerance; `ours_rounded`: rounded as well. `ours_unwritten` and `rasterio_shapes` "
        "make all polygons (binary with attributes; Python objects) and write nothing. `mpx_per_s`: per processor "
        "second, of `ours_all_cores` per second. `invalid_edges`: polygons whose borders are not their neighbours'. "
        "`drift`: largest change of a class's area.", "",
        "| " + " | ".join(KEYS) + " |", "|" + " --- |" * len(KEYS),
    ]  # fmt: skip
    rows = ["| " + " | ".join(str(d.get(k, "")) for k in KEYS) + " |" for d in done]
    return "\n".join([*head, *rows]) + "\n"


def _system_gdal() -> str:
    found = shutil.which("gdalinfo")
    text = subprocess.run([found, "--version"], capture_output=True, text=True).stdout if found else "not installed"
    return text.split(",")[0].strip()


if __name__ == "__main__":
    main()
