"""The dock and its controller with a scripted engine; the real engine has its tests in tests/desktop."""

import json
import os

import pytest
from fake_engine import result_line
from qgis.core import (
    QgsFeature,
    QgsGeometry,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsSettings,
    QgsVectorLayer,
)
from qgis.gui import QgsMapCanvas, QgsMessageBar
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QSettings, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAction
from qgis_fixtures import LEGEND, wait_until, write_raster, write_result

from uhr_landcover.engine.contract.job import JobResult, OutputSpec, PolygonSpec, Preset, SegmentationJob
from uhr_landcover.ui import controller as controller_module
from uhr_landcover.ui.controller import Controller
from uhr_landcover.ui.dock import LandCoverDock
from uhr_landcover.ui.form import estimate
from uhr_landcover.ui.form.job_builder import draft_job
from uhr_landcover.ui.model_store import info as model_info
from uhr_landcover.ui.results.groups import group_of
from uhr_landcover.ui.results.look import PRINT, SCREEN
from uhr_landcover.ui.runs.history import History, Run
from uhr_landcover.ui.settings import PluginSettings


class Bar(QgsMessageBar):
    """QGIS's message bar, which remembers what was said and offered."""

    def __init__(self):
        super().__init__()
        self.said = []
        self.offered = []

    def pushMessage(self, title, text, *rest):
        self.said.append((title, text))
        super().pushMessage(title, text, *rest)

    def pushItem(self, item):
        if item.accessibleDescription():
            self.said.append((item.title(), item.accessibleDescription()))
        else:
            self.offered.append((item.text(), item))
        super().pushItem(item)


class Interface:
    def __init__(self):
        self.bar = Bar()
        self.canvas = QgsMapCanvas()

    def mapCanvas(self):
        return self.canvas

    def addRasterLayer(self, path, name):
        layer = QgsRasterLayer(path, name)
        QgsProject.instance().addMapLayer(layer)
        return layer

    def messageBar(self):
        return self.bar

    def setActiveLayer(self, layer):
        self.active = layer

    def actionIdentify(self):
        return QAction()


