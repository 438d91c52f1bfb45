"""The page of corrections with a scripted engine; the real engine has its test in tests/desktop."""

import json
import os

import pytest
from fake_engine import result_line
from osgeo import ogr
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsRectangle,
    QgsSettings,
)
from qgis.gui import QgsMapCanvas, QgsMessageBar
from qgis.PyQt.QtCore import QSettings, Qt
from qgis_fixtures import wait_until, write_result

from uhr_landcover.engine.contract.job import JobResult, OutputSpec, SegmentationJob
from uhr_landcover.ui.corrections.controller import CorrectController
from uhr_landcover.ui.corrections.correction_file import (
    Correction,
    corrections_path,
    count_corrections,
    write_correction,
    write_without_last,
)
from uhr_landcover.ui.corrections.panel import PICK, CorrectPanel
from uhr_landcover.ui.process.engine_finder import EngineFinder
from uhr_landcover.ui.results.layers import add_results
from uhr_landcover.ui.settings import PluginSettings
from uhr_landcover.ui.teach.drawing_tool import POLYGON

UTM = QgsCoordinateReferenceSystem("EPSG:32633")
LEFT = Qt.MouseButton.LeftButton
ENGINE = """\
import shutil
words = sys.argv[sys.argv.index("--listen") + 1 :]
if words[0] == "correct":
    if len(words) > 2 and words[2].endswith(".gpkg"):
        shutil.copy(words[2], {copy!r})
        words[2] = "FILE"
    open({log!r}, "a").write(json.dumps(words) + "\\n")
"""


class Interface:
    def __init__(self):
        self.bar, self.canvas = QgsMessageBar(), QgsMapCanvas()

    def mapCanvas(self):
        return self.canvas

    def messageBar(self):
        return self.bar


