"""Image of a run: the raster layer, what was found in it, and what to do where it does not suit the model."""

from typing import Optional

from qgis.core import QgsMapLayerProxyModel, QgsRasterLayer
from qgis.gui import QgsMapLayerComboBox
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QWidget

from ..base.buttons import IconButton
from ..base.i18n import tr
from ..base.notes import Notes
from ..base.widgets import Heading, MutedLabel, bare_column, narrow
from ..image.raster_facts import InputCard


class ImageSection(QWidget):
    """Which raster.

    Signals:
        file_wanted: The user wants to open an image file.
        remedy_wanted: Key of what the user wants to be done about the image (see raster_facts).
    """

    file_wanted = pyqtSignal()
    remedy_wanted = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self.layer_combo = QgsMapLayerComboBox()
        self.layer_combo.setFilters(QgsMapLayerProxyModel.Filter.RasterLayer)
        self.layer_combo.setToolTip(tr("Raster layer to classify"))
        self.layer_combo.setAccessibleName(tr("Image"))
        self.open_button = IconButton("mActionFileOpen.svg", tr("Open an image file that is not in the project"))
        self.open_button.clicked.connect(self.file_wanted)
        self.summary = MutedLabel()
        self.notes = Notes()
        self.notes.remedy_wanted.connect(self.remedy_wanted)
        self._busy_text = ""
        self._card = InputCard()
        row = QHBoxLayout()
        row.addWidget(narrow(self.layer_combo), 1)
        row.addWidget(self.open_button)
        layout = bare_column(self)
        layout.addWidget(Heading(tr("Image")))
        layout.addLayout(row)
        layout.addWidget(self.summary)
        layout.addWidget(self.notes)

    def current_layer(self) -> Optional[QgsRasterLayer]:
        """Return the chosen raster layer; None if there is none."""
        layer = self.layer_combo.currentLayer()
        return layer if isinstance(layer, QgsRasterLayer) else None

    def show_card(self, card: InputCard) -> None:
        """Show what was found in the chosen layer, and what can be done about it."""
        self._card = card
        self.summary.setText(card.summary)
        self.summary.setVisible(bool(card.summary))
        self.notes.show_notes(card.notes)
        if self._busy_text:
            self.show_busy(self._busy_text)

    def show_busy(self, text: str) -> None:
        """Show that an image is being made; an empty text shows that it is no more."""
        self._busy_text = text
        if not text:
            self.notes.show_notes(self._card.notes)
        for button in self.notes.buttons():
            if button.objectName() in ("sample", "render"):
                button.setEnabled(not text)
                button.setText(text or button.text())
