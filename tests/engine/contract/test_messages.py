"""Messages may be shown anywhere: one line, whole characters, single full stops; expected errors carry no traceback."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from uhr_landcover.engine.contract.events import ErrorCode, Failure, Note, decode, encode
from uhr_landcover.engine.contract.text import sentence


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("It is in no supported format..", "It is in no supported format."),
        ("Read failed.. Choose another.", "Read failed. Choose another."),
        ("'a.tif'.. Check the path.", "'a.tif'. Check the path."),
        ("/data/../a.tif is there.", "/data/../a.tif is there."),
        ("Give .. or a folder.", "Give .. or a folder."),
        ("and so on ... or not", "and so on ... or not"),
        ("two\nlines\tand \x1b[31mcolour", "two lines and  [31mcolour"),
        ("half \ud800 character", "half ? character"),
    ],
)
def test_message_is_one_clean_sentence(text, shown):
    assert sentence(text) == shown
    assert Failure(ErrorCode.JOB_INVALID, text).message == Note("info", text).message == shown


def test_message_of_anything_survives_the_way_to_qgis():
    event = Failure(ErrorCode.JOB_INVALID, "ü \ud800 \n 水", "details\nof two lines \udcff")

    again = decode(encode(event))

    assert (again.message, again.code) == ("ü ?   水", ErrorCode.JOB_INVALID)
    assert "\n" not in encode(event)


def run(*args, **env):
    done = subprocess.run(
        [sys.executable, "-m", "uhr_landcover.engine", "--json", *args], capture_output=True, text=True, check=False
    )
    return [json.loads(line) for line in done.stdout.splitlines()][-1]


def test_expected_error_carries_no_traceback(tmp_path):
    failed = run("areas", str(tmp_path / "gone.tif"), "--out", str(tmp_path / "a.csv"))

    assert failed["event"] == "error"
    assert failed["code"] == "raster_not_found"
    assert failed["details"] == ""
