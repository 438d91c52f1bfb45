"""Does a run that is killed, again and again, end with the same bytes as one that is left alone?

    python benchmarks/kill_loop.py --kills 200 [--work DIR] [--results FILE] [--seed N]

A small raster is segmented once undisturbed. Then runs are started and their process group is killed (SIGKILL) at a
random time; the same command is started again, possibly killed again, and finally left to end, after which the SHA-256
of every result is compared with the undisturbed run's. Half of the kills fall anywhere between start and end; the other
half wait for the assembly, the polygons, the report or the publishing, read from the run's events, and strike at a
random time within that stage. Every kill is one line of the result file; lines that are there are not made again.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path

import numpy as np
import rasterio
import torch
from rasterio.transform import from_origin

from uhr_landcover.models.card import ModelCard, Normalization
from uhr_landcover.models.checkpoint import save_checkpoint
from uhr_landcover.models.legend import load_legend
from uhr_landcover.models.registry import build_network

RESULTS = Path(__file__).parent / "results"
WIDTH, HEIGHT, TILE_PX, HALO_PX = 900, 700, 128, 16
TINY = {
    "deep_widths": (8, 8, 16, 16), "shallow_widths": (8, 8, 16, 16), "channels": 16, "head_channels": 8,
    "aspp_dilations": (2, 4, 6),
}  # fmt: skip
STAGES = ("assemble", "polygonize", "report", "publish")
PLACES = ("start", "prepare", "classify", *STAGES, "end")
MOST_KILLS_IN_A_ROW = 3
HASHED_EXCEPT = ("_report.html",)
"""Results that tell of time and memory, and differ on purpose."""


@dataclass
class Run:
    """One process: its events with the second at which each came."""

    events: list[tuple[float, dict]] = field(default_factory=list)
    status: int = 0
    seconds: float = 0.0
    killed_in: str = ""


def main() -> int:
    """Run what is missing; return 1 if any result differed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--work", type=Path, default=Path("out") / "kill_loop")
    parser.add_argument("--results", type=Path, default=RESULTS / f"kill_loop_{date.today()}.jsonl")
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    args.results.parent.mkdir(parents=True, exist_ok=True)
    loop = Loop(args.work.resolve())
    expected, timing = loop.undisturbed()
    rows = [json.loads(line) for line in args.results.read_text().splitlines()] if args.results.exists() else []
    with args.results.open("a") as file:
        while (left := args.kills - _count(rows)) > 0:
            row = loop.cycle(random.Random(f"{args.seed}-{len(rows)}"), left, expected, timing)
            rows.append(row)
            file.write(json.dumps(row) + "\n")
            file.flush()
    return _conclude(rows, args.results.with_suffix(".md"))


