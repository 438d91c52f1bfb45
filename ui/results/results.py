"""What happens with a finished run: layers, export, table, report, new polygons. Main thread only."""

import json
import os
import shutil
from dataclasses import asdict, dataclass
from typing import Callable, List, Optional, Sequence

from qgis.core import Qgis, QgsApplication, QgsCoordinateReferenceSystem, QgsMapLayer, QgsProject, QgsVectorLayer
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QFileDialog

from ...engine.contract import events
from ...engine.contract.job import JobResult, SegmentationJob
from ..base.i18n import tr
from ..base.message_bar import Messenger
from ..base.messages import duration
from ..dock import LandCoverDock
from ..process.engine_client import EngineClient
from ..runs.history import Run
from ..settings import PluginSettings
from . import export, layers
from .look import apply_look, look_from
from .naming import run_title
from .revectorize import Revectorizer


@dataclass(frozen=True)
class _Shown:
    """A run as it is shown: its result, its layers, and the CRS that the user had given its image."""

    result: JobResult
    layers: Optional[layers.ResultLayers]
    crs: Optional[QgsCoordinateReferenceSystem]


class ResultsController(QObject):
    """Shows the last result and does with it what the result panel asks for.

    Args:
        dock: The panel.
        messenger: Where to tell how it went.
        iface: QGIS's interface.
        settings: What is remembered: the look of the results.
        make_client: Returns the engine's client; None while there is no engine.
    """

    def __init__(
        self,
        dock: LandCoverDock,
        messenger: Messenger,
        iface,
        settings: PluginSettings,
        make_client: Callable[[], Optional[EngineClient]],
    ) -> None:
        super().__init__()
        self._iface = iface
        self._settings = settings
        self._dock = dock
        self._messenger = messenger
        self._result: Optional[JobResult] = None
        self._layers: Optional[layers.ResultLayers] = None
        self._crs: Optional[QgsCoordinateReferenceSystem] = None
        self._revectorized: Optional[_Shown] = None
        self._exports: List[export.ExportTask] = []
        self.revectorizer = Revectorizer(make_client)
        self.revectorizer.ended.connect(self._on_new_polygons)
        panel = dock.result
        panel.export_requested.connect(self.ask_and_export)
        panel.csv_requested.connect(self.ask_and_save_table)
        panel.report_requested.connect(self.open_report)
        panel.folder_requested.connect(self.open_folder)
        panel.polygons_requested.connect(self.make_polygons)
        panel.look_changed.connect(self._look_changed)
        panel.correct_requested.connect(self.correct)
        panel.look.show_look(look_from(settings.look))
        QgsProject.instance().cleared.connect(self._project_cleared)
        QgsProject.instance().layersAdded.connect(self._leave_out_results)

    def shut_down(self) -> None:
        """Let go of the project."""
        QgsProject.instance().cleared.disconnect(self._project_cleared)
        QgsProject.instance().layersAdded.disconnect(self._leave_out_results)
        self.revectorizer.shut_down()
        for task in self._exports:
            task.ended.disconnect(self._on_exported)
            task.cancel()

    def show(
        self,
        result: JobResult,
        job: SegmentationJob,
        crs: Optional[QgsCoordinateReferenceSystem],
        *,
        in_this_project: bool,
        turn: bool = True,
    ) -> None:
        """Show a finished run.

        Args:
            result: What the engine left on disk.
            job: What it was asked to do.
            crs: CRS the user had given the source layer; None if the file's own was used.
            in_this_project: False if another project was opened meanwhile: its owner is asked first.
            turn: Turn the panel to the result; False where another run begins at once.
        """
        self._result, self._layers, self._crs = result, None, crs
        self._dock.show_result(result, job, turn=turn)
        text = tr("{name} is ready, after {time}.").format(name=run_title(job), time=duration(result.seconds))

        def add() -> None:
            if not sip.isdeleted(self):
                self._add_layers(result, job, crs)

        if in_this_project:
            add()
            self._messenger.say(tr("Land cover"), text, Qgis.MessageLevel.Success)
        else:
            self._messenger.offer(tr("Land cover"), text, tr("Add to this project"), add)

    def open_run(self, run: Run) -> None:
        """Show an earlier run and add its layers."""
        self._result, self._crs = run.result, None
        self._dock.show_result(run.result, run.job)
        self._add_layers(run.result, run.job, None)

    def class_layer(self) -> Optional[QgsMapLayer]:
        """Return the layer of the class raster that is shown; None if it is gone."""
        return QgsProject.instance().mapLayer(self._layers.raster_id) if self._layers else None

    def correct(self) -> None:
        """Begin to edit the polygons that are shown, with the tool that picks one."""
        found = [QgsProject.instance().mapLayer(i) for i in self._layers.polygons_ids] if self._layers else []
        layer = next((each for each in found if each is not None), None)
        if layer is None:
            text = tr("Its polygons are not in this project. Open the run under “History”.")
            self._messenger.say(tr("Nothing to correct"), text, Qgis.MessageLevel.Warning)
            return
        node = QgsProject.instance().layerTreeRoot().findLayer(layer.id())
        if node is not None:
            node.setItemVisibilityCheckedParentRecursive(True)
        self._iface.setActiveLayer(layer)
        if not layer.isEditable():
            layer.startEditing()
        self._iface.actionIdentify().trigger()
        text = tr("Click a polygon and choose its class in the form; save the edits of the layer when you are done.")
        self._messenger.say(tr("Correct polygons"), text)

    def _add_layers(self, result: JobResult, job: SegmentationJob, crs: Optional[QgsCoordinateReferenceSystem]) -> None:
        self._layers = layers.add_results(QgsProject.instance(), result, job, crs)
        self._look_changed()

    def _look_changed(self) -> None:
        if self._result is not None:
            look = self._dock.result.look.current()
            apply_look(QgsProject.instance(), self._layers, self._result.legend, look)
            self._settings.look = json.dumps(asdict(look))

    def ask_and_export(self) -> None:
        """Ask for a file name and save the polygons of the last run there."""
        suggestion = os.path.splitext(self._result.class_raster)[0] + "_export.shp" if self._result else ""
        path, chosen = QFileDialog.getSaveFileName(self._dock, tr("Export polygons"), suggestion, export.file_filter())
        if path:
            self.export_to(export.with_suffix(path, chosen))

    def export_to(self, path: str) -> None:
        """Save the polygons of the last run to a file, in the background."""
        found = self._polygon_layers()
        if not found:
            self._messenger.say(
                tr("Nothing to export"), tr("Make a map with polygons first."), Qgis.MessageLevel.Warning
            )
            return
        for layer in found:
            task = export.ExportTask(layer, path if len(found) == 1 else export.path_of_part(path, layer.name()))
            task.ended.connect(self._on_exported)
            self._exports.append(task)  # the task manager does not keep Python's half of a task alive
            QgsApplication.taskManager().addTask(task)

    def ask_and_save_table(self) -> None:
        """Ask for a file name and save the table of areas there."""
        if self._result is None:
            return
        path, _ = QFileDialog.getSaveFileName(
            self._dock, tr("Save the areas"), os.path.basename(self._result.area_csv), "CSV (*.csv)"
        )
        if path:
            self.save_table(path if path.lower().endswith(".csv") else path + ".csv")

    def save_table(self, path: str) -> None:
        """Copy the table of areas of the last run to a file."""
        source = self._result.area_csv
        try:
            if not (os.path.exists(path) and os.path.samefile(source, path)):
                shutil.copyfile(source, path)
        except OSError as error:
            why = f"{error.filename or path}: {error.strerror}"
            self._messenger.say(tr("Export failed"), why, Qgis.MessageLevel.Critical)
            return
        self._messenger.say(tr("Exported"), path, Qgis.MessageLevel.Success)

    def open_report(self) -> None:
        """Show the report in the browser."""
        if self._result is not None and self._result.report:
            if not os.path.isfile(self._result.report):
                gone = tr("“{path}” is not there any more.").format(path=self._result.report)
                self._messenger.say(tr("Report"), gone, Qgis.MessageLevel.Warning)
                return
            QDesktopServices.openUrl(QUrl.fromLocalFile(self._result.report))

    def open_folder(self) -> None:
        """Show the results in the file manager."""
        if self._result is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(os.path.dirname(self._result.class_raster)))

    def make_polygons(self) -> None:
        """Make the polygons of the last run again, with what the fields of the result panel say."""
        if self._result is None:
            return
        box = self._dock.result.again
        started = self.revectorizer.start(self._result.class_raster, box.formats.chosen(), box.borders.spec())
        if not started and not box.formats.chosen():
            self._messenger.say(tr("No polygons"), tr("Tick at least one format."), Qgis.MessageLevel.Warning)
        if started:
            # By the end another run may be shown: the polygons belong to this one.
            self._revectorized = _Shown(self._result, self._layers, self._crs)
        box.set_busy(self.revectorizer.is_running)

    def _on_new_polygons(self, outcome: object) -> None:
        self._dock.result.again.set_busy(False)
        if isinstance(outcome, events.Failure):
            self._messenger.fail(outcome)
            return
        asked, vectors = self._revectorized, dict(outcome.data.get("vectors", {}))
        name = os.path.splitext(os.path.basename(next(iter(vectors.values()), "")))[0]
        layer = layers.add_polygons(QgsProject.instance(), vectors, asked.result, name, asked.layers, asked.crs)
        if layer is not None and asked.result is self._result:
            self._layers = layers.with_polygons(self._layers, layer)
            self._look_changed()
        self._messenger.say(tr("Polygons"), tr("{name} is ready.").format(name=name), Qgis.MessageLevel.Success)

    def _polygon_layers(self) -> Sequence[QgsVectorLayer]:
        shown = [QgsProject.instance().mapLayer(i) for i in self._layers.polygons_ids] if self._layers else []
        if shown and all(shown):
            return shown
        # A layer may have been removed from the project; its file is still there.
        return layers.open_polygons(self._result) if self._result else ()

    def _on_exported(self, path: str, error: str) -> None:
        self._exports = [task for task in self._exports if task is not self.sender()]
        if error:
            self._messenger.say(tr("Export failed"), error, Qgis.MessageLevel.Critical)
        else:
            self._messenger.say(tr("Exported"), path, Qgis.MessageLevel.Success)

    def _project_cleared(self) -> None:
        self._layers = None

    def _leave_out_results(self, _added: object = None) -> None:
        every = QgsProject.instance().mapLayers().values()
        self._dock.form.except_layers(
            [x for x in every if x.customProperty(layers.RESULT_PROPERTY) in layers.RASTER_KINDS]
        )
