"""Page of a run in progress: how far it is, its preview, Cancel, and the runs that wait."""

from typing import Sequence

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from ..base.buttons import Button, CheckBox, IconButton
from ..base.i18n import tr
from ..base.notes import Notes
from ..base.widgets import Heading, MutedLabel, WrappingLabel, bare_column, column_layout

CANCEL_HEIGHT_PX = 32


class RunningPage(QWidget):
    """What is shown while a run is under way.

    Signals:
        cancel_wanted: The user wants the run to stop.
        next_wanted: The user wants to prepare another run, which waits for this one.
        remove_wanted: Place in the queue of the run that shall not be done.
        preview_toggled: The user wants to see the growing map, or not.
    """

    cancel_wanted = pyqtSignal()
    next_wanted = pyqtSignal()
    remove_wanted = pyqtSignal(int)
    preview_toggled = pyqtSignal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.title = Heading()
        self.bar = QProgressBar()
        self.text = MutedLabel()
        self.notes = Notes()
        tip = tr("A preview layer with the tiles that are finished; it goes away by itself")
        self.preview = CheckBox(tr("Show the map as it grows"), tip)
        self.preview.setChecked(True)
        self.preview.toggled.connect(self.preview_toggled)
        self.cancel_button = Button(tr("Cancel"), tr("Stop the run; what is finished is kept"), "mActionStop.svg")
        self.cancel_button.setMinimumHeight(CANCEL_HEIGHT_PX)
        self.cancel_button.clicked.connect(self.cancel_wanted)
        self.next_button = Button(
            tr("Prepare another run…"),
            tr("Fill the form for a run that begins when this one has ended"),
            "mActionAdd.svg",
        )
        self.next_button.clicked.connect(self.next_wanted)
        self.waiting = QWidget()
        self._rows = bare_column(self.waiting)
        self._build()

    def show_start(self, title: str) -> None:
        """Show a run that begins."""
        self.title.setText(title)
        self.bar.setRange(0, 0)  # moves without a figure until the first one comes
        self.text.setText(tr("Starting the engine …"))
        self.notes.show_notes([])
        self.cancel_button.setEnabled(True)

    def show_progress(self, percent: float, text: str) -> None:
        """Show how far the run is."""
        self.bar.setRange(0, 1000)
        self.bar.setValue(round(10 * percent))
        self.bar.setFormat(f"{percent:.0f} %")
        self.text.setText(text)

    def show_warning(self, text: str) -> None:
        """Show a warning that came up, below those before."""
        self.notes.show_notes([*(("warning", each) for each in self.notes.texts), ("warning", text)])

    def show_stopping(self) -> None:
        """Show that the run was asked to stop."""
        self.cancel_button.setEnabled(False)
        self.text.setText(tr("Stopping …"))

    def show_waiting(self, titles: Sequence[str]) -> None:
        """Show the runs that wait, the next one first."""
        while self._rows.count():
            row = self._rows.takeAt(0).widget()
            row.hide()  # deletion waits for the event loop; until then it would be drawn over the new row
            row.deleteLater()
        if titles:
            self._rows.addWidget(Heading(tr("Waiting")))
        for place, title in enumerate(titles):
            self._rows.addWidget(self._row(place, title))
        self.waiting.setVisible(bool(titles))

    def remove_button(self, place: int) -> IconButton:
        """Return the button that takes a waiting run off the queue."""
        return self._rows.itemAt(place + 1).widget().findChild(IconButton)

    def _row(self, place: int, title: str) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(WrappingLabel(title), 1)
        button = IconButton("mActionDeleteSelected.svg", tr("Take this run off the queue"))
        button.clicked.connect(lambda _down=False: self.remove_wanted.emit(place))
        layout.addWidget(button)
        return row

    def _build(self) -> None:
        layout = column_layout(self)
        for widget in (self.title, self.bar, self.text, self.notes, self.preview):
            layout.addWidget(widget)
        layout.addSpacing(6)
        layout.addWidget(self.waiting)
        layout.addStretch(1)
        layout.addWidget(self.next_button)
        layout.addWidget(self.cancel_button)
        self.show_waiting(())
