"""What the engine takes around a network, an older commit beside this one: `python benchmarks/around.py [--before C]`.

The network is a small stand-in (engine_sweep.py), so that reading, writing, assembling, overviews, polygons and tables
are what takes the time. The rasters show one landscape again and again, smooth as it is and with noise, which is what
photographs compress like. Each point runs the command line of either commit in turns, in processes of their own that
import the package from that commit's files; a row holds, for both, the medians of

seconds         of the whole command
outside_s       of it outside the outermost calls of torch modules, while nothing else is called: the network is timed
                by hooks that torch runs around every call, the same for both commits
first_tile_s    from the start of the process to the first event that tells of a finished tile
cpu_s           processor time of the process and its children
peak_mb         the largest resident memory of the process or of one of its children
stage_s         from one stage's first event to the next one's
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from bench_support import RESULTS, ROOT, Points, scene, table, write_markdown
from engine_sweep import REPEATED_PX, stand_in

BEFORE = "1514797"
"""The last commit before the engine's rooms were rearranged and its rasters' blocks were written by itself."""

NOISE = 24

CHILD = """
import json, resource, sys, time
begun = time.perf_counter()
import io, threading
from uhr_landcover.engine import __main__ as engine

state = {"network": 0.0, "depth": 0, "first": 0.0, "tiles": None}

def hook():
    from torch.nn.modules import module
    local = threading.local()
    def before(*_):
        local.depth = getattr(local, "depth", 0) + 1
        if local.depth == 1:
            local.begun = time.perf_counter()
    def after(*_):
        local.depth -= 1
        if local.depth == 0:
            state["network"] += time.perf_counter() - local.begun
    module.register_module_forward_pre_hook(before)
    module.register_module_forward_hook(after)

hook()
stages, own = {}, engine.JsonConsole.emit
def emit(self, event):
    stage = getattr(event, "stage", None)
    if stage is not None:
        stages.setdefault(stage.value, time.perf_counter() - begun)
        if stage.value == "classify" and not state["first"] and event.done:
            state["first"] = time.perf_counter() - begun
    return own(self, event)
