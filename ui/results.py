"""What happens with a finished run: layers, export, folder. Main thread only."""

import os
from typing import List, Optional

from qgis.core import Qgis, QgsApplication, QgsCoordinateReferenceSystem, QgsProject, QgsVectorLayer
from qgis.PyQt.QtCore import QObject, QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QFileDialog

from ..engine.job import JobResult, SegmentationJob
from . import export, layers
from .dock import LandCoverDock
from .i18n import tr
from .message_bar import Messenger
from .messages import duration


class ResultsController(QObject):
    """Shows the last result and does with it what the result panel asks for.

    Args:
        dock: The panel.
        messenger: Where to tell how it went.
    """

    def __init__(self, dock: LandCoverDock, messenger: Messenger) -> None:
        super().__init__()
        self._dock = dock
        self._messenger = messenger
        self._result: Optional[JobResult] = None
        self._layers: Optional[layers.ResultLayers] = None
        self._exports: List[export.ExportTask] = []
        dock.result.export_requested.connect(self.ask_and_export)
        dock.result.folder_requested.connect(self.open_folder)
        QgsProject.instance().cleared.connect(self._project_cleared)
        QgsProject.instance().layersAdded.connect(self._leave_out_results)

    def shut_down(self) -> None:
        """Let go of the project."""
        QgsProject.instance().cleared.disconnect(self._project_cleared)
        QgsProject.instance().layersAdded.disconnect(self._leave_out_results)
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
    ) -> None:
        """Show a finished run.

        Args:
            result: What the engine left on disk.
            job: What it was asked to do.
            crs: CRS the user had given the source layer; None if the file's own was used.
            in_this_project: False if another project was opened meanwhile: its owner is asked first.
        """
        self._result, self._layers = result, None
        name = os.path.splitext(os.path.basename(result.class_raster))[0]
        self._dock.show_result(name, result)
        text = tr("{name} is ready, after {time}.").format(name=name, time=duration(result.seconds))

        def add() -> None:
            self._layers = layers.add_results(QgsProject.instance(), result, job, crs)

        if in_this_project:
            add()
            self._messenger.say(tr("Land cover"), text, Qgis.MessageLevel.Success)
        else:
            self._messenger.offer(tr("Land cover"), text, tr("Add to this project"), add)

    def ask_and_export(self) -> None:
        """Ask for a file name and save the polygons of the last run there."""
        suggestion = os.path.splitext(self._result.class_raster)[0] + "_export.shp" if self._result else ""
        path, chosen = QFileDialog.getSaveFileName(self._dock, tr("Export polygons"), suggestion, export.file_filter())
        if path:
            self.export_to(export.with_suffix(path, chosen))

    def export_to(self, path: str) -> None:
        """Save the polygons of the last run to a file, in the background."""
        layer = self._polygon_layer()
        if layer is None:
            self._messenger.say(
                tr("Nothing to export"), tr("Run “Segment layer” with polygons first."), Qgis.MessageLevel.Warning
            )
            return
        task = export.ExportTask(layer, path)
        task.ended.connect(self._on_exported)
        self._exports.append(task)  # the task manager does not keep Python's half of a task alive
        QgsApplication.taskManager().addTask(task)

    def open_folder(self) -> None:
        """Show the results in the file manager."""
        if self._result is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(os.path.dirname(self._result.class_raster)))

    def _polygon_layer(self) -> Optional[QgsVectorLayer]:
        layer = QgsProject.instance().mapLayer(self._layers.polygons_id) if self._layers else None
        # The layer may have been removed from the project; its file is still there.
        return layer or (layers.open_polygons(self._result) if self._result else None)

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
        self._dock.except_layers([x for x in every if x.customProperty(layers.RESULT_PROPERTY) == "classes"])