@pytest.fixture
def asked(tmp_path):
    """Return a function that returns what the engine was asked for."""
    path = tmp_path / "asked.jsonl"
    return lambda: [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


@pytest.fixture
def make(qgis_app, tmp_path, fake_child):
    """Return a factory of (panel, controller, layers of a finished map)."""
    made = []

    def build(answer=None):
        answer = result_line({"files": [], "corrections": 1, "areas": []}) if answer is None else answer
        result = write_result(tmp_path)
        job = SegmentationJob(raster=str(tmp_path / "scene.tif"), output=OutputSpec(directory=str(tmp_path)))
        shown = add_results(QgsProject.instance(), JobResult.from_dict(result), job)
        script = ENGINE.format(log=str(tmp_path / "asked.jsonl"), copy=str(tmp_path / "asked.gpkg")) + answer
        settings = PluginSettings(QgsSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
        settings.engine_python = fake_child(script)
        iface, panel, taught = Interface(), CorrectPanel(), []
        iface.canvas.setDestinationCrs(UTM)
        control = CorrectController(
            iface, panel, EngineFinder(settings), lambda shape, layer, name: taught.append(name) or True
        )
        control.taught, control.iface = taught, iface
        made.append((control, panel))
        return panel, control, shown

    yield build
    for control, panel in made:
        control.shut_down()
        panel.deleteLater()
    QgsProject.instance().clear()


def square(x=500_002.0, y=5_399_980.0, side=4.0):
    return QgsGeometry.fromRect(QgsRectangle(x, y, x + side, y + side))


def rows(path):
    dataset = ogr.Open(str(path))
    return [(f["new_class"], f["old_classes"], f["reason"]) for f in dataset.GetLayer()]


def area_author_date(path):
    dataset = ogr.Open(str(path))
    feature = dataset.GetLayer().GetNextFeature()
    return feature.GetGeometryRef().GetArea(), feature["author"], feature["date"]


def test_page_offers_the_map_and_its_classes(make):
    panel, _, shown = make()

    assert panel.current_map().id() == shown.raster_id
    assert [panel.new_class.itemText(i) for i in range(panel.new_class.count())][:3] == [
        "Unknown",
        "Urban land",
        "Agriculture land",
    ]


def test_outline_is_given_to_the_engine_with_class_sources_and_reason(make, asked, tmp_path):
    panel, control, _ = make()
    panel.new_class.setCurrentText("Forest land")
    panel.old_classes.setCheckedItems(["Rangeland", "Barren land"])
    panel.reason.setText("seen in the field")
    panel.shape_buttons[POLYGON].click()

    control.tool.drawn.emit(square())

    assert wait_until(lambda: asked() and not control.is_running)
    assert asked() == [["correct", str(tmp_path / "scene_landcover.tif"), "FILE", "--add"]]
    assert rows(tmp_path / "asked.gpkg") == [("Forest land", "Rangeland,Barren land", "seen in the field")]
    area, author, date = area_author_date(tmp_path / "asked.gpkg")
    assert area == pytest.approx(16.0)
    assert author
    assert date.endswith("+00:00")


def test_click_on_a_polygon_of_the_map_corrects_all_of_it(make, asked, tmp_path):
    panel, control, _ = make()
    panel.new_class.setCurrentText("Forest land")
    panel.shape_buttons[PICK].click()

    control.pick_tool.canvasClicked.emit(QgsPointXY(500_005, 5_399_985), LEFT)

    assert wait_until(lambda: asked() and not control.is_running)
    assert area_author_date(tmp_path / "asked.gpkg")[0] == pytest.approx(250.0)


def test_click_beside_all_polygons_is_told(make, asked):
    panel, control, _ = make()
    panel.shape_buttons[PICK].click()

    control.pick_tool.canvasClicked.emit(QgsPointXY(0, 0), LEFT)

    assert "no polygon" in panel.sentence.text()
    assert asked() == []


def test_undo_gives_the_engine_all_but_the_last(make, asked, tmp_path):
    panel, control, _ = make()
    raster = str(tmp_path / "scene_landcover.tif")
    for name in ("Water", "Forest land"):
        append(corrections_path(raster), name)
    control._show_count()
    assert panel.count.text() == "Corrections of this map: 2"

    panel.undo_button.click()

    assert wait_until(lambda: asked() and not control.is_running)
    assert asked() == [["correct", raster, "FILE"]]
    assert [row[0] for row in rows(tmp_path / "asked.gpkg")] == ["Water"]


def test_undo_of_the_only_one_and_of_all_ask_for_the_map_as_it_was(make, asked, tmp_path):
    panel, control, _ = make()
    raster = str(tmp_path / "scene_landcover.tif")
    append(corrections_path(raster), "Water")
    control._show_count()

    panel.undo_button.click()
    assert wait_until(lambda: len(asked()) == 1 and not control.is_running)
    panel.undo_all_button.click()
    assert wait_until(lambda: len(asked()) == 2 and not control.is_running)

    assert asked() == [["correct", raster, "--undo"]] * 2


def test_nothing_can_be_undone_where_nothing_was_corrected(make):
    panel, _, _ = make()

    assert not panel.undo_button.isEnabled()
    assert not panel.undo_all_button.isEnabled()


def test_refusal_of_the_engine_is_told_and_the_map_stays(make):
    panel, control, _ = make("say('error', code='job_invalid', message='The map has no class Forest land.')\n")
    panel.shape_buttons[POLYGON].click()

    control.tool.drawn.emit(square())

    assert wait_until(lambda: "no class Forest land" in panel.sentence.text()), panel.sentence.text()
    assert panel.shape_buttons[POLYGON].isEnabled()


def test_second_outline_waits_for_no_one_while_the_first_is_made(make, asked):
    panel, control, _ = make("time.sleep(0.5)\n" + result_line({"files": []}))
    panel.shape_buttons[POLYGON].click()

    control.tool.drawn.emit(square())
    assert not panel.shape_buttons[POLYGON].isEnabled()
    control.tool.drawn.emit(square(500_010))

    assert wait_until(lambda: not control.is_running)
    assert len(asked()) == 1


def test_correction_becomes_an_example_with_one_click(make):
    panel, control, _ = make()
    panel.new_class.setCurrentText("Forest land")
    assert not panel.example_button.isEnabled()
    control.correct(square())
    assert wait_until(lambda: panel.example_button.isEnabled())

    panel.example_button.click()

    assert control.taught == ["Forest land"]
    assert "example of Forest land" in panel.sentence.text()


def test_project_without_a_map_says_what_to_do(make):
    panel, _, _ = make()
    QgsProject.instance().clear()

    panel.shape_buttons[POLYGON].click()

    assert "Map a layer first" in panel.sentence.text()


def test_file_without_the_last_keeps_every_field_of_the_others(tmp_path, qgis_app):
    raster = str(tmp_path / "a_landcover.tif")
    for name in ("Water", "Forest land", "Urban land"):
        append(corrections_path(raster), name)

    assert write_without_last(str(tmp_path / "less.gpkg"), raster) == 2
    assert rows(tmp_path / "less.gpkg") == [("Water", "Rangeland", "why"), ("Forest land", "Rangeland", "why")]
    assert count_corrections(raster) == 3


def append(path, name):
    """Add a row to the corrections of a map as the engine would."""
    one = path + ".one.gpkg"
    write_correction(one, Correction(square(), name, ("Rangeland",), "why"), UTM)
    if not os.path.exists(path):
        os.rename(one, path)
        return
    target, source = ogr.Open(path, 1), ogr.Open(one)
    row = ogr.Feature(target.GetLayer().GetLayerDefn())
    row.SetFrom(source.GetLayer().GetNextFeature())
    target.GetLayer().CreateFeature(row)