@pytest.fixture
def make(tmp_path, raster_layer, fake_child, monkeypatch):
    """Return a factory of (dock, controller, message bar) over an engine that plays a script."""
    (tmp_path / "starters").mkdir()
    checkpoint = tmp_path / "starters" / "isdnet-starter.safetensors"
    _write_card(checkpoint)
    monkeypatch.setattr(model_info, "CHECKPOINT_DIR", str(checkpoint.parent))
    monkeypatch.setattr(estimate, "PAUSE_MS", 10**8)  # the script is for runs; see test_estimate.py
    made = []

    def build(script, python=None):
        settings = PluginSettings(QgsSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
        settings.engine_python = fake_child(script) if python is None else python
        settings.output_dir = str(tmp_path / "results")
        dock, iface = LandCoverDock(), Interface()
        control = Controller(iface, dock, settings, History(str(tmp_path / "history.json")))
        control.choose_layer(raster_layer)
        made.append((control, iface, dock))
        assert wait_until(lambda: control._finder.status is not None)
        return dock, control, iface.bar

    yield build
    for control, iface, dock in made:
        control.shut_down()
        sip.delete(dock)
        sip.delete(iface.canvas)
        sip.delete(iface.bar)


def _write_card(path):
    import struct

    card = {
        "title": "Starter",
        "method": "isdnet",
        "ground_resolution_m": 0.5,
        "bands": ["red", "green", "blue"],
        "legend": {"classes": [{"name": "Water"}]},
        "notice": "For trying out.",
    }
    header = json.dumps({"__metadata__": {model_info.CARD_KEY: json.dumps(card)}}).encode()
    path.write_bytes(struct.pack("<Q", len(header)) + header)


def click(button):
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def result_script(folder):
    folder.mkdir(exist_ok=True)
    return "say('progress', stage='classify', done=1, total=4, unit='tiles', eta_s=9)\ntime.sleep(0.3)\n" + result_line(
        write_result(folder)
    )


def test_click_runs_the_engine_and_adds_styled_layers(make, tmp_path):
    dock, control, bar = make(result_script(tmp_path / "made"))

    click(dock.form.start_button)
    assert control.is_running
    assert wait_until(lambda: "1 of 4 tiles" in dock.running.text.text())
    assert wait_until(lambda: not control.is_running)

    names = {layer.name().rpartition(" · ")[0] for layer in QgsProject.instance().mapLayers().values()}
    assert {"Land cover · scene · ISDNet", "Polygons · scene · ISDNet"} <= names
    assert dock.page == "result"
    assert dock.result.table.texts() == [("Barren 'quoted' <b>", "625 m²", "71.4 %"), ("Water", "250 m²", "28.6 %")]
    about_model, about_image = dock.result.notes.texts
    assert about_model.startswith("For trying out only.")
    assert about_image == "Row 3 looked odd."
    assert bar.said[-1][1].startswith("scene · ISDNet · ")


def test_engine_gets_the_job_of_the_form(make, tmp_path):
    seen = tmp_path / "seen.json"
    dock, control, _ = make(f"open({str(seen)!r}, 'w').write(json.dumps(job))\nsys.exit(9)\n")
    dock.form.advanced.formats["shp"].setChecked(False)
    dock.form.model.presets.choose("memory")

    click(dock.form.start_button)
    assert wait_until(lambda: not control.is_running)

    job = json.loads(seen.read_text())
    assert job["raster"].endswith("scene.tif")
    assert (job["preset"], job["output"]["vector_formats"]) == ("memory", ["gpkg"])
    assert job["output"]["name"] == "scene_landcover"


def test_failure_becomes_a_title_a_sentence_and_a_remedy(make):
    dock, control, bar = make("say('error', code='out_of_memory', message='Needs 9 GB of 8 GB.')\nsys.exit(1)\n")

    click(dock.form.start_button)
    assert wait_until(lambda: not control.is_running)

    title, text = bar.said[-1]
    assert title == "Not enough memory"
    assert text == "Needs 9 GB of 8 GB."
    assert "Low memory" in dock.form.failure_notes.texts[0]
    assert dock.form.start_button.isEnabled()
    assert len(QgsProject.instance().mapLayers()) == 1


def test_advice_for_the_command_line_is_left_out(make):
    said = "An interrupted run is kept under that name. Delete it with: jobs 'DIR' --delete 'NAME', or with --restart."
    dock, control, bar = make(f"say('error', code='output_exists', message={said!r})\nsys.exit(1)\n")
    click(dock.form.start_button)
    assert wait_until(lambda: not control.is_running)

    assert bar.said[-1] == ("Results of that name exist", "An interrupted run is kept under that name.")


def test_failure_is_forgotten_with_the_image_it_was_about(make, tmp_path):
    dock, control, _ = make("say('error', code='out_of_memory', message='Needs 9 GB of 8 GB.')\nsys.exit(1)\n")
    click(dock.form.start_button)
    assert wait_until(lambda: not control.is_running)
    assert dock.form.failure_notes.texts

    other = QgsRasterLayer(write_raster(tmp_path / "other.tif"), "other")
    QgsProject.instance().addMapLayer(other)
    control.choose_layer(other)

    assert dock.form.failure_notes.texts == ()


def test_cancel_ends_the_run_and_adds_nothing(make):
    script = "sys.stdin.readline()\nsay('error', code='cancelled', message='Stopped.')\nsys.exit(3)\n"
    dock, control, bar = make(script)

    click(dock.form.start_button)
    wait_until(lambda: False, 0.3)
    click(dock.running.cancel_button)
    assert wait_until(lambda: not control.is_running)

    assert bar.said[-1][0] == "Cancelled"
    assert len(QgsProject.instance().mapLayers()) == 1


def test_layer_removed_during_the_run_does_no_harm(make, tmp_path, raster_layer):
    dock, control, bar = make(result_script(tmp_path / "made"))

    click(dock.form.start_button)
    QgsProject.instance().removeMapLayer(raster_layer.id())
    assert wait_until(lambda: not control.is_running)

    assert bar.said[-1][1].startswith("scene · ISDNet · ")
    assert len(QgsProject.instance().mapLayers()) == 2


def test_project_closed_during_the_run_is_asked_before_layers_are_added(make, tmp_path):
    dock, control, bar = make(result_script(tmp_path / "made"))

    click(dock.form.start_button)
    QgsProject.instance().clear()
    assert wait_until(lambda: not control.is_running)

    assert QgsProject.instance().mapLayers() == {}
    from qgis.PyQt.QtWidgets import QPushButton

    bar.offered[0][1].findChild(QPushButton).click()
    assert wait_until(lambda: len(QgsProject.instance().mapLayers()) == 2)


def test_shut_down_during_the_run_ends_the_child(make, tmp_path):
    pid_file = tmp_path / "pid"
    dock, control, _ = make(f"import os\nopen({str(pid_file)!r}, 'w').write(str(os.getpid()))\ntime.sleep(60)\n")
    click(dock.form.start_button)
    assert wait_until(pid_file.exists)

    control.shut_down()
    control.shut_down = lambda: None

    import os

    def is_gone():
        try:
            os.kill(int(pid_file.read_text()), 0)
        except ProcessLookupError:
            return True
        return False

    assert wait_until(is_gone, 8)


def test_engine_missing_leaves_the_dock_usable_and_says_how_to_set_it_up(make, tmp_path):
    dock, control, bar = make("", python=str(tmp_path / "no-python"))

    assert "could not be started" in dock.form.engine.notes.texts[0]
    assert "could not be started" in dock.form.set_up.notes.texts[0]
    click(dock.form.set_up.button)
    assert dock.form.engine.page.isVisible()
    dock.form.engine.page.close()
    click(dock.form.start_button)

    assert bar.said[-1][0] == "The engine is not set up"
    assert "Set up the engine" in bar.said[-1][1]
    assert not control.is_running
    assert dock.form.image.isEnabled()


def test_without_a_checkpoint_the_button_is_off_and_says_why(make):
    dock, _, _ = make("")

    dock.form.model.choose("glnet")

    assert not dock.form.start_button.isEnabled()
    assert "model is not there" in dock.form.start_button.toolTip()
    dock.form.model.choose("isdnet")
    assert dock.form.start_button.isEnabled()


def test_own_results_are_not_offered_as_input(make, tmp_path):
    dock, control, _ = make(result_script(tmp_path / "made"))
    click(dock.form.start_button)
    assert wait_until(lambda: not control.is_running)

    combo = dock.form.image.layer_combo
    assert [combo.itemText(i) for i in range(combo.count())] == ["scene"]


def test_second_run_gets_a_name_of_its_own(make, tmp_path):
    seen = tmp_path / "seen.json"
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "scene_landcover.tif").touch()
    dock, control, _ = make(f"open({str(seen)!r}, 'w').write(json.dumps(job))\nsys.exit(9)\n")

    click(dock.form.start_button)
    assert wait_until(lambda: not control.is_running)

    assert json.loads(seen.read_text())["output"]["name"] == "scene_landcover_2"


