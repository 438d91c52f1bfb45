"""A layer from a service made into a file that can be classified: a part of it, at the model's resolution."""

import os
import re
from typing import Optional

from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
)
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ..base.i18n import tr
from ..form.area_section import RECTANGLE, AreaSection
from ..form.job_builder import JobRefused
from .raster_export import RasterExport, RasterExportTask, plan_export

NAME_LIMIT = 60


class LayerRenderer(QObject):
    """Renders the drawn rectangle, or what the map shows, under the task manager.

    Args:
        canvas: The map.
        area: Where the rectangle may have been drawn.

    Signals:
        ended: (path, error): the file, and a sentence if there is none.
    """

    ended = pyqtSignal(str, str)

    def __init__(self, canvas: QgsMapCanvas, area: AreaSection) -> None:
        super().__init__()
        self._canvas = canvas
        self._area = area
        self._task: Optional[RasterExportTask] = None

    @property
    def is_running(self) -> bool:
        """True while a layer is being rendered."""
        return self._task is not None

    def render(self, layer: QgsRasterLayer, resolution_m: float, folder: str) -> None:
        """Render to a GeoTIFF in a folder; one that was made of the same before is used.

        Raises:
            JobRefused: If nothing can be rendered there; the message is a sentence.
            OSError: If the folder cannot be made.
        """
        if self.is_running:
            return
        plan = plan_export(layer, self._extent(layer), resolution_m)
        export = RasterExport(layer, plan)
        os.makedirs(folder, exist_ok=True)
        path = _path(folder, layer.name(), export)
        if os.path.isfile(path):
            self.ended.emit(path, "")
            return
        self._task = RasterExportTask(export, path)
        self._task.ended.connect(self._on_end)
        QgsApplication.taskManager().addTask(self._task)

    def shut_down(self) -> None:
        """Stop, and tell nobody."""
        task, self._task = self._task, None
        if task is not None:
            task.ended.disconnect(self._on_end)
            task.cancel()

    def _extent(self, layer: QgsRasterLayer) -> QgsRectangle:
        if self._area.chosen_kind() == RECTANGLE and self._area.rectangle is not None:
            extent, crs = self._area.rectangle, self._area.rectangle_crs
        else:
            extent, crs = self._canvas.extent(), self._canvas.mapSettings().destinationCrs()
        return _in_crs(extent, crs, layer)

    def _on_end(self, path: str, error: str) -> None:
        self._task = None
        self.ended.emit(path, error)


def _in_crs(extent: QgsRectangle, crs: QgsCoordinateReferenceSystem, layer: QgsRasterLayer) -> QgsRectangle:
    if not crs.isValid() or crs == layer.crs():
        return QgsRectangle(extent)
    try:
        return QgsCoordinateTransform(crs, layer.crs(), QgsProject.instance()).transformBoundingBox(extent)
    except QgsCsException as error:
        raise JobRefused(tr("The chosen area cannot be brought into the layer's coordinates.")) from error


def _path(folder: str, name: str, export: RasterExport) -> str:
    """Return the file that holds the same already, else the first name that is free."""
    stem = re.sub(r"[^\w-]+", "_", name).strip("_")[:NAME_LIMIT] or "layer"
    number = 1
    while True:
        path = os.path.join(folder, f"{stem}.tif" if number == 1 else f"{stem}_{number}.tif")
        if not os.path.exists(path) or export.is_made(path):
            return path
        number += 1
