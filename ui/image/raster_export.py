"""Layers that are not files (WMS, XYZ, databases, memory) rendered to a GeoTIFF the engine can read.

Planning and `RasterExport(…)` belong to the main thread, which owns the layer; `write` belongs to a
worker thread, since a service may take long to answer. Extent and resolution are the user's: a
service has no end and no pixels of its own.
"""

import hashlib
import os
import re
from dataclasses import dataclass
from typing import Callable, Optional, Tuple

from qgis.core import (
    QgsDistanceArea,
    QgsPointXY,
    QgsProject,
    QgsRasterBlockFeedback,
    QgsRasterLayer,
    QgsRasterPipe,
    QgsRectangle,
    QgsTask,
)
from qgis.PyQt.QtCore import QTimer, pyqtSignal
from qgis.PyQt.QtGui import QImage

from ..base.i18n import tr
from ..base.messages import task_title
from ..form.job_builder import JobRefused, NotAFile, raster_path

MAX_PIXELS = 400_000_000
"""Above this a service would be asked for thousands of pictures; a file is the better source."""

BLOCK_PX = 1024
ORIGIN_TAG = "UHR_RENDERED_FROM"
"""Metadata item of a rendered raster: digest over source, style and plan."""

_FULL_ALPHA = bytes([0]) + bytes([255]) * 255


@dataclass(frozen=True)
class ExportPlan:
    """The raster that a layer is rendered to.

    Attributes:
        left, top: Upper left corner in the layer's coordinates.
        pixel: Side of a pixel in units of the layer's CRS.
        width, height: Size in pixels.
        resolution_m: Side of a pixel on the ground, at the centre of the extent.
    """

    left: float
    top: float
    pixel: float
    width: int
    height: int
    resolution_m: float

    def bounds_of(self, column: int, row: int, width: int, height: int) -> Tuple[float, float, float, float]:
        """Return left, bottom, right, top of a window of pixels."""
        left, top = self.left + column * self.pixel, self.top - row * self.pixel
        return left, top - height * self.pixel, left + width * self.pixel, top


class ExportFailed(Exception):
    """The layer could not be rendered; the message is a sentence for the user."""


class ExportCancelled(ExportFailed):
    """The user asked to stop."""


def needs_export(layer: Optional[QgsRasterLayer]) -> bool:
    """Return True for a valid raster layer that the engine cannot open as a file."""
    if layer is None or not layer.isValid():
        return False
    try:
        raster_path(layer)
    except NotAFile:
        return True
    except JobRefused:
        return False
    return False


def rendered_name(layer: QgsRasterLayer) -> str:
    """Return a file stem for the raster that a layer is rendered to."""
    return re.sub(r"[^\w.-]+", "_", layer.name()).strip("._")[:80] or "layer"


