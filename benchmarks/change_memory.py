"""Memory and time that a change analysis takes, from small maps to 100 000 × 100 000 pixels.

    python benchmarks/change_memory.py [--sides 10000 30000 100000] [--work DIR]

Every row is a process of its own: `change` between two generated class rasters of seven classes (see
assess_sampling.py) that differ nearly everywhere, with strips of misregistration, groups and a buffer stratum; no
polygons. A row that is in the results file is not run again.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

from assess_sampling import CHILD, PLACES, class_map
from bench_support import RESULTS, Points, table, write_markdown

OUT = RESULTS / "change_memory.jsonl"
CASES = {
    "plain": [],
    "strips, groups, buffer": ["--shift-m", "1", "--groups", "change", "--buffer-m", "2"],
}
"""Arguments beside maps and output; pixels are 0.5 m."""


def main() -> None:
    """Measure what is missing, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sides", type=int, nargs="+", default=[10_000, 30_000, 100_000])
    parser.add_argument("--work", type=Path, default=Path("out/change_memory"))
    parser.add_argument("--results", type=Path, default=OUT)
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    points = Points(args.results)
    for side in args.sides:
        for case in CASES:
            points.run(f"{side} {case}", lambda s=side, c=case: measure(args.work, s, c))
        for path in args.work.glob(f"{side}_*"):
            path.unlink()
    write_table(points.rows(), args.results.with_suffix(".md"))


def measure(work: Path, side: int, case: str) -> dict:
    """Compare two maps in a process of its own."""
    maps = [str(class_map(work / f"{side}_{k}.tif", side, *PLACES["equal area"], seed=k)) for k in (0, 1)]
    words = ["--json", "change", *maps, "--out", str(work / f"{side}_change"), "--overwrite", "--no-polygons"]
    begun = time.perf_counter()
    child = subprocess.run(
        [sys.executable, "-c", CHILD, *words, *CASES[case]], capture_output=True, text=True, check=False
    )
    wall_s = time.perf_counter() - begun
    last, used = child.stdout.splitlines()[-1], json.loads(child.stderr.splitlines()[-1])
    if child.returncode or json.loads(last)["event"] != "result":
        return {"error": last[:500]}
    return {
        "side": side,
        "case": case,
        "transitions": len(json.loads(last)["data"]["change"]["transitions"]),
        "cpu_s": round(used["cpu_s"], 1),
        "wall_s": round(wall_s, 1),
        "mpx_per_cpu_s": round(side * side / used["cpu_s"] / 1e6, 1),
        "peak_mb": round(used["peak_kb"] / 1024),
    }


def write_table(rows: list[dict], path: Path) -> None:
    """Write the table that people read."""
    rows = sorted((r for r in rows if "side" in r), key=lambda r: (r["side"], r["case"]))
    header = ["side, px", "case", "transitions", "peak MB", "processor s", "wall s", "Mpx/s", "loaded"]
    keys = "case", "transitions", "peak_mb", "cpu_s", "wall_s", "mpx_per_cpu_s"
    cells = [[f"{r['side']:,}", *(r[k] for k in keys), "yes" if r["loaded"] else "no"] for r in rows]
    write_markdown(
        path,
        "# Change analysis: memory and time\n\n`python benchmarks/change_memory.py`\n\n"
        f"{rows[0]['machine']}; {min(r['date'] for r in rows)[:10]}. *Loaded*: others had more than 10 % of the "
        "machine, so that wall time means little. *Mpx/s*: per processor second, of each map.\n\n"
        + table(header, cells),
    )


if __name__ == "__main__":
    main()
