"""Connects the dock, the engine's task and the project; the only place that talks to the message bar."""

import os
from dataclasses import replace
from typing import Optional

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsMessageLog,
    QgsProject,
    QgsProviderRegistry,
    QgsRasterLayer,
)
from qgis.PyQt.QtCore import QObject, QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QFileDialog, QPushButton

from ..engine import events
from ..engine.job import JobError, JobResult, SegmentationJob
from . import export, layers, messages
from .dock import LandCoverDock
from .engine_client import EngineClient
from .engine_finder import EngineFinder
from .i18n import tr
from .job_builder import DockState, JobRefused, build_job, default_name, free_name, raster_path
from .raster_facts import describe_layer
from .sections import model_in_use
from .settings import PluginSettings
from .task import SegmentTask, overall_percent

LOG_TAG = "UHR Land Cover"
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
        self._finder = EngineFinder(settings)
        self._task: Optional[SegmentTask] = None
        self._exports = []
        self._project_left = False
        self._layer_crs: Optional[QgsCoordinateReferenceSystem] = None
        self._finished: Optional[JobResult] = None
        self._result_layers: Optional[layers.ResultLayers] = None
        self._connect()
        dock.restore(settings)
        if not settings.output_dir:
            dock.output.folder.setFilePath(_default_folder())
        self.refresh_layer()
        self.refresh_model()
        self.look_for_engine()

    @property
    def is_running(self) -> bool:
        """True while a run is in progress."""
        return self._task is not None

    def choose_layer(self, layer: Optional[QgsRasterLayer]) -> None:
        """Choose a layer in the dock, if it is one."""
        if isinstance(layer, QgsRasterLayer):
            self._dock.input.layer_combo.setLayer(layer)

    def refresh_layer(self) -> None:
        """Show what the chosen layer is."""
        layer = self._dock.current_layer()
        self._dock.advanced.set_layer(layer)
        state = self._dock.state()
        self._dock.show_input_card(describe_layer(layer, model_in_use(state.method, state.checkpoint)))
        try:
            self._dock.output.name.setPlaceholderText(default_name(raster_path(layer)))
        except JobRefused:
            self._dock.output.name.setPlaceholderText("")

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
        status = self._finder.status
        if status is not None and not status.is_ready:
            self._fail(events.Failure(events.ErrorCode.ENVIRONMENT_MISSING, self._finder.help_text()))
            return
        interpreter = self._finder.interpreter
        layer = self._dock.current_layer()
        try:
            job = build_job(self._with_free_name(self._with_area(self._dock.state()), layer), layer)
        except (JobRefused, JobError) as error:
            self._fail(events.Failure(events.ErrorCode.JOB_INVALID, str(error)))
            return
        if interpreter is None:
            self._fail(events.Failure(events.ErrorCode.ENVIRONMENT_MISSING, self._finder.help_text()))
            return
        self._remember()
        self._layer_crs = _override_crs(layer)
        self._start(SegmentTask(job, EngineClient(interpreter.path, self._finder.environ())))

    def cancel(self) -> None:
        """Ask the run to stop; the dock comes back when it has."""
        if self._task is not None:
            self._dock.show_stopping()
            self._task.cancel()

    def shut_down(self) -> None:
        """End the run and let go of everything; called when the plugin is unloaded."""
        project = QgsProject.instance()
        project.cleared.disconnect(self._project_cleared)
        project.layersAdded.disconnect(self._refresh_excepted)
        self._finder.forget()
        task, self._task = self._task, None
        if task is not None:
            task.happened.disconnect(self._on_event)
            task.ended.disconnect(self._on_end)
            task.cancel()
            task.waitForFinished(STOP_WAIT_MS)

    def export_polygons(self) -> None:
        """Ask for a file name and save the polygons of the last run there."""
        path, chosen = QFileDialog.getSaveFileName(
            self._dock, tr("Export polygons"), self._dock.output.folder.filePath(), export.file_filter()
        )
        if path:
            self.export_to(export.with_suffix(path, chosen))

    def export_to(self, path: str) -> None:
        """Save the polygons of the last run to a file."""
        layer = self._polygon_layer()
        if layer is None:
            self._say(tr("Nothing to export"), tr("Run “Segment layer” first."), Qgis.MessageLevel.Warning)
            return
        task = export.ExportTask(layer, path)
        task.ended.connect(self._on_exported)
        self._exports.append(task)  # the task manager does not keep Python's half of the task alive
        QgsApplication.taskManager().addTask(task)

    def _connect(self) -> None:
        dock = self._dock
        dock.segment_requested.connect(self.segment)
        dock.cancel_requested.connect(self.cancel)
        dock.layer_changed.connect(self.refresh_layer)
        dock.model_changed.connect(self.refresh_model)
        dock.input.file_wanted.connect(self._open_file)
        dock.engine.interpreter_chosen.connect(self._interpreter_chosen)
        dock.result.export_requested.connect(self.export_polygons)
        dock.result.folder_requested.connect(self._open_folder)
        self._finder.found.connect(self._on_engine)
        project = QgsProject.instance()
        project.cleared.connect(self._project_cleared)
        project.layersAdded.connect(self._refresh_excepted)

    def _start(self, task: SegmentTask) -> None:
        self._task = task
        self._project_left = False
        task.happened.connect(self._on_event)
        task.ended.connect(self._on_end)
        self._dock.show_running(True)
        _log(tr("Run started: {job}").format(job=task.job.to_json()))
        QgsApplication.taskManager().addTask(task)

    def _on_event(self, event: events.Event) -> None:
        if self._task is None:
            return
        if isinstance(event, events.Progress) and not self._task.isCanceled():
            self._dock.show_progress(overall_percent(event), progress_text(event))
        elif isinstance(event, events.Note):
            _log(event.message, Qgis.MessageLevel.Warning if event.level == "warning" else Qgis.MessageLevel.Info)

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
        self._succeed(result, task.job)

    def _succeed(self, result: JobResult, job: SegmentationJob) -> None:
        self._finished = result
        name = os.path.splitext(os.path.basename(result.class_raster))[0]
        self._dock.show_result(name, result)
        text = tr("{name} is ready, after {time}.").format(name=name, time=messages.duration(result.seconds))
        if self._project_left:
            # Another project is open now; its owner did not ask for these layers.
            self._result_layers = None
            self._offer_layers(text, result, job)
            return
        self._add_layers(result, job)
        self._say(tr("Land cover"), text, Qgis.MessageLevel.Success)

    def _add_layers(self, result: JobResult, job: SegmentationJob) -> None:
        self._result_layers = layers.add_results(QgsProject.instance(), result, job, self._layer_crs)

    def _offer_layers(self, text: str, result: JobResult, job: SegmentationJob) -> None:
        bar = self._iface.messageBar()
        widget = bar.createMessage(tr("Land cover"), text)
        button = QPushButton(tr("Add to this project"))
        button.clicked.connect(lambda: (self._add_layers(result, job), bar.popWidget(widget)))
        widget.layout().addWidget(button)
        bar.pushWidget(widget, Qgis.MessageLevel.Success)

    def _fail(self, failure: events.Failure) -> None:
        message = messages.explain(failure)
        level = Qgis.MessageLevel.Critical if message.is_error else Qgis.MessageLevel.Info
        if failure.details:
            _log(failure.details, level)
        self._say(message.title, message.text, level)

    def _say(self, title: str, text: str, level: Qgis.MessageLevel) -> None:
        _log(f"{title}: {text}", level)
        self._iface.messageBar().pushMessage(title, text, level, 0 if level == Qgis.MessageLevel.Critical else 8)

    def _on_exported(self, path: str, error: str) -> None:
        self._exports = [t for t in self._exports if t is not self.sender()]
        if error:
            self._say(tr("Export failed"), error, Qgis.MessageLevel.Critical)
        else:
            self._say(tr("Exported"), path, Qgis.MessageLevel.Success)

    def _on_engine(self) -> None:
        self._dock.engine.show_status(self._finder.status, self._finder.help_text())

    def _interpreter_chosen(self, path: str) -> None:
        self._settings.engine_python = path
        self.look_for_engine()

    def _open_file(self) -> None:
        path, _ = QFileDialog.getOpenFileName(
            self._dock, tr("Image to classify"), "", QgsProviderRegistry.instance().fileRasterFilters()
        )
        if path:
            self.choose_layer(self._iface.addRasterLayer(path, os.path.splitext(os.path.basename(path))[0]))

    def _open_folder(self) -> None:
        if self._finished is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(os.path.dirname(self._finished.class_raster)))

    def _polygon_layer(self):
        if self._result_layers is not None:
            layer = QgsProject.instance().mapLayer(self._result_layers.polygons_id)
            if layer is not None:
                return layer
        # The layer was removed from the project; its file is still there.
        return layers.open_polygons(self._finished) if self._finished is not None else None

    def _project_cleared(self) -> None:
        self._project_left = True
        self._result_layers = None

    def _refresh_excepted(self, _layers=None) -> None:
        ours = [
            layer
            for layer in QgsProject.instance().mapLayers().values()
            if layer.customProperty(layers.RESULT_PROPERTY) == "classes"
        ]
        self._dock.except_layers(ours)

    def _with_area(self, state: DockState) -> DockState:
        if self._dock.advanced.area_combo.currentData() != "canvas":
            return state
        canvas = self._iface.mapCanvas()
        extent, crs = canvas.extent(), canvas.mapSettings().destinationCrs()
        bounds = (extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum())
        return replace(state, extent=bounds, extent_crs=crs.authid() or crs.toWkt())

    def _with_free_name(self, state: DockState, layer: Optional[QgsRasterLayer]) -> DockState:
        stem = state.name or default_name(raster_path(layer))
        return replace(state, name=free_name(os.path.expanduser(state.output_dir), stem))

    def _remember(self) -> None:
        state = self._dock.state()
        self._settings.method = state.method
        self._settings.preset = state.preset
        self._settings.device = state.device
        self._settings.output_dir = state.output_dir


def progress_text(event: events.Progress) -> str:
    """Return the line under the progress bar: stage, count, time left."""
    parts = [messages.stage_name(event.stage)]
    if event.total:
        parts.append(
            tr("{done} of {total} {unit}").format(
                done=event.done, total=event.total, unit=messages.unit_name(event.unit)
            )
        )
    if event.eta_s is not None:
        parts.append(tr("about {time} left").format(time=messages.duration(event.eta_s)))
    return " · ".join(parts)


def _override_crs(layer: QgsRasterLayer) -> Optional[QgsCoordinateReferenceSystem]:
    """Return the CRS the user gave the layer where its file says another or none."""
    return QgsCoordinateReferenceSystem(layer.crs()) if layer.crs() != layer.dataProvider().crs() else None


def _default_folder() -> str:
    home = QgsProject.instance().homePath() or os.path.expanduser("~")
    return os.path.join(home, "landcover")


def _log(text: str, level: Qgis.MessageLevel = Qgis.MessageLevel.Info) -> None:
    # notifyUser=False: the message bar tells what matters, the log keeps the rest.
    QgsMessageLog.logMessage(text, LOG_TAG, level, False)
