"""The list of the last runs: what is kept, and what is shown."""

import json

import pytest

from uhr_landcover.engine.contract.job import JobResult, OutputSpec, SegmentationJob
from uhr_landcover.ui.runs.history import MOST, History
from uhr_landcover.ui.runs.history_panel import HistoryPanel


@pytest.fixture
def history(tmp_path, qgis_app):
    return History(str(tmp_path / "profile" / "history.json"))


def run_of(tmp_path, number):
    job = SegmentationJob(raster=f"/images/{number}.tif", output=OutputSpec(directory=str(tmp_path)))
    path = str(tmp_path / f"map_{number}.tif")
    return job, JobResult(class_raster=path, vectors={}, files=(path,), area_csv="", recipe="", legend={})


def test_history_keeps_job_and_result(history, tmp_path):
    job, result = run_of(tmp_path, 1)

    history.add(job, result)

    (run,) = history.runs()
    assert (run.job, run.result, run.name) == (job, result, "map_1")


def test_history_is_newest_first_and_drops_the_oldest(history, tmp_path):
    for number in range(MOST + 3):
        history.add(*run_of(tmp_path, number))

    names = [run.name for run in history.runs()]
    assert len(names) == MOST
    assert names[0] == f"map_{MOST + 2}"
    assert "map_2" not in names


def test_history_has_a_result_once(history, tmp_path):
    history.add(*run_of(tmp_path, 1))
    history.add(*run_of(tmp_path, 2))
    history.add(*run_of(tmp_path, 1))

    assert [run.name for run in history.runs()] == ["map_1", "map_2"]


def test_history_forgets_a_run_but_not_its_files(history, tmp_path):
    job, result = run_of(tmp_path, 1)
    (tmp_path / "map_1.tif").touch()
    history.add(job, result)

    history.remove(history.runs()[0])

    assert history.runs() == ()
    assert (tmp_path / "map_1.tif").exists()


@pytest.mark.parametrize("content", ["", "{", "[1, null]", '[{"job": {}, "result": {}}]', '{"a": 1}'])
def test_damaged_history_is_empty_and_can_be_written_again(history, tmp_path, content):
    (tmp_path / "profile").mkdir()
    (tmp_path / "profile" / "history.json").write_text(content)

    assert history.runs() == ()
    history.add(*run_of(tmp_path, 1))
    assert len(history.runs()) == 1
    assert isinstance(json.loads((tmp_path / "profile" / "history.json").read_text()), list)


def test_panel_offers_to_open_only_what_is_there(history, tmp_path):
    (tmp_path / "map_1.tif").touch()
    history.add(*run_of(tmp_path, 1))
    history.add(*run_of(tmp_path, 2))
    panel, opened, again = HistoryPanel(), [], []
    panel.open_requested.connect(opened.append)
    panel.again_requested.connect(again.append)
    panel.show_runs(history.runs())

    panel.choose(0)
    assert not panel.open_button.isEnabled(), "map_2.tif does not exist"
    assert panel.again_button.isEnabled()
    panel.choose(1)
    panel.open_button.click()
    panel.again_button.click()
    assert [run.name for run in opened + again] == ["map_1", "map_1"]


def test_panel_without_runs_says_what_will_be_there(qgis_app):
    panel = HistoryPanel()

    assert not panel.empty.isHidden()
    assert panel.list.isHidden()
