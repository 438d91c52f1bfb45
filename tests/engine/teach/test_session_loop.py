import json
import subprocess
import sys

import pytest

from uhr_landcover.engine.contract import events
from uhr_landcover.engine.contract.teach import (
    AgreementRequest,
    CloseRequest,
    Example,
    ExamplesRequest,
    NextRequest,
    ViewRequest,
    encode_request,
)
from uhr_landcover.engine.system.errors import Cancelled, ErrorCode, InvalidJob, RasterError
from uhr_landcover.engine.teach.session.session_loop import RequestQueue, serve


def filled(*requests, emit=lambda e: None):
    queue = RequestQueue()
    for request in requests:
        queue.put(request)
    return queue


def served(queue, answer):
    """Serve until nothing waits; return the events."""
    said = []

    def counted(request):
        try:
            return answer(request)
        finally:
            if not queue._waiting:
                queue.is_closed = True

    serve(queue, counted, said.append, lambda: False)
    return said


def test_of_waiting_requests_of_a_kind_only_the_newest_is_done():
    queue = filled(NextRequest(1), AgreementRequest(2), NextRequest(3), NextRequest(4))

    said = served(queue, lambda request: {})

    assert [(e.number, e.request) for e in said] == [(2, "agreement"), (4, "next")]


def test_request_that_cannot_be_done_is_refused_and_the_session_goes_on():
    def answer(request):
        if request.number == 1:
            raise InvalidJob("No.")
        return {"ok": True}

    said = served(filled(NextRequest(1), AgreementRequest(2)), answer)

    assert said == [
        events.Refusal(1, "next", ErrorCode.JOB_INVALID, "No."),
        events.Answer(2, "agreement", {"ok": True}),
    ]


def test_request_given_up_gets_no_answer():
    def answer(request):
        if request.number == 1:
            raise Cancelled
        return {}

    assert [e.number for e in served(filled(NextRequest(1), AgreementRequest(2)), answer)] == [2]


def test_raster_that_changed_ends_the_session():
    def answer(request):
        raise RasterError(ErrorCode.RASTER_CHANGED, "It has changed.")

    with pytest.raises(RasterError):
        served(filled(NextRequest(1)), answer)


def test_lines_fill_the_queue_and_what_is_no_request_is_refused():
    queue, said = RequestQueue(), []

    queue.fill(["", "nonsense", '{"request": "view", "number": 9}', encode_request(NextRequest(3))], said.append)

    assert queue.has_newer("next")
    assert queue.is_closed, "the lines have ended"
    assert [(e.number, e.request) for e in said] == [(-1, ""), (9, "view")]


@pytest.mark.parametrize("line", [encode_request(CloseRequest(5)), events.CANCEL_LINE], ids=["close", "cancel"])
def test_request_to_close_ends_the_queue(line):
    queue = RequestQueue()

    queue.fill([line, encode_request(NextRequest(6))], lambda e: None)

    assert queue.is_closed
    assert not queue.has_newer("next")


def test_panel_and_process_talk_from_the_first_view_to_the_first_map(scene):
    left, top = 500_010.25, 4_649_999.75

    def box(col, row):
        x, y = left + col / 2, top - row / 2
        return f"POLYGON (({x} {y}, {x + 20} {y}, {x + 20} {y - 20}, {x} {y - 20}, {x} {y}))"

    command = [sys.executable, "-m", "uhr_landcover.engine", "--json", "--listen", "teach-session", str(scene[0])]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:

        def ask(request):
            process.stdin.write(encode_request(request) + "\n")
            process.stdin.flush()
            while True:
                event = events.decode(process.stdout.readline())
                if isinstance(event, events.Answer | events.Refusal | events.Failure):
                    return event

        view = ask(ViewRequest(1, (left, top - 256, left + 256, top)))
        drawn = (Example(1, box(60, 60), 5, "Water"), Example(2, box(330, 60), 4, "Forest land"))
        mapped = ask(ExamplesRequest(2, drawn))
        refused = ask(ViewRequest(3, (0.0, 0.0, 1.0, 1.0)))
        process.stdin.close()
        rest = [json.loads(line)["event"] for line in process.stdout]

    assert (view.number, view.data["map"]) == (1, None)
    assert mapped.data["map"]["path"].endswith(".tif")
    assert isinstance(refused, events.Refusal)
    assert process.returncode == 0
    assert rest[-1:] == ["result"]
