"""Runs the test suites one after another and sums up; each suite has its own interpreter."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import environments

TESTS = environments.ROOT / "tests"
ELSEWHERE = ("ui", "desktop", "first_map", "support", "checks")
CLOSING = re.compile(r"^=*\s*(?=.*\b(?:passed|failed|error|errors|skipped|deselected|no tests ran)\b).*\bin [\d.]+s\b")
COUNT = re.compile(r"(\d+) (passed|failed|errors?|skipped|xfailed|xpassed)")
# Generous: a limit ends what hangs, on a busy machine too.
TEST_LIMIT_S, SLOW_TEST_LIMIT_S = 900, 3600
LIMIT_S = 3600
SLOW_LIMIT_S = 10800


@dataclass
class Suite:
    """One command that runs tests.

    Attributes:
        title: Name for people.
        command: What to start, in the repository's root.
        folders: Where its tests lie; without a test file in them there is nothing to run.
        environment: Variables to set for it.
    """

    title: str
    command: list
    folders: list
    environment: dict = field(default_factory=dict)


@dataclass
class Outcome:
    """How a suite ended."""

    title: str
    status: int
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0


def run(engine, host, checks, slow=False):
    """Run all suites; return 0 only if every one passed. Without `host` those that need QGIS are left out."""
    outcomes = [
        run_suite(suite, SLOW_LIMIT_S if slow else LIMIT_S)
        for suite in _suites(engine, host, checks, slow)
        if _has_tests(suite)
    ]
    return sum_up(outcomes)


def _suites(engine, host, checks, slow):
    marks = [] if slow else ["-m", "not slow"]
    pytest = [
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "--continue-on-collection-errors",
        "--durations=8",
        "--durations-min=4",
        f"--timeout={SLOW_TEST_LIMIT_S if slow else TEST_LIMIT_S}",
        *marks,
    ]
    engine_folders = [p for p in sorted(TESTS.iterdir()) if p.is_dir() and p.name not in ELSEWHERE]
    headless = Suite(
        "engine, networks, architecture",
        [engine, *pytest, *engine_folders],
        engine_folders,
        environments.engine_variables(engine),
    )
    package = Suite("package and Qt 6", [checks, *pytest, TESTS / "checks"], [TESTS / "checks"])
    if host is None:
        return [headless, package]
    suites = [
        headless,
        package,
        Suite("PyQGIS, offscreen", [host, *pytest, TESTS / "ui"], [TESTS / "ui"], {"QT_QPA_PLATFORM": "offscreen"}),
        Suite("QGIS desktop under Xvfb", ["bash", TESTS / "desktop" / "run.sh"], [TESTS / "desktop"]),
    ]
    if slow:
        folder = TESTS / "first_map"
        suites.append(Suite("first map in a fresh profile", ["bash", folder / "run.sh"], [folder]))
    return suites


def _has_tests(suite):
    return any(path for folder in suite.folders for path in folder.rglob("test_*.py"))


def run_suite(suite, limit_s):
    """Run one suite, end it after `limit_s` seconds, and return how it ended."""
    print(f"\n== {suite.title}", flush=True)
    started = time.monotonic()
    status, counts = _stream(suite, limit_s)
    outcome = Outcome(suite.title, status, seconds=time.monotonic() - started, **counts)
    if status and not outcome.failed:
        # A suite that broke off, or whose tests could not be collected, must not count as passed.
        outcome.failed = 1
    if not status and not outcome.passed:
        outcome.status, outcome.failed = 1, 1
    return outcome


def _stream(suite, limit_s):
    """Run a suite, pass its output on, and return its exit status and what its closing line counts."""
    child = subprocess.Popen(
        [str(part) for part in suite.command],
        cwd=environments.ROOT,
        env={**os.environ, **_runtime_directory(), **suite.environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        start_new_session=True,
    )
    watchdog = _Watchdog(child, limit_s)
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    with watchdog:
        for line in child.stdout:
            sys.stdout.write(line)
            sys.stdout.flush()
            counts = read_closing_line(line) or counts
        status = child.wait()
    return status, counts


class _Watchdog:
    """Ends a suite and everything it started when its time is up, or when the user interrupts."""

    def __init__(self, child, limit_s):
        self._child, self._limit_s = child, limit_s
        self._timer = threading.Timer(limit_s, self._expire)

    def __enter__(self):
        self._timer.start()
        return self

    def __exit__(self, kind, error, trace):
        self._timer.cancel()
        if error is not None:
            self._kill()

    def _expire(self):
        print(f"Ended: the suite ran for more than {self._limit_s} s.", flush=True)
        self._kill()

    def _kill(self):
        try:
            os.killpg(self._child.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass


def read_closing_line(line):
    """Return the counts of pytest's closing line, or None for any other line."""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", line).strip()
    if not CLOSING.match(plain):
        return None
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for number, word in COUNT.findall(plain):
        name = (
            "failed"
            if word in ("failed", "error", "errors")
            else "passed"
            if word in ("passed", "xpassed")
            else "skipped"
        )
        counts[name] += int(number)
    return counts


def _runtime_directory():
    """Return XDG_RUNTIME_DIR, which Qt misses on machines without a login session."""
    if os.environ.get("XDG_RUNTIME_DIR"):
        return {}
    folder = Path(environments.VENV / "run")
    folder.mkdir(mode=0o700, exist_ok=True)
    return {"XDG_RUNTIME_DIR": str(folder)}


def sum_up(outcomes):
    """Show what each suite did and the sum in the last line; return the exit status."""
    print("\n== Summary")
    for o in outcomes:
        word = "failed" if o.status else "passed"
        print(f"{o.title:<34}{word:<8}{o.passed:5} passed {o.failed:4} failed {o.skipped:4} skipped {o.seconds:7.0f} s")
    totals = {name: sum(getattr(o, name) for o in outcomes) for name in ("passed", "failed", "skipped")}
    print(f"\n{totals['passed']} passed, {totals['failed']} failed, {totals['skipped']} skipped")
    return 1 if any(o.status for o in outcomes) or not totals["passed"] else 0
