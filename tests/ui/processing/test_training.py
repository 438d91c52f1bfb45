"""From digitised polygons to a measured checkpoint of one's own, through the algorithms and the real engine."""

import json
import os
import time

import pytest
from osgeo import gdal, ogr, osr
from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsField,
    QgsGeometry,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QVariant
from qgis_fixtures import write_raster

from uhr_landcover.ui.model_store.store import list_models
from uhr_landcover.ui.process.environment import find_interpreter
from uhr_landcover.ui.processing.checkpoints import EvaluateAlgorithm, FineTuneAlgorithm
from uhr_landcover.ui.processing.segment import SegmentAlgorithm
from uhr_landcover.ui.processing.training import SamplesAlgorithm

pytestmark = pytest.mark.skipif(
    find_interpreter("", os.environ) is None, reason="no engine interpreter: set UHR_ENGINE_PYTHON"
)


@pytest.fixture
def run(qgis_app, tmp_path, monkeypatch):
    """Return a function that runs an algorithm over the real engine, with a folder of models of its own."""
    monkeypatch.setattr(QgsApplication, "qgisSettingsDirPath", staticmethod(lambda: str(tmp_path / "profile")))
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())

    def do(cls, feedback=None, **values):
        algorithm = cls()
        algorithm.initAlgorithm()
        feedback = feedback or QgsProcessingFeedback()
        ok, reason = algorithm.checkParameterValues(values, context)
        assert ok, reason
        result, ok = algorithm.run(values, context, feedback)
        return result, ok, feedback.textLog()

    yield do
    QgsProject.instance().clear()


def write_labels(path):
    """Digitise two halves of the raster that `write_raster` makes: water and forest."""
    srs = osr.SpatialReference()
    srs.ImportFromEPSG(32633)
    dataset = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    layer = dataset.CreateLayer("lc", srs, ogr.wkbPolygon)
    layer.CreateField(ogr.FieldDefn("class_id", ogr.OFTInteger))
    for class_id, left in ((5, 500_000), (4, 500_064)):
        feature = ogr.Feature(layer.GetLayerDefn())
        feature["class_id"] = class_id
        ring = ((0, 0), (64, 0), (64, -128), (0, -128), (0, 0))
        corners = ",".join(f"{left + x} {5_400_000 + y}" for x, y in ring)
        feature.SetGeometry(ogr.CreateGeometryFromWkt(f"POLYGON(({corners}))"))
        layer.CreateFeature(feature)
    return str(path)


@pytest.mark.slow
def test_from_polygons_to_a_measured_checkpoint(run, tmp_path):
    image, labels = write_raster(tmp_path / "one.tif", width=256, height=256), write_labels(tmp_path / "one.gpkg")
    chips, out = str(tmp_path / "chips"), str(tmp_path / "run")

    samples, ok, log = run(SamplesAlgorithm, INPUT=image, LABELS=labels, CHIP_PX=128, OUTPUT=chips)
    assert ok, log
    assert samples["SAMPLES"] == 4

    tuned, ok, log = run(FineTuneAlgorithm, DATA=chips, OUTPUT=out, STEPS=2, BATCH=2, DEVICE="cpu", NAME="mine")
    assert ok, log
    assert os.path.basename(tuned["CHECKPOINT_FILE"]) == "mine.safetensors"
    assert [m.origin for m in list_models()][-1] == "trained"

    figures, ok, log = run(
        EvaluateAlgorithm,
        **{"CHECKPOINT": tuned["CHECKPOINT_FILE"], "DATA": chips, "DEVICE": "cpu"},
        OUTPUT=str(tmp_path / "figures.json"),
    )
    assert ok, log
    assert 0 <= figures["MEAN_IOU"] <= 1
    assert figures["SCENES"] == 4
    assert os.path.isfile(figures["TABLE"])


def drawn_labels(crs, left=500_000, top=5_400_000):
    """Return a scratch layer of the two halves that `write_labels` writes; its class is a field QGIS calculates."""
    layer = QgsVectorLayer(f"Polygon?crs={crs}&field=what:string&field=fid:integer", "digitised", "memory")
    for number, (name, x) in enumerate((("Water", left), ("Forest land", left + 64))):
        feature = QgsFeature(layer.fields())
        feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(x, top - 128, x + 64, top)))
        feature.setAttributes([name, 7])
        assert layer.dataProvider().addFeature(feature), number
    return layer


def in_project(layer):
    """Give a layer to the project, as it is where a person chooses it; return its id."""
    QgsProject.instance().addMapLayer(layer)
    return layer.id()


def test_samples_of_a_scratch_layer_hold_its_classes(run, tmp_path):
    image = write_raster(tmp_path / "one.tif", width=256, height=256)

    result, ok, log = run(
        SamplesAlgorithm, INPUT=image, LABELS=in_project(drawn_labels("EPSG:32633")), FIELD="what", CHIP_PX=128,
        OUTPUT=str(tmp_path / "chips"),
    )  # fmt: skip

    assert ok, log
    assert class_pixels(tmp_path / "chips") == {"Forest land": 32768, "Water": 32768}
    assert result["SAMPLES"] == 4


