"""Polygons of a real scene, as QGIS sees them: valid, without gaps or overlaps, in the legend's colours."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

qgis_core = pytest.importorskip("qgis.core", reason="needs PyQGIS")

from uhr_landcover.ui.process.environment import find_interpreter  # noqa: E402

ENGINE = find_interpreter("", os.environ)
ROOT = Path(__file__).resolve().parents[3]
PIXEL_M = 0.5
OPTIONS = {"exact": [], "simplified": ["--simplify-m", "1"], "rounded": ["--simplify-m", "1", "--smooth"]}
VALID_COVERAGE = """
import sys, pyogrio, shapely
polygons = shapely.from_wkb(pyogrio.raw.read(sys.argv[1])[2])
sys.exit(not shapely.coverage_is_valid(polygons))
"""
WRITE_RASTER_SLD = """
import sys, pathlib
from uhr_landcover.engine.maps.sld import write_raster_sld
from uhr_landcover.models.legend import load_legend
write_raster_sld(load_legend(), pathlib.Path(sys.argv[1]))
"""

pytestmark = pytest.mark.skipif(ENGINE is None, reason="no engine interpreter: set UHR_ENGINE_PYTHON")


@pytest.fixture(scope="module")
def scene(data_dir, tmp_path_factory):
    """A hand-drawn mask of Dubai as class raster; its width and height."""
    from osgeo import gdal, osr

    mask = gdal.Open(str(data_dir / "open/dubai_mbrsc/masks_deepglobe/tile4_005.png"))
    path = tmp_path_factory.mktemp("scene") / "classes.tif"
    raster = gdal.GetDriverByName("GTiff").Create(str(path), mask.RasterXSize, mask.RasterYSize, 1, gdal.GDT_Byte)
    crs = osr.SpatialReference()
    crs.ImportFromEPSG(32640)
    raster.SetProjection(crs.ExportToWkt())
    raster.SetGeoTransform((325_000, PIXEL_M, 0, 2_785_000, 0, -PIXEL_M))
    raster.GetRasterBand(1).WriteRaster(0, 0, mask.RasterXSize, mask.RasterYSize, mask.GetRasterBand(1).ReadRaster())
    raster.FlushCache()
    return path, (mask.RasterXSize, mask.RasterYSize)


@pytest.fixture(scope="module", params=OPTIONS.values(), ids=OPTIONS.keys())
def shapefile(request, scene, tmp_path_factory):
    out = tmp_path_factory.mktemp("polygons") / "polygons"
    options = ["--formats", "shp", "--legend", "deepglobe", *request.param]
    run_engine("-m", "uhr_landcover.engine", "vectorize", str(scene[0]), "--out", str(out), *options)
    return out.with_suffix(".shp")


def run_engine(*arguments):
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "GDAL", "PROJ", "QT_"))}
    subprocess.run([ENGINE.path, *arguments], check=True, cwd=ROOT, env=clean, capture_output=True, timeout=300)


@pytest.fixture
def layer(qgis_app, shapefile):
    return qgis_core.QgsVectorLayer(str(shapefile), "polygons")


def test_every_feature_is_valid_and_they_cover_the_scene_once(layer, scene):
    geometries = [f.geometry() for f in layer.getFeatures()]
    index = qgis_core.QgsSpatialIndex(layer.getFeatures())
    whole = scene[1][0] * scene[1][1] * PIXEL_M**2

    assert len(geometries) > 100
    assert all(g.isGeosValid() and not g.validateGeometry() for g in geometries)
    assert qgis_core.QgsGeometry.unaryUnion(geometries).area() == pytest.approx(whole, rel=1e-12)
    assert sum(g.area() for g in geometries) == pytest.approx(whole, rel=1e-12)
    by_id = {f.id(): f.geometry() for f in layer.getFeatures()}
    overlap = 0.0
    for i in by_id:
        for j in index.intersects(by_id[i].boundingBox()):
            if j > i:
                common = by_id[i].intersection(by_id[j])
                overlap += 0.0 if common.isEmpty() else common.area()
    assert overlap <= 1e-9 * whole


def test_geos_finds_the_coverage_valid(shapefile):
    run_engine("-c", VALID_COVERAGE, str(shapefile))


def test_fields_have_names_that_shapefiles_can_hold(layer):
    assert [f.name() for f in layer.fields()] == ["class_id", "class_name", "area_m2", "perim_m", "pixels"]
    sums = {}
    for feature in layer.getFeatures():
        sums[feature["class_name"]] = sums.get(feature["class_name"], 0) + feature["pixels"]
    assert set(sums) <= {
        "Unknown",
        "Urban land",
        "Agriculture land",
        "Rangeland",
        "Forest land",
        "Water",
        "Barren land",
    }
    assert sum(sums.values()) == layer.extent().area() / PIXEL_M**2


def test_layer_opens_with_the_legend(layer):
    renderer = layer.renderer()

    assert isinstance(renderer, qgis_core.QgsCategorizedSymbolRenderer)
    assert {c.label(): c.symbol().color().name() for c in renderer.categories()}["Water"] == "#0000ff"


def test_sld_beside_the_polygons_gives_the_legends_colours(layer, shapefile):
    _, loaded = layer.loadSldStyle(str(shapefile.with_suffix(".sld")))

    rules = layer.renderer().rootRule().children()

    assert loaded
    assert {r.label(): r.symbol().color().name() for r in rules}["Water"] == "#0000ff"
    assert sorted(r.filterExpression() for r in rules) == [f"class_id = {i}" for i in range(7)]


def test_sld_of_a_class_raster_is_what_qgis_makes_of_its_style(qgis_app, scene, tmp_path):
    run_engine("-c", WRITE_RASTER_SLD, str(tmp_path / "ours.sld"))
    raster = qgis_core.QgsRasterLayer(str(scene[0]), "classes")
    raster.loadNamedStyle(str(ROOT / "resources" / "styles" / "deepglobe_raster.qml"))
    raster.saveSldStyle(str(tmp_path / "qgis.sld"))

    ours, theirs = (color_map(tmp_path / name) for name in ("ours.sld", "qgis.sld"))

    assert len(ours[1]) == 7
    assert ours == theirs


def color_map(path):
    """Kind of an SLD's colour map, and its entries."""
    found = next(e for e in ElementTree.parse(path).iter() if e.tag.endswith("ColorMap"))
    entries = [(float(e.get("quantity")), e.get("color"), e.get("label")) for e in found]
    return found.get("type"), entries
