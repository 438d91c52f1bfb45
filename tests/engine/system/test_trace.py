"""Trace of a process: steps of every thread, in a file that tracing viewers read; nothing at all when it is off."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from uhr_landcover.engine.system.trace import is_recording, recording, span, traced


def steps(path):
    return [e for e in json.loads(path.read_text())["traceEvents"] if e["ph"] == "X"]


def test_steps_of_every_thread_are_told_with_their_facts(tmp_path):
    with recording(tmp_path / "t.json"):
        with span("outer", tile=3), span("inner"):
            pass
        with ThreadPoolExecutor(1, "other") as pool:
            pool.submit(lambda: [*traced("item", "ab")]).result()

    outer, inner, *items = steps(tmp_path / "t.json")
    assert (outer["name"], outer["args"], inner["name"]) == ("outer", {"tile": 3}, "inner")
    assert outer["ts"] <= inner["ts"] <= inner["ts"] + inner["dur"] <= outer["ts"] + outer["dur"]
    assert {i["name"] for i in items} == {"item"}
    assert {i["tid"] for i in items} != {outer["tid"]}
    names = {e["args"]["name"] for e in json.loads((tmp_path / "t.json").read_text())["traceEvents"] if e["ph"] == "M"}
    assert {"MainThread", "other_0"} <= names


def test_trace_is_written_when_the_work_fails(tmp_path):
    with pytest.raises(ZeroDivisionError), recording(tmp_path / "t.json"), span("step"):
        raise ZeroDivisionError

    assert [s["name"] for s in steps(tmp_path / "t.json")] == ["step"]


def test_nothing_is_kept_when_it_is_off(tmp_path):
    with recording(None):
        assert not is_recording()
        assert span("a") is span("b")

    assert list(tmp_path.iterdir()) == []