def plan_export(layer: QgsRasterLayer, extent: Optional[QgsRectangle], resolution_m: float) -> ExportPlan:
    """Decide what a layer is rendered to.

    Args:
        layer: A valid raster layer with a CRS.
        extent: Part to render, in the layer's CRS; None if the user gave none.
        resolution_m: Side of a pixel on the ground, in metres.

    Raises:
        JobRefused: If extent or resolution is missing, the extent is off the layer, or the raster would be too large.
    """
    name = layer.name()
    if extent is None or extent.isEmpty() or not resolution_m > 0:
        raise JobRefused(
            tr(
                "Layer “{name}” comes from a {kind} source, not from a file. Give the area and the ground resolution "
                "(metres per pixel) to render it with, or export it to a GeoTIFF first."
            ).format(name=name, kind=layer.providerType().upper())
        )
    if not layer.crs().isValid():
        raise JobRefused(
            tr("Layer “{name}” has no CRS, so its ground resolution is unknown. Set one.").format(name=name)
        )
    part = extent if layer.extent().isEmpty() else extent.intersect(layer.extent())
    if part.isEmpty():
        raise JobRefused(tr("The chosen area lies outside layer “{name}”.").format(name=name))
    pixel = resolution_m / _ground_metres_per_unit(layer, part.center())
    width, height = _pixels(part.width(), pixel), _pixels(part.height(), pixel)
    if width * height > MAX_PIXELS:
        raise JobRefused(
            tr(
                "At {m} m per pixel the area is {width} × {height} pixels; at most {most} million can be rendered. "
                "Choose a smaller area or a coarser resolution, or get the image as a file."
            ).format(m=f"{resolution_m:.3g}", width=width, height=height, most=MAX_PIXELS // 1_000_000)
        )
    return ExportPlan(part.xMinimum(), part.yMaximum(), pixel, width, height, resolution_m)


class RasterExport:
    """One layer, ready to be rendered to a file in another thread.

    Args:
        layer: The layer; source and style are copied here, in the main thread.
        plan: What to render.
    """

    def __init__(self, layer: QgsRasterLayer, plan: ExportPlan) -> None:
        self.plan = plan
        self._name = layer.name()
        self._crs_wkt = layer.crs().toWkt()
        style = layer.renderer().legendSymbologyItems() if layer.renderer() is not None else ()
        shown = [(text, color.name(color.NameFormat.HexArgb)) for text, color in style]
        # A digest, because the source of a service may hold a password.
        self._origin = hashlib.sha256(repr((layer.source(), shown, plan)).encode("utf-8")).hexdigest()
        self._feedback = QgsRasterBlockFeedback()
        self._pipe = QgsRasterPipe()
        for part in (
            layer.dataProvider(),
            layer.renderer(),
            layer.brightnessFilter(),
            layer.hueSaturationFilter(),
            layer.resampleFilter(),
        ):
            if part is not None:
                self._pipe.set(part.clone())

    def cancel(self) -> None:
        """Stop soon, also while waiting for a service; called from any thread."""
        self._feedback.cancel()

    def is_made(self, path: str) -> bool:
        """Return whether a file is what `write` made of the same source, area and resolution before."""
        from osgeo import gdal

        if not os.path.isfile(path):
            return False
        gdal.UseExceptions()
        try:
            return gdal.Open(path).GetMetadataItem(ORIGIN_TAG) == self._origin
        except RuntimeError:  # some other file has that name
            return False

    def write(self, path: str, on_progress: Callable[[float], None], should_stop: Callable[[], bool]) -> None:
        """Render to a GeoTIFF of red, green, blue and alpha; it appears under its name when it is complete.

        Args:
            path: File to make; replaced if it is there.
            on_progress: Called with per cent, in this thread.
            should_stop: Asked between blocks.

        Raises:
            ExportCancelled: If it was stopped.
            ExportFailed: If the source answers with errors or shows nothing, or the file cannot be written.
        """
        folder, name = os.path.split(path)
        temporary = os.path.join(folder, f".{name}.part.tif")
        try:
            self._write(temporary, on_progress, should_stop)
            os.replace(temporary, path)
        except (OSError, RuntimeError) as error:  # RuntimeError is osgeo's
            raise ExportFailed(tr("Cannot write '{path}': {reason}.").format(path=path, reason=error)) from error
        finally:
            if os.path.exists(temporary):
                os.remove(temporary)

    def _write(self, path: str, on_progress: Callable[[float], None], should_stop: Callable[[], bool]) -> None:
        plan, shown = self.plan, False
        dataset = self._create(path)
        windows = [
            (column, row, min(BLOCK_PX, plan.width - column), min(BLOCK_PX, plan.height - row))
            for row in range(0, plan.height, BLOCK_PX)
            for column in range(0, plan.width, BLOCK_PX)
        ]
        for number, window in enumerate(windows, 1):
            if should_stop() or self._feedback.isCanceled():
                raise ExportCancelled(tr("The run was cancelled."))
            pixels = self._render(*window)
            alpha = pixels[3::4].translate(_FULL_ALPHA)
            shown = shown or 255 in alpha
            dataset.WriteRaster(*window, pixels, band_list=[1, 2, 3], buf_pixel_space=4, buf_band_space=1)
            dataset.GetRasterBand(4).WriteRaster(*window, alpha)
            on_progress(100.0 * number / len(windows))
        dataset.FlushCache()
        if not shown:
            raise ExportFailed(
                tr(
                    "Layer “{name}” shows nothing in the chosen area at {m} m per pixel. Look at the area in the map, "
                    "or choose a resolution the source offers."
                ).format(name=self._name, m=f"{plan.resolution_m:.3g}")
            )

    def _render(self, column: int, row: int, width: int, height: int) -> bytes:
        """Return a window as rows of red, green, blue, alpha."""
        bounds = QgsRectangle(*self.plan.bounds_of(column, row, width, height))
        block = self._pipe.last().block(1, bounds, width, height, self._feedback)
        if self._feedback.isCanceled():
            raise ExportCancelled(tr("The run was cancelled."))
        if self._feedback.errors() or block is None or not block.isValid():
            reason = "; ".join(self._feedback.errors()[:2]) or tr("it gave no picture")
            raise ExportFailed(
                tr("Layer “{name}” could not be rendered: {reason}. Check the connection and try again.").format(
                    name=self._name, reason=reason.rstrip(".")
                )
            )
        image = block.image().convertToFormat(QImage.Format.Format_RGBA8888)
        return bytes(image.constBits().asarray(image.bytesPerLine() * height))

    def _create(self, path: str):
        from osgeo import gdal

        gdal.UseExceptions()
        plan = self.plan
        options = ["TILED=YES", "COMPRESS=DEFLATE", "PREDICTOR=2", "PHOTOMETRIC=RGB", "ALPHA=YES", "BIGTIFF=IF_SAFER"]
        dataset = gdal.GetDriverByName("GTiff").Create(path, plan.width, plan.height, 4, gdal.GDT_Byte, options)
        dataset.SetProjection(self._crs_wkt)
        dataset.SetMetadataItem(ORIGIN_TAG, self._origin)
        dataset.SetGeoTransform((plan.left, plan.pixel, 0.0, plan.top, 0.0, -plan.pixel))
        return dataset


class RasterExportTask(QgsTask):
    """Renders a layer under the task manager.

    Signals:
        ended: (path, error): the file, and a sentence if there is none.
    """

    ended = pyqtSignal(str, str)

    def __init__(self, export: RasterExport, path: str) -> None:
        super().__init__(tr("Render {name}").format(name=task_title(os.path.basename(path))), QgsTask.Flag.CanCancel)
        self._export = export
        self._path = path
        self._error = ""

    def cancel(self) -> None:
        """Stop, also while waiting for a service."""
        self._export.cancel()
        super().cancel()

    def run(self) -> bool:
        """Render; called in a worker thread."""
        try:
            self._export.write(self._path, self.setProgress, self.isCanceled)
        except ExportFailed as error:
            self._error = str(error)
        return not self._error

    def finished(self, result: bool) -> None:
        """Tell how it went; called in the main thread."""
        self._error = "" if result else self._error or tr("The run was cancelled.")
        QTimer.singleShot(0, self._tell)  # see CommandTask.finished

    def _tell(self) -> None:
        self.ended.emit(self._path, self._error)


def _pixels(length: float, pixel: float) -> int:
    # A hair below the next whole number is rounding, not another pixel.
    return max(1, int(length / pixel + 1 - 1e-6))


def _ground_metres_per_unit(layer: QgsRasterLayer, centre: QgsPointXY) -> float:
    """Return the metres that one unit of the layer's CRS spans at a point: the mean of east and north."""
    measure = QgsDistanceArea()
    measure.setSourceCrs(layer.crs(), QgsProject.instance().transformContext())
    measure.setEllipsoid(layer.crs().ellipsoidAcronym() or "WGS84")
    step = 1e-3 if layer.crs().isGeographic() else 100.0
    east = measure.measureLine(centre, QgsPointXY(centre.x() + step, centre.y()))
    north = measure.measureLine(centre, QgsPointXY(centre.x(), centre.y() + step))
    metres = (east * north) ** 0.5 / step
    if not 0 < metres < 1e9:
        raise JobRefused(tr("The ground resolution cannot be measured in layer “{name}”.").format(name=layer.name()))
    # In UTM and its like a metre of the map is a metre on the ground: the user's round number stays round.
    return 1.0 if abs(metres - 1.0) < 0.01 else metres
