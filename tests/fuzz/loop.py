"""Loop of fuzzing: mutated inputs, one after another, for a time or a number; what is found goes into the corpus.

Usage, in the repository: PYTHONPATH=tests python tests/fuzz/loop.py --inputs 10000 [--targets job card]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from fuzz.mutations import mutated
from fuzz.targets import TARGETS, Finding, Target, outcome

CORPUS = Path(__file__).parent / "corpus"
MEMORY = Path("/dev/shm")
"""Folder in memory, where there is one: files are written and read a million times."""

MOST_FINDINGS = 20
"""Different findings after which a target is left."""


@dataclass
class Tally:
    """What became of a target's inputs.

    Attributes:
        inputs: How many were tried.
        outcomes: How many were taken and refused.
        findings: What was found, one input each.
        seconds: Time it took.
        slowest_s: Longest time of one input.
    """

    inputs: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    findings: dict[str, bytes] = field(default_factory=dict)
    seconds: float = 0.0
    slowest_s: float = 0.0


def corpus_of(target: Target) -> list[Path]:
    """Return the inputs that once went wrong, or might."""
    return sorted(path for path in (CORPUS / target.name).glob("*") if path.is_file())


def fuzz(target: Target, folder: Path, *, seed: int, inputs: int = sys.maxsize, seconds: float = 1e9) -> Tally:
    """Try mutations of whole inputs and of the corpus."""
    rng, tally = Random(seed), Tally()
    pool = [*target.seeds(), *(path.read_bytes() for path in corpus_of(target))]
    begun = time.monotonic()
    while tally.inputs < inputs and time.monotonic() - begun < seconds and len(tally.findings) < MOST_FINDINGS:
        content = mutated(rng.choice(pool), rng)
        started = time.monotonic()
        try:
            tally.outcomes[outcome(target, content, folder)] += 1
        except Finding as finding:
            tally.outcomes["findings"] += 1
            tally.findings.setdefault(_kind(finding), content)
        tally.inputs += 1
        tally.slowest_s = max(tally.slowest_s, time.monotonic() - started)
    tally.seconds = time.monotonic() - begun
    return tally


def _kind(finding: Finding) -> str:
    """Return what tells findings apart: the error, and the line of code it came from."""
    cause, lines = finding.__cause__, []
    trace = cause.__traceback__ if cause else None
    while trace is not None:
        lines.append(f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}")
        trace = trace.tb_next
    what = type(cause).__name__ if cause else str(finding)[:80]
    return f"{what} at {' < '.join(lines[-3:])}"


def main() -> int:
    """Fuzz; return 1 if anything was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--targets", nargs="*", default=list(TARGETS), choices=list(TARGETS))
    parser.add_argument("--inputs", type=int, default=sys.maxsize, help="of each target")
    parser.add_argument("--seconds", type=float, default=1e9, help="for each target")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--results", type=Path, help="file of lines to append to")
    args = parser.parse_args()
    found = 0
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # GDAL and rasterio say there what they refuse as well
    for name in args.targets:
        with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as folder:
            tally = fuzz(TARGETS[name], Path(folder), seed=args.seed, inputs=args.inputs, seconds=args.seconds)
        found += len(tally.findings)
        row = {
            "target": name, "seed": args.seed, "inputs": tally.inputs, "taken": tally.outcomes["taken"],
            "refused": tally.outcomes["refused"], "findings": sorted(tally.findings),
            "seconds": round(tally.seconds, 1), "slowest_s": round(tally.slowest_s, 3),
        }  # fmt: skip
        print(json.dumps(row, ensure_ascii=False), flush=True)
        if args.results:
            with args.results.open("a", encoding="utf-8") as file:
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
        for content in tally.findings.values():
            (CORPUS / name).mkdir(parents=True, exist_ok=True)
            (CORPUS / name / f"found_{hashlib.sha256(content).hexdigest()[:12]}").write_bytes(content)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
