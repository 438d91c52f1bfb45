"""Connects the dock, the engine's task and the project: what is shown, and what a click does."""

import os
from dataclasses import replace
from typing import Optional

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsMapLayer,
    QgsProject,
    QgsProviderRegistry,
    QgsRasterLayer,
)
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtWidgets import QFileDialog

from ..engine import events
from ..engine.job import JobError, JobResult
from . import messages
from .dock import LandCoverDock
from .engine_client import EngineClient
from .engine_finder import EngineFinder
from .i18n import tr
from .job_builder import DockState, JobRefused, build_job, default_name, free_name, raster_path
from .message_bar import Messenger, log
from .model_info import model_in_use
from .raster_facts import describe_layer
from .results import ResultsController
from .settings import PluginSettings
from .task import SegmentTask, overall_percent

STOP_WAIT_MS = 15_000


class Controller(QObject):
    """Keeps the dock true to the project and runs what it asks for.

    Args:
        iface: QGIS's interface.
        dock: The panel.
        settings: What is remembered.
    """

    def __init__(self, iface, dock: LandCoverDock, settings: PluginSettings) -> None:
        super().__init__()
        self._iface = iface
        self._dock = dock
        self._settings = settings
        self._messenger = Messenger(iface)
        self.results = ResultsController(dock, self._messenger)
        self._finder = EngineFinder(settings)
        self._task: Optional[SegmentTask] = None
        self._project_left = False
        self._layer_crs: Optional[QgsCoordinateReferenceSystem] = None
        self._connect()
        dock.restore(settings)
        if not settings.output_dir:
            dock.output.folder.setFilePath(_default_folder())
        self.refresh_model()
        self.look_for_engine()

    @property
    def is_running(self) -> bool:
        """True while a run is in progress."""
        return self._task is not None

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
        self._dock.advanced.set_layer(layer)
        self._dock.show_input_card(describe_layer(layer, model_in_use(state.method, state.checkpoint)))
        self._dock.output.name.setPlaceholderText(_suggested_name(layer))

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
        if self._finder.interpreter is None or self._finder.help_text():
            self._fail(events.Failure(events.ErrorCode.ENVIRONMENT_MISSING, self._finder.help_text()))
            return
        layer = self._dock.current_layer()
        try:
            job = build_job(self._completed(self._dock.state(), layer), layer)
        except (JobRefused, JobError) as error:
            self._fail(events.Failure(events.ErrorCode.JOB_INVALID, str(error)))
            return
        self._remember()
        self._layer_crs = _override_crs(layer)
        self._start(SegmentTask(job, EngineClient(self._finder.interpreter.path, self._finder.environ())))

    def cancel(self) -> None:
        """Ask the run to stop; the dock comes back when it has."""
        if self._task is not None:
            self._dock.show_stopping()
            self._task.cancel()

    def shut_down(self) -> None:
        """End the run and let go of everything; called when the plugin is unloaded."""
        QgsProject.instance().cleared.disconnect(self._project_cleared)
        self.results.shut_down()
        self._finder.forget()
        task, self._task = self._task, None
        if task is not None:
            task.happened.disconnect(self._on_event)
            task.ended.disconnect(self._on_end)
            task.hurry()
            task.cancel()
            task.waitForFinished(STOP_WAIT_MS)

    def _connect(self) -> None:
        dock = self._dock
        dock.segment_requested.connect(self.segment)
        dock.cancel_requested.connect(self.cancel)
        dock.layer_changed.connect(self.refresh_layer)
        dock.model_changed.connect(self.refresh_model)
        dock.input.file_wanted.connect(self._open_file)
        dock.engine.interpreter_chosen.connect(self._interpreter_chosen)
        self._finder.found.connect(self._on_engine)
        self._finder.tested.connect(self._on_engine_test)
        self._finder.advised.connect(dock.engine.show_advice)
        QgsProject.instance().cleared.connect(self._project_cleared)

    def _start(self, task: SegmentTask) -> None:
        self._task = task
        self._project_left = False
        task.happened.connect(self._on_event)
        task.ended.connect(self._on_end)
        self._dock.show_running(True)
        log(tr("Run started: {job}").format(job=task.job.to_json()))
        QgsApplication.taskManager().addTask(task)

    def _on_event(self, event: events.Event) -> None:
        if self._task is None:
            return
        if isinstance(event, events.Progress) and not self._task.isCanceled():
            self._dock.show_progress(overall_percent(event), messages.progress_text(event))
        elif isinstance(event, events.PlanReady):
            log(tr("Plan: {plan}").format(plan=event.plan))
        elif isinstance(event, events.Note):
            log(event.message, Qgis.MessageLevel.Warning if event.level == "warning" else Qgis.MessageLevel.Info)

    def _on_end(self, outcome: object) -> None:
        task, self._task = self._task, None
        self._dock.show_running(False)
        if isinstance(outcome, events.Failure):
            self._fail(outcome)
            return
        try:
            result = JobResult.from_dict(outcome.data)
        except (JobError, TypeError) as error:
            self._fail(events.Failure(events.ErrorCode.INTERNAL, str(error)))
            return
        self.results.show(result, task.job, self._layer_crs, in_this_project=not self._project_left)

    def _fail(self, failure: events.Failure) -> None:
        self._dock.show_failure(self._messenger.fail(failure))

    def _on_engine(self) -> None:
        self._dock.engine.show_status(self._finder.status, self._finder.finding())

    def _on_engine_test(self, outcome: object) -> None:
        if isinstance(outcome, events.Failure):
            self._dock.engine.show_test_failure(messages.explain(outcome).full_text)
            log(outcome.details, Qgis.MessageLevel.Warning)
            return
        devices = [(str(d["name"]), str(d["title"])) for d in outcome.data.get("devices", ())]
        self._dock.method.offer_devices(devices)
        self._dock.engine.show_test(", ".join(title for _, title in devices))

    def _interpreter_chosen(self, path: str) -> None:
        self._settings.engine_python = path
        self.look_for_engine()

    def _open_file(self) -> None:
        filters = QgsProviderRegistry.instance().fileRasterFilters()
        path, _ = QFileDialog.getOpenFileName(self._dock, tr("Image to classify"), "", filters)
        if path:
            self.choose_layer(self._iface.addRasterLayer(path, os.path.splitext(os.path.basename(path))[0]))

    def _project_cleared(self) -> None:
        self._project_left = True

    def _completed(self, state: DockState, layer: Optional[QgsRasterLayer]) -> DockState:
        """Add what the form cannot know: a name that is free, and the map's extent where it is asked for."""
        stem = state.name or default_name(raster_path(layer))
        state = replace(state, name=free_name(os.path.expanduser(state.output_dir), stem))
        if self._dock.advanced.area_combo.currentData() != "canvas":
            return state
        canvas = self._iface.mapCanvas()
        extent, crs = canvas.extent(), canvas.mapSettings().destinationCrs()
        bounds = (extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum())
        return replace(state, extent=bounds, extent_crs=crs.authid() or crs.toWkt())

    def _remember(self) -> None:
        state = self._dock.state()
        self._settings.method = state.method
        self._settings.preset = state.preset
        self._settings.device = state.device
        self._settings.output_dir = state.output_dir


def _suggested_name(layer: Optional[QgsRasterLayer]) -> str:
    try:
        return default_name(raster_path(layer))
    except JobRefused:
        return ""


def _override_crs(layer: QgsRasterLayer) -> Optional[QgsCoordinateReferenceSystem]:
    """Return the CRS the user gave the layer where its file says another or none."""
    return QgsCoordinateReferenceSystem(layer.crs()) if layer.crs() != layer.dataProvider().crs() else None


def _default_folder() -> str:
    home = QgsProject.instance().homePath() or os.path.expanduser("~")
    return os.path.join(home, "landcover")
