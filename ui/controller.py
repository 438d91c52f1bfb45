"""Connects the dock, the map, the engine and the project: what is shown, and what a click does."""

import os
import shutil
import tempfile
from dataclasses import replace
from typing import Callable, Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsMapLayer,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QObject

from ..engine.contract import events
from ..engine.contract.job import JobError, Method, SegmentationJob
from .base import messages
from .base.i18n import tr
from .base.message_bar import Messenger, log
from .corrections.controller import CorrectController
from .dock import FORM, LandCoverDock
from .form.area_section import CANVAS, LAYER, POLYGONS
from .form.area_tool import AreaTool
from .form.estimate import Estimate, Estimator
from .form.form_job import FormJob, suggested_name
from .form.job_builder import JobRefused, raster_path
from .image.image_sources import ImageSources, not_writable
from .image.raster_facts import describe_layer
from .model_store.info import ModelInfo, model_in_use
from .process.engine_client import EngineClient
from .process.engine_finder import EngineFinder
from .results.results import ResultsController
from .results.sources import plain_name, source_of
from .runs.history import History, Run
from .runs.run_controller import RunController
from .settings import PluginSettings
from .teach.controller import TeachController
from .windows import Windows


class Controller(QObject):
    """Keeps the dock true to the project and runs what it asks for.

    Args:
        iface: QGIS's interface.
        dock: The panel.
        settings: What is remembered.
        history: The last runs; None for those of the profile.
    """

    def __init__(self, iface, dock: LandCoverDock, settings: PluginSettings, history: Optional[History] = None) -> None:
        super().__init__()
        self._iface = iface
        self._dock = dock
        self._settings = settings
        self._messenger = Messenger(iface)
        self._finder = EngineFinder(settings)
        self.history = history or History()
        self.results = ResultsController(dock, self._messenger, iface, settings, self._client)
        self.runs = RunController(dock, self._messenger, self.results, self.history, self._client)
        self._form_job = FormJob(dock.form, iface.mapCanvas(), self.runs.reserved)
        self._scratch = tempfile.mkdtemp(prefix="uhr-landcover-form-")
        self.estimator = Estimator(lambda: self._form_job.sketch(self._scratch), self._ready_client)
        self.images = ImageSources(iface, dock, self.runs.fail)
        self._area_tool = AreaTool(iface.mapCanvas(), dock.form.area)
        self.windows = Windows(dock, settings, self._finder)
        self.teaching = TeachController(iface, dock.teach, settings, self._finder, self.map_with_model)
        self.correcting = CorrectController(iface, dock.corrections, self._finder, self.teaching.add_example)
        self._connect()
        self._restore()
        dock.history.show_runs(self.history.runs())
        self.refresh_model()
        self._layer_changed()
        self.look_for_engine()

    @property
    def is_running(self) -> bool:
        """True while a run is in progress."""
        return self.runs.is_running

    @property
    def engine_is_ready(self) -> bool:
        """True once an interpreter has answered that it has all the engine needs."""
        return self._finder.status is not None and self._finder.status.is_ready

    def choose_layer(self, layer: Optional[QgsMapLayer]) -> None:
        """Choose a layer in the dock, if it is a raster."""
        if isinstance(layer, QgsRasterLayer):
            self.teaching.choose_layer(layer)
            self._dock.form.image.layer_combo.setLayer(layer)

    def refresh_layer(self) -> None:
        """Show what the chosen layer is."""
        form = self._dock.form
        layer, advanced = form.current_layer(), form.advanced
        card = describe_layer(
            layer,
            self._model(),
            bands_are_chosen=advanced.choose_bands.isChecked(),
            pixel_m=advanced.resolution.value(),
        )
        form.show_card(card)
        advanced.name.setPlaceholderText(suggested_name(layer))

    def refresh_model(self) -> None:
        """Show the card of the chosen model, and what it means for the layer."""
        self._dock.form.show_model(self._model())
        self.refresh_layer()

    def look_for_engine(self) -> None:
        """Find out, in the background, whether the engine can run."""
        self._finder.look()

    def map_with_model(self, layer: QgsRasterLayer, checkpoint: str) -> None:
        """Classify a whole layer with a taught model; all else is as the form says."""
        self.choose_layer(layer)
        self.segment(lambda job: replace(job, method=Method.TAUGHT, checkpoint=checkpoint, area=None))

    def segment(self, changed: Callable[[SegmentationJob], SegmentationJob] = lambda job: job) -> None:
        """Start the run that the form describes; while another is under way it waits.

        Args:
            changed: Makes another job of the form's.
        """
        client = self._client()
        if client is None:
            self.runs.fail(events.Failure(events.ErrorCode.ENVIRONMENT_MISSING, self._finder.help_text()))
            return
        try:
            job = changed(self._form_job.build())
        except (JobRefused, JobError) as error:
            self.runs.fail(events.Failure(events.ErrorCode.JOB_INVALID, str(error)))
            return
        except OSError as error:  # the area's polygons are written beside the results
            self.runs.fail(not_writable(error))
            return
        self._remember()
        self.runs.start(job, client, _override_crs(self._dock.form.current_layer()))

    def cancel(self) -> None:
        """Ask the run to stop; the dock comes back when it has."""
        self.runs.cancel()

    def fill_from(self, run: Run) -> None:
        """Fill the form with what an earlier run was asked to do; its image is added if it is not there."""
        job = run.job
        layer = next((x for x in QgsProject.instance().mapLayers().values() if _is_file(x, job.raster)), None)
        if layer is None and os.path.isfile(job.raster):
            layer = self.images.add(job.raster)
        self.choose_layer(layer)
        self._dock.form.show_job(job)
        self._dock.show_page(FORM)
        self._dock.form.area.choose(LAYER)
        if job.area is not None and job.area.bounds is not None and layer is not None:
            self._dock.form.area.set_rectangle(QgsRectangle(*job.area.bounds), layer.crs())
        elif job.area is not None:
            self._choose_polygons(job.area.polygons, job.area.layer)
        if layer is None:
            gone = tr("The image “{path}” is not there any more; choose another one.").format(path=job.raster)
            self._messenger.say(tr("Land cover"), gone)

    def shut_down(self) -> None:
        """End the run and let go of everything; called when the plugin is unloaded."""
        canvas = self._iface.mapCanvas()
        canvas.extentsChanged.disconnect(self._canvas_moved)
        self.correcting.shut_down()
        self.teaching.shut_down()
        self.estimator.shut_down()
        self.images.shut_down()
        self._area_tool.shut_down()
        self.results.shut_down()
        self._finder.forget()
        self.runs.shut_down()
        self.windows.shut_down()
        self._messenger.shut_down()
        shutil.rmtree(self._scratch, ignore_errors=True)

    def _connect(self) -> None:
        dock = self._dock
        dock.form.start_wanted.connect(self.segment)
        dock.form.layer_changed.connect(self._layer_changed)
        dock.form.model_changed.connect(self.refresh_model)
        dock.form.changed.connect(self.estimator.form_changed)
        dock.form.advanced.image_changed.connect(self.refresh_layer)
        dock.form.advanced.collapsedStateChanged.connect(self._remember_folding)
        dock.form.folder.fileChanged.connect(lambda _path: self._look_for_interrupted())
        dock.form.engine.interpreter_chosen.connect(self._interpreter_chosen)
        dock.history.open_requested.connect(self.results.open_run)
        dock.history.again_requested.connect(self.fill_from)
        dock.history.remove_requested.connect(self._forget_run)
        self.windows.model_chosen.connect(self._use_model)
        self.runs.started.connect(self.estimator.forget)  # timing tiles would take the run's processor
        self.runs.ended.connect(self._estimate_anew)
        self.estimator.estimated.connect(self._show_estimate)
        self._finder.found.connect(self._on_engine)
        self._finder.tested.connect(self._on_engine_test)
        self._iface.mapCanvas().extentsChanged.connect(self._canvas_moved)

    def _client(self) -> Optional[EngineClient]:
        """Return the engine's client; None where something it needs is known to be missing."""
        if self._finder.interpreter is None or self._finder.help_text():
            return None
        return EngineClient(self._finder.interpreter.path, self._finder.environ())

    def _ready_client(self) -> Optional[EngineClient]:
        """Return the client once the engine has answered: what is asked unbidden must not fail loudly."""
        return self._client() if self.engine_is_ready and not self.is_running else None

    def _layer_changed(self) -> None:
        form = self._dock.form
        form.advanced.set_layer(form.current_layer())
        form.advanced.choose_bands.setChecked(False)  # they were chosen for another image, and so was the pixel size
        form.advanced.resolution.setValue(0.0)
        self.refresh_layer()

    def _canvas_moved(self) -> None:
        if self._dock.form.area.chosen_kind() == CANVAS:
            self.estimator.form_changed()

    def _estimate_anew(self) -> None:
        self.estimator.forget()  # what was answered holds no longer: each run teaches the engine its pace
        self.estimator.form_changed()

    def _show_estimate(self, estimate: Estimate) -> None:
        self._dock.form.show_estimate(estimate.text, estimate.fits)

    def _on_engine(self) -> None:
        self._dock.form.set_up.show_finding(self._finder.finding())
        self._dock.form.engine.show_status(self._finder.status, self._finder.finding())
        if self.engine_is_ready:
            self._estimate_anew()
            self._look_for_interrupted()

    def _on_engine_test(self, outcome: object) -> None:
        if isinstance(outcome, events.Failure):
            self._dock.form.engine.show_test_failure(messages.explain(outcome).full_text)
            log(outcome.details)
            return
        devices = [(str(d["name"]), str(d["title"])) for d in outcome.data.get("devices", ())]
        self._dock.form.advanced.offer_devices(devices)
        self._dock.form.engine.show_test(", ".join(title for _, title in devices))

    def _interpreter_chosen(self, path: str) -> None:
        self._settings.engine_python = path
        self.look_for_engine()

    def _choose_polygons(self, path: str, name: str) -> None:
        source = source_of(path, name)
        layers = QgsProject.instance().mapLayers().values()
        layer = next((x for x in layers if isinstance(x, QgsVectorLayer) and x.source() in (source, path)), None)
        layer = layer or self._iface.addVectorLayer(source, plain_name(path), "ogr")
        if layer is not None and layer.isValid():
            self._dock.form.area.polygon_layer.setLayer(layer)
            self._dock.form.area.choose(POLYGONS)

    def _use_model(self, method: str, path: str) -> None:
        self._dock.form.model.choose(method, path)
        self.refresh_model()

    def _forget_run(self, run: Run) -> None:
        self.history.remove(run)
        self._dock.history.show_runs(self.history.runs())

    def _model(self) -> Optional[ModelInfo]:
        return model_in_use(self._dock.form.model.method(), self._dock.form.model.checkpoint())

    def _look_for_interrupted(self) -> None:
        self.runs.look_for_interrupted(self._dock.form.folder_path())

    def _remember(self) -> None:
        form = self._dock.form
        self._settings.form = form.advanced.what_stays(form.draft()).to_json()
        self._settings.advanced_is_open = not form.advanced.isCollapsed()
        self._settings.output_dir = form.folder.filePath().strip()

    def _remember_folding(self, is_folded: bool) -> None:
        self._settings.advanced_is_open = not is_folded

    def _restore(self) -> None:
        """Set the form to what was chosen last."""
        form, engine = self._dock.form, self._dock.form.engine
        try:
            form.show_job(SegmentationJob.from_json(self._settings.form))
        except JobError:
            pass  # nothing is remembered yet, or by another version
        form.folder.setFilePath(self._settings.output_dir)
        form.advanced.setCollapsed(not self._settings.advanced_is_open)
        engine.interpreter.blockSignals(True)
        engine.interpreter.setFilePath(self._settings.engine_python)
        engine.interpreter.blockSignals(False)


def _override_crs(layer: QgsRasterLayer) -> Optional[QgsCoordinateReferenceSystem]:
    """Return the CRS the user gave the layer where its file says another or none."""
    return QgsCoordinateReferenceSystem(layer.crs()) if layer.crs() != layer.dataProvider().crs() else None


def _is_file(layer: QgsMapLayer, path: str) -> bool:
    try:
        return isinstance(layer, QgsRasterLayer) and raster_path(layer) == path
    except JobRefused:
        return False
