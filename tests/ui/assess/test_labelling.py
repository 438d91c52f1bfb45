"""Labels are given by keys and buttons, blind to the map, and are on disk at once."""

import os
import shutil

import numpy as np
import pytest
from assess_sample import NAMES, draw, write_class_raster
from osgeo import ogr
from qgis.core import QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QEvent, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication
from qgis_fixtures import wait_until

from uhr_landcover.ui.assess.assess_dock import AssessDock
from uhr_landcover.ui.assess.drawn_sample import SampleRefused, read_sample
from uhr_landcover.ui.assess.labels.label_file import LabelFile, copy_for_interpreter
from uhr_landcover.ui.assess.labels.labelling import Labelling
from uhr_landcover.ui.process.environment import find_interpreter

pytestmark = pytest.mark.skipif(find_interpreter("", os.environ) is None, reason="needs an engine")


class Said:
    """A messenger that only remembers."""

    def __init__(self):
        self.texts = []

    def say(self, title, text):
        self.texts.append(text)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    folder = tmp_path_factory.mktemp("drawn")
    raster = write_class_raster(folder / "map.tif", np.arange(4, dtype=np.uint8).repeat(600).reshape(60, 40))
    draw(raster, folder / "s", "--points", 12, "--minimum", 3, "--support", "block", "--size", 3, "--reserve", 2)
    return folder


@pytest.fixture
def sample(drawn, tmp_path):
    shutil.copytree(drawn, tmp_path / "w")
    return read_sample(str(tmp_path / "w" / "s_design.json"))


@pytest.fixture
def dock(qgis_app):
    dock = AssessDock()
    dock.show_sample(is_there=True)
    dock.show_page(1)
    dock.show()
    dock.activateWindow()
    yield dock
    dock.close()
    dock.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def labelling(qgis_iface, dock, sample):
    said = Said()
    labelling = Labelling(qgis_iface, dock.label, said)
    labelling.begin(sample, LabelFile(sample.label_file()), "")
    labelling.said = said
    yield labelling
    labelling.end()
    QgsProject.instance().clear()


def on_disk(path):
    """Return the fields of all points by number."""
    dataset = ogr.Open(path)
    layer = dataset.GetLayerByName("sample")
    return {f["point"]: {n: f[n] for n in ("label", "alternate", "not_sure", "skipped", "note")} for f in layer}


def press(dock, *keys):
    for key in keys:
        QTest.keyClick(dock.label, key)


def test_keys_label_point_after_point_and_labels_are_on_disk(dock, labelling, sample):
    press(dock, "2", "4", ".", "-", "1")

    rows = on_disk(sample.label_file())
    assert [rows[k]["label"] or "" for k in range(1, 6)] == [NAMES[1], NAMES[3], "", "", NAMES[0]]
    assert [(rows[k]["not_sure"], rows[k]["skipped"]) for k in range(1, 6)] == [(0, 0), (0, 0), (1, 0), (0, 1), (0, 0)]
    assert labelling.position == 5
    assert dock.label.counts.text() == "5 of 12 looked at · 1 not sure · 1 skipped"


def test_label_is_corrected_after_going_back(dock, labelling, sample):
    press(dock, "2", Qt.Key.Key_Backspace, "3")

    assert on_disk(sample.label_file())[1]["label"] == NAMES[2]


def test_second_choice_and_note_belong_to_the_point(dock, labelling, sample):
    press(dock, ",", "1")
    assert labelling.position == 0
    dock.label.note.setText("edge of a cloud")
    press(dock, "2")

    rows = on_disk(sample.label_file())
    assert (rows[1]["label"], rows[1]["alternate"], rows[1]["note"]) == (NAMES[1], NAMES[0], "edge of a cloud")
    assert dock.label.note.text() == ""
    assert not rows[2]["note"]


def test_note_is_kept_when_the_point_is_left_by_a_key(dock, labelling, sample):
    dock.label.note.setText("shadow")
    press(dock, Qt.Key.Key_Return)

    assert on_disk(sample.label_file())[1]["note"] == "shadow"
    assert labelling.position == 1


