"""How fast polygons come out, how much memory that takes and whether they are a valid coverage; GDAL beside it.

    python benchmarks/polygons.py [--cases smooth_8k noisy_8k ...] [--work DIR]

Every case and every contender runs in a process of its own, on one core, one after the other; a case that is already
in the results file is not run again. Rasters are generated: a map of blobs, mirrored until it has the size; "noisy"
ones have single pixels of other classes strewn over it. Times are processor seconds of the whole process (reading,
tracing and writing a GeoPackage), so that other work on the machine counts little; the wall time is given too.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import time
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
    "smooth_8k": (8192, 0.0), "noisy_8k": (8192, 0.05),
    "smooth_30k": (30_000, 0.0), "noisy_30k": (30_000, 0.05), "smooth_100k": (100_000, 0.0),
}  # fmt: skip
CONTENDERS = ("ours", "ours_simplified", "gdal_polygonize", "rasterio_shapes")
PATCH_PX, BLUR_PX, CLASSES = 4096, 43, 7
CHECK_FEATURES = 400_000
RESULTS = Path(__file__).parent / "results"


def main() -> None:
    """Run what is missing and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cases", nargs="+", choices=CASES, default=["smooth_8k", "noisy_8k"])
    parser.add_argument("--contenders", nargs="+", choices=CONTENDERS, default=list(CONTENDERS))
    parser.add_argument("--work", type=Path, default=Path("out") / "bench_polygons")
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        _child(*args.child)
        return
    args.work.mkdir(parents=True, exist_ok=True)
    journal = RESULTS / f"polygons_{date.today()}.jsonl"
    done = [json.loads(line) for line in journal.read_text().splitlines()] if journal.exists() else []
    for case in args.cases:
        raster = _raster(case, args.work)
        for contender in args.contenders:
            if not any(d["case"] == case and d["contender"] == contender for d in done):
                done.append(_measure(case, contender, raster, args.work))
                journal.write_text("".join(json.dumps(d) + "\n" for d in done))
                print(done[-1])
    journal.with_suffix(".md").write_text(_table(done), encoding="utf-8")


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
        "transform": from_origin(5e5, 2.8e6, 0.5, 0.5),
    }  # fmt: skip
    with rasterio.open(part, "w", **profile) as dataset:
        for row in range(0, side, PATCH_PX):
            for col in range(0, side, PATCH_PX):
                piece = patch[:: -1 if row // PATCH_PX % 2 else 1, :: -1 if col // PATCH_PX % 2 else 1]
                piece = piece[: side - row, : side - col]
                dataset.write(piece, 1, window=Window(col, row, piece.shape[1], piece.shape[0]))
    return part.replace(path)


def _measure(case: str, contender: str, raster: Path, work: Path) -> dict:
    out = work / "out.gpkg"
    for old in work.glob("out.gpkg*"):
        old.unlink()
    begun = time.perf_counter()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = os.environ | {"OMP_NUM_THREADS": "1", "GDAL_NUM_THREADS": "1", "OGR_SQLITE_SYNCHRONOUS": "OFF"}
    report = work / "report.json"
    report.unlink(missing_ok=True)
    command = [sys.executable, __file__, "--child", contender, str(raster), str(out)]
    if contender == "gdal_polygonize":
        command = [shutil.which("gdal_polygonize.py"), "-q", str(raster), str(out), "polygons", "class_id"]
    one_core = ["taskset", "-c", "0"] if shutil.which("taskset") else []
    watched = [sys.executable, "-c", _PEAK, str(report), *one_core, *command]
    subprocess.run(watched, check=True, env=environment, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    pixels = CASES[case][0] ** 2
    return {
        "case": case, "contender": contender, "cpu_s": round(cpu_s, 2),
        "wall_s": round(time.perf_counter() - begun, 1), "mpx_per_cpu_s": round(pixels / cpu_s / 1e6, 1),
        "peak_mb": json.loads(report.read_text())["peak_kb"] // 1024, **_checked(out, pixels),
    }  # fmt: skip


_PEAK = """
import json, resource, subprocess, sys
code = subprocess.run(sys.argv[2:]).returncode
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
open(sys.argv[1], "w").write(json.dumps({"peak_kb": peak}))
sys.exit(code)
"""


def _child(contender: str, raster: str, out: str) -> None:
    if contender == "rasterio_shapes":
        from rasterio.features import shapes

        with rasterio.open(raster) as dataset:
            count = sum(1 for _ in shapes(rasterio.band(dataset, 1), connectivity=4, transform=dataset.transform))
        Path(out).with_suffix(".count").write_text(str(count))
        return
    from uhr_landcover.engine.class_raster import CACHE_BYTES
    from uhr_landcover.engine.job import VectorFormat
    from uhr_landcover.engine.raster_info import gdal_session
    from uhr_landcover.engine.vectorize import write_vectors
    from uhr_landcover.models.legend import load_legend

    with gdal_session(CACHE_BYTES):
        write_vectors(
            Path(raster), load_legend(), {VectorFormat.GEOPACKAGE: Path(out)},
            layer_name="polygons", simplify_m=1.0 if contender == "ours_simplified" else 0.0,
            emit=lambda event: None, should_stop=lambda: False, work_dir=Path(out).parent,
        )  # fmt: skip


def _checked(out: Path, pixels: int) -> dict:
    """Count features; check validity where they fit into memory."""
    if not out.exists():
        return {"features": int(out.with_suffix(".count").read_text())}
    count = pyogrio.read_info(out, layer="polygons")["features"]
    if count > CHECK_FEATURES or pixels > 1e9:
        return {"features": count}
    _, _, geometry, _ = pyogrio.raw.read(out, layer="polygons", columns=[])
    polygons = shapely.from_wkb(geometry)
    return {
        "features": count,
        "invalid": int((~shapely.is_valid(polygons)).sum()),
        "invalid_edges": int((~shapely.is_empty(shapely.coverage_invalid_edges(polygons))).sum()),
        "area_error_px": round(float(abs(shapely.area(polygons).sum() / 0.25 - pixels)), 3),
    }


def _table(done: list[dict]) -> str:
    keys = ["case", "contender", "mpx_per_cpu_s", "cpu_s", "wall_s", "peak_mb", "features", "invalid", "invalid_edges",
            "area_error_px"]  # fmt: skip
    head = [
        f"# Polygons, {date.today()}", "",
        f"rasterio's GDAL {rasterio.__gdal_version__}, pyogrio's GDAL {pyogrio.__gdal_version_string__}, "
        f"gdal_polygonize of {_system_gdal()}, numpy {np.__version__}; one core of {os.cpu_count()}.",
        "`ours` and `gdal_polygonize` read a GeoTIFF and write a GeoPackage; `ours_simplified` with 2 px tolerance; "
        "`rasterio_shapes` only makes Python objects and writes nothing. `invalid_edges`: polygons whose borders do "
        "not match their neighbours'.", "",
        "| " + " | ".join(keys) + " |", "|" + " --- |" * len(keys),
    ]  # fmt: skip
    rows = ["| " + " | ".join(str(d.get(k, "")) for k in keys) + " |" for d in done]
    return "\n".join([*head, *rows]) + "\n"


def _system_gdal() -> str:
    found = shutil.which("gdalinfo")
    text = subprocess.run([found, "--version"], capture_output=True, text=True).stdout if found else "not installed"
    return text.split(",")[0].strip()


if __name__ == "__main__":
    main()
