"""How long runs take, remembered."""

from __future__ import annotations

import json

import pytest

from uhr_landcover.engine.plan.run_history import Pace, history_path, predict_seconds, remember_pace, remember_rest


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))


def test_time_is_unknown_until_something_is_remembered():
    assert predict_seconds("isdnet", "gpkg", 4, 1000) is None


def test_time_is_the_sum_of_start_tiles_and_pixels():
    remember_pace("isdnet", Pace(tile_s=2.0, start_s=1.0))
    remember_rest("gpkg", 5.0, 1000)

    assert predict_seconds("isdnet", "gpkg", 10, 2000) == pytest.approx(1 + 20 + 10)


def test_another_network_stays_unknown():
    remember_pace("isdnet", Pace(tile_s=2.0, start_s=1.0))

    assert predict_seconds("glnet", "gpkg", 10, 2000) is None


def test_new_runs_move_what_is_remembered_half_way():
    remember_pace("isdnet", Pace(tile_s=2.0, start_s=1.0))
    remember_pace("isdnet", Pace(tile_s=4.0, start_s=1.0))
    remember_rest("", 0.0, 1)

    assert predict_seconds("isdnet", "", 1, 1) == pytest.approx(1 + 3)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"pace isdnet": {"tile_s": "x"}}', '{"pace isdnet": 3}'])
def test_damaged_file_is_as_good_as_none(text):
    history_path().parent.mkdir(parents=True)
    history_path().write_text(text)

    assert predict_seconds("isdnet", "gpkg", 1, 1) is None
    remember_pace("isdnet", Pace(tile_s=1.0, start_s=0.0))
    assert "pace isdnet" in json.loads(history_path().read_text())


def test_folder_that_cannot_be_made_is_no_error(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "file"))

    remember_pace("isdnet", Pace(tile_s=1.0, start_s=0.0))

    assert predict_seconds("isdnet", "gpkg", 1, 1) is None
