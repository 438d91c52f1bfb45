"""From a service's layer to a file that the dock can classify."""

import pytest
from osgeo import gdal
from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsRasterLayer
from qgis.gui import QgsMapCanvas
from qgis.PyQt import sip
from qgis_fixtures import wait_until
from tile_service import tile_color, tile_extent

from uhr_landcover.ui.form.area_section import AreaSection
from uhr_landcover.ui.form.job_builder import JobRefused
from uhr_landcover.ui.image.raster_facts import describe_layer
from uhr_landcover.ui.image.render_layer import LayerRenderer
from uhr_landcover.ui.model_store.info import model_in_use


@pytest.fixture
def xyz_layer(tile_server):
    url = f"http://127.0.0.1:{tile_server.server_address[1]}/{{z}}/{{x}}/{{y}}.png"
    layer = QgsRasterLayer(f"type=xyz&zmin=0&zmax=19&url={url}", "tiles / of 2024", "wms")
    QgsProject.instance().addMapLayer(layer)
    yield layer
    QgsProject.instance().clear()


@pytest.fixture
def made(qgis_app):
    """Return the section, the renderer and what it has told."""
    canvas, section, told = QgsMapCanvas(), AreaSection(), []
    renderer = LayerRenderer(canvas, section)
    renderer.ended.connect(lambda *answer: told.append(answer))
    yield section, renderer, told
    renderer.shut_down()
    sip.delete(canvas)


def test_card_of_a_service_offers_a_file(xyz_layer):
    card = describe_layer(xyz_layer, model_in_use("isdnet", ""))

    assert card.remedies == ("render",)
    assert "not from a file" in card.refusal


def test_drawn_rectangle_becomes_a_file_once(xyz_layer, made, tmp_path):
    section, renderer, told = made
    section.set_rectangle(tile_extent(17, 71520, 45440, 1, 1), QgsCoordinateReferenceSystem("EPSG:3857"))

    renderer.render(xyz_layer, 1.0, str(tmp_path / "made"))
    assert wait_until(lambda: told)
    renderer.render(xyz_layer, 1.0, str(tmp_path / "made"))
    assert wait_until(lambda: len(told) == 2)

    path, error = told[0]
    assert (error, path) == ("", str(tmp_path / "made" / "tiles_of_2024.tif"))
    assert told[1] == told[0], "the second time it is there already"
    pixels = gdal.Open(path).ReadAsArray()
    assert tuple(pixels[:3, pixels.shape[1] // 2, pixels.shape[2] // 2]) == tile_color(71520, 45440)


def test_too_large_an_area_is_refused_with_the_size(xyz_layer, made, tmp_path):
    section, renderer, _ = made
    section.set_rectangle(tile_extent(3, 4, 2, 1, 1), QgsCoordinateReferenceSystem("EPSG:3857"))

    with pytest.raises(JobRefused, match="at most"):
        renderer.render(xyz_layer, 0.5, str(tmp_path))
