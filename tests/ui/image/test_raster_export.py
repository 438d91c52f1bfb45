"""Layers that are not files, against a tile server on this machine."""

import time
import urllib.parse

import pytest
from osgeo import gdal
from qgis.core import (
    QgsApplication,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
)
from qgis_fixtures import wait_until, write_raster
from tile_service import TILE_PX, tile_color, tile_extent

from uhr_landcover.ui.form.job_builder import JobRefused
from uhr_landcover.ui.image import raster_export
from uhr_landcover.ui.image.raster_export import RasterExport, RasterExportTask, needs_export, plan_export
from uhr_landcover.ui.processing.segment import SegmentAlgorithm


@pytest.fixture
def xyz_layer(tile_server):
    """Return the server as an XYZ layer in the project."""
    url = f"http://127.0.0.1:{tile_server.server_address[1]}/{{z}}/{{x}}/{{y}}.png"
    layer = QgsRasterLayer(f"type=xyz&zmin=0&zmax=19&url={url}", "tiles", "wms")
    assert layer.isValid()
    QgsProject.instance().addMapLayer(layer)
    yield layer
    QgsProject.instance().clear()


def run_task(export, path):
    said = []
    task = RasterExportTask(export, str(path))
    task.ended.connect(lambda *a: said.append(a))
    QgsApplication.taskManager().addTask(task)
    return task, said


def test_tiles_land_where_they_belong(xyz_layer, tmp_path):
    zoom, x, y = 17, 71520, 45440
    extent = tile_extent(zoom, x, y, 6, 5)
    side = extent.width() / 6
    centre = extent.center()
    factor = raster_export._ground_metres_per_unit(xyz_layer, centre)

    plan = plan_export(xyz_layer, extent, side / TILE_PX * factor)
    _, said = run_task(RasterExport(xyz_layer, plan), tmp_path / "made.tif")
    assert wait_until(lambda: said, 60)

    assert said == [(str(tmp_path / "made.tif"), "")]
    assert factor == pytest.approx(0.664, abs=0.004)  # cosine of the latitude
    made = gdal.Open(str(tmp_path / "made.tif"))
    assert (made.RasterXSize, made.RasterYSize) == (6 * TILE_PX, 5 * TILE_PX)
    assert made.GetGeoTransform()[0] == pytest.approx(extent.xMinimum())
    assert made.GetSpatialRef().GetAuthorityCode(None) == "3857"
    for column, row in ((0, 0), (5, 0), (3, 4), (4, 2)):
        values = [
            made.GetRasterBand(b).ReadAsArray(column * 256 + 128, row * 256 + 100, 1, 1)[0, 0] for b in (1, 2, 3, 4)
        ]
        assert values == [*tile_color(x + column, y + row), 255]


def test_wms_is_rendered_block_by_block(tile_server, tmp_path, qgis_app, monkeypatch):
    monkeypatch.setattr(raster_export, "BLOCK_PX", 40)
    url = urllib.parse.quote(f"http://127.0.0.1:{tile_server.server_address[1]}/wms", safe="")
    source = f"IgnoreGetMapUrl=1&crs=EPSG:32633&format=image/png&layers=halves&styles=&url={url}"
    layer = QgsRasterLayer(source, "a wms: halves", "wms")
    assert layer.isValid()
    assert needs_export(layer)
    assert raster_export.rendered_name(layer) == "a_wms_halves"

    plan = plan_export(layer, QgsRectangle(499_960, 5_400_000, 500_040, 5_400_050), 1.0)
    _, said = run_task(RasterExport(layer, plan), tmp_path / "made.tif")
    assert wait_until(lambda: said, 60)

    assert said == [(str(tmp_path / "made.tif"), "")]
    made = gdal.Open(str(tmp_path / "made.tif"))
    assert made.GetGeoTransform() == (499_960.0, 1.0, 0.0, 5_400_050.0, 0.0, -1.0)
    blue = made.GetRasterBand(3).ReadAsArray()
    assert blue.shape == (50, 80)
    assert set(blue[:, :40].ravel()) == {30}
    assert set(blue[:, 40:].ravel()) == {200}


def test_same_source_and_area_are_known_again(xyz_layer, tmp_path):
    path = str(tmp_path / "made.tif")
    extent = tile_extent(17, 71520, 45440, 1, 1)
    export = RasterExport(xyz_layer, plan_export(xyz_layer, extent, 5.0))
    assert not export.is_made(path)

    export.write(path, lambda _p: None, lambda: False)

    assert RasterExport(xyz_layer, plan_export(xyz_layer, extent, 5.0)).is_made(path)
    assert not RasterExport(xyz_layer, plan_export(xyz_layer, extent, 6.0)).is_made(path)
    assert xyz_layer.source() not in str(gdal.Open(path).GetMetadata())


