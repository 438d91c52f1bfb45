import json
import os

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsRasterLayer, QgsRectangle
from qgis_fixtures import write_raster

from uhr_landcover.engine.contract.job import OutputSpec, PolygonSpec, Preset, SegmentationJob, VectorFormat
from uhr_landcover.ui.form.job_builder import (
    JobRefused,
    MapExtent,
    build_job,
    draft_job,
    free_name,
    raster_path,
)
from uhr_landcover.ui.image.raster_facts import describe_layer


def draft(directory="/results", **changes):
    return draft_job(OutputSpec(directory=directory), preset=Preset.MEMORY, **changes)


def test_build_job_says_what_the_form_says(raster_layer):
    polygons = PolygonSpec(minimum_mapping_unit_m2=25.0, simplify_m=1.5)
    output = OutputSpec(directory="/results", vector_formats=(VectorFormat.FLATGEOBUF,), polygons=polygons)

    job = build_job(draft_job(output, bands=(3, 2, 1), device="cpu"), raster_layer, created="2026-01-02T03:04:05+00:00")

    assert job.raster == raster_layer.source()
    assert (job.method.value, job.device, job.bands) == ("isdnet", "cpu", (3, 2, 1))
    assert (job.output.directory, job.output.name) == ("/results", "scene_landcover")
    assert (job.output.polygons, job.output.vector_formats) == (polygons, output.vector_formats)
    assert SegmentationJob.from_json(job.to_json()) == job


def test_build_job_file_name_with_quotes_and_other_scripts_is_data(qgis_app, tmp_path):
    layer = QgsRasterLayer(write_raster(tmp_path / "a'b\"; drop — 地図 %s.tif"), "x")

    job = build_job(draft(), layer)

    assert json.loads(job.to_json())["raster"].endswith("a'b\"; drop — 地図 %s.tif")
    assert job.output.name == "a'b\"; drop — 地図 %s_landcover"


def test_build_job_area_in_another_crs_is_brought_to_the_layer_s(raster_layer):
    degrees = QgsCoordinateReferenceSystem("EPSG:4326")
    from qgis.core import QgsCoordinateTransform, QgsProject

    wanted = QgsRectangle(500_005, 5_399_980, 500_020, 5_399_995)
    there = QgsCoordinateTransform(raster_layer.crs(), degrees, QgsProject.instance()).transformBoundingBox(wanted)

    extent = (there.xMinimum(), there.yMinimum(), there.xMaximum(), there.yMaximum())
    job = build_job(draft(), raster_layer, MapExtent(extent, "EPSG:4326"))

    assert job.area.bounds == pytest.approx((500_005, 5_399_980, 500_020, 5_399_995), abs=0.2)


def test_build_job_area_that_covers_the_layer_is_the_whole_layer(raster_layer):
    job = build_job(draft(), raster_layer, MapExtent((0, 0, 1e7, 1e7), "EPSG:32633"))

    assert job.area is None


def test_build_job_area_outside_is_refused(raster_layer):
    with pytest.raises(JobRefused, match="outside layer “scene”"):
        build_job(draft(), raster_layer, MapExtent((0, 0, 10, 10), "EPSG:32633"))


def test_build_job_area_of_a_layer_without_crs_is_in_its_own_coordinates(qgis_app, tmp_path):
    layer = QgsRasterLayer(write_raster(tmp_path / "plain.tif", epsg=0), "plain")

    job = build_job(draft(), layer, MapExtent((10, -30, 20, -5), "EPSG:32633"))

    assert job.area.bounds == (10, -30, 20, -5)


def test_raster_path_of_no_layer_is_refused():
    with pytest.raises(JobRefused, match="No raster layer"):
        raster_path(None)


def test_raster_path_of_a_tile_service_is_refused_with_the_way_out(qgis_app):
    layer = QgsRasterLayer("type=xyz&url=http://localhost/%7Bz%7D/%7Bx%7D/%7By%7D.png&zmax=3&zmin=0", "tiles", "wms")

    with pytest.raises(JobRefused, match=r"WMS service.*Export it first"):
        raster_path(layer)


def test_raster_path_of_a_deleted_file_names_it(raster_layer):
    """QGIS keeps the layer valid: it has read the file before."""
    os.remove(raster_layer.source())
    assert raster_layer.isValid()

    with pytest.raises(JobRefused, match=r"not there any more: “.*scene\.tif”"):
        raster_path(raster_layer)
    assert describe_layer(raster_layer, None).remedies == ("open",)


def test_raster_path_leaves_open_options_out(qgis_app, tmp_path):
    path = write_raster(tmp_path / "scene.tif")
    layer = QgsRasterLayer(f"{path}|option:NUM_THREADS=2", "scene", "gdal")

    assert layer.isValid()
    assert raster_path(layer) == path


def test_free_name_counts_up_past_any_result(tmp_path):
    (tmp_path / "a_landcover.tif").touch()
    (tmp_path / "a_landcover_2_polygons.shp").touch()

    assert free_name(str(tmp_path), "a_landcover") == "a_landcover_3"
    assert free_name(str(tmp_path), "b_landcover") == "b_landcover"
