import json

import pytest
from fake_engine import result_line
from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
)
from qgis_fixtures import write_result

from uhr_landcover.ui.job_builder import DockState, JobRefused, build_job
from uhr_landcover.ui.processing import SegmentAlgorithm, parse_bands


@pytest.fixture
def run(raster_layer, fake_child, tmp_path, monkeypatch):
    """Return a function that runs the algorithm over a scripted engine."""

    def do(script, feedback=None, **parameters):
        monkeypatch.setenv("UHR_ENGINE_PYTHON", fake_child(script))
        algorithm = SegmentAlgorithm()
        algorithm.initAlgorithm()
        context = QgsProcessingContext()
        context.setProject(QgsProject.instance())
        values = {"INPUT": raster_layer.id(), "OUTPUT": str(tmp_path / "made"), **parameters}
        ok, reason = algorithm.checkParameterValues(values, context)
        assert ok, reason
        result, ok = algorithm.run(values, context, feedback or QgsProcessingFeedback())
        return result, ok, context

    return do


def test_run_returns_the_files_and_loads_the_layers(run, tmp_path):
    (tmp_path / "made").mkdir()
    data = write_result(tmp_path / "made")

    result, ok, context = run(result_line(data))

    assert ok
    assert (result["CLASSES"], result["POLYGONS"]) == (data["class_raster"], data["vectors"]["gpkg"])
    assert set(context.layersToLoadOnCompletion()) == {result["CLASSES"], result["POLYGONS"]}


def test_same_inputs_give_the_job_of_the_dock(run, raster_layer, tmp_path):
    seen = tmp_path / "seen.json"
    script = f"open({str(seen)!r}, 'w').write(json.dumps(job))\n" + result_line(write_result(tmp_path))

    run(script, PRESET=0, FORMATS=[1], MIN_AREA=12.0, SIMPLIFY=1.0, BANDS="3, 2, 1", NAME="x")

    made = json.loads(seen.read_text())
    state = DockState(
        method="isdnet",
        preset="speed",
        output_dir=str(tmp_path / "made"),
        name="x",
        bands=(3, 2, 1),
        vector_formats=("shp",),
        minimum_mapping_unit_m2=12.0,
        simplify_m=1.0,
    )
    assert made == build_job(state, raster_layer, created=made["created"]).to_dict()


def test_engine_s_error_is_the_algorithm_s(run):
    feedback = QgsProcessingFeedback()

    _, ok, _ = run("say('error', code='disk_full', message='No room.')\nsys.exit(1)\n", feedback=feedback)

    assert not ok
    assert "The disk is full: No room." in feedback.textLog()


def test_progress_and_warnings_reach_the_feedback(run, tmp_path):
    feedback = QgsProcessingFeedback()
    script = (
        "say('progress', stage='classify', done=1, total=2)\nsay('note', level='warning', message='Odd row.')\n"
        + result_line(write_result(tmp_path))
    )

    run(script, feedback=feedback)

    assert "Odd row." in feedback.textLog()


@pytest.mark.parametrize(
    ("parameters", "words"), [({"BANDS": "red"}, "not numbers"), ({"BANDS": "0,1,2"}, "count from 1")]
)
def test_check_refuses_with_the_reason(raster_layer, tmp_path, parameters, words):
    algorithm = SegmentAlgorithm()
    algorithm.initAlgorithm()
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())

    ok, reason = algorithm.checkParameterValues(
        {"INPUT": raster_layer.id(), "OUTPUT": str(tmp_path), **parameters}, context
    )

    assert not ok
    assert words in reason


def test_algorithm_describes_itself(qgis_app):
    algorithm = SegmentAlgorithm()

    assert algorithm.name() == "segment"
    assert algorithm.displayName()
    assert algorithm.groupId() == "landcover"
    assert len(algorithm.shortHelpString()) > 100
    assert not algorithm.icon().isNull()
    assert "ISDNet" in algorithm.tags()


def test_parse_bands():
    assert parse_bands("") == ()
    assert parse_bands("3,2,1") == (3, 2, 1)
    with pytest.raises(JobRefused, match="not numbers"):
        parse_bands("a")
