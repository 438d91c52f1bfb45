"""The page and its controller with a scripted session; the real engine has its test in tests/desktop."""

import json

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsPalettedRasterRenderer,
    QgsProject,
    QgsRectangle,
    QgsSettings,
    QgsVectorLayer,
)
from qgis.gui import QgsMapCanvas, QgsMessageBar
from qgis.PyQt.QtCore import QSettings, Qt
from qgis.PyQt.QtTest import QTest
from qgis_fixtures import LEGEND, wait_until, write_raster

from uhr_landcover.ui.process.engine_finder import EngineFinder
from uhr_landcover.ui.settings import PluginSettings
from uhr_landcover.ui.teach import controller as controller_module
from uhr_landcover.ui.teach.controller import TeachController
from uhr_landcover.ui.teach.drawing_tool import POLYGON, RECTANGLE
from uhr_landcover.ui.teach.layer_dialog import LayerDialog, shapes_of
from uhr_landcover.ui.teach.panel import TeachPanel

UTM = QgsCoordinateReferenceSystem("EPSG:32633")
SESSION = """\
said = open({log!r}, "a", encoding="utf-8")
view, taught = None, 0
def answer(request, **data):
    say("answer", number=request["number"], request=request["request"], data=data)
def the_map():
    if view is None or taught < 2:
        return None
    return {{"path": {map!r}, "legend": json.loads({legend!r}), "areas": [], "bounds": view, "shares": {{}}}}
for line in sys.stdin:
    request = json.loads(line)
    said.write(line); said.flush()
    kind = request.get("request")
    if kind == "close":
        break
    if kind == "view":
        view = request["bounds"]
    if kind == "examples":
        taught = len({{e["class_id"] for e in request["examples"]}})
    if kind in ("view", "examples"):
        sentence = "" if taught > 1 else "Draw an example of two classes at least."
        answer(request, map=the_map(), sentence=sentence, notes=[], seconds=0.1)
    if kind == "next":
        place = {{"x": 500003.0, "y": 5399990.0, "class_names": ["Water", "Forest land"], "margin": 0.1}}
        answer(request, places=[dict(place, random=False), dict(place, x=500010.0, random=True)])
    if kind == "agreement":
        answer(request, examples=22, right=19, interval_95=[0.667, 0.953], weakest="Rangeland", classes=[])
    if kind == "save":
        answer(request, checkpoint=request["path"], sentence="")
"""


class Interface:
    def __init__(self):
        self.bar, self.canvas = QgsMessageBar(), QgsMapCanvas()

    def mapCanvas(self):
        return self.canvas

    def messageBar(self):
        return self.bar


@pytest.fixture
def log(tmp_path):
    """Return a function that returns the requests that the session has got."""
    path = tmp_path / "said.jsonl"
    return lambda kind="": [
        row for row in map(json.loads, path.read_text().splitlines() if path.exists() else ()) if _is(row, kind)
    ]


def _is(row, kind):
    return not kind or row.get("request") == kind