def test_form_remembers_what_was_chosen(make, tmp_path):
    dock, control, _ = make("sys.exit(9)\n")
    form = dock.form
    form.model.presets.choose("speed")
    form.advanced.borders.show_spec(PolygonSpec(minimum_mapping_unit_m2=40.0))
    form.advanced.take_bands((3, 2, 1))
    form.advanced.setCollapsed(False)
    click(form.start_button)
    assert wait_until(lambda: not control.is_running)

    again, _, _ = make("")

    draft = again.form.draft()
    assert draft.preset is Preset.SPEED
    assert draft.output.directory == str(tmp_path / "results")
    assert draft.output.polygons.minimum_mapping_unit_m2 == 40.0
    assert draft.bands == (), "bands belong to one image"
    assert not again.form.advanced.isCollapsed()


def test_export_writes_the_polygons_of_the_last_run(make, tmp_path):
    dock, control, bar = make(result_script(tmp_path / "made"))
    click(dock.form.start_button)
    assert wait_until(lambda: not control.is_running)

    control.results.export_to(str(tmp_path / "copy.shp"))

    assert wait_until(lambda: bar.said[-1][0] == "Exported")
    assert (tmp_path / "copy.shp").exists()


def test_devices_the_engine_reports_can_be_chosen(make):
    dock, _, _ = make("")

    assert wait_until(lambda: dock.form.advanced.device.count() == 3)

    combo = dock.form.advanced.device
    assert [combo.itemData(i) for i in range(3)] == ["auto", "cpu", "cuda:0"]
    assert "Fake GPU, 8 GB" in dock.form.engine.test_line.text()
    assert dock.form.draft().device == "auto"


