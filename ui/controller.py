"""Connects the dock, the map, the engine and the project: what is shown, and what a click does."""

import os
import shutil
import tempfile
from typing import Optional

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
from ..engine.contract.job import JobError
from .base import messages
from .base.i18n import tr
from .base.message_bar import Messenger, log
from .dock import LandCoverDock
from .form.area_section import CANVAS, LAYER, POLYGONS
from .form.area_tool import AreaTool
from .form.estimate import Estimate, Estimator
from .form.form_job import FormJob, default_folder, suggested_name
from .form.job_builder import JobRefused, raster_path
from .image.image_sources import ImageSources, not_writable
from .image.raster_facts import describe_layer
from .model_store.info import model_in_use
from .process.engine_client import EngineClient
from .process.engine_finder import EngineFinder
from .results.history import History, Run
from .results.results import ResultsController
from .results.runs import RunController
from .results.sources import plain_name, source_of
from .settings import PluginSettings
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
        self.results = ResultsController(dock, self._messenger, self._client)
        self.runs = RunController(dock, self._messenger, self.results, self.history, self._client)
        self._form_job = FormJob(dock, iface.mapCanvas())
        self._scratch = tempfile.mkdtemp(prefix="uhr-landcover-form-")
        self.estimator = Estimator(lambda: self._form_job.sketch(self._scratch), self._ready_client)
        self.images = ImageSources(iface, dock, self.runs.fail)
        self._area_tool = AreaTool(iface.mapCanvas(), dock.area)
        self.windows = Windows(dock, settings, self._finder)
        self._connect()
        dock.restore(settings)
        if not settings.output_dir:
            dock.output.folder.setFilePath(default_folder())
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
            self._dock.input.layer_combo.setLayer(layer)

    def refresh_layer(self) -> None:
        """Show what the chosen layer is."""
        layer, state = self._dock.current_layer(), self._dock.state()
        model = model_in_use(state.method, state.checkpoint)
        self._dock.show_input_card(describe_layer(layer, model, bands_are_chosen=bool(state.bands)))
        self._dock.output.name.setPlaceholderText(suggested_name(layer))

    def refresh_model(self) -> None:
        """Show the card of the chosen model, and what it means for the layer."""
        state = self._dock.state()
        self._dock.show_model(model_in_use(state.method, state.checkpoint))
        self.refresh_layer()

    def look_for_engine(self) -> None:
        """Find out, in the background, whether the engine can run."""
        self._finder.look()

    def segment(self) -> None:
        """Start the run that the form describes."""
        if self.is_running:
            return
        client = self._client()
        if client is None:
            self.runs.fail(events.Failure(events.ErrorCode.ENVIRONMENT_MISSING, self._finder.help_text()))
            return
        try:
            job = self._form_job.build()
        except (JobRefused, JobError) as error:
            self.runs.fail(events.Failure(events.ErrorCode.JOB_INVALID, str(error)))
            return
        except OSError as error:  # the area's polygons are written beside the results
            self.runs.fail(not_writable(error))
            return
        self._remember()
        self.runs.start(job, client, _override_crs(self._dock.current_layer()))

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
        self._dock.fill(job)
        self._dock.area.choose(LAYER)
        if job.area is not None and job.area.bounds is not None and layer is not None:
            self._dock.area.set_rectangle(QgsRectangle(*job.area.bounds), layer.crs())
        elif job.area is not None:
            self._choose_polygons(job.area.polygons, job.area.layer)
        if layer is None:
            gone = tr("The image “{path}” is not there any more; choose another one.").format(path=job.raster)
            self._messenger.say(tr("Land cover"), gone)

    def shut_down(self) -> None:
        """End the run and let go of everything; called when the plugin is unloaded."""
        canvas = self._iface.mapCanvas()
        canvas.extentsChanged.disconnect(self._canvas_moved)
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
        dock.segment_requested.connect(self.segment)
        dock.layer_changed.connect(self._layer_changed)
        dock.model_changed.connect(self.refresh_model)
        dock.form_changed.connect(self.estimator.form_changed)
        dock.advanced.changed.connect(self.refresh_layer)
        dock.output.folder.fileChanged.connect(self.runs.look_for_interrupted)
        dock.engine.interpreter_chosen.connect(self._interpreter_chosen)
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
        self._dock.advanced.set_layer(self._dock.current_layer())
        self.refresh_layer()

    def _canvas_moved(self) -> None:
        if self._dock.area.chosen_kind() == CANVAS:
            self.estimator.form_changed()

    def _estimate_anew(self) -> None:
        self.estimator.forget()  # what was answered holds no longer: each run teaches the engine its pace
        self.estimator.form_changed()

    def _show_estimate(self, estimate: Estimate) -> None:
        self._dock.show_estimate(estimate.text, estimate.fits)

    def _on_engine(self) -> None:
        self._dock.set_up.show_finding(self._finder.finding())
        self._dock.engine.show_status(self._finder.status, self._finder.finding())
        if self.engine_is_ready:
            self._estimate_anew()
            self.runs.look_for_interrupted(self._dock.state().output_dir)

    def _on_engine_test(self, outcome: object) -> None:
        if isinstance(outcome, events.Failure):
            self._dock.engine.show_test_failure(messages.explain(outcome).full_text)
            log(outcome.details)
            return
        devices = [(str(d["name"]), str(d["title"])) for d in outcome.data.get("devices", ())]
        self._dock.method.offer_devices(devices)
        self._dock.engine.show_test(", ".join(title for _, title in devices))

    def _interpreter_chosen(self, path: str) -> None:
        self._settings.engine_python = path
        self.look_for_engine()

    def _choose_polygons(self, path: str, name: str) -> None:
        source = source_of(path, name)
        layers = QgsProject.instance().mapLayers().values()
        layer = next((x for x in layers if isinstance(x, QgsVectorLayer) and x.source() in (source, path)), None)
        layer = layer or self._iface.addVectorLayer(source, plain_name(path), "ogr")
        if layer is not None and layer.isValid():
            self._dock.area.polygon_layer.setLayer(layer)
            self._dock.area.choose(POLYGONS)

    def _use_model(self, method: str, path: str) -> None:
        combo = self._dock.method.method_combo
        combo.setCurrentIndex(max(0, combo.findData(method)))
        self._dock.advanced.checkpoint.setFilePath(path)
        self.refresh_model()

    def _forget_run(self, run: Run) -> None:
        self.history.remove(run)
        self._dock.history.show_runs(self.history.runs())

    def _remember(self) -> None:
        state = self._dock.state()
        self._settings.method = state.method
        self._settings.preset = state.preset
        self._settings.device = state.device
        self._settings.output_dir = state.output_dir
        self._settings.vector_formats = state.vector_formats
        self._settings.report = state.report


def _override_crs(layer: QgsRasterLayer) -> Optional[QgsCoordinateReferenceSystem]:
    """Return the CRS the user gave the layer where its file says another or none."""
    return QgsCoordinateReferenceSystem(layer.crs()) if layer.crs() != layer.dataProvider().crs() else None


def _is_file(layer: QgsMapLayer, path: str) -> bool:
    try:
        return isinstance(layer, QgsRasterLayer) and raster_path(layer) == path
    except JobRefused:
        return False
