"""Runs the test suites one after another and sums up; each suite has its own interpreter."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field, replace
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


def run(engine, host, checks, slow=False, name=""):
    """Run all suites; return 0 only if every one passed. Without `host` those that need QGIS are left out.

    Args:
        engine: The engine's interpreter.
        host: QGIS's interpreter, or None.
        checks: The interpreter of the package's checks.
        slow: Also run the tests that take minutes.
        name: Run only these: a folder or file of tests ("engine/tiles"), or a test's name.
    """
    suites = [suite for suite in _suites(engine, host, checks, slow) if _has_tests(suite)]
    if name:
        suites = narrowed(suites, name)
        if not suites:
            print(f"No test is called {name!r}; expected a folder or file in tests/, or the name of a test.")
            return 2
    return sum_up([run_suite(suite, SLOW_LIMIT_S if slow else LIMIT_S) for suite in suites])


def narrowed(suites, name):
    """Return the suites with only those tests that a name means: a folder, a file, or a part of a test's name."""
    named = [place for place in (TESTS / name, environments.ROOT / name) if place.exists()]
    paths = named[:1] or [p for word in (name, f"test_{name}") for p in sorted(TESTS.rglob(f"{word}.py"))]
    chosen = paths or _files_with(name)
    narrow = []
    for suite in suites:
        inside = [p for p in chosen if any(f == p or f in p.parents or p in f.parents for f in suite.folders)]
        if inside:
            narrow.append(_only(suite, inside, "" if paths else name))
    return narrow


def _files_with(name):
    pattern = re.compile(rf"^ *def test_\w*{re.escape(name.removeprefix('test_'))}", re.MULTILINE)
    return [p for p in sorted(TESTS.rglob("test_*.py")) if pattern.search(p.read_text(encoding="utf-8"))]


def _only(suite, paths, word):
    match = ["-k", word] if word else []
    if not set(suite.folders) & set(suite.command):
        # The real desktop chooses by name alone.
        return replace(suite, command=[*suite.command, *(match or _names_in(paths))])
    inside = [p for p in paths if p not in suite.folders]
    command = [part for part in suite.command if part not in suite.folders]
    kept = [f for f in suite.folders if any(p == f or p in f.parents for p in paths)]
    return replace(suite, command=[*command, *(kept or inside), *match])


def _names_in(paths):
    files = [p.stem for p in paths if p.is_file()]
    return ["-k", " or ".join(files)] if files else []


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