@pytest.fixture
def make(tmp_path, raster_layer, fake_child, monkeypatch):
    """Return a factory of (panel, controller) over a session that plays a script."""
    monkeypatch.setattr(controller_module, "AGREEMENT_DELAY_MS", 0)
    made = []

    def build(script=SESSION):
        values = {
            "log": str(tmp_path / "said.jsonl"),
            "map": write_raster(tmp_path / "view.tif", bands=1, value=5),
            "legend": json.dumps(LEGEND),
        }
        settings = PluginSettings(QgsSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
        settings.engine_python = fake_child(script.format(**values) if script is SESSION else script)
        settings.output_dir = str(tmp_path / "results")
        panel, iface = TeachPanel(), Interface()
        iface.canvas.setDestinationCrs(UTM)
        iface.canvas.resize(300, 200)
        iface.canvas.setExtent(raster_layer.extent())
        mapped = []
        control = TeachController(
            iface, panel, settings, EngineFinder(settings), lambda layer, path: mapped.append((layer.id(), path))
        )
        control.mapped = mapped
        control.choose_layer(raster_layer)
        made.append((control, panel))
        return panel, control

    yield build
    for control, panel in made:
        control.shut_down()
        panel.deleteLater()


@pytest.fixture
def taught(make):
    """Return (panel, controller) with an example of two classes and a map of the view."""
    panel, control = make()
    panel.shape_buttons[RECTANGLE].click()
    for row, x in ((1, 500_000.0), (5, 500_010.0)):
        panel.classes.choose_row(row)
        control.tool.drawn.emit(square(x))
    assert wait_until(lambda: control.view_map.layer is not None), panel.sentence.text()
    return panel, control


def square(x=500_000.0, y=5_399_980.0, side=4.0):
    return QgsGeometry.fromRect(QgsRectangle(x, y, x + side, y + side))


def test_nothing_is_written_and_no_engine_started_before_the_first_click(make, tmp_path):
    panel, control = make()

    assert not control.session.is_open
    assert not (tmp_path / "results").exists()
    assert "Choose a class" in panel.sentence.text()
    assert not panel.map_button.isEnabled()


def test_drawing_asks_for_the_view_and_sends_every_example(taught, log):
    _panel, _control = taught

    assert log("view")[0]["bounds"] == [500_000.0, 5_399_975.0, 500_035.0, 5_400_000.0]
    last = log("examples")[-1]
    assert last["crs"] == "EPSG:32633"
    assert [(e["class_id"], e["class_name"], e["color"]) for e in last["examples"]] == [
        (1, "Urban land", [0, 255, 255]),
        (5, "Water", [0, 0, 255]),
    ]
    assert last["examples"][0]["wkt"].startswith("MultiPolygon")


def test_map_of_the_view_lies_between_image_and_examples(taught, raster_layer):
    panel, control = taught

    order = [node.layerId() for node in QgsProject.instance().layerTreeRoot().findLayers()]
    assert order == [control.examples.layer.id(), control.view_map.layer.id(), raster_layer.id()]
    assert isinstance(control.view_map.layer.renderer(), QgsPalettedRasterRenderer)
    assert panel.layer_combo.currentLayer() is raster_layer
    assert control.view_map.layer not in [panel.layer_combo.layer(i) for i in range(panel.layer_combo.count())]


def test_slider_and_box_change_how_the_map_lies_over_the_image(taught):
    panel, control = taught
    panel.opacity.setValue(30)
    panel.show_map.setChecked(False)

    assert control.view_map.layer.opacity() == pytest.approx(0.3)
    node = QgsProject.instance().layerTreeRoot().findLayer(control.view_map.layer.id())
    assert not node.itemVisibilityChecked()


def test_moving_the_map_asks_for_the_new_view(taught, log):
    _panel, control = taught
    before = len(log("view"))

    control._canvas.setExtent(QgsRectangle(500_005, 5_399_980, 500_020, 5_399_990))

    assert wait_until(lambda: len(log("view")) == before + 1)
    assert log("view")[-1]["bounds"][0] >= 500_000


def test_agreement_counts_polygons_and_says_what_it_is_not(taught):
    panel, _control = taught

    assert wait_until(lambda: panel.agreement.text())
    assert panel.agreement.text() == (
        "Agreement with left-out examples: 19 of 22 polygons (67–95 %). Weakest: Rangeland. "
        "Not the accuracy of the map."
    )


def test_where_next_goes_to_the_place_and_the_key_to_the_next(taught, log):
    panel, control = taught

    panel.next_button.click()
    assert wait_until(lambda: "Is it Water or Forest land?" in panel.place.text())
    assert control._canvas.center().x() == pytest.approx(500_003.0)
    wait_until(lambda: False, 0.6)  # the view follows the jump, and the places stay
    control.tool.next_wanted.emit()

    assert wait_until(lambda: "by chance" in panel.place.text())
    assert control._canvas.center().x() == pytest.approx(500_010.0)
    assert len(log("next")) == 1


def test_new_example_makes_the_places_old(taught, log):
    panel, control = taught
    panel.next_button.click()
    assert wait_until(lambda: "Is it Water" in panel.place.text())

    control.tool.drawn.emit(square(500_020))
    assert wait_until(lambda: len(log("examples")[-1]["examples"]) == 3)
    panel.next_button.click()

    assert wait_until(lambda: len(log("next")) == 2)


def test_whole_layer_is_mapped_with_the_model_beside_the_examples(taught, raster_layer, tmp_path, log):
    panel, control = taught

    panel.map_button.click()

    path = str(tmp_path / "results" / "scene_landcover_taught.safetensors")
    assert wait_until(lambda: control.mapped == [(raster_layer.id(), path)])
    assert log("save")[-1]["overwrite"] is True
    assert not control.examples.layer.isModified(), "what was drawn is on the disk before the run"


def test_saved_model_is_told(taught, tmp_path, monkeypatch, log):
    panel, control = taught
    chosen = str(tmp_path / "mine")
    monkeypatch.setattr(controller_module.QFileDialog, "getSaveFileName", lambda *_: (chosen, ""))

    panel.save_button.click()

    bar = control._iface.messageBar()
    assert wait_until(lambda: bar.currentItem() is not None)
    assert log("save")[-1]["path"] == chosen + ".safetensors"
    item = bar.currentItem()
    assert chosen in (item.accessibleDescription() or item.text())  # the bar shortens a long path
    assert str(tmp_path)[:30] in item.text()


def test_keys_choose_the_class_that_is_drawn(taught, log):
    _panel, control = taught
    QTest.keyClick(control._canvas, Qt.Key.Key_4)

    control.tool.drawn.emit(square(500_020))

    assert wait_until(lambda: log("examples")[-1]["examples"][-1]["class_name"] == "Forest land")


def test_counts_stand_beside_the_classes(taught):
    panel, _control = taught
    tree = panel.classes.tree

    assert [tree.topLevelItem(row).text(1) for row in range(6)] == ["1", "", "", "", "1", ""]


def test_new_class_is_there_to_be_named_and_drawn(taught, log):
    panel, control = taught
    panel.classes.add_button.click()
    panel.classes.renamed.emit(panel.classes.current(), "Tin roof")

    control.tool.drawn.emit(square(500_020))

    assert wait_until(lambda: log("examples")[-1]["examples"][-1]["class_name"] == "Tin roof")
    assert log("examples")[-1]["examples"][-1]["class_id"] == 7


def test_name_that_is_taken_is_told_and_taken_back(taught):
    panel, _control = taught

    panel.classes.tree.topLevelItem(0).setText(0, "Water")

    assert "already a class" in panel.sentence.text()
    assert panel.classes.tree.topLevelItem(0).text(0) == "Urban land"


def test_kind_inside_a_class_reaches_the_engine(taught, log):
    panel, control = taught
    panel.subclass.setText("pond ")

    control.tool.drawn.emit(square(500_020))

    assert wait_until(lambda: log("examples")[-1]["examples"][-1]["subclass"] == "pond")


def test_polygons_of_a_layer_become_examples_and_their_classes_are_added(taught, log):
    _panel, control = taught
    layer = QgsVectorLayer("Polygon?crs=EPSG:32633&field=MC_ID:integer&field=MC_info:string", "scp", "memory")
    for name, x in (("water", 500_020.0), ("Vineyard", 500_025.0), (None, 500_030.0)):
        feature = QgsFeature(layer.fields())
        feature.setAttributes([1, name])
        feature.setGeometry(square(x))
        layer.dataProvider().addFeature(feature)
    QgsProject.instance().addMapLayer(layer)
    dialog = LayerDialog()
    dialog.layer.setLayer(layer)
    assert dialog.field.currentField() == "MC_info"

    control.take_shapes(dialog.shapes(), layer.crs())

    assert wait_until(lambda: len(log("examples")[-1]["examples"]) == 4)
    assert [e["class_name"] for e in log("examples")[-1]["examples"][2:]] == ["Water", "Vineyard"]
    assert [name for name, _ in shapes_of(layer, "MC_info", selected_only=True)] == []


def test_correction_of_a_finished_map_becomes_an_example_of_its_class(taught, log):
    _panel, control = taught

    assert control.add_example(square(500_020), UTM, "forest land")

    assert wait_until(lambda: log("examples")[-1]["examples"][-1]["class_name"] == "Forest land")


def test_nothing_becomes_an_example_while_nothing_is_taught(make):
    _panel, control = make()

    assert not control.add_example(square(), UTM, "Water")


def test_refusal_is_a_sentence_and_drawing_goes_on(make):
    panel, control = make(
        "for line in sys.stdin:\n"
        "    request = json.loads(line)\n"
        "    say('refused', number=request['number'], request=request['request'], code='job_invalid', "
        "message='The view does not show the raster. Move the map to it.')\n"
    )
    panel.shape_buttons[POLYGON].click()

    assert wait_until(lambda: "does not show the raster" in panel.sentence.text())
    assert control.session.is_open


def test_engine_that_dies_leaves_a_sentence_and_the_examples(make, tmp_path):
    panel, control = make("sys.stdin.readline()\nsys.exit(3)\n")
    panel.shape_buttons[POLYGON].click()
    control.tool.drawn.emit(square())

    assert wait_until(lambda: not control.session.is_open)
    assert wait_until(lambda: "engine" in panel.sentence.text().lower()), panel.sentence.text()
    assert panel.shape() == ""
    assert (tmp_path / "results" / "scene_landcover_examples.gpkg").exists()


def test_without_an_engine_the_page_says_how_to_set_it_up(make, monkeypatch):
    panel, control = make()
    monkeypatch.setattr(control.session._finder, "find", lambda: None)
    monkeypatch.setattr(control.session._finder, "help_text", lambda: "No Python for the engine was found.")

    panel.shape_buttons[POLYGON].click()

    assert "No Python for the engine was found." in panel.sentence.text()
    assert panel.shape() == ""


def test_image_taken_out_of_the_project_ends_teaching_and_keeps_the_examples(taught, raster_layer, tmp_path):
    _panel, control = taught

    QgsProject.instance().removeMapLayer(raster_layer.id())

    assert not control.session.is_open
    assert control.view_map.layer is None
    kept = QgsVectorLayer(f"{tmp_path}/results/scene_landcover_examples.gpkg|layername=examples", "", "ogr")
    assert kept.featureCount() == 2


def test_unloading_leaves_no_child_no_tool_and_no_map(taught):
    _panel, control = taught
    process = control.session._process

    control.shut_down()

    assert control.view_map.layer is None
    assert control._canvas.mapTool() is None
    assert not control.session.is_open
    assert process.state() == process.ProcessState.NotRunning
    control.shut_down = lambda: None  # the fixture's own call
