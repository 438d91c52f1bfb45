"""The part of the form about the engine: which Python runs it, and whether it can."""

from typing import Optional

from qgis.gui import QgsCollapsibleGroupBox, QgsFileWidget
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QVBoxLayout, QWidget

from ..base.buttons import Button
from ..base.i18n import tr
from ..base.notes import Notes
from ..base.widgets import MutedLabel, column_layout, form_layout
from ..process.environment import EngineStatus
from ..settings import PluginSettings
from .environment_dialog import EnvironmentDialog


class EngineSection(QgsCollapsibleGroupBox):
    """Which Python runs the engine, and whether it can."""

    interpreter_chosen = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__(tr("Engine"))
        self.setCollapsed(True)
        self.setScrollOnExpand(False)  # it unfolds by itself; what the user looks at stays where it is
        self.notes = Notes()
        self.status = MutedLabel(tr("Looking for the engine …"))
        self.test_line = MutedLabel()
        self.test_line.hide()
        self.page: Optional[EnvironmentDialog] = None
        tip = tr("Shows what the engine runs on, and makes its environment")
        self.page_button = Button(tr("Set up and details …"), tip, "mActionOptions.svg")
        self.page_button.clicked.connect(self.open_page)
        self.interpreter = QgsFileWidget()
        self.interpreter.setDialogTitle(tr("Python of the engine"))
        self.interpreter.lineEdit().setPlaceholderText(tr("Found by itself"))
        self.interpreter.setToolTip(tr("An existing Python for the engine; leave it empty to have one found"))
        self.check_button = Button(tr("Check again"), tr("Ask the Python again and let the engine test itself"))
        self.check_button.clicked.connect(self._chosen)
        self.interpreter.fileChanged.connect(lambda _path: self._chosen())
        # One child holds everything: a folded box hides its children, and a child that is shown
        # meanwhile would lie over the title.
        body = QWidget()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(body)
        layout = column_layout(body)
        layout.addWidget(self.notes)
        layout.addWidget(self.status)
        layout.addWidget(self.test_line)
        layout.addWidget(self.page_button)
        form = form_layout()
        form.addRow(tr("Python"), self.interpreter)
        layout.addLayout(form)
        layout.addWidget(self.check_button)

    def show_status(self, status: EngineStatus, finding: str) -> None:
        """Show whether the engine is ready, or what is missing."""
        found = status.interpreter.path if status.interpreter else ""
        if status.is_ready:
            version = ".".join(str(v) for v in status.python)
            self.status.setText(tr("Ready: Python {version}, {path}").format(version=version, path=found))
        self.status.setVisible(status.is_ready)
        self.test_line.setVisible(status.is_ready)
        self.test_line.setText(tr("Testing …"))
        self.notes.show_notes([] if status.is_ready else [("warning", finding)])

    def show_test(self, devices: str) -> None:
        """Show that the engine's test of itself went well, and what it can run on."""
        self.test_line.setText(tr("Test passed. Devices: {devices}").format(devices=devices))

    def show_test_failure(self, text: str) -> None:
        """Show that the engine's test of itself failed; a run may still be tried."""
        self.test_line.hide()
        self.notes.show_notes([("warning", text)])
        self.setCollapsed(False)

    def open_page(self) -> None:
        """Open the window that shows and makes the engine's environment."""
        if self.page is None:
            # Ours, so that it goes when the panel goes, whatever it is doing.
            self.page = EnvironmentDialog(PluginSettings(), self)
            self.page.interpreter_chosen.connect(self._use)
        self.page.show()
        self.page.raise_()

    def _use(self, path: str) -> None:
        self.interpreter.blockSignals(True)
        self.interpreter.setFilePath(path)
        self.interpreter.blockSignals(False)
        self.interpreter_chosen.emit(path)

    def _chosen(self) -> None:
        self.interpreter_chosen.emit(self.interpreter.filePath().strip())