def test_samples_of_a_calculated_field_hold_its_classes(run, tmp_path):
    image = write_raster(tmp_path / "one.tif", width=256, height=256)
    layer = QgsVectorLayer(write_labels(tmp_path / "one.gpkg"), "one", "ogr")
    layer.addExpressionField("if(class_id = 5, 'Water', 'Forest land')", QgsField("class_name", QVariant.String))

    _, ok, log = run(
        SamplesAlgorithm, INPUT=image, LABELS=in_project(layer), FIELD="class_name", OUTPUT=str(tmp_path / "chips")
    )

    assert ok, log
    assert class_pixels(tmp_path / "chips") == {"Forest land": 32768, "Water": 32768}


def test_samples_of_an_image_without_crs_lie_where_they_were_drawn(run, tmp_path):
    """QGIS draws such an image below the axis; polygons drawn over it have no CRS either."""
    image = write_raster(tmp_path / "plain.tif", width=256, height=300, epsg=0)
    layer = QgsVectorLayer("Polygon?field=class_id:integer", "digitised", "memory")
    feature = QgsFeature(layer.fields())
    feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(0, -10, 256, 0)))
    feature.setAttributes([5])
    layer.dataProvider().addFeature(feature)
    layer.setCrs(QgsCoordinateReferenceSystem())

    _, ok, log = run(
        SamplesAlgorithm, INPUT=image, LABELS=in_project(layer), CHIP_PX=256, OUTPUT=str(tmp_path / "chips")
    )

    assert ok, log
    assert class_pixels(tmp_path / "chips") == {"Water": 2560}


def class_pixels(chips):
    """Return how many labelled pixels of each class a folder of chips says it has."""
    index = json.loads((chips / "index.json").read_text())
    names = [c["name"] for c in index["legend"]["classes"]]
    return {names[i]: n for i, n in enumerate(index["histogram"]["train"]) if n and i < len(names)}


@pytest.mark.slow
def test_training_that_is_stopped_leaves_a_model_and_goes_on_with_more_steps(run, tmp_path):
    """Stopped by its limit, then by hand, then done: always into the same folder."""
    image, labels = write_raster(tmp_path / "one.tif", width=256, height=256), write_labels(tmp_path / "one.gpkg")
    chips, out = str(tmp_path / "chips"), str(tmp_path / "run")
    _, ok, log = run(SamplesAlgorithm, INPUT=image, LABELS=labels, CHIP_PX=128, OUTPUT=chips)
    assert ok, log
    values = {"DATA": chips, "OUTPUT": out, "BATCH": 2, "DEVICE": "cpu", "NAME": "mine"}

    limited, ok, log = run(FineTuneAlgorithm, **values, STEPS=10_000, MAX_MINUTES=0.05)
    assert ok, log
    assert os.path.isfile(limited["CHECKPOINT_FILE"])
    assert "What was trained so far is the model" in log
    done = int(log.partition("Stopped after ")[2].split()[0])
    assert [m.title for m in list_models()][-1] == "mine"

    stopped, ok, log = run(FineTuneAlgorithm, StopAfterAWhile(), **values, STEPS=10_000)
    assert ok, log
    assert int(log.partition("Stopped after ")[2].split()[0]) >= done
    assert os.path.isfile(stopped["CHECKPOINT_FILE"])

    _, ok, log = run(FineTuneAlgorithm, **values, STEPS=10_000, LEARNING_RATE=1e-4)
    assert not ok
    assert "tick “Begin anew where the folder holds a training”." in log.strip().splitlines()[-1]

    _, ok, log = run(FineTuneAlgorithm, **values, STEPS=1, LEARNING_RATE=1e-4, RESTART=True)
    assert ok, log
    assert "Stopped after" not in log


class StopAfterAWhile(QgsProcessingFeedback):
    """Cancels when the first steps were counted."""

    def setProgress(self, percent):
        if percent > 0:
            self.cancel()


class CancelOnProgress(QgsProcessingFeedback):
    """Cancels as soon as the engine is at work."""

    asked = None

    def setProgress(self, percent):
        if percent >= 3 and self.asked is None:  # classifying: a forward pass is on its way
            self.asked = time.monotonic()
            self.cancel()


@pytest.mark.slow
def test_cancel_ends_the_real_engine_within_two_seconds(run, tmp_path):
    path = tmp_path / "large.tif"
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), 12_000, 9_000, 3, gdal.GDT_Byte, ["SPARSE_OK=YES"])
    dataset.SetGeoTransform((500_000.0, 0.5, 0.0, 5_400_000.0, 0.0, -0.5))
    srs = osr.SpatialReference()
    srs.ImportFromEPSG(32633)
    dataset.SetProjection(srs.ExportToWkt())
    dataset = None
    feedback = CancelOnProgress()

    _, ok, log = run(SegmentAlgorithm, feedback, INPUT=str(path), OUTPUT=str(tmp_path / "made"), DEVICE="cpu")

    assert feedback.asked is not None, log
    assert not ok
    assert time.monotonic() - feedback.asked < 2.2, log
    assert not list((tmp_path / "made").glob("*.tif"))
