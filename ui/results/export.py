"""Saves a polygon layer in another format, under the task manager.

The file is written in a folder of its own beside the destination and moved when it is complete, so
a failed export leaves nothing half-written and does not damage an older file.
"""

import glob
import os
import re
import shutil
import tempfile
from typing import Dict

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsProject,
    QgsTask,
    QgsVectorFileWriter,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QTimer, pyqtSignal

from ..base.i18n import tr
from ..base.messages import task_title

DRIVERS: Dict[str, str] = {
    ".shp": "ESRI Shapefile",
    ".gpkg": "GPKG",
    ".geojson": "GeoJSON",
    ".fgb": "FlatGeobuf",
}

SHAPEFILE_NAMES = {"perimeter_m": "perim_m"}
"""Names of our fields that are too long for a Shapefile, and what the engine calls them there."""


def file_filter() -> str:
    """Return the filter of the save dialog, Shapefile first."""
    # Names, not prose.
    return "ESRI Shapefile (*.shp);;GeoPackage (*.gpkg);;GeoJSON (*.geojson);;FlatGeobuf (*.fgb)"


def with_suffix(path: str, chosen_filter: str) -> str:
    """Return the path with a suffix we write; the chosen filter decides where the path has none."""
    if os.path.splitext(path)[1].lower() in DRIVERS:
        return path
    suffix = next((s for s in DRIVERS if f"*{s})" in chosen_filter), ".shp")
    return path + suffix


def path_of_part(path: str, name: str) -> str:
    """Return the path for one of several layers: its name joins the stem, without what a file name may not have."""
    stem, suffix = os.path.splitext(path)
    return stem + "_" + re.sub(r"[^\w-]+", "_", name).strip("_") + suffix


class ExportTask(QgsTask):
    """Writes one layer to one destination.

    Signals:
        ended: (path, error): the destination, and a sentence if it failed.
    """

    ended = pyqtSignal(str, str)

    def __init__(self, layer: QgsVectorLayer, path: str) -> None:
        super().__init__(tr("Export {name}").format(name=task_title(os.path.basename(path))), QgsTask.Flag.CanCancel)
        # A clone made here, in the main thread: the project's layer is not touched by the worker.
        self._layer = layer.clone()
        self._path = path
        self._options = _options(layer, path)
        if self._options.driverName == DRIVERS[".shp"]:
            _shorten_names(self._layer, self._options)
        self._context = QgsProject.instance().transformContext()
        self._error = ""

    def run(self) -> bool:
        """Write the file; called in a worker thread."""
        folder, name = os.path.split(self._path)
        work = ""
        try:
            work = tempfile.mkdtemp(prefix=".uhr-export-", dir=folder)
            self._error = self._write(os.path.join(work, name))
            if not self._error:
                _move_set(work, folder, name)
        except OSError as error:
            self._error = tr("Cannot write '{path}': {reason}.").format(path=self._path, reason=error.strerror)
        finally:
            if work:
                shutil.rmtree(work, ignore_errors=True)
        return not self._error

    def finished(self, result: bool) -> None:
        """Tell how it went; called in the main thread."""
        self._layer = None
        self._error = "" if result else self._error or tr("The export was cancelled.")
        QTimer.singleShot(0, self._tell)  # see CommandTask.finished

    def _tell(self) -> None:
        self.ended.emit(self._path, self._error)

    def _write(self, path: str) -> str:
        """Write the layer; return why it failed, or nothing."""
        answer = QgsVectorFileWriter.writeAsVectorFormatV3(self._layer, path, self._context, self._options)
        code, reason = answer[0], answer[1]
        if code == QgsVectorFileWriter.WriterError.NoError:
            return ""
        return reason or tr("The file could not be written.")


def _options(layer: QgsVectorLayer, path: str) -> QgsVectorFileWriter.SaveVectorOptions:
    suffix = os.path.splitext(path)[1].lower()
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = DRIVERS[suffix]
    options.fileEncoding = "UTF-8"
    options.layerName = os.path.splitext(os.path.basename(path))[0]
    options.attributes = [i for i, field in enumerate(layer.fields()) if field.name().lower() != "fid"]
    if suffix == ".geojson" and layer.crs().isValid():
        # GeoJSON is longitude and latitude by its standard.
        wgs84 = QgsCoordinateReferenceSystem("EPSG:4326")
        options.ct = QgsCoordinateTransform(layer.crs(), wgs84, QgsProject.instance())
    return options


def _shorten_names(layer: QgsVectorLayer, options: QgsVectorFileWriter.SaveVectorOptions) -> None:
    """Give fields the names the engine gives them in a Shapefile, where ten letters are the limit."""
    options.fieldNameSource = QgsVectorFileWriter.FieldNameSource.PreferAlias
    for name, short in SHAPEFILE_NAMES.items():
        index = layer.fields().indexOf(name)
        if index >= 0:
            layer.setFieldAlias(index, short)


def _move_set(work: str, folder: str, name: str) -> None:
    """Move the finished file and those that belong to it (a Shapefile is several)."""
    stem = os.path.splitext(name)[0]
    parts = sorted(glob.glob(os.path.join(glob.escape(work), glob.escape(stem) + ".*")))
    # The file the user named comes last: while it is there, the set is complete.
    for part in sorted(parts, key=lambda p: os.path.basename(p) == name):
        os.replace(part, os.path.join(folder, os.path.basename(part)))