def test_remembered_device_is_kept_while_the_engine_is_still_being_asked(make, tmp_path):
    settings = PluginSettings(QgsSettings(str(tmp_path / "settings.ini"), QSettings.Format.IniFormat))
    settings.form = draft_job(OutputSpec(directory=str(tmp_path)), device="cuda:0").to_json()

    dock, _, _ = make("")

    assert dock.form.draft().device == "cuda:0"
    assert wait_until(lambda: "Fake GPU" in dock.form.engine.test_line.text())
    assert dock.form.advanced.device.currentText() == "Fake GPU, 8 GB"


def seen_job(make, tmp_path, prepare):
    """Return the job the engine gets after `prepare(dock, control)`."""
    seen = tmp_path / "seen.json"
    # Without a job it is the question for interrupted runs, which a folder of one brings about.
    script = f"if job:\n    open({str(seen)!r}, 'w').write(json.dumps(job))\nsys.exit(9)\n"
    dock, control, bar = make(script)
    prepare(dock, control)
    click(dock.form.start_button)
    assert wait_until(lambda: not control.is_running)
    assert seen.exists(), bar.said
    return json.loads(seen.read_text())


def test_drawn_rectangle_becomes_the_area(make, tmp_path, raster_layer):
    extent = raster_layer.extent()

    def draw(dock, control):
        control._iface.canvas.setDestinationCrs(raster_layer.crs())
        dock.form.area.draw_wanted.emit()
        control._area_tool.take(
            QgsRectangle(extent.xMinimum() - 50, extent.yMinimum() - 50, extent.center().x(), extent.yMaximum() + 50)
        )
        assert dock.form.area.chosen_kind() == "rectangle"

    job = seen_job(make, tmp_path, draw)

    expected = [extent.xMinimum(), extent.yMinimum(), extent.center().x(), extent.yMaximum()]
    assert job["area"]["bounds"] == pytest.approx(expected)


def test_selected_polygons_become_a_file_beside_the_results(make, tmp_path):
    polygons = QgsVectorLayer("Polygon?crs=EPSG:32633", "plots", "memory")
    for _ in range(2):
        feature = QgsFeature()
        feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(500000, 5399980, 500010, 5399990)))
        polygons.dataProvider().addFeature(feature)
    QgsProject.instance().addMapLayer(polygons)
    polygons.selectByIds([1])

    def choose(dock, control):
        dock.form.area.choose("polygons")
        dock.form.area.polygon_layer.setLayer(polygons)
        dock.form.area.selected_only.setChecked(True)

    job = seen_job(make, tmp_path, choose)

    path = str(tmp_path / "results" / "scene_landcover_area.gpkg")
    assert (job["area"]["polygons"], job["area"]["layer"]) == (path, "area")
    assert QgsVectorLayer(path, "copy").featureCount() == 1