def test_digits_in_the_note_are_text(dock, labelling, sample):
    dock.label.note.setFocus()
    QTest.keyClicks(dock.label.note, "12.-")

    assert dock.label.note.text() == "12.-"
    assert not on_disk(sample.label_file())[1]["label"]


def test_keys_act_on_the_map_too(dock, labelling, sample, qgis_iface):
    canvas = qgis_iface.mapCanvas()
    canvas.show()
    canvas.activateWindow()
    canvas.setFocus()
    QTest.keyClick(canvas, "3")

    assert on_disk(sample.label_file())[1]["label"] == NAMES[2]


def test_work_goes_on_where_it_ended(dock, labelling, sample):
    press(dock, "1", "1", "1")
    labelling.begin(sample, LabelFile(sample.label_file()), "")

    assert labelling.position == 3


def test_map_is_at_the_point_with_the_outline_of_the_support(labelling, qgis_iface):
    labelling.go_to(4)

    file, canvas = labelling.file, qgis_iface.mapCanvas()
    outline = file.outline(4)
    assert outline.area() == pytest.approx(90 * 90)
    assert outline.boundingBox().center().distance(file.place(4).asPoint()) < 1e-6
    middle = labelling._on_canvas(outline.boundingBox()).center()
    assert canvas.center().distance(middle) < canvas.mapUnitsPerPixel()


def test_assessed_map_is_hidden_while_points_are_labelled(dock, labelling, sample):
    layer = QgsRasterLayer(sample.map_path, "map")
    QgsProject.instance().addMapLayer(layer)
    node = QgsProject.instance().layerTreeRoot().findLayer(layer.id())

    labelling.begin(sample, LabelFile(sample.label_file()), "")
    assert not node.itemVisibilityChecked()
    dock.label.hide_maps.setChecked(False)
    assert node.itemVisibilityChecked()
    dock.label.hide_maps.setChecked(True)
    labelling.end()
    assert node.itemVisibilityChecked()


def test_nothing_that_the_panel_reads_tells_the_class_of_a_point(labelling, sample):
    assert set(vars(sample)) == {"design", "map_path", "classes", "support", "size", "rule"}
    names = {field.name() for field in labelling.file.layer.fields()}
    assert not names & {"class_id", "class_name", "stratum", "map", "map_class"}


def test_interpreter_gets_points_without_the_labels_of_others(dock, labelling, sample):
    press(dock, "1", "2")
    path = sample.label_file("Anna B.")
    copy_for_interpreter(sample.label_file(), path)

    assert os.path.basename(path) == "s_Anna_B.gpkg"
    assert not any(row["label"] for row in on_disk(path).values())
    assert len(on_disk(path)) == len(on_disk(sample.label_file())) == 14
    assert [os.path.basename(p) for p in sample.label_files()] == ["s.gpkg", "s_Anna_B.gpkg"]


def test_view_of_another_layer_follows_the_map(labelling, qgis_iface):
    labelling.add_view()
    labelling.go_to(6)

    view, canvas = labelling.views[0], qgis_iface.mapCanvas()
    assert wait_until(lambda: view.canvas.center().distance(canvas.center()) < 2 * canvas.mapUnitsPerPixel(), 5)
    assert view.canvas.scale() == pytest.approx(canvas.scale(), rel=0.05)


@pytest.mark.parametrize("text", ["{}", "no json", '{"map": {}}'])
def test_file_that_is_no_design_is_refused_with_a_sentence(qgis_app, tmp_path, text):
    path = tmp_path / "x_design.json"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(SampleRefused, match="is no design of a sample"):
        read_sample(str(path))


def test_file_without_points_is_refused_with_a_sentence(qgis_app, drawn):
    with pytest.raises(SampleRefused, match="holds no points to label"):
        LabelFile(str(drawn / "map.tif"))
