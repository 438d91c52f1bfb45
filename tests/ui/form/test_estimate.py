"""The estimate line: what it says, and that a stale answer is dropped."""

import os
import time

import pytest
from qgis_fixtures import wait_until

from uhr_landcover.engine.contract.job import OutputSpec, SegmentationJob
from uhr_landcover.ui.base.numbers import size_text
from uhr_landcover.ui.form.estimate import Estimator, estimate_of
from uhr_landcover.ui.form.job_builder import JobRefused
from uhr_landcover.ui.process.engine_client import EngineClient

PLAN = {
    "predicted_host_bytes": 1_100_000_000,
    "predicted_device_bytes": 0,
    "predicted_disk_bytes": 900_000_000,
    "predicted_seconds": 240.0,
    "total_host_bytes": 8_000_000_000,
    "free_host_bytes": 5_000_000_000,
    "free_disk_bytes": 50_000_000_000,
}


def test_estimate_says_memory_time_and_disk():
    estimate = estimate_of(PLAN)

    assert estimate.text == "Needs 1.1 GB of 8.0 GB memory, about 4 min, 900 MB disk."
    assert estimate.fits


def test_estimate_without_calibration_says_that_the_time_is_unknown():
    assert "time unknown until the first run" in estimate_of({**PLAN, "predicted_seconds": None}).text


def test_estimate_of_a_plan_of_an_older_engine_leaves_out_what_is_not_there():
    estimate = estimate_of({"predicted_host_bytes": 5_000_000, "predicted_disk_bytes": 1_000_000})

    assert estimate.text == "Needs 5 MB memory, time unknown until the first run, 1 MB disk."


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"free_disk_bytes": 100_000_000}, "Only 100 MB are free on that disk"),
        ({"free_host_bytes": 500_000_000}, "Only 500 MB of memory are free"),
        ({"predicted_device_bytes": 9e9, "free_device_bytes": 4e9}, "Only 4.0 GB are free on the graphics card"),
    ],
    ids=["disk", "memory", "graphics card"],
)
def test_estimate_that_does_not_fit_says_what_is_lacking(change, sentence):
    estimate = estimate_of({**PLAN, **change})

    assert not estimate.fits
    assert sentence in estimate.text


def test_a_mere_bound_on_disk_space_is_called_one_and_lacks_nothing():
    bound = {**PLAN, "disk_is_measured": False, "free_disk_bytes": 100_000_000}

    assert "at most 900 MB disk" in estimate_of(bound).text
    assert estimate_of(bound).fits
    assert not estimate_of({**bound, "disk_is_measured": True}).fits


def test_size_text_is_never_nothing():
    assert size_text(1) == "1 kB"


class Form:
    """Stands for the form: its preset changes the job."""

    def __init__(self):
        self.preset = "balanced"
        self.refusal = ""

    def job(self):
        if self.refusal:
            raise JobRefused(self.refusal)
        return SegmentationJob(raster="/a.tif", output=OutputSpec(directory="/out"), preset=self.preset)


@pytest.fixture
def asked(fake_child, qgis_app):
    """Return the form, the estimator and what it has told; the engine needs longer for the balanced preset."""
    script = (
        "time.sleep(1.5 if job['preset'] == 'balanced' else 0)\n"
        "disk = {'balanced': 1e9, 'memory': 2e9}[job['preset']]\n"
        "say('result', data={'plans': [{'predicted_disk_bytes': disk, 'predicted_seconds': 60}]})\n"
    )
    client = EngineClient(fake_child(script), {})
    form, told = Form(), []
    estimator = Estimator(form.job, lambda: client)
    estimator.estimated.connect(lambda e: None if e.text == "Estimating …" else told.append(e))
    yield form, estimator, told
    estimator.shut_down()


def test_many_changes_are_one_question(asked):
    form, estimator, told = asked
    form.preset = "memory"

    for _ in range(5):
        estimator.form_changed()

    assert wait_until(lambda: told)
    wait_until(lambda: False, 1.0)
    assert ["2.0 GB disk" in estimate.text for estimate in told] == [True]


def test_stale_answer_is_dropped(asked):
    form, estimator, told = asked
    estimator.form_changed()
    wait_until(lambda: False, 1.2)  # the slow question is under way

    form.preset = "memory"
    estimator.form_changed()

    assert wait_until(lambda: told)
    wait_until(lambda: False, 1.5)
    assert ["2.0 GB disk" in estimate.text for estimate in told] == [True]


def test_asking_does_not_block_the_caller(asked):
    _, estimator, _ = asked
    begun = time.monotonic()

    estimator.form_changed()
    estimator._ask()

    assert time.monotonic() - begun < 0.5


def test_form_that_is_no_job_clears_the_line(asked):
    form, estimator, told = asked
    form.refusal = "No layer."

    estimator.form_changed()

    assert wait_until(lambda: told)
    assert told[0].text == ""


def test_shut_down_ends_the_question_s_process(fake_child, tmp_path, qgis_app):
    pid_file = tmp_path / "pid"
    client = EngineClient(
        fake_child(f"import os\nopen({str(pid_file)!r}, 'w').write(str(os.getpid()))\ntime.sleep(60)\n"), {}
    )
    estimator = Estimator(Form().job, lambda: client)
    estimator.form_changed()
    assert wait_until(pid_file.exists)

    estimator.shut_down()

    with pytest.raises(ProcessLookupError):
        os.kill(int(pid_file.read_text()), 0)


def test_old_figures_are_taken_away_while_new_ones_are_asked_for(asked):
    form, estimator, _ = asked
    shown = []
    estimator.estimated.connect(lambda estimate: shown.append(estimate.text))
    form.preset = "memory"
    estimator.form_changed()
    assert wait_until(lambda: len(shown) == 2)

    form.preset = "balanced"
    estimator.form_changed()
    assert wait_until(lambda: len(shown) == 3)

    assert shown[0] == shown[2] == "Estimating …"
    assert shown[1].startswith("Needs ")


def test_tiles_are_timed_once_where_nothing_was_ever_timed(fake_child, qgis_app):
    script = (
        "plan = {'predicted_disk_bytes': 2e9}\n"
        "if '--calibrate' in sys.argv:\n"
        "    plan['predicted_seconds'] = 240\n"
        "say('result', data={'plans': [plan]})\n"
    )
    estimator, told = Estimator(Form().job, lambda: EngineClient(fake_child(script), {})), []
    estimator.estimated.connect(lambda estimate: told.append(estimate.text))

    estimator.form_changed()

    assert wait_until(lambda: len(told) == 3), told
    assert "a few tiles are being timed" in told[1]
    assert "about 4 min" in told[2]
    estimator.shut_down()


def test_tiles_that_cannot_be_timed_leave_the_rest_of_the_estimate(fake_child, qgis_app):
    script = (
        "if '--calibrate' in sys.argv:\n"
        "    sys.exit(1)\n"
        "say('result', data={'plans': [{'predicted_disk_bytes': 2e9}]})\n"
    )
    estimator, told = Estimator(Form().job, lambda: EngineClient(fake_child(script), {})), []
    estimator.estimated.connect(lambda estimate: told.append(estimate))

    estimator.form_changed()

    assert wait_until(lambda: len(told) == 3), told
    assert "time unknown" in told[2].text
    assert told[2].fits
    estimator.shut_down()