def test_cancelling_the_algorithm_does_not_wait_for_the_service(xyz_layer, tile_server, tmp_path):
    tile_server.wait_for.clear()
    context, feedback, said = QgsProcessingContext(), QgsProcessingFeedback(), []
    context.setProject(QgsProject.instance())
    algorithm = SegmentAlgorithm()
    algorithm.initAlgorithm()
    extent = tile_extent(17, 71520, 45440, 2, 2)
    values = {"INPUT": xyz_layer.id(), "OUTPUT": str(tmp_path / "made"), "EXTENT": extent, "RENDER_RESOLUTION": 1.0}
    task = QgsProcessingAlgRunnerTask(algorithm, values, context, feedback)
    task.executed.connect(lambda ok, _results: said.append(ok))
    QgsApplication.taskManager().addTask(task)
    assert wait_until(lambda: (tmp_path / "made").exists(), 10)
    wait_until(lambda: False, 0.5)

    asked = time.monotonic()
    feedback.cancel()

    assert wait_until(lambda: said, 10)
    assert time.monotonic() - asked < 2
    assert said == [False]
    assert list((tmp_path / "made").iterdir()) == []


def test_dead_service_is_told_and_leaves_no_file(xyz_layer, tile_server, tmp_path):
    tile_server.status = 500
    plan = plan_export(xyz_layer, tile_extent(17, 71520, 45440, 1, 1), 1.0)

    _, said = run_task(RasterExport(xyz_layer, plan), tmp_path / "made.tif")

    assert wait_until(lambda: said, 60)
    assert "tiles" in said[0][1]
    assert list(tmp_path.iterdir()) == []


def test_cancel_does_not_wait_for_the_service(xyz_layer, tile_server, tmp_path):
    tile_server.wait_for.clear()
    plan = plan_export(xyz_layer, tile_extent(17, 71520, 45440, 4, 4), 1.0)
    task, said = run_task(RasterExport(xyz_layer, plan), tmp_path / "made.tif")
    assert wait_until(task.isActive, 10)
    time.sleep(0.5)

    asked = time.monotonic()
    task.cancel()

    assert wait_until(lambda: said, 10)
    assert time.monotonic() - asked < 2
    assert said[0][1] == "The run was cancelled."
    assert list(tmp_path.iterdir()) == []


def test_main_thread_goes_on_while_the_service_is_slow(xyz_layer, tile_server, tmp_path):
    tile_server.wait_for.clear()
    plan = plan_export(xyz_layer, tile_extent(17, 71520, 45440, 1, 1), 1.0)

    _, said = run_task(RasterExport(xyz_layer, plan), tmp_path / "made.tif")
    turns = []
    wait_until(lambda: turns.append(1) or len(turns) > 20, 10)
    tile_server.wait_for.set()

    assert len(turns) > 20
    assert wait_until(lambda: said, 30)
    assert said[0][1] == ""


def test_refusals_say_what_is_missing(xyz_layer, monkeypatch):
    extent = tile_extent(17, 71520, 45440, 4, 4)
    with pytest.raises(JobRefused, match="Give the area and the ground resolution"):
        plan_export(xyz_layer, None, 0.5)
    with pytest.raises(JobRefused, match="Give the area and the ground resolution"):
        plan_export(xyz_layer, extent, 0.0)
    with pytest.raises(JobRefused, match="at most 400 million"):
        plan_export(xyz_layer, xyz_layer.extent(), 0.5)
    with pytest.raises(JobRefused, match="outside layer"):
        plan_export(xyz_layer, QgsRectangle(9e7, 9e7, 9.1e7, 9.1e7), 0.5)


def test_only_layers_that_are_no_files_need_it(xyz_layer, raster_layer, qgis_app):
    memory = gdal.GetDriverByName("GTiff").CreateCopy("/vsimem/a.tif", gdal.Open(raster_layer.source()))
    memory.FlushCache()
    layer = QgsRasterLayer("/vsimem/a.tif", "memory")

    assert layer.isValid()
    assert [needs_export(one) for one in (xyz_layer, layer, raster_layer, None)] == [True, True, False, False]


def test_raster_in_memory_comes_out_as_it_is_shown(qgis_app, tmp_path):
    made = write_raster(tmp_path / "in.tif", width=50, height=40)
    memory = gdal.GetDriverByName("GTiff").CreateCopy("/vsimem/b.tif", gdal.Open(made))
    memory.FlushCache()
    layer = QgsRasterLayer("/vsimem/b.tif", "memory")

    plan = plan_export(layer, layer.extent(), 0.5)
    export = RasterExport(layer, plan)
    export.write(str(tmp_path / "out.tif"), lambda _p: None, lambda: False)

    out = gdal.Open(str(tmp_path / "out.tif"))
    assert (out.RasterXSize, out.RasterYSize, out.RasterCount) == (50, 40, 4)
    assert [out.GetRasterBand(b).ComputeRasterMinMax() for b in (1, 2, 3, 4)] == [(v, v) for v in (40, 80, 120, 255)]