def test_every_output_goes_into_the_job(make, tmp_path):
    def choose(dock, control):
        dock.form.advanced.report.setChecked(True)
        polygons = PolygonSpec(minimum_mapping_unit_m2=25.0, simplify_m=1.5, smooth=True, layer_per_class=True)
        dock.form.advanced.borders.show_spec(polygons)
        dock.form.advanced.confidence.setChecked(True)
        dock.form.advanced.raster_format.setCurrentIndex(1)

    output = seen_job(make, tmp_path, choose)["output"]

    polygons = output["polygons"]
    assert (polygons["minimum_mapping_unit_m2"], polygons["simplify_m"], polygons["smooth"]) == (25.0, 1.5, True)
    assert (output["report"], output["confidence"], polygons["layer_per_class"]) == (True, True, True)
    assert output["raster_format"] == "cog"
    assert output["refined_patches"] is False, "only PPN has it"


def test_name_of_an_interrupted_run_of_something_else_is_not_taken(make, tmp_path):
    (tmp_path / "results" / ".scene_landcover.uhr-job").mkdir(parents=True)

    job = seen_job(make, tmp_path, lambda dock, control: None)

    assert job["output"]["name"] == "scene_landcover_2"


def test_preview_is_shown_and_taken_away(make, tmp_path):
    raster = write_raster(tmp_path / "preview.tif", bands=1, value=1)
    script = (
        "say('progress', stage='classify', done=1, total=4, unit='tiles')\n"
        f"say('preview', path={raster!r})\nsys.stdin.readline()\n"
        "say('error', code='cancelled', message='Stopped.')\nsys.exit(3)\n"
    )
    dock, control, _ = make(script)
    click(dock.form.start_button)
    names = lambda: [layer.name() for layer in QgsProject.instance().mapLayers().values()]  # noqa: E731

    assert wait_until(lambda: "Land cover so far (preview)" in names())
    assert dock.form.image.layer_combo.count() == 1, "a preview is no input"
    click(dock.running.cancel_button)
    assert wait_until(lambda: not control.is_running)

    assert names() == ["scene"]


def test_interrupted_run_is_offered_and_the_same_job_goes_on(make, tmp_path):
    ran = tmp_path / "ran.json"
    (tmp_path / "results" / ".older.uhr-job").mkdir(parents=True)
    job = {"raster": "/image.tif", "output": {"directory": str(tmp_path / "results"), "name": "older"}}
    entry = {"name": "older", "directory": str(tmp_path / "results"), "job": job, "tiles": 9, "tiles_done": 4}
    script = (
        f"if 'jobs' in sys.argv:\n    say('result', data={{'jobs': [{entry!r}]}})\n"
        f"else:\n    open({str(ran)!r}, 'w').write(json.dumps(job))\n    sys.exit(9)\n"
    )
    dock, control, _ = make(script)
    assert wait_until(lambda: dock.form.interrupted.jobs)

    click(dock.form.interrupted.button(0, "resume"))
    assert wait_until(lambda: not control.is_running)

    assert json.loads(ran.read_text())["output"]["name"] == "older"


def test_polygons_are_made_again_with_what_the_fields_say(make, tmp_path):
    said = tmp_path / "said.json"
    result = write_result(tmp_path)
    again = str(tmp_path / "scene_landcover_polygons_2.gpkg")
    script = (
        "import shutil\nif 'vectorize' in sys.argv:\n"
        f"    open({str(said)!r}, 'w').write(json.dumps(sys.argv))\n"
        f"    shutil.copy({result['vectors']['gpkg']!r}, {again!r})\n"
        f"    say('result', data={{'vectors': {{'gpkg': {again!r}}}}})\n    sys.exit(0)\n"
    ) + result_line(result)
    dock, control, bar = make(script)
    click(dock.form.start_button)
    assert wait_until(lambda: not control.is_running)
    dock.result.again.borders.show_spec(PolygonSpec(minimum_mapping_unit_m2=300.0, simplify_m=2.0, smooth=True))

    dock.result.again.button.click()

    assert wait_until(lambda: not control.results.revectorizer.is_running)
    arguments = json.loads(said.read_text())
    command = arguments[arguments.index("vectorize") :]
    assert command[1:4] == [result["class_raster"], "--out", again[: -len(".gpkg")]]
    assert command[4:] == ["--formats", "gpkg", "--mmu-m2", "300.0", "--simplify-m", "2.0", "--smooth"]
    assert wait_until(lambda: bar.said[-1] == ("Polygons", "scene_landcover_polygons_2 is ready."))
    names = [layer.name() for layer in QgsProject.instance().mapLayers().values()]
    assert "scene_landcover_polygons_2" in names
    assert [x.name() for x in control.results._polygon_layers()] == ["scene_landcover_polygons_2"], (
        "an export takes the new ones"
    )


