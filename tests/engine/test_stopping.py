import io
import time

import pytest

from uhr_landcover.engine.events import CANCEL_LINE
from uhr_landcover.engine.stopping import StopRequest


class OpenStream:
    """Lines that come, and then nothing: the starter is still there."""

    def __init__(self, *lines):
        self._lines = iter(lines)

    def __iter__(self):
        return self

    def __next__(self):
        for line in self._lines:
            return line
        time.sleep(30)
        raise StopIteration


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
