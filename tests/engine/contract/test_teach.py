import pytest

from uhr_landcover.engine.contract import events
from uhr_landcover.engine.contract.fields import JobError
from uhr_landcover.engine.contract.teach import (
    AgreementRequest,
    CloseRequest,
    Example,
    ExamplesRequest,
    NextRequest,
    SaveRequest,
    ViewRequest,
    decode_request,
    encode_request,
)

REQUESTS = [
    ViewRequest(1, (0.0, 0.0, 10.0, 5.0)),
    ExamplesRequest(
        2, (Example(7, "POINT (1 2)", 3, "Wald 森", "", (1, 2, 3)), Example(8, "POINT (2 2)")), "EPSG:4326"
    ),
    ExamplesRequest(3, shares={"Wood": 0.5, "Water": 1}, unclassified_below=0.4),
    NextRequest(4, 5),
    AgreementRequest(5),
    SaveRequest(6, "/models/a.safetensors", True),
    CloseRequest(7),
]


@pytest.mark.parametrize("request_", REQUESTS, ids=lambda r: type(r).__name__)
def test_request_as_a_line_and_back_is_the_same(request_):
    line = encode_request(request_)

    assert "\n" not in line
    assert decode_request(line) == request_


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("hello", "not valid JSON"),
        ("[1]", "no such request; known are view, examples"),
        ('{"request": "dance", "number": 1}', "no such request"),
        ('{"request": "view", "number": 1}', "cannot be understood"),
        ('{"request": "view", "number": 1, "bounds": [0, 0, 0, 5]}', "is empty"),
        ('{"request": "view", "number": 1, "bounds": [0, 0, "a", 5]}', "bounds"),
        ('{"request": "next", "number": 1, "count": 0}', "1 to 1000"),
        ('{"request": "examples", "number": 1, "shares": "guess"}', "expected 'estimated'"),
        ('{"request": "examples", "number": 1, "shares": {"a": 0}}', "expected 'estimated'"),
        ('{"request": "examples", "number": 1, "unclassified_below": 1}', "0 to 1"),
        ('{"request": "examples", "number": 1, "examples": [{"id": "x", "wkt": ""}]}', "example.id"),
        ('{"request": "examples", "number": 1, "examples": [3]}', "cannot be understood"),
    ],
)
def test_line_that_is_no_request_gets_a_sentence(line, sentence):
    with pytest.raises(JobError, match=sentence):
        decode_request(line)


def test_fields_that_a_newer_panel_adds_are_ignored():
    assert decode_request('{"request": "agreement", "number": 1, "mood": "good"}') == AgreementRequest(1)


@pytest.mark.parametrize(
    "event",
    [
        events.Answer(3, "view", {"map": None, "sentence": "Draw an example."}),
        events.Refusal(4, "save", events.ErrorCode.OUTPUT_EXISTS, "It is there."),
    ],
    ids=["answer", "refusal"],
)
def test_event_of_a_session_as_a_line_and_back_is_the_same(event):
    assert events.decode(events.encode(event)) == event
