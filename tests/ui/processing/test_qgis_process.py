"""The plugin without a window, as servers and scripts use it: `qgis_process` with the real engine."""

import csv
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from osgeo import gdal, ogr, osr
from qgis.analysis import QgsNativeAlgorithms
from qgis.core import (
    Qgis,
    QgsApplication,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingModelParameter,
    QgsProcessingParameterRasterLayer,
)
from qgis_fixtures import write_raster
from tile_service import tile_extent

from uhr_landcover.ui.model_store.info import starter_path
from uhr_landcover.ui.process.environment import PACKAGE_DIR, find_interpreter
from uhr_landcover.ui.processing.provider import LandCoverProvider

# Debian's wrapper of 3.22 hands over an option that the program does not know.
QGIS_PROCESS = shutil.which("qgis_process.bin") or shutil.which("qgis_process")
ENGINE = find_interpreter("", os.environ)

pytestmark = [
    pytest.mark.skipif(QGIS_PROCESS is None, reason="qgis_process is not installed"),
    pytest.mark.skipif(ENGINE is None, reason="no engine interpreter: set UHR_ENGINE_PYTHON"),
    pytest.mark.skipif(not os.path.isfile(starter_path("isdnet")), reason="there is no ISDNet starter checkpoint"),
]


@pytest.fixture
def call(tmp_path):
    """Return a function that runs qgis_process in a fresh profile that knows the plugin."""
    plugins = tmp_path / "plugins"
    plugins.mkdir()
    (plugins / "uhr_landcover").symlink_to(os.path.realpath(PACKAGE_DIR), target_is_directory=True)
    (tmp_path / "runtime").mkdir(mode=0o700)
    environ = {
        # pytest-qgis names a profile of its own, which all tests share.
        **{name: value for name, value in os.environ.items() if name != "QGIS_CUSTOM_CONFIG_PATH"},
        "HOME": str(tmp_path),
        "QGIS_PLUGINPATH": str(plugins),
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_RUNTIME_DIR": str(tmp_path / "runtime"),
        "UHR_ENGINE_PYTHON": ENGINE.path,
    }

    def run(*arguments):
        return subprocess.run([QGIS_PROCESS, *arguments], capture_output=True, text=True, env=environ, timeout=240)

    assert run("plugins", "enable", "uhr_landcover").returncode == 0
    return run


@pytest.fixture
def providers(qgis_app):
    """Native algorithms and ours in this process, where the model is made."""
    registry = QgsApplication.processingRegistry()
    added = [p for p in (LandCoverProvider(), QgsNativeAlgorithms()) if registry.providerById(p.id()) is None]
    for provider in added:
        assert registry.addProvider(provider)
    yield added  # kept: the registry holds their C++ halves
    for provider in added:
        registry.removeProvider(provider)


def test_segment_runs_without_a_window(call, tmp_path):
    raster = write_raster(tmp_path / "field.tif", width=200, height=150)
    zones = write_zones(tmp_path / "zones.gpkg")

    answer = call(
        *("run", "uhr_landcover:segment", "--json", "--", f"INPUT={raster}", f"OUTPUT={tmp_path / 'made'}"),
        *(f"AREA={zones}", "CONFIDENCE=1", "PROBABILITIES=1", "AUGMENTATION=1", "RASTER_FORMAT=1", "FORMATS=0,3"),
    )

    assert answer.returncode == 0, answer.stdout[-2000:] + answer.stderr[-2000:]
    results = json.loads(answer.stdout)["results"]
    made = gdal.Open(results["CLASSES"])
    assert (made.RasterXSize, made.RasterYSize) == (200, 150)
    assert made.GetMetadataItem("LAYOUT", "IMAGE_STRUCTURE") == "COG"
    assert (made.ReadAsArray() != 255).sum() * 0.25 == pytest.approx(2 * 10 * 20, rel=0.05)  # what lies in the zones
    confidence = gdal.Open(results["CONFIDENCE_RASTER"]).ReadAsArray()
    assert confidence[made.ReadAsArray() != 255].max() <= 100
    probabilities = gdal.Open(results["PROBABILITY_RASTER"])
    land_cover, sure = made.ReadAsArray(), probabilities.ReadAsArray()
    assert probabilities.GetRasterBand(1).GetScale() * 250 == pytest.approx(100)
    assert (sure[:, land_cover == 255] == 255).all()
    assert (sure.argmax(0) == land_cover)[land_cover != 255].mean() > 0.99
    assert all(Path(results[name]).is_file() for name in ("POLYGONS", "AREAS", "RECIPE", "REPORT_FILE"))
    assert (tmp_path / "made" / "field_landcover_polygons.fgb").is_file()


