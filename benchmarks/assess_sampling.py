"""Memory and time that drawing a sample takes, from small maps to 100 000 × 100 000 pixels.

    python benchmarks/assess_sampling.py [--sides 10000 30000 100000] [--work DIR]

Every row is a process of its own: `assess design` on a generated class raster (blobs of seven classes, a patch mirrored
until it has the size, tiled and deflated), 1000 points. Processor seconds count the whole process; other work on the
machine counts little in them. A row that is in the results file is not run again.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

import cv2
import numpy as np
import rasterio
from affine import Affine
from bench_support import RESULTS, Points, table, write_markdown
from rasterio.windows import Window

OUT = RESULTS / "assess_sampling.jsonl"
PATCH_PX, BLUR_PX, CLASSES = 4096, 43, 7
PLACES = {
    "equal area": ("EPSG:3035", 0.5, (4_300_000, 3_200_000)),
    "UTM": ("EPSG:32633", 0.5, (450_000, 4_650_000)),
    "Mercator": ("EPSG:3857", 20.0, (500_000, 7_500_000)),
}
"""CRS, pixel size and upper left corner."""

CHILD = """
import json, sys, time
from uhr_landcover.engine.__main__ import main
status = main(sys.argv[1:])
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1]
print(json.dumps({"cpu_s": time.process_time(), "peak_kb": int(peak)}), file=sys.stderr)
sys.exit(status)
"""
"""The engine, and what it used: memory is counted from the start of the program, not of the process before it."""

CASES = {
    "stratified": ["--points", "1000"],
    "simple random": ["--points", "1000", "--design", "srs"],
    "systematic": ["--points", "1000", "--design", "systematic"],
}


def main() -> None:
    """Measure what is missing, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sides", type=int, nargs="+", default=[10_000, 30_000, 100_000])
    parser.add_argument("--work", type=Path, default=Path("out/assess_sampling"))
    parser.add_argument("--results", type=Path, default=OUT)
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    points = Points(args.results)
    for side in args.sides:
        for place in PLACES:
            for case in CASES if place == "equal area" else ["stratified"]:
                points.run(f"{side} {place} {case}", lambda s=side, p=place, c=case: measure(args.work, s, p, c))
        for place in PLACES:
            (args.work / f"{side}_{place.replace(' ', '_')}.tif").unlink(missing_ok=True)
    write_table(points.rows(), args.results.with_suffix(".md"))


def measure(work: Path, side: int, place: str, case: str) -> dict:
    """Draw one sample in a process of its own."""
    raster = class_map(work / f"{side}_{place.replace(' ', '_')}.tif", side, *PLACES[place])
    words = ["--json", "assess", "design", str(raster), "--out", str(work / "sample"), "--overwrite", *CASES[case]]
    begun = time.perf_counter()
    child = subprocess.run([sys.executable, "-c", CHILD, *words], capture_output=True, text=True, check=False)
    wall_s = time.perf_counter() - begun
    lines, used = child.stdout.splitlines(), json.loads(child.stderr.splitlines()[-1])
    result = json.loads(lines[-1])
    if child.returncode or result["event"] != "result":
        return {"error": lines[-1]}
    cpu_s = used["cpu_s"]
    return {
        "side": side,
        "place": place,
        "case": case,
        "drawn": result["data"]["drawn"],
        "probability": result["data"]["probability"],
        "cpu_s": round(cpu_s, 1),
        "wall_s": round(wall_s, 1),
        "mpx_per_cpu_s": round(side * side / cpu_s / 1e6, 1),
        "peak_mb": round(used["peak_kb"] / 1024),
    }


def class_map(path: Path, side: int, crs: str, pixel: float, corner: tuple[float, float], seed: int = 0) -> Path:
    """Write a class raster of a size, unless it is there."""
    if path.exists():
        return path
    rng = np.random.default_rng(seed)
    fields = [
        cv2.GaussianBlur(rng.random((PATCH_PX, PATCH_PX), dtype=np.float32), (0, 0), BLUR_PX) for _ in range(CLASSES)
    ]
    patch = np.stack(fields).argmax(axis=0).astype(np.uint8)
    row = np.concatenate([patch, patch[:, ::-1]] * (side // PATCH_PX // 2 + 1), axis=1)[:, :side]
    profile = {
        "driver": "GTiff", "width": side, "height": side, "count": 1, "dtype": "uint8", "nodata": 255, "crs": crs,
        "transform": Affine(pixel, 0, corner[0], 0, -pixel, corner[1]), "compress": "deflate", "zlevel": 1,
        "tiled": True, "blockxsize": 512, "blockysize": 512, "bigtiff": "if_safer",
    }  # fmt: skip
    temporary = path.with_suffix(".part")
    with rasterio.open(temporary, "w", **profile) as raster:
        for k, first in enumerate(range(0, side, PATCH_PX)):
            height = min(PATCH_PX, side - first)
            rows = row[:height] if k % 2 == 0 else row[::-1][:height]
            raster.write(rows, 1, window=Window(0, first, side, height))
    temporary.rename(path)
    return path


def write_table(rows: list[dict], path: Path) -> None:
    """Write the table that people read."""
    rows = sorted((r for r in rows if "side" in r), key=lambda r: (r["side"], r["place"], r["case"]))
    header = [
        "side, px",
        "CRS",
        "design",
        "drawn",
        "probability",
        "peak MB",
        "processor s",
        "wall s",
        "Mpx/s",
        "loaded",
    ]
    keys = "place", "case", "drawn", "probability", "peak_mb", "cpu_s", "wall_s", "mpx_per_cpu_s"
    cells = [[f"{r['side']:,}", *(r[k] for k in keys), "yes" if r["loaded"] else "no"] for r in rows]
    write_markdown(
        path,
        "# Drawing a sample: memory and time\n\n`python benchmarks/assess_sampling.py`\n\n"
        f"{rows[0]['machine']}; {min(r['date'] for r in rows)[:10]}. 1000 points; the map is read once. *Loaded*: "
        "others had more than 10 % of the machine, so that wall time means little. *Mpx/s*: per processor second.\n\n"
        + table(header, cells),
    )


if __name__ == "__main__":
    main()
