"""A person's way through the plugin, in the real desktop, with the real engine and the shipped starter."""

import csv
import json
from pathlib import Path

import pytest
from desktop_steps import RUN_LIMIT_S, SIZE, START_LIMIT_S, click, make_scene, results
from osgeo import gdal, ogr
from qgis.core import QgsPalettedRasterRenderer, QgsProject, QgsRasterLayer
from qgis_fixtures import wait_until

DEEPGLOBE = {
    0: ("Unknown", (0, 0, 0)),
    1: ("Urban land", (0, 255, 255)),
    2: ("Agriculture land", (255, 255, 0)),
    3: ("Rangeland", (255, 0, 255)),
    4: ("Forest land", (0, 255, 0)),
    5: ("Water", (0, 0, 255)),
    6: ("Barren land", (255, 255, 255)),
}


def test_segment_layer_from_the_click_to_the_map(ready, plugin, iface, scene, shoot, tmp_path):
    # A machine on which nothing was run yet: a few tiles are timed first.
    assert wait_until(lambda: ", about " in ready.form.estimate_line.text(), START_LIMIT_S), (
        ready.form.estimate_line.text()
    )
    assert ready.form.estimate_line.isVisible()
    shoot("desktop_form")

    click(ready.form.start_button)
    assert wait_until(lambda: ready.running.bar.maximum() > 0, START_LIMIT_S)
    shoot("desktop_running")
    assert wait_until(lambda: not plugin.controller.is_running, RUN_LIMIT_S)
    assert set(results()) == {"classes", "polygons"}, iface.messageBar().currentItem()
    shoot("desktop_result")

    folder = tmp_path / "results"
    assert_class_raster(folder / "valley_landcover.tif", scene)
    assert_polygons_cover(folder / "valley_landcover_polygons.gpkg", folder / "valley_landcover.tif")
    assert_polygons_cover(folder / "valley_landcover_polygons.shp", folder / "valley_landcover.tif")
    assert_areas(folder / "valley_landcover_areas.csv")
    assert all(0.3 < layer.opacity() < 0.9 for layer in results().values()), "the image shows through"
    click(ready.result.look.print_button)
    assert_colours_of_the_legend(results())
    shoot("desktop_result_print")
    assert json.loads((folder / "valley_landcover_job.json").read_text())["raster"] == str(scene)
    assert sorted(p.name for p in scene.parent.iterdir()) == [scene.name], "something was written beside the input"
    assert not [p for p in folder.iterdir() if p.name.startswith(".")]
    assert ready.result.table.topLevelItemCount() >= 2
    assert results()["classes"].metadata().history()


def test_engine_s_refusal_reaches_the_message_bar(ready, plugin, iface, shoot, tmp_path):
    (tmp_path / "file").write_text("not a folder")
    ready.form.folder.setFilePath(str(tmp_path / "file"))

    click(ready.form.start_button)
    assert wait_until(lambda: not plugin.controller.is_running, START_LIMIT_S)

    item = iface.messageBar().currentItem()
    assert item.title() == "Cannot write there"
    assert len(item.text()) <= 95, "the bar has one line"
    assert str(tmp_path / "file") in ready.form.failure_notes.texts[0]
    shoot("desktop_error")


def test_results_without_crs_lie_on_the_image(ready, plugin, plugin_engine, tmp_path):
    """QGIS draws an image without georeference below the axis; map and polygons must lie there too."""
    path = make_scene(plugin_engine, tmp_path / "plain.tif", (300, 200), "--crs", "")
    plain = QgsRasterLayer(str(path), "plain")
    QgsProject.instance().addMapLayer(plain)
    plugin.controller.choose_layer(plain)

    click(ready.form.start_button)
    assert wait_until(lambda: not plugin.controller.is_running, RUN_LIMIT_S)

    assert set(results()) == {"classes", "polygons"}
    for layer in results().values():
        assert layer.extent() == plain.extent(), layer.name()
    assert any("CRS" in text or "coordinate" in text for text in ready.result.notes.texts)


def assert_class_raster(path, source_path):
    made, source = gdal.Open(str(path)), gdal.Open(str(source_path))
    assert (made.RasterXSize, made.RasterYSize) == SIZE
    assert made.GetGeoTransform() == source.GetGeoTransform()
    assert made.GetSpatialRef().IsSame(source.GetSpatialRef())
    band = made.GetRasterBand(1)
    assert band.GetNoDataValue() == 255
    table = band.GetColorTable()
    assert {i: tuple(table.GetColorEntry(i)[:3]) for i in DEEPGLOBE} == {i: c for i, (_, c) in DEEPGLOBE.items()}
    assert band.GetCategoryNames()[:7] == [name for name, _ in DEEPGLOBE.values()]
    rat = band.GetDefaultRAT()
    assert rat is not None
    assert rat.GetRowCount() >= 7
    values = set(band.ReadAsArray().ravel().tolist())
    assert values <= set(DEEPGLOBE)
    assert len(values) >= 2


def assert_polygons_cover(path, raster_path):
    """The polygons of each class have the area of its pixels."""
    raster = gdal.Open(str(raster_path))
    pixels = raster.GetRasterBand(1).ReadAsArray()
    transform = raster.GetGeoTransform()
    pixel_area = abs(transform[1] * transform[5])
    dataset = ogr.Open(str(path))
    covered = {}
    for feature in dataset.GetLayer():
        assert feature["class_name"] == DEEPGLOBE[feature["class_id"]][0]
        assert feature["area_m2"] > 0
        covered[feature["class_id"]] = covered.get(feature["class_id"], 0.0) + feature.GetGeometryRef().Area()
    expected = {int(i): float((pixels == i).sum()) * pixel_area for i in set(pixels.ravel().tolist())}
    assert covered == pytest.approx(expected, rel=1e-9)


def assert_areas(path):
    with Path(path).open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert sum(int(row["pixels"]) for row in rows) == SIZE[0] * SIZE[1]


def assert_colours_of_the_legend(found):
    assert {layer.opacity() for layer in found.values()} == {1.0}
    renderer = found["classes"].renderer()
    assert isinstance(renderer, QgsPalettedRasterRenderer)
    assert {c.value: (c.label, c.color.getRgb()[:3]) for c in renderer.classes()} == DEEPGLOBE
    categories = found["polygons"].renderer().categories()
    for category in categories:
        name, colour = DEEPGLOBE[category.value()]
        assert (category.label(), category.symbol().color().getRgb()[:3]) == (name, colour)
    assert len(categories) >= 2
