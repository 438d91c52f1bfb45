import io
import json
import signal
import subprocess
import sys
import time

import pytest

from uhr_landcover.engine.contract.events import CANCEL_LINE
from uhr_landcover.engine.system.stopping import StopRequest


class OpenStream:
    """Lines that come, and then nothing: the starter is still there."""

    def __init__(self, *lines):
        self._lines = iter(lines)

    def readline(self, size=-1):
        for line in self._lines:
            return line
        time.sleep(30)
        return ""


def is_set_soon(request, seconds=2.0):
    end = time.monotonic() + seconds
    while not request() and time.monotonic() < end:
        time.sleep(0.01)
    return request()


def test_listen_cancel_line_asks_to_stop():
    request = StopRequest()

    request.listen(OpenStream("noise\n", '{"command": "other"}\n', CANCEL_LINE + "\n"))

    assert is_set_soon(request)


def test_listen_end_of_the_stream_asks_to_stop():
    """QGIS was killed: the engine must not go on for hours with nobody there."""
    request = StopRequest()

    request.listen(io.StringIO(""))

    assert is_set_soon(request)


@pytest.mark.parametrize("line", ["noise\n", "[]\n", '{"command": "other"}\n'])
def test_listen_other_lines_do_not(line):
    request = StopRequest()

    request.listen(OpenStream(line))

    assert not is_set_soon(request, 0.2)


BUSY = """
import hashlib, sys
from uhr_landcover.engine import __main__ as main
from uhr_landcover.engine.commands import segment

def execute(args, context):
    print("at work", file=sys.stderr, flush=True)
    hashlib.pbkdf2_hmac("sha256", b"", b"", 400_000_000)  # deep in a library that lets other threads work

segment.execute = execute
sys.exit(main.main(["--json", "--listen", "segment", "none.tif", "--out", "none"]))
"""


@pytest.mark.parametrize("how", ["line", "end of stdin", "SIGTERM", "SIGINT"])
def test_run_deep_in_a_library_is_gone_within_two_seconds_of_the_request(how):
    process = subprocess.Popen(
        [sys.executable, "-c", BUSY], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr.readline() == "at work\n"

    begun = time.monotonic()
    if how == "line":
        process.stdin.write(CANCEL_LINE + "\n")
        process.stdin.flush()
    elif how == "end of stdin":
        process.stdin.close()
    else:
        process.send_signal(getattr(signal, how))
    status = process.wait(20)
    seconds = time.monotonic() - begun

    last = json.loads(process.stdout.read().splitlines()[-1])
    assert (last["event"], last["code"]) == ("error", "cancelled")
    assert status == 3
    assert seconds < 2.0


def test_end_does_not_come_in_the_middle_of_a_shielded_step():
    request, order = StopRequest(), []
    request.end_after_grace(lambda: order.append("end"), grace_s=0.01)

    with request.shielded():
        request.set()
        time.sleep(0.2)
        order.append("step")

    assert is_set_soon(lambda: order == ["step", "end"])


SLOW_END = """
import atexit, sys, time
from uhr_landcover.engine import __main__ as main
from uhr_landcover.engine.commands import segment
from uhr_landcover.engine.system.errors import Cancelled

atexit.register(time.sleep, 20)  # as large libraries take themselves down

def execute(args, context):
    print("at work", file=sys.stderr, flush=True)
    while not context.should_stop():
        time.sleep(0.01)
    raise Cancelled

segment.execute = execute
sys.exit(main.main(["--json", "--listen", "segment", "none.tif", "--out", "none"]))
"""


def test_run_that_stops_by_itself_does_not_wait_for_its_libraries():
    process = subprocess.Popen(
        [sys.executable, "-c", SLOW_END], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    assert process.stderr.readline() == "at work\n"

    begun = time.monotonic()
    process.stdin.close()
    status = process.wait(40)

    assert status == 3
    assert time.monotonic() - begun < 2.0
    assert json.loads(process.stdout.read().splitlines()[-1])["code"] == "cancelled"