def test_polygons_made_again_go_to_their_own_run_whatever_is_opened_meanwhile(make, tmp_path):
    (tmp_path / "other").mkdir()
    result, other = write_result(tmp_path), write_result(tmp_path / "other", "river_landcover")
    again, go_on = str(tmp_path / "scene_landcover_polygons_2.gpkg"), tmp_path / "go-on"
    script = (
        "import os, shutil\nif 'vectorize' in sys.argv:\n"
        f"    while not os.path.exists({str(go_on)!r}): time.sleep(0.05)\n"
        f"    shutil.copy({result['vectors']['gpkg']!r}, {again!r})\n"
        f"    say('result', data={{'vectors': {{'gpkg': {again!r}}}}})\n    sys.exit(0)\n"
    ) + result_line(result)
    dock, control, bar = make(script)
    click(dock.form.start_button)
    assert wait_until(lambda: not control.is_running)
    own_group = group_of(QgsProject.instance(), control.results._layers.raster_id)
    dock.result.again.button.click()

    job = SegmentationJob(raster="/data/river.tif", output=OutputSpec(str(tmp_path / "other")))
    control.results.open_run(Run(job, JobResult.from_dict(other)))
    go_on.touch()
    assert wait_until(lambda: not control.results.revectorizer.is_running)
    assert wait_until(lambda: bar.said[-1][0] == "Polygons")

    assert "scene_landcover_polygons_2" in [node.name() for node in own_group.findLayers()]
    assert [os.path.basename(x.source()) for x in control.results._polygon_layers()] == [
        "river_landcover_polygons.gpkg"
    ], "the panel goes on showing the run that was opened"


def test_finished_run_can_be_opened_and_asked_for_again(make, tmp_path):
    dock, control, _ = make(result_script(tmp_path / "made"))
    dock.form.advanced.borders.show_spec(PolygonSpec(minimum_mapping_unit_m2=70.0))
    dock.form.model.presets.choose("speed")
    click(dock.form.start_button)
    assert wait_until(lambda: not control.is_running)
    dock.form.advanced.borders.show_spec(PolygonSpec())
    dock.form.model.presets.choose("balanced")
    before = len(QgsProject.instance().mapLayers())

    dock.history.choose(0)
    dock.history.open_button.click()
    dock.history.again_button.click()

    assert len(QgsProject.instance().mapLayers()) == before + 2
    draft = dock.form.draft()
    assert (draft.output.polygons.minimum_mapping_unit_m2, draft.preset) == (70.0, Preset.SPEED)
    assert dock.page == "form"


def waiting_script(go_on, seen):
    """Return a script of an engine that waits for a file, then fails; it writes down the names of its jobs."""
    return (
        f"import os\nopen({str(seen)!r}, 'a').write(job['output']['name'] + '\\n') if job else None\n"
        f"while job and not os.path.exists({str(go_on)!r}): time.sleep(0.05)\nsys.exit(9)\n"
    )


