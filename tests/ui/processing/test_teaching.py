"""The algorithms on examples over a scripted engine: what they ask it for, and what they return."""

import json

import pytest
from fake_engine import result_line
from qgis.core import (
    QgsFeature,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis_fixtures import write_polygons, write_result

from uhr_landcover.ui.processing.teaching import TeachAlgorithm, TeachAndMapAlgorithm

TAUGHT = {
    "checkpoint": "CHECKPOINT",
    "sentence": "Agreement with left-out examples: 3 of 4 polygons (30–95 %).",
    "agreement": {"examples": 4, "right": 3},
}
ENGINE = """\
words = sys.argv[sys.argv.index("--listen") + 1 :]
open({log!r}, "a").write(json.dumps([words, job]) + "\\n")
if words[0] == "teach":
    data = json.loads({taught!r})
    data["checkpoint"] = words[words.index("--out") + 1]
    say("result", data=data)
    sys.exit(0)
"""


@pytest.fixture
def asked(tmp_path):
    """Return a function that returns the (words, job) that the engine was started with."""
    return lambda: [json.loads(line) for line in (tmp_path / "asked.jsonl").read_text().splitlines()]


@pytest.fixture
def context(qgis_app, fake_child, tmp_path, monkeypatch):
    script = ENGINE.format(log=str(tmp_path / "asked.jsonl"), taught=json.dumps(TAUGHT))
    (tmp_path / "made").mkdir()
    script += result_line(write_result(tmp_path / "made"))
    monkeypatch.setenv("UHR_ENGINE_PYTHON", fake_child(script))
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    return context


@pytest.fixture
def examples(tmp_path, raster_layer):
    """Return a file of polygons with class_id and class_name, as a layer in the project."""
    write_polygons(str(tmp_path / "drawn.gpkg"))
    layer = QgsVectorLayer(str(tmp_path / "drawn.gpkg"), "drawn", "ogr")
    QgsProject.instance().addMapLayer(layer)
    return layer


def run(cls, context, values):
    algorithm = cls()
    algorithm.initAlgorithm()
    ok, reason = algorithm.checkParameterValues(values, context)
    assert ok, reason
    return algorithm.run(values, context, QgsProcessingFeedback())


def test_model_is_taught_from_the_layer_s_file(raster_layer, examples, context, asked, tmp_path):
    out = str(tmp_path / "mine.safetensors")
    values = {"INPUT": raster_layer.id(), "EXAMPLES": examples.id(), "OUTPUT": out, "FIELD": "class_name"}

    result, ok = run(TeachAlgorithm, context, values)

    assert ok
    assert result == {"OUTPUT": out, "EXAMPLES_LEFT_OUT": 4, "EXAMPLES_RIGHT": 3}
    words = asked()[0][0]
    assert words[:5] == ["teach", str(tmp_path / "scene.tif"), str(tmp_path / "drawn.gpkg"), "--out", out]
    assert words[words.index("--field") + 1] == "class_name"
    assert words[words.index("--shares") + 1] == "estimated"


def test_prior_and_unclassified_reach_the_engine_and_the_ending_is_added(
    raster_layer, examples, context, asked, tmp_path
):
    values = {"INPUT": raster_layer.id(), "EXAMPLES": examples.id(), "OUTPUT": str(tmp_path / "mine"), "EQUAL": True}

    result, _ = run(TeachAlgorithm, context, {**values, "UNCLASSIFIED_BELOW": 0.4})

    words = asked()[0][0]
    assert result["OUTPUT"].endswith("mine.safetensors")
    assert words[words.index("--shares") + 1] == "equal"
    assert words[words.index("--unclassified-below") + 1] == "0.4"


def test_examples_that_are_only_in_memory_are_written_for_the_engine(raster_layer, context, asked, tmp_path):
    layer = QgsVectorLayer("Polygon?crs=EPSG:32633&field=class_name:string", "drawn", "memory")
    feature = QgsFeature(layer.fields())
    feature.setAttributes(["Water"])
    feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(500_000, 5_399_980, 500_004, 5_399_984)))
    layer.dataProvider().addFeature(feature)
    QgsProject.instance().addMapLayer(layer)
    values = {"INPUT": raster_layer.id(), "EXAMPLES": layer.id(), "OUTPUT": str(tmp_path / "m.safetensors")}

    run(TeachAlgorithm, context, values)

    path = asked()[0][0][2]
    assert path.endswith(".gpkg")
    assert QgsVectorLayer(path, "", "ogr").featureCount() == 1


def test_image_is_mapped_with_the_model_that_was_taught(raster_layer, examples, context, asked, tmp_path):
    folder = tmp_path / "results"
    values = {"INPUT": raster_layer.id(), "EXAMPLES": examples.id(), "OUTPUT": str(folder)}

    result, ok = run(TeachAndMapAlgorithm, context, values)

    assert ok
    model = str(folder / "scene_landcover_taught.safetensors")
    assert result["MODEL"] == model
    assert result["CLASSES"].endswith("scene_landcover.tif")
    assert result["POLYGONS"].endswith("scene_landcover_polygons.gpkg")
    (taught, _), (mapped, job) = asked()
    assert (taught[0], mapped[0]) == ("teach", "run")
    assert (job["method"], job["checkpoint"], job["raster"]) == ("taught", model, str(tmp_path / "scene.tif"))
    assert job["output"]["directory"] == str(folder)
    assert result["CLASSES"] in context.layersToLoadOnCompletion()