def test_refusal_is_a_sentence_and_a_status(call, tmp_path):
    raster = write_raster(tmp_path / "two.tif", bands=2)

    answer = call("run", "uhr_landcover:segment", "--", f"INPUT={raster}", f"OUTPUT={tmp_path / 'made'}")

    assert answer.returncode != 0
    assert "Bands do not fit: " in answer.stdout + answer.stderr
    assert not list((tmp_path / "made").glob("*"))


def test_polygons_and_areas_of_a_run(call, tmp_path):
    raster = write_raster(tmp_path / "field.tif", width=200, height=150)
    run = call("run", "uhr_landcover:segment", "--json", "--", f"INPUT={raster}", f"OUTPUT={tmp_path / 'made'}")
    classes = json.loads(run.stdout)["results"]["CLASSES"]

    polygons = call(
        "run", "uhr_landcover:vectorize", "--json", "--", f"INPUT={classes}", f"OUTPUT={tmp_path / 'p.fgb'}"
    )
    areas = call("run", "uhr_landcover:areas", "--json", "--", f"INPUT={classes}", f"OUTPUT={tmp_path / 'a.csv'}")

    made = json.loads(polygons.stdout)["results"]["OUTPUT"]
    assert made == str(tmp_path / "p.fgb")
    dataset = ogr.Open(made)
    assert sum(feature.GetGeometryRef().GetArea() for feature in dataset.GetLayer()) == pytest.approx(200 * 150 * 0.25)
    measured = json.loads(areas.stdout)["results"]
    assert measured["TOTAL_M2"] == pytest.approx(200 * 150 * 0.25, rel=0.002)  # ground against map
    assert Path(measured["OUTPUT"]).read_text().count("\n") > 1
    zones = call(
        *("run", "uhr_landcover:areas", "--json", "--", f"INPUT={classes}", f"OUTPUT={tmp_path / 'z.csv'}"),
        *(f"ZONES={write_zones(tmp_path / 'zones.gpkg')}", "ZONE_FIELD=name"),
    )
    assert zones.returncode == 0, zones.stdout[-2000:] + zones.stderr[-2000:]
    with (tmp_path / "z.csv").open(encoding="utf-8-sig") as file:
        assert {row["zone"] for row in csv.DictReader(file)} == {"north", "south"}
    assert json.loads(zones.stdout)["results"]["TOTAL_M2"] == pytest.approx(2 * 10 * 20, rel=0.002)


def test_estimate_writes_nothing(call, tmp_path):
    raster = write_raster(tmp_path / "field.tif", width=200, height=150)
    before = {p.name for p in tmp_path.iterdir()}

    answer = call("run", "uhr_landcover:estimate", "--json", "--", f"INPUT={raster}", "METHOD=2", "PRESET=2")

    figures = json.loads(answer.stdout)["results"]
    assert figures["HOST_BYTES"] > 1e8
    assert figures["TILES"] == 1
    assert "200 × 150 px" in figures["SUMMARY"]
    # QGIS itself keeps a profile in this home, and statistics beside the raster.
    new = {p.name for p in tmp_path.iterdir()} - before
    assert {name for name in new if name[0] != "." and not name.endswith(".aux.xml")} == set()


def test_model_of_the_designer_chains_results_to_other_algorithms(call, tmp_path, providers):
    raster = write_raster(tmp_path / "field.tif", width=200, height=150)
    path = str(tmp_path / "chain.model3")
    landcover_model().toFile(path)

    # Newer QGIS calls the output of a model by its own name, 3.22 by that of the step too.
    centres = "centres" if Qgis.QGIS_VERSION_INT >= 33400 else "centres:centres"
    answer = call("run", path, "--json", "--", f"image={raster}", f"{centres}={tmp_path / 'centres.gpkg'}")

    assert answer.returncode == 0, answer.stdout[-2000:] + answer.stderr[-2000:]
    dataset = ogr.Open(str(tmp_path / "centres.gpkg"))
    points = dataset.GetLayer()
    assert points.GetFeatureCount() > 0
    assert points.GetLayerDefn().GetFieldIndex("class_id") >= 0


