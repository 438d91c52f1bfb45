import os
from dataclasses import replace

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsPalettedRasterRenderer,
    QgsProject,
    QgsVectorFileWriter,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import Qt
from qgis_fixtures import LEGEND, write_polygons, write_raster, write_result

from uhr_landcover.engine.contract.job import JobResult, Method, OutputSpec, SegmentationJob
from uhr_landcover.ui.results.naming import run_title
from uhr_landcover.ui.results.results import layers


@pytest.fixture
def result(tmp_path, qgis_new_project):
    return JobResult.from_dict(write_result(tmp_path))


@pytest.fixture
def job(tmp_path):
    return SegmentationJob(raster="/data/scene.tif", output=OutputSpec(str(tmp_path)), created="2026-01-02T03:04:05Z")


def added(result, job, **kwargs):
    found = layers.add_results(QgsProject.instance(), result, job, **kwargs)
    project = QgsProject.instance()
    return project.mapLayer(found.raster_id), project.mapLayer("".join(found.polygons_ids))


def test_add_results_makes_one_group_with_polygons_above_the_raster(result, job):
    raster, polygons = added(result, job)

    group = QgsProject.instance().layerTreeRoot().findGroup(run_title(job))
    assert [node.layerId() for node in group.findLayers()] == [polygons.id(), raster.id()]
    assert QgsProject.instance().layerTreeRoot().children()[0] == group


def test_layers_of_two_runs_are_told_apart_by_their_names(result, job, tmp_path):
    other = replace(job, raster="/data/river.tif", method=Method.GLNET, created="2026-05-06T07:08:09Z")

    one, two = added(result, job), added(result, other)

    assert [x.name().split(" · ")[:3] for x in (*one, *two)] == [
        ["Land cover", "scene", "ISDNet"],
        ["Polygons", "scene", "ISDNet"],
        ["Land cover", "river", "GLNet"],
        ["Polygons", "river", "GLNet"],
    ]
    assert len({x.name() for x in (*one, *two)}) == 4


def test_run_that_is_opened_twice_has_two_groups(result, job):
    added(result, job)
    added(result, job)

    names = [child.name() for child in QgsProject.instance().layerTreeRoot().children()]
    assert names == [run_title(job) + " (2)", run_title(job)]


def test_add_results_raster_has_the_legend_s_colours_and_names(result, job):
    raster, _ = added(result, job)

    assert isinstance(raster.renderer(), QgsPalettedRasterRenderer)
    shown = {c.value: (c.label, c.color.getRgb()[:3]) for c in raster.renderer().classes()}
    assert shown == {c["id"]: (c["name"], tuple(c["color"])) for c in LEGEND["classes"]}


def test_add_results_polygons_are_categorised_with_an_outline(result, job):
    _, polygons = added(result, job)

    renderer = polygons.renderer()
    assert renderer.classAttribute() == "class_id"
    categories = renderer.categories()  # owns the symbols
    assert {c.value(): c.symbol().color().getRgb()[:3] for c in categories} == {
        c["id"]: tuple(c["color"]) for c in LEGEND["classes"]
    }, "a class without a polygon has its category too: a corrected polygon may get it"
    barren = categories[6].symbol()
    outline = barren.symbolLayer(0)
    assert outline.strokeColor().getRgb()[:3] == (90, 90, 90)
    assert 0 < outline.strokeWidth() < 0.3


def test_add_results_layers_say_where_they_come_from(result, job):
    raster, polygons = added(result, job)

    for layer in (raster, polygons):
        told = layer.metadata().abstract() + "\n".join(layer.metadata().history())
        for word in ("scene.tif", "Starter ISDNet", "For trying out only.", "Row 3 looked odd.", "2026-01-02", "CPU"):
            assert word in told


def test_add_results_crs_the_user_gave_is_kept(result, job):
    crs = QgsCoordinateReferenceSystem("EPSG:25833")

    raster, polygons = added(result, job, crs=crs)

    assert (raster.crs().authid(), polygons.crs().authid()) == ("EPSG:25833", "EPSG:25833")


def test_add_results_without_polygons_adds_the_raster(result, job, tmp_path):
    data = {**result.to_dict(), "vectors": {}}

    found = layers.add_results(QgsProject.instance(), JobResult.from_dict(data), job)

    assert found.polygons_ids == ()
    assert QgsProject.instance().mapLayer(found.raster_id).isValid()


def test_polygons_of_each_class_in_layers_of_one_file_are_all_opened(result, job, tmp_path):
    path = str(tmp_path / "apart.gpkg")
    for index, name in enumerate(("Water", "Barren land")):
        options = QgsVectorFileWriter.SaveVectorOptions()
        options.layerName = name
        if index:
            options.actionOnExistingFile = QgsVectorFileWriter.ActionOnExistingFile.CreateOrOverwriteLayer
        source = QgsVectorLayer(result.vectors["gpkg"], "p")
        QgsVectorFileWriter.writeAsVectorFormatV3(source, path, QgsCoordinateTransformContext(), options)

    found = layers.open_polygons(replace(result, vectors={"gpkg": path}))

    assert [layer.name() for layer in found] == ["Water", "Barren land"]
    assert all(layer.featureCount() == 2 for layer in found)


def test_polygons_of_each_class_in_files_of_their_own_are_all_opened(result, job, tmp_path):
    made = []
    for name in ("1_Water", "2_Barren_land"):
        made.append(str(tmp_path / f"scene_landcover_polygons_{name}.gpkg"))
        write_polygons(made[-1])
    # The reader decides by content: a GeoPackage under another ending stands for that format here.
    files = [os.replace(f, f[:-4] + "fgb") or f[:-4] + "fgb" for f in made]

    found = layers._polygon_sources(replace(result, vectors={"fgb": files[0]}, files=tuple(files)))

    assert found == [(files[0], "1 Water"), (files[1], "2 Barren land")]


def test_confidence_without_a_style_is_shown_in_greys_from_0_to_100(result, job, tmp_path):
    raster = write_raster(tmp_path / "c.tif", bands=1, value=80)

    layer = layers.open_confidence(replace(result, confidence_raster=raster))

    stretch = layer.renderer().contrastEnhancement()
    assert (stretch.minimumValue(), stretch.maximumValue()) == (0, 100)
    assert layers.open_confidence(result) is None


def test_probabilities_show_the_most_common_class_in_greys_of_per_cent(result, job, tmp_path):
    raster = write_raster(tmp_path / "p.tif", bands=7, value=80)
    common = max(result.areas, key=lambda row: row["pixels"])["class_id"]

    layer = layers.open_probabilities(replace(result, probability_raster=raster))

    stretch = layer.renderer().contrastEnhancement()
    assert layer.renderer().usesBands() == [common + 1]
    assert (stretch.minimumValue(), stretch.maximumValue()) == (0, 100)
    assert layers.open_probabilities(result) is None


def test_metadata_names_the_classes_a_starter_has_hardly_learnt(result, job):
    raster, _ = added(result, job)

    assert "Hardly learnt" in raster.metadata().abstract()
    assert "Rangeland" in raster.metadata().abstract()


def test_patches_that_were_looked_at_twice_lie_on_top_as_outlines(result, job, tmp_path):
    path = str(tmp_path / "scene_landcover_looked_at_twice.gpkg")
    write_polygons(path)

    layers.add_results(QgsProject.instance(), replace(result, files=(*result.files, path)), job)

    top = QgsProject.instance().layerTreeRoot().findLayers()[0].layer()
    assert top.source().startswith(path)
    assert top.renderer().symbol().symbolLayer(0).brushStyle() == Qt.BrushStyle.NoBrush
