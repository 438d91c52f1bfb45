"""Ten kills of the benchmark's loop; the two hundred are run by hand."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

LOOP = Path(__file__).resolve().parents[3] / "benchmarks" / "kill_loop.py"


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="kills process groups")
def test_ten_kills_leave_the_bytes_of_an_undisturbed_run(tmp_path):
    results = tmp_path / "kills.jsonl"
    command = [sys.executable, str(LOOP), "--kills", "10", "--work", str(tmp_path / "work"), "--results", str(results)]

    done = subprocess.run(command, capture_output=True, text=True, check=False)

    rows = [json.loads(line) for line in results.read_text().splitlines()]
    assert done.returncode == 0, done.stdout + done.stderr
    assert all(row["ok"] for row in rows)
    assert sum(kill["struck"] != "none" for row in rows for kill in row["kills"]) >= 10