def test_tiles_of_a_service_are_rendered_and_classified(call, tile_server, tmp_path):
    url = f"http://127.0.0.1:{tile_server.server_address[1]}/{{z}}/{{x}}/{{y}}.png"
    source = f"wms://type=xyz&zmin=0&zmax=19&url={url}"
    extent = tile_extent(17, 71520, 45440, 1, 1)
    corners = f"{extent.xMinimum()},{extent.xMaximum()},{extent.yMinimum()},{extent.yMaximum()} [EPSG:3857]"
    arguments = [f"INPUT={source}", f"OUTPUT={tmp_path / 'made'}", "NAME=x"]

    refused = call("run", "uhr_landcover:segment", "--", *arguments)
    answer = call(
        "run", "uhr_landcover:segment", "--json", "--", *arguments, f"EXTENT={corners}", "RENDER_RESOLUTION=1"
    )

    assert "Give the area and the ground resolution" in refused.stdout + refused.stderr
    assert answer.returncode == 0, answer.stdout[-2000:] + answer.stderr[-2000:]
    made = gdal.Open(json.loads(answer.stdout)["results"]["CLASSES"])
    image = gdal.Open(str(tmp_path / "made" / "x_image.tif"))
    assert (made.RasterXSize, made.RasterYSize) == (image.RasterXSize, image.RasterYSize)
    assert made.RasterXSize == pytest.approx(extent.width() * 0.664, rel=0.01)
    assert json.loads((tmp_path / "made" / "x_job.json").read_text())["raster"] == image.GetDescription()


def write_zones(path):
    """Two zones of 10 × 20 m on the raster, with names."""
    srs = osr.SpatialReference()
    srs.ImportFromEPSG(32633)
    dataset = ogr.GetDriverByName("GPKG").CreateDataSource(str(path))
    layer = dataset.CreateLayer("zones", srs, ogr.wkbPolygon)
    layer.CreateField(ogr.FieldDefn("name", ogr.OFTString))
    for name, top in (("north", 5_400_000.25), ("south", 5_399_960.0)):
        feature = ogr.Feature(layer.GetLayerDefn())
        feature["name"] = name
        left, top = 500_005.0, top - 5
        ring = ",".join(f"{left + x} {top - y}" for x, y in ((0, 0), (10, 0), (10, 20), (0, 20), (0, 0)))
        feature.SetGeometry(ogr.CreateGeometryFromWkt(f"POLYGON(({ring}))"))
        layer.CreateFeature(feature)
    return path


def landcover_model():
    """A model: segment an image, take the centres of its polygons."""
    model = QgsProcessingModelAlgorithm("chain", "test")
    component = QgsProcessingModelParameter("image")
    model.addModelParameter(QgsProcessingParameterRasterLayer("image", "image"), component)
    source = QgsProcessingModelChildParameterSource
    segment = QgsProcessingModelChildAlgorithm("uhr_landcover:segment")
    segment.setChildId("segment")
    # The designer fills in the defaults as this does.
    for parameter in segment.algorithm().parameterDefinitions():
        if parameter.defaultValue() is not None:
            segment.addParameterSources(parameter.name(), [source.fromStaticValue(parameter.defaultValue())])
    segment.addParameterSources("INPUT", [source.fromModelParameter("image")])
    segment.addParameterSources("FORMATS", [source.fromStaticValue([0])])
    model.addChildAlgorithm(segment)
    centres = QgsProcessingModelChildAlgorithm("native:centroids")
    centres.setChildId("centres")
    centres.addParameterSources("ALL_PARTS", [source.fromStaticValue(False)])
    centres.addParameterSources("INPUT", [source.fromChildOutput("segment", "POLYGONS")])
    output = QgsProcessingModelOutput("centres", "centres")
    output.setChildId("centres")
    output.setChildOutputName("OUTPUT")
    centres.setModelOutputs({"centres": output})
    model.addChildAlgorithm(centres)
    ok, issues = model.validate()
    assert ok, issues
    return model
