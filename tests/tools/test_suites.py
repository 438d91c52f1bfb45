"""What ./dev test reads from the closing lines of pytest, and when it calls a run failed."""

import sys
from pathlib import Path

import pytest

TOOLS = Path(__file__).resolve().parents[2] / "tools"


@pytest.fixture
def suites(monkeypatch):
    monkeypatch.syspath_prepend(str(TOOLS))
    import suites

    return suites


@pytest.fixture
def run_script(suites, tmp_path):
    """Return a function that runs a Python script as a suite and gives its outcome."""

    def run(script, limit_s=60):
        (tmp_path / "test_script.py").write_text("")
        suite = suites.Suite("script", [sys.executable, "-c", script], [tmp_path])
        return suites.run_suite(suite, limit_s)

    return run


@pytest.mark.parametrize(
    ("line", "counts"),
    [
        ("12 passed in 1.20s", (12, 0, 0)),
        ("2 failed, 181 passed, 2 skipped, 1 warning in 1.39s", (181, 2, 2)),
        ("==== 1 failed, 3 passed, 4 errors in 75.20s (0:01:15) ====", (3, 5, 0)),
        ("\x1b[32m\x1b[1m7 passed\x1b[0m, 1 xfailed, 2 xpassed in 0.10s", (9, 0, 1)),
        ("no tests ran in 0.01s", (0, 0, 0)),
        ("3 deselected in 0.01s", (0, 0, 0)),
    ],
)
def test_read_closing_line_counts(suites, line, counts):
    assert tuple(suites.read_closing_line(line).values()) == counts


@pytest.mark.parametrize(
    "line", ["", "tests/a.py .... [ 50%]", "FAILED tests/a.py - assert 12 passed", "SKIPPED [1] a"]
)
def test_read_closing_line_other_lines_are_none(suites, line):
    assert suites.read_closing_line(line) is None


def test_run_suite_that_passes_is_counted(run_script):
    outcome = run_script("print('3 passed, 1 skipped in 0.10s')")

    assert (outcome.status, outcome.passed, outcome.failed, outcome.skipped) == (0, 3, 0, 1)


def test_run_suite_that_dies_silently_counts_as_failed(run_script):
    outcome = run_script("import os; os._exit(134)")

    assert (outcome.status, outcome.failed) == (134, 1)


def test_run_suite_that_runs_no_test_counts_as_failed(run_script):
    outcome = run_script("print('no tests ran in 0.01s')")

    assert (outcome.status, outcome.failed) == (1, 1)


def test_run_suite_that_hangs_is_ended(run_script):
    outcome = run_script("import time; time.sleep(60)", limit_s=0.5)

    assert outcome.status != 0
    assert outcome.seconds < 30


def test_sum_up_one_failed_suite_fails_all(suites, capsys):
    outcomes = [suites.Outcome("a", 0, passed=3), suites.Outcome("b", 1, failed=1, passed=2)]

    assert suites.sum_up(outcomes) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "5 passed, 1 failed, 0 skipped"


def test_sum_up_nothing_run_fails(suites):
    assert suites.sum_up([]) == 1


@pytest.fixture
def two_suites(suites, monkeypatch, tmp_path):
    """Return a suite for two folders and one that starts by a script, with files in them."""
    for name, test in {
        "engine/test_tiling.py": "cores_meet",
        "models/test_net.py": "fits",
        "desktop/test_a.py": "opens",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"def test_{test}():\n    pass\n")
    monkeypatch.setattr(suites, "TESTS", tmp_path)
    folders = [tmp_path / "engine", tmp_path / "models"]
    return [
        suites.Suite("engine", ["python", *folders], folders),
        suites.Suite("desktop", ["bash", tmp_path / "desktop" / "run.sh"], [tmp_path / "desktop"]),
    ]


@pytest.mark.parametrize(
    ("name", "commands"),
    [
        ("engine", [["python", "engine"]]),
        ("engine/test_tiling.py", [["python", "engine/test_tiling.py"]]),
        ("tiling", [["python", "engine/test_tiling.py"]]),
        ("test_net", [["python", "models/test_net.py"]]),
        ("cores_meet", [["python", "engine/test_tiling.py", "-k", "cores_meet"]]),
        ("desktop", [["bash", "desktop/run.sh"]]),
        ("test_opens", [["bash", "desktop/run.sh", "-k", "test_opens"]]),
        ("desktop/test_a.py", [["bash", "desktop/run.sh", "-k", "test_a"]]),
        ("nothing_of_the_kind", []),
    ],
)
def test_a_name_narrows_the_suites(suites, two_suites, tmp_path, name, commands):
    found = [suite.command for suite in suites.narrowed(two_suites, name)]

    assert [[str(p).replace(f"{tmp_path}/", "") for p in command] for command in found] == commands