def test_second_run_waits_for_the_first_and_gets_a_name_of_its_own(make, tmp_path):
    go_on, seen = tmp_path / "go-on", tmp_path / "seen"
    dock, control, _ = make(waiting_script(go_on, seen))
    click(dock.form.start_button)
    assert wait_until(seen.exists)
    assert dock.page == "running"

    dock.running.next_button.click()
    assert dock.page == "form"
    assert dock.strip.label.text().startswith("Running")
    assert dock.form.start_button.text() == "Add to the queue"
    dock.form.start_button.click()
    assert dock.page == "running"
    assert dock.running.waiting.isVisibleTo(dock.running)
    go_on.touch()

    assert wait_until(lambda: len(seen.read_text().split()) == 2)
    assert wait_until(lambda: not control.is_running)
    assert seen.read_text().split() == ["scene_landcover", "scene_landcover_2"]
    assert not dock.running.waiting.isVisibleTo(dock.running)


def test_waiting_run_can_be_taken_off_the_queue(make, tmp_path):
    go_on, seen = tmp_path / "go-on", tmp_path / "seen"
    dock, control, _ = make(waiting_script(go_on, seen))
    click(dock.form.start_button)
    assert wait_until(seen.exists)
    control.segment()

    dock.running.remove_button(0).click()
    go_on.touch()

    assert wait_until(lambda: not control.is_running)
    wait_until(lambda: False, 0.3)
    assert seen.read_text().split() == ["scene_landcover"]


def test_look_of_the_result_is_drawn_and_remembered(make, tmp_path):
    dock, control, _ = make(result_script(tmp_path / "made"))
    click(dock.form.start_button)
    assert wait_until(lambda: not control.is_running)
    raster = QgsProject.instance().mapLayer(control.results._layers.raster_id)
    assert raster.opacity() == SCREEN.opacity < 1
    assert {c.value: c.color.getRgb()[:3] for c in raster.renderer().classes()}[6] == (196, 164, 132)

    dock.result.look.print_button.click()

    legend = {c["id"]: tuple(c["color"]) for c in LEGEND["classes"]}
    assert raster.opacity() == 1.0
    assert {c.value: c.color.getRgb()[:3] for c in raster.renderer().classes()} == legend
    again, _, _ = make("")
    assert again.result.look.current() == PRINT


def test_correct_opens_the_polygons_for_editing(make, tmp_path):
    dock, control, bar = make(result_script(tmp_path / "made"))
    click(dock.form.start_button)
    assert wait_until(lambda: not control.is_running)

    dock.result.correct_button.click()

    polygons = QgsProject.instance().mapLayer(control.results._layers.polygons_ids[0])
    assert polygons.isEditable()
    assert bar.said[-1][0] == "Correct polygons"
    polygons.rollBack()
    QgsProject.instance().removeMapLayer(polygons.id())
    dock.result.correct_button.click()
    assert bar.said[-1][0] == "Nothing to correct"


def test_one_grey_band_is_offered_a_remedy_that_makes_it_run(make, tmp_path):
    dock, control, _ = make("sys.exit(9)\n")
    grey = QgsRasterLayer(write_raster(tmp_path / "grey.tif", bands=1), "grey")
    QgsProject.instance().addMapLayer(grey)
    control.choose_layer(grey)
    assert not dock.form.start_button.isEnabled()

    next(b for b in dock.form.image.notes.buttons() if b.objectName() == "grey").click()

    assert dock.form.start_button.isEnabled()
    assert dock.form.draft().bands == (1, 1, 1)


def test_image_without_crs_is_offered_a_field_for_its_pixel_size(make, tmp_path):
    dock, control, _ = make("sys.exit(9)\n")
    plain = QgsRasterLayer(write_raster(tmp_path / "plain.tif", epsg=0), "plain")
    QgsProject.instance().addMapLayer(plain)
    control.choose_layer(plain)
    button = next(b for b in dock.form.image.notes.buttons() if b.objectName() == "resolution")

    button.click()
    assert not dock.form.advanced.isCollapsed()
    dock.form.advanced.resolution.setValue(0.25)

    assert dock.form.draft().ground_resolution_m == 0.25
    assert not any("No CRS" in text for text in dock.form.image.notes.texts)


def test_module_does_not_keep_state():
    assert not [v for v in vars(controller_module).values() if isinstance(v, Controller)]
    assert write_raster
