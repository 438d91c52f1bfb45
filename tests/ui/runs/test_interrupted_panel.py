"""Interrupted jobs: read from what the engine tells, shown with their buttons."""

from uhr_landcover.engine.contract.job import OutputSpec, SegmentationJob
from uhr_landcover.ui.runs.interrupted import InterruptedJob, InterruptedPanel

JOB = SegmentationJob(raster="/a.tif", output=OutputSpec(directory="/out", name="map"))
ENTRY = {
    "name": "map",
    "directory": "/out",
    "job": JOB.to_dict(),
    "tiles": 9,
    "tiles_done": 4,
    "size_bytes": 3_000_000,
    "running": False,
    "changed": "2026-01-01T00:00:00+00:00",
}


def test_interrupted_job_reads_an_entry_of_the_engine():
    found = InterruptedJob.from_dict(ENTRY)

    assert (found.job, found.done, found.total, found.size_bytes) == (JOB, 4, 9, 3_000_000)


def test_panel_tells_how_far_a_job_was_and_passes_clicks_on(qgis_app):
    panel, resumed, deleted = InterruptedPanel(), [], []
    panel.resume_requested.connect(resumed.append)
    panel.delete_requested.connect(deleted.append)
    panel.show_jobs([InterruptedJob.from_dict(ENTRY)])

    panel.button(0, "resume").click()
    panel.button(0, "delete").click()

    assert resumed == deleted == list(panel.jobs)
    assert not panel.isHidden()


def test_panel_leaves_out_a_job_that_is_going_on(qgis_app):
    panel = InterruptedPanel()

    panel.show_jobs([InterruptedJob.from_dict({**ENTRY, "running": True})])

    assert panel.jobs == ()
    assert panel.isHidden()


def test_job_that_cannot_be_read_can_only_be_deleted(qgis_app):
    panel = InterruptedPanel()

    panel.show_jobs([InterruptedJob.from_dict({**ENTRY, "job": None})])

    assert not panel.button(0, "resume").isEnabled()
    assert panel.button(0, "delete").isEnabled()