class Loop:
    """The runs of one raster, in one folder."""

    def __init__(self, work: Path) -> None:
        self._work = work
        self._out = work / "out"
        _make_raster(work / "scene.tif")
        _make_checkpoint(work / "tiny.safetensors")

    def undisturbed(self) -> tuple[dict[str, str], Run]:
        """Return the hashes of the results and the course of a run that nobody disturbs."""
        self._clear()
        run = self._run()
        if run.status != 0:
            raise SystemExit(f"The undisturbed run failed: {run.events[-1:]}")
        return self._hashes(), run

    def cycle(self, rng: random.Random, left: int, expected: dict[str, str], timing: Run) -> dict:
        """Kill one or a few runs in a row, let the last one end, and return what came of it."""
        self._clear()
        kills, finished = [], False
        for _ in range(min(left, rng.randint(1, MOST_KILLS_IN_A_ROW))):
            stage = rng.choice(STAGES) if rng.random() < 0.5 else ""
            after = rng.random() * _length(timing, stage)
            run = self._run(kill_stage=stage, kill_after=after)
            kills.append({"aimed": stage or "any", "after_s": round(after, 4), "struck": run.killed_in})
            if run.status == 0:  # it ended before the blow
                finished = True
                break
        last = None if finished else self._run()
        # A run that was killed after its last step has nothing left to do, and the next one refuses to replace it.
        code = last.events[-1][1].get("code", "") if last and last.events else ""
        data = last.events[-1][1].get("data", {}) if last and last.status == 0 else {}
        complete = finished or (last is not None and (last.status == 0 or code == "output_exists"))
        hashes = self._hashes()
        differing = sorted(k for k in {**expected, **hashes} if expected.get(k) != hashes.get(k))
        leftovers = [p.name for p in self._out.iterdir() if p.name.startswith(".")]
        return {
            "kills": kills, "ok": complete and not differing and not leftovers, "differing": differing,
            "compared": len(expected), "leftovers": leftovers, "last": code or ("finished" if complete else "failed"),
            "resumed_tiles": data.get("resumed_tiles"), "tiles": data.get("tiles"), **_circumstances(),
        }  # fmt: skip

    def _clear(self) -> None:
        shutil.rmtree(self._out, ignore_errors=True)

    def _hashes(self) -> dict[str, str]:
        self._out.mkdir(exist_ok=True)
        files = (p for p in self._out.iterdir() if p.is_file() and not p.name.endswith(HASHED_EXCEPT))
        return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in files}

    def _command(self) -> list[str]:
        # As a recipe is run again: with the time stamp in it, for it goes into the results.
        job = {
            "format": "uhr-landcover-job/2", "raster": str(self._work / "scene.tif"), "method": "isdnet",
            "checkpoint": str(self._work / "tiny.safetensors"), "device": "cpu", "preset": "memory",
            "created": "2026-01-01T00:00:00+00:00",
            "output": {
                "directory": str(self._out), "vector_formats": ["gpkg", "shp", "geojson", "fgb"],
                "polygons": {"simplify_m": 1.0, "smooth": True}, "confidence": True, "report": True,
            },
        }  # fmt: skip
        path = self._work / "job.json"
        path.write_text(json.dumps(job))
        return [sys.executable, "-m", "uhr_landcover.engine", "--json", "run", str(path)]

    def _run(self, kill_stage: str = "", kill_after: float | None = None) -> Run:
        """Start the engine; kill its group `kill_after` seconds after the start, or after the first sign of a stage."""
        run, started = Run(), time.monotonic()
        process = subprocess.Popen(
            self._command(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True
        )
        timer: threading.Timer | None = None

        def arm() -> threading.Timer:
            new = threading.Timer(kill_after or 0.0, _kill_group, [process])
            new.start()
            return new

        if kill_after is not None and not kill_stage:
            timer = arm()
        for line in process.stdout:
            event = json.loads(line)
            run.events.append((time.monotonic() - started, event))
            if kill_after is not None and timer is None and _begins(event, kill_stage):
                timer = arm()
        run.status = process.wait()
        run.seconds = time.monotonic() - started
        if timer:
            timer.cancel()
            timer.join()
        run.killed_in = _stage_of([e for _, e in run.events]) if run.status == -signal.SIGKILL else "none"
        return run


def _kill_group(process: subprocess.Popen) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)


def _begins(event: dict, stage: str) -> bool:
    """Whether an event is the first sign of a stage; what follows the finished report is the publishing."""
    if stage == "assemble":  # its first event comes when a strip is done: begin with the last tile
        return event.get("stage") == "classify" and event.get("done") == event.get("total")
    if stage == "polygonize":
        return event.get("stage") == "assemble" and event.get("done") == event.get("total")
    if stage == "report":
        return event.get("stage") == "report" and event.get("done") == 0
    return event.get("stage") == "report" and event.get("done") == event.get("total")


def _length(timing: Run, stage: str) -> float:
    """Seconds that a stage took undisturbed; of the whole run for none."""
    if not stage:
        return timing.seconds
    signs = [next((t for t, e in timing.events if _begins(e, s)), timing.seconds) for s in STAGES]
    ends = [*signs[1:], timing.seconds]
    place = STAGES.index(stage)
    return max(0.01, ends[place] - signs[place])


