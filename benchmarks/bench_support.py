"""What the benchmarks share: result files that are gone on with, the machine's load, rasters and networks to run on."""

import datetime
import json
import os
import platform
import subprocess
import sys
import time
from pathlib import Path

RESULTS = Path(__file__).resolve().parent / "results"
ROOT = Path(__file__).resolve().parent.parent
BUSY_SHARE = 0.10
"""Share of a machine's processor time that others take, above which a row says that the machine was loaded."""


class Points:
    """Rows of a JSONL file, each under a key; a point whose row is there is not run again.

    Args:
        path: File to go on with, or to make.
        max_minutes: No point is begun after so many minutes; 0 for no limit.
    """

    def __init__(self, path, max_minutes=0.0):
        self.path = Path(path)
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._end = time.monotonic() + 60 * max_minutes if max_minutes else float("inf")
        self.left_out = []

    def rows(self):
        """Return all rows so far, the last one of each key; a torn last line is left out."""
        found = {}
        for line in self.path.read_text("utf-8").splitlines() if self.path.exists() else ():
            try:
                row = json.loads(line)
            except ValueError:
                continue
            found[row["key"]] = row
        return list(found.values())

    def run(self, key, measure):
        """Run one point unless it is done or time is up; ``measure()`` returns the row's data.

        A point that failed, which its row says under ``error``, is run again.
        """
        if any(row["key"] == key and "error" not in row for row in self.rows()):
            return
        if time.monotonic() > self._end:
            self.left_out.append(key)
            return
        print(f"{time.strftime('%H:%M:%S')} {key}", flush=True)
        load = Load()
        data = measure()
        row = {"key": key, **data, **load.row(), **surroundings()}
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")


class Load:
    """How much of the machine others use, from its making to `row`."""

    def __init__(self):
        self._before, self._own = _machine_ticks(), _own_seconds()

    def row(self):
        """Return the share of the machine that others took, and whether that is much."""
        busy, total = (b - a for a, b in zip(self._before, _machine_ticks(), strict=True))
        own = (_own_seconds() - self._own) * os.sysconf("SC_CLK_TCK") if total else 0
        others = max(0.0, (busy - own) / total) if total else None
        return {"others_share": None if others is None else round(others, 3), "loaded": (others or 0) > BUSY_SHARE}


def _machine_ticks():
    try:
        numbers = [int(n) for n in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    except OSError:
        return 0, 0
    return sum(numbers) - numbers[3] - numbers[4], sum(numbers)


def _own_seconds():
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def surroundings():
    """Return date, versions and machine."""
    import torch

    return {
        "date": datetime.datetime.now().isoformat(timespec="seconds"),
        "torch": torch.__version__,
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "commit": subprocess.run(
            ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
        ).stdout.strip(),
        "command": "python benchmarks/" + " ".join([Path(sys.argv[0]).name, *_without_places(sys.argv[1:])]),
    }


def _without_places(arguments):
    """Leave out the options that say where files lie on this machine."""
    kept = list(arguments)
    for option in ("--out", "--work"):
        while option in kept:
            at = kept.index(option)
            del kept[at : at + 2]
    return kept


def write_markdown(path, text):
    """Write a result file; it appears when complete."""
    temporary = Path(path).with_suffix(".tmp")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)
    print(text)


def table(header, rows):
    """Return a Markdown table."""
    lines = ["| " + " | ".join(header) + " |", "|" + "---|" * len(header)]
    return "\n".join([*lines, *("| " + " | ".join(map(str, row)) + " |" for row in rows)]) + "\n"


def scene(path, side):
    """Make a generated landscape of some size, unless it is there; return its path."""
    if not path.exists():
        command = [sys.executable, "-m", "uhr_landcover.engine", "scene", str(path), "--size", str(side), str(side)]
        subprocess.run(command, check=True, capture_output=True)
    return path


def published_checkpoint(folder, method, **settings):
    """Save a network of the published size with random weights as a checkpoint; return its path.

    Settings other than the published ones become part of the file's name. Every convolution is drawn again so that
    numbers neither vanish nor overflow; the classes mean nothing.
    """
    import torch

    from uhr_landcover.models.card import ModelCard
    from uhr_landcover.models.checkpoint import save_checkpoint
    from uhr_landcover.models.legend import load_legend
    from uhr_landcover.models.preprocess import IMAGENET, UNIT
    from uhr_landcover.models.registry import build_network

    changed = "".join(f"-{name}-{value}" for name, value in settings.items())
    path = Path(folder) / f"{method}-published{changed}.safetensors"
    if not path.exists():
        torch.manual_seed(0)
        network = build_network(method, settings, num_classes=7).eval()
        for name, module in network.named_modules():
            if isinstance(module, torch.nn.Conv2d) and "resnet" not in name:
                torch.nn.init.normal_(module.weight, std=(1.5 / module.weight[0].numel()) ** 0.5)
        card = ModelCard(
            name=f"{method}-published", title=f"{method}, published size, random weights", method=method,
            config=network.config, legend=load_legend(), normalization=UNIT if method == "glnet" else IMAGENET,
        )  # fmt: skip
        save_checkpoint(path, network, card)
    return path
