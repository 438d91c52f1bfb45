"""Ways to an image that can be classified: open a file, take the sample, make a file of a service's layer."""

import os
from typing import Callable, Optional

from qgis.core import QgsProviderRegistry, QgsRasterLayer
from qgis.gui import QgsProjectionSelectionDialog
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtWidgets import QFileDialog

from ...engine.contract import events
from ..base.i18n import tr
from ..dock import LandCoverDock
from ..form.job_builder import JobRefused
from ..model_store.info import model_in_use
from .render_layer import LayerRenderer
from .sample import place_sample

DEFAULT_RESOLUTION_M = 0.5
"""Of a layer that is rendered while no model is chosen."""


class ImageSources(QObject):
    """Adds images to the project and chooses them in the dock.

    Args:
        iface: QGIS's interface.
        dock: The panel.
        fail: Tells why there is no image.
    """

    def __init__(self, iface, dock: LandCoverDock, fail: Callable[[events.Failure], None]) -> None:
        super().__init__()
        self._iface = iface
        self._dock = dock
        self._fail = fail
        self.renderer = LayerRenderer(iface.mapCanvas(), dock.form.area)
        dock.form.image.file_wanted.connect(self.open_file)
        dock.form.image.remedy_wanted.connect(self.remedy)
        self.renderer.ended.connect(self._on_rendered)

    def remedy(self, key: str) -> None:
        """Do what a note about the image offers, where it leads to another image; other keys are for others."""
        ways = {"open": self.open_file, "sample": self.take_sample, "render": self.render, "crs": self.set_crs}
        if key in ways:
            ways[key]()

    def set_crs(self) -> None:
        """Ask for the CRS of the chosen layer, which has none."""
        layer, dialog = self._dock.form.current_layer(), QgsProjectionSelectionDialog(self._dock)
        if layer is not None and dialog.exec():
            layer.setCrs(dialog.crs())
            self._dock.form.layer_changed.emit()

    def add(self, path: str) -> Optional[QgsRasterLayer]:
        """Add an image to the project; None if it cannot be opened."""
        return self._iface.addRasterLayer(path, os.path.splitext(os.path.basename(path))[0])

    def open_file(self) -> None:
        """Ask for a file, add it and choose it."""
        filters = QgsProviderRegistry.instance().fileRasterFilters()
        path, _ = QFileDialog.getOpenFileName(self._dock, tr("Image to classify"), "", filters)
        if path:
            self._add_and_choose(path)

    def take_sample(self) -> None:
        """Put the sample landscape below the folder of the results, add it and choose it."""
        try:
            path = place_sample(os.path.join(self._folder(), "sample"))
        except OSError as error:
            self._fail(not_writable(error))
        else:
            self._add_and_choose(path)

    def render(self) -> None:
        """Make a file of a part of the chosen layer, add it and choose it."""
        model = model_in_use(self._dock.form.model.method(), self._dock.form.model.checkpoint())
        resolution_m = model.ground_resolution_m if model else DEFAULT_RESOLUTION_M
        try:
            self.renderer.render(self._dock.form.current_layer(), resolution_m, self._folder())
        except JobRefused as error:
            self._fail(events.Failure(events.ErrorCode.JOB_INVALID, str(error)))
        except OSError as error:
            self._fail(not_writable(error))
        self._dock.form.image.show_busy(tr("Rendering …") if self.renderer.is_running else "")

    def shut_down(self) -> None:
        """Stop what is being made."""
        self.renderer.shut_down()

    def _folder(self) -> str:
        return os.path.abspath(os.path.expanduser(self._dock.form.folder_path()))

    def _add_and_choose(self, path: str) -> None:
        layer = self.add(path)
        if layer is not None and layer.isValid():
            self._dock.form.image.layer_combo.setLayer(layer)

    def _on_rendered(self, path: str, error: str) -> None:
        self._dock.form.image.show_busy("")
        if error:
            self._fail(events.Failure(events.ErrorCode.RASTER_UNREADABLE, error))
        else:
            self._add_and_choose(path)


def not_writable(error: OSError) -> events.Failure:
    """Return the failure for a file or folder that cannot be written."""
    return events.Failure(events.ErrorCode.OUTPUT_NOT_WRITABLE, f"{error.filename}: {error.strerror}")
