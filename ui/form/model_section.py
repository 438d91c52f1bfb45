"""Model of a run, and the trade-off between its time and its memory."""

import os
from typing import Optional, Tuple

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QHBoxLayout, QWidget

from ..base.buttons import Button, IconButton, Switch
from ..base.i18n import tr
from ..base.notes import Note, Notes, Remedy
from ..base.numbers import number_text
from ..base.widgets import Heading, MutedLabel, bare_column, narrow
from ..model_store.card import short_notice
from ..model_store.info import ModelInfo, list_methods, read_model_info, starter_path
from ..model_store.store import STARTER, list_models

Choice = Tuple[str, str]
"""Method and path of a checkpoint; the path is empty for the starter of the method."""


class ModelSection(QWidget):
    """Which model, and at which trade-off.

    Signals:
        changed: Another model.
        preset_changed: Another trade-off; the map stays the same.
        card_wanted: The user wants to read the model card.
        models_wanted: The user wants to look after models.
    """

    changed = pyqtSignal()
    preset_changed = pyqtSignal()
    card_wanted = pyqtSignal()
    models_wanted = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.combo = narrow(QComboBox())
        self.combo.setToolTip(tr("Model that classifies the image"))
        self.combo.setAccessibleName(tr("Model"))
        self.card_button = IconButton("mActionPropertiesWidget.svg", tr("What this model is good for: its card"))
        self.card_button.clicked.connect(self.card_wanted)
        self.models_button = Button(tr("Models…"), tr("All models on this computer: use, import, fine-tune, delete"))
        self.models_button.clicked.connect(self.models_wanted)
        self.sentence = MutedLabel()
        self.notes = Notes()
        self.notes.remedy_wanted.connect(lambda _key: self.card_wanted.emit())
        self.presets = Switch(tr("Time and memory"), _presets())
        self.presets.choose("balanced")
        self._build()
        self.refresh()
        self.combo.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.presets.changed.connect(self.preset_changed)

    def method(self) -> str:
        """Return the key of the chosen model's method."""
        return self._choice()[0]

    def checkpoint(self) -> str:
        """Return the path of the chosen model; empty for a starter."""
        return self._choice()[1]

    def choose(self, method: str, checkpoint: str = "") -> None:
        """Choose a model; one that is not in the list is added to it."""
        if checkpoint and os.path.abspath(checkpoint) == os.path.abspath(starter_path(method)):
            checkpoint = ""
        index = self._find(method, checkpoint)
        if index < 0 and checkpoint:
            info = read_model_info(checkpoint)
            self._add(info.title if info else os.path.basename(checkpoint), (method, checkpoint))
            index = self.combo.count() - 1
        self.combo.setCurrentIndex(max(0, index))

    def refresh(self) -> None:
        """Read which models there are; the choice stays."""
        kept = self._choice() if self.combo.count() else ("isdnet", "")
        self.combo.blockSignals(True)
        self.combo.clear()
        for info in list_methods():
            self._add(tr("{method} (starter)").format(method=info.title), (info.key, ""))
        for model in list_models():
            if model.origin != STARTER and model.info is not None:
                self._add(model.title, (model.info.method, model.path))
        gone = kept[1] and not os.path.isfile(kept[1])
        self.choose(*(("isdnet", "") if gone else kept))
        self.combo.blockSignals(False)
        if gone:
            self.changed.emit()

    def show_model(self, model: Optional[ModelInfo]) -> None:
        """Show what the chosen model is; None if its file is not there or has no card."""
        self.card_button.setEnabled(model is not None)
        if model is None:
            self.sentence.hide()
            text = tr("This model is not there, or has no readable card. Choose another one.")
            self.notes.show_notes([("error", text)])
            return
        sentence = next((info.sentence for info in list_methods() if info.key == model.method), "")
        text = tr("{n} classes, made for {m} m per pixel. {sentence}")
        figures = {"n": len(model.class_names), "m": number_text(model.ground_resolution_m)}
        self.sentence.setText(text.format(sentence=sentence, **figures).strip())
        self.sentence.show()
        more = Remedy(
            "card", tr("More about it…"), tr("Classes, figures, training data, licence and limits of the model")
        )
        self.notes.show_notes([Note("warning", short_notice(model), (more,))])

    def _choice(self) -> Choice:
        return self.combo.currentData(Qt.ItemDataRole.UserRole)

    def _find(self, method: str, checkpoint: str) -> int:
        entries = [self.combo.itemData(index) for index in range(self.combo.count())]
        return entries.index((method, checkpoint)) if (method, checkpoint) in entries else -1

    def _add(self, title: str, choice: Choice) -> None:
        self.combo.addItem(title, choice)

    def _build(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.combo, 1)
        row.addWidget(self.card_button)
        row.addWidget(self.models_button)
        layout = bare_column(self)
        layout.addWidget(Heading(tr("Model")))
        layout.addLayout(row)
        layout.addWidget(self.sentence)
        layout.addWidget(self.notes)
        layout.addWidget(self.presets)


def _presets() -> Tuple[Tuple[str, str, str], ...]:
    return (
        ("speed", tr("Fast"), tr("Uses the memory that is free to finish sooner. The map is the same.")),
        ("balanced", tr("Balanced"), tr("Leaves room for other programs. The map is the same.")),
        ("memory", tr("Low memory"), tr("Takes the least memory, and more time. The map is the same.")),
    )