def _stage_of(events: list[dict]) -> str:
    stage = "start"
    for event in events:
        if event.get("event") == "progress":
            stage = event["stage"]
        for name in STAGES:
            if _begins(event, name):
                stage = name
        if event.get("event") == "result":
            stage = "end"
    return stage


def _make_raster(path: Path) -> None:
    rng = np.random.default_rng(0)
    small = rng.integers(0, 256, (3, HEIGHT // 20, WIDTH // 20), dtype=np.uint8)
    values = small.repeat(20, axis=1).repeat(20, axis=2)[:, :HEIGHT, :WIDTH]
    values[:, 250:420, 300:560] = 0  # a hole, with tiles that have no data at all
    place = {"crs": "EPSG:32633", "transform": from_origin(500_000, 4_650_000, 0.5, 0.5), "nodata": 0}
    shape = {"width": values.shape[2], "height": values.shape[1], "count": 3, "dtype": "uint8"}
    if path.exists():
        return  # the same raster, or a resumed loop would compare with another
    with rasterio.open(path, "w", driver="GTiff", **shape, **place) as raster:
        raster.write(values)


def _make_checkpoint(path: Path) -> None:
    if path.exists():
        return
    torch.manual_seed(0)
    card = ModelCard(
        name="tiny", title="Tiny, random weights", method="isdnet", config={}, legend=load_legend(),
        normalization=Normalization(mean=(0.0, 0.0, 0.0), std=(255.0, 255.0, 255.0)),
        tile_px=TILE_PX, halo_px=HALO_PX,
    )  # fmt: skip
    save_checkpoint(path, build_network("isdnet", TINY, num_classes=7), card)


def _circumstances() -> dict:
    return {
        "when": datetime.now(UTC).isoformat(timespec="seconds"), "command": f"python {' '.join(sys.argv)}",
        "engine": version("uhr-landcover"), "torch": version("torch"), "rasterio": version("rasterio"),
        "python": platform.python_version(), "system": platform.system(),
    }  # fmt: skip


def _count(rows: list[dict]) -> int:
    return sum(kill["struck"] != "none" for row in rows for kill in row["kills"])


def _conclude(rows: list[dict], path: Path) -> int:
    """Write the summary; return 1 if any cycle ended with other bytes, leftovers or an error."""
    struck = Counter(kill["struck"] for row in rows for kill in row["kills"])
    bad = [row for row in rows if not row["ok"]]
    resumed = [row["resumed_tiles"] / row["tiles"] for row in rows if row["resumed_tiles"]]
    where = [f"| {stage} | {struck[stage]} |" for stage in PLACES if struck[stage]]
    first, last = rows[0], rows[-1]
    text = [
        "# Kill loop", "",
        f"`python benchmarks/kill_loop.py --kills {_count(rows)}`, {first['when'][:10]}; engine {last['engine']}, "
        f"torch {last['torch']}, rasterio {last['rasterio']}, Python {last['python']}, {last['system']}, CPU.", "",
        f"{_count(rows)} kills (SIGKILL to the process group) in {len(rows)} cycles of one to {MOST_KILLS_IN_A_ROW} "
        "kills and a resumed run.",
        f"{len(rows) - len(bad)} of {len(rows)} cycles ended with the SHA-256 of the undisturbed run in every result "
        "and nothing left over.",
        f"Resumed runs that still had tiles to take over found {100 * sum(resumed) / max(1, len(resumed)):.0f} % of "
        "them finished, on average.", "",
        "| struck in | kills |", "|---|---|", *where, "",
        "start: before the first event of the run; end: after the results had their names.", "",
    ]  # fmt: skip
    path.write_text("\n".join(text), encoding="utf-8")
    print("\n".join(text))
    for row in bad:
        print(json.dumps(row))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