engine.JsonConsole.emit = emit
status = engine.main(["--json", *sys.argv[1:]])
seconds = time.perf_counter() - begun
peaks = [resource.getrusage(w).ru_maxrss for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
used = [resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
ends = [*list(stages.values())[1:], seconds]
print(json.dumps({
    "status": status, "seconds": seconds, "network_s": state["network"], "first_tile_s": state["first"],
    "cpu_s": sum(u.ru_utime + u.ru_stime for u in used), "peak_mb": max(peaks) / 1e3,
    "stage_s": {name: end - first for (name, first), end in zip(stages.items(), ends)},
}), file=sys.stderr)
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--before", default=BEFORE, help="commit to compare with")
    parser.add_argument("--sides", nargs="+", type=int, default=[10_000, 30_000])
    parser.add_argument("--kinds", nargs="+", choices=("smooth", "noisy"), default=("smooth", "noisy"))
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--max-minutes", type=float, default=0.0)
    parser.add_argument("--work", type=Path, default=Path(tempfile.gettempdir()) / "uhr_bench_around")
    parser.add_argument("--out", type=Path, default=RESULTS / "around.jsonl")
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    packages = {"before": _package(args.work, args.before), "now": _linked(args.work / "now", ROOT)}
    points = Points(args.out, args.max_minutes)
    for side in args.sides:
        for kind in args.kinds:
            key = f"{side} {kind}, {args.turns} turns"
            points.run(key, lambda s=side, k=kind: _measure(args, packages, s, k))
    write_markdown(points.path.with_suffix(".md"), _report(points))


def _package(work, commit):
    """Unpack a commit; return the folder from which its package is imported."""
    tree = work / f"tree-{commit}"
    if not tree.exists():
        tree.mkdir()
        archive = subprocess.run(["git", "archive", commit], cwd=ROOT, capture_output=True, check=True)
        subprocess.run(["tar", "x", "-C", str(tree)], input=archive.stdout, check=True)
    return _linked(work / f"package-{commit}", tree)


def _linked(folder, tree):
    folder.mkdir(exist_ok=True)
    link = folder / "uhr_landcover"
    if not link.exists():
        link.symlink_to(tree, target_is_directory=True)
    return folder


def _measure(args, packages, side, kind):
    raster, checkpoint = _raster(args.work, side, kind), stand_in(args.work)
    turns = {name: [] for name in packages}
    for _ in range(args.turns):
        for name, folder in packages.items():
            turns[name].append(_run(folder, raster, checkpoint, args.work))
    found = {name: _medians(rows, side) for name, rows in turns.items()}
    return {
        "side": side,
        "kind": kind,
        "turns": args.turns,
        "before": args.before,
        **{f"{n}_": f for n, f in found.items()},
    }


def _medians(rows, side):
    plain = {
        k: statistics.median(r[k] for r in rows) for k in ("seconds", "network_s", "first_tile_s", "cpu_s", "peak_mb")
    }
    stages = {k: round(statistics.median(r["stage_s"][k] for r in rows), 2) for k in rows[0]["stage_s"]}
    outside = statistics.median(r["seconds"] - r["network_s"] for r in rows)
    return {
        **{k: round(v, 2) for k, v in plain.items()},
        "outside_s": round(outside, 2), "outside_s_per_mpx": round(outside / (side * side / 1e6), 4), "stage_s": stages,
    }  # fmt: skip


def _run(folder, raster, checkpoint, work):
    with tempfile.TemporaryDirectory(dir=work) as out:
        command = [sys.executable, "-c", CHILD, "segment", raster, "--checkpoint", checkpoint, "--out", out]
        command += ["--formats", "gpkg", "--device", "cpu"]
        done = subprocess.run(
            list(map(str, command)), capture_output=True, text=True, check=False,
            env={**os.environ, "PYTHONPATH": str(folder)}, cwd=work,
        )  # fmt: skip
    last = (done.stderr.strip().splitlines() or ["nothing was said"])[-1]
    if done.returncode or not last.startswith("{"):
        raise RuntimeError(f"the command failed: {last}")
    return json.loads(last)


def _raster(work, side, kind):
    """Make a raster that shows one landscape again and again; return its path."""
    import numpy as np
    import rasterio

    path = work / f"{kind}{side}.tif"
    if path.exists():
        return path
    with rasterio.open(scene(work / f"scene{REPEATED_PX}.tif", REPEATED_PX)) as source:
        picture, profile = source.read(), source.profile
    profile.update(
        width=side, height=side, tiled=True, blockxsize=512, blockysize=512, compress="deflate", zlevel=1,
        bigtiff="if_safer", num_threads="all_cpus",
    )  # fmt: skip
    rng, part = np.random.default_rng(0), path.with_suffix(".part")
    with rasterio.open(part, "w", **profile) as raster:
        for top in range(0, side, 512):
            rows = np.arange(top, min(top + 512, side)) % REPEATED_PX
            values = picture[:, rows][:, :, np.arange(side) % REPEATED_PX]
            if kind == "noisy":
                noise = rng.integers(-NOISE, NOISE + 1, values.shape, dtype=np.int16)
                values = np.clip(values + noise, 0, 255).astype(np.uint8)
            raster.write(values, window=((top, top + len(rows)), (0, side)))
    part.rename(path)
    return path


def _report(points):
    rows = sorted(points.rows(), key=lambda r: (r["side"], r["kind"]))
    if not rows:
        return "# Around the network\n\nNothing has been measured yet.\n"
    last = max(rows, key=lambda r: r["date"])
    body = []
    for row in rows:
        for name in ("before", "now"):
            own = row[f"{name}_"]
            stages = ", ".join(f"{k} {v:g}" for k, v in own["stage_s"].items())
            body.append((
                row["side"], row["kind"], row["before"] if name == "before" else row["commit"], own["seconds"],
                own["network_s"], own["outside_s_per_mpx"],
                f"{row['now_']['outside_s'] / row['before_']['outside_s']:.2f}" if name == "now" else "",
                own["first_tile_s"], own["cpu_s"], f"{own['peak_mb']:.0f}", stages,
                " (loaded)" if row["loaded"] else "",
            ))  # fmt: skip
    header = ("px", "picture", "commit", "s", "network s", "outside, s/Mpx", "ratio", "first tile s", "processor s",
              "peak MB", "stages, s", "machine")  # fmt: skip
    return (
        f"# Around the network\n\n{last['date'][:10]}, torch {last['torch']}, {last['machine']}. Command of the last "
        f"row: `{last['command']}`. Medians of {last['turns']} turns of either commit, in turn. Rows marked "
        "(loaded) were measured while other work took more than a tenth of the machine.\n\n" + table(header, body)
    )


if __name__ == "__main__":
    main()
