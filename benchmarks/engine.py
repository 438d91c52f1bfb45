"""How fast and how lean the engine is: `python benchmarks/engine.py [--parts …] [--device cpu] [--max-minutes M]`.

network  frames per second of the networks alone at the published size, as ISDNet's script measures (20 warm-ups, 100
         runs on a GPU, fewer on a CPU: the row says how many), by method and preset, with the three memory figures
file     raster file → class raster and polygons, in million pixels per second
sweep    time and memory against area: real starters to 10k², a small stand-in network to 100k² (a VRT that repeats one
         file); the table gives the slope of log time over log pixels
ladder   plain form → each technique, timed in turns within one process, each with an equality check

Every point runs in a process of its own and is a row of a JSONL file; a finished point is not run again. Points are
not begun after --max-minutes. `--quick` takes sizes that only show that the benchmark works.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import engine_file
import engine_ladder
import engine_network
import engine_sweep
from bench_support import RESULTS, Points, write_markdown

METHODS = ("isdnet", "ppn", "glnet")
PRESETS = ("speed", "balanced", "memory")
PARTS = {"network": engine_network, "file": engine_file, "ladder": engine_ladder, "sweep": engine_sweep}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parts", nargs="+", choices=tuple(PARTS), default=tuple(PARTS))
    parser.add_argument("--methods", nargs="+", choices=METHODS, default=METHODS)
    parser.add_argument("--presets", nargs="+", choices=PRESETS, default=PRESETS)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--largest-side", type=int, default=100_000, help="the sweep's largest raster")
    parser.add_argument("--sweep-networks", nargs="+", choices=("starter", "stand-in"), default=("starter", "stand-in"))
    parser.add_argument("--threads", type=int, default=0, help="of the ladder; 1 on a machine that does other things")
    parser.add_argument("--max-minutes", type=float, default=0.0)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "uhr_bench_engine")
    parser.add_argument("--out", type=Path, default=None)
    parser.add_argument("--point", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.point:
        point = json.loads(args.point)
        print(json.dumps(PARTS[point["part"]].measure(point)))
        return
    args.work.mkdir(parents=True, exist_ok=True)
    name = f"engine_{args.device.split(':')[0]}{'_quick' if args.quick else ''}"
    points = Points(args.out or RESULTS / f"{name}.jsonl", args.max_minutes)
    for part in args.parts:
        for point in PARTS[part].points(args):
            point = {"part": part, "device": args.device, "work": str(args.work), **point}
            key = ", ".join(str(v) for k, v in point.items() if k not in ("work", "checkpoint"))
            points.run(key, lambda p=point: in_own_process(p))
    write_markdown(points.path.with_suffix(".md"), report(points))


def in_own_process(point):
    command = [sys.executable, __file__, "--point", json.dumps(point)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    shown = {name: value for name, value in point.items() if name != "work"}  # a machine's own folder is no result
    if done.returncode:
        return {**shown, "error": (done.stderr.strip() or "it was killed").splitlines()[-1]}
    return {**shown, **json.loads(done.stdout.splitlines()[-1])}


def report(points):
    rows = points.rows()
    sections = ["# The engine's speed and memory\n"]
    if rows:
        last = max(rows, key=lambda row: row["date"])
        sections.append(
            f"{last['date'][:10]}, torch {last['torch']}, {last['machine']}, commit {last['commit']}. "
            f"Command of the last rows: `{last['command']}`. A row is marked (loaded) where other work took more than "
            "a tenth of the machine; its times are then too long, and processor time tells more. Memory in MB: tensors "
            "allocated and held by torch on the GPU, the process as the driver reports it (on the CPU: resident), and "
            "the host's peak.\n"
        )
    for row in rows:
        if "error" in row:
            sections.append(f"* {row['key']}: failed: {row['error']}\n")
    rows = [r for r in rows if "error" not in r]
    for part, room in PARTS.items():
        if own := [r for r in rows if r["part"] == part]:
            sections.append(room.section(own))
    return "\n".join(sections)


if __name__ == "__main__":
    main()
