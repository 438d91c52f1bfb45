"""What can be done with a finished map, and the ways to a first one: in the real desktop with the real engine."""

import os
from pathlib import Path

import pytest
from desktop_steps import RUN_LIMIT_S, START_LIMIT_S, click, results
from osgeo import gdal, ogr
from qgis.core import QgsFeature, QgsGeometry, QgsProject, QgsRectangle, QgsVectorLayer
from qgis_fixtures import wait_until

from uhr_landcover.engine.contract.job import PolygonSpec


@pytest.fixture
def done(ready, plugin):
    """Return the dock after a run."""
    click(ready.form.start_button)
    assert wait_until(lambda: not plugin.controller.is_running, RUN_LIMIT_S)
    assert set(results()) == {"classes", "polygons"}
    return ready


def test_finished_map_is_exported_measured_revectorised_and_opened_again(done, plugin, iface, shoot, tmp_path):
    polygons = results()["polygons"]

    plugin.controller.results.export_to(str(tmp_path / "exported.shp"))
    assert wait_until((tmp_path / "exported.shp").exists, 30)
    exported = ogr.Open(str(tmp_path / "exported.shp"))
    assert exported.GetLayer().GetFeatureCount() == polygons.featureCount()

    plugin.controller.results.save_table(str(tmp_path / "areas.csv"))
    assert (tmp_path / "areas.csv").read_bytes() == (tmp_path / "results" / "valley_landcover_areas.csv").read_bytes()

    box = done.result.again
    box.setCollapsed(False)
    box.borders.show_spec(PolygonSpec(minimum_mapping_unit_m2=2000.0, simplify_m=1.0, smooth=True))
    wait_until(lambda: False, 0.3)
    click(box.button)
    assert wait_until(lambda: results()["polygons"].id() != polygons.id(), RUN_LIMIT_S)
    again = results()["polygons"]
    assert 0 < again.featureCount() < polygons.featureCount()
    assert again.source().split("|")[0].endswith("valley_landcover_polygons_2.gpkg")
    shoot("desktop_polygons_again")

    done.show_page("history")
    done.history.choose(0)
    shoot("desktop_history")
    for layer in results().values():
        QgsProject.instance().removeMapLayer(layer.id())
    click(done.history.open_button)
    assert set(results()) == {"classes", "polygons"}

    done.form.model.choose("glnet")
    done.show_page("history")
    done.history.choose(0)
    click(done.history.again_button)
    draft = done.form.draft()
    assert draft.method.value == "isdnet"
    assert draft.output.name == "valley_landcover"
    assert plugin.controller._form_job.build().output.name == "valley_landcover_2"


def test_area_of_polygons_and_everything_else_there_is(ready, plugin, iface, shoot, layer, tmp_path):
    area = QgsVectorLayer("Polygon?crs=EPSG:32633", "plot", "memory")
    extent = layer.extent()
    half = QgsRectangle(extent.xMinimum(), extent.yMinimum(), extent.center().x(), extent.yMaximum())
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromRect(half))
    area.dataProvider().addFeature(feature)
    QgsProject.instance().addMapLayer(area)
    form = ready.form
    form.area.choose("polygons")
    form.area.polygon_layer.setLayer(area)
    form.advanced.setCollapsed(False)
    form.advanced.confidence.setChecked(True)
    form.advanced.probabilities.setChecked(True)
    form.advanced.augmentation.setCurrentIndex(1)
    form.advanced.raster_format.setCurrentIndex(1)
    form.advanced.borders.show_spec(PolygonSpec(minimum_mapping_unit_m2=50.0, simplify_m=1.0, smooth=True))
    form.advanced.report.setChecked(True)
    shoot("desktop_form_open")

    click(ready.form.start_button)
    assert wait_until(lambda: not plugin.controller.is_running, RUN_LIMIT_S)

    made = {"classes", "polygons", "confidence", "probabilities"}
    assert set(results()) == made, iface.messageBar().currentItem().text()
    shoot("desktop_everything")
    tree = QgsProject.instance().layerTreeRoot()
    for kind in ("classes", "polygons"):
        tree.findLayer(results()[kind].id()).setItemVisibilityChecked(False)
    tree.findLayer(results()["confidence"].id()).setExpanded(True)
    ramp = results()["confidence"].renderer().shader().rasterShaderFunction().colorRampItemList()
    assert [(item.value, item.label) for item in ramp][::2] == [(0.0, "0 %"), (75.0, "75 %"), (100.0, "100 %")]
    shoot("desktop_confidence")
    chances = gdal.Open(results()["probabilities"].source()).ReadAsArray()
    values = gdal.Open(results()["classes"].source()).ReadAsArray()
    assert (chances.argmax(0) == values)[values != 255].mean() > 0.99
    assert results()["probabilities"].bandName(2).endswith("Urban land")
    middle = values.shape[1] // 2
    assert (values[:, middle + 1 :] == 255).all(), "nothing outside the polygon"
    assert (values[:, : middle - 1] != 255).all()
    report = tmp_path / "results" / "valley_landcover_report.html"
    assert "data:image/png" in report.read_text(encoding="utf-8")
    assert ready.result.report_button.isVisible()


def test_sample_is_added_and_chosen(ready, plugin, shoot, layer, tmp_path):
    QgsProject.instance().removeMapLayer(layer.id())
    assert wait_until(lambda: sample_button(ready) is not None, 10)
    shoot("desktop_empty")

    click(sample_button(ready))

    assert wait_until(lambda: ready.form.current_layer() is not None, START_LIMIT_S)
    assert ready.form.current_layer().name() == "sample_landscape"
    assert ready.form.start_button.isEnabled()


def test_help_shows_the_guide(ready, plugin, shoot):
    click(ready.bar.help_button)

    page = plugin.controller.windows.help
    assert wait_until(page.isVisible, 10)
    assert "Land Cover" in page.text.toPlainText()
    page.grab().save(str(Path(os.environ["UHR_DESKTOP_OUT"]) / "desktop_help.png"))
    page.close()


def test_model_card_is_shown_with_its_figures(ready):
    from uhr_landcover.ui.model_store.card import ModelCardDialog
    from uhr_landcover.ui.model_store.info import model_in_use

    dialog = ModelCardDialog(model_in_use("isdnet", ""), ready)
    dialog.show()
    wait_until(lambda: False, 0.5)
    dialog.grab().save(str(Path(os.environ["UHR_DESKTOP_OUT"]) / "desktop_model_card.png"))

    assert "dubai_mbrsc, test" in dialog.text.toPlainText()
    dialog.close()


def sample_button(dock):
    """Return the button in the note that offers a sample; None while there is none."""
    return next((b for b in dock.form.image.notes.buttons() if b.objectName() == "sample" and b.isVisible()), None)
