"""The form that converts a checkpoint its authors published into one of ours."""

import os
import shutil
import tempfile
from typing import List, Optional

from qgis.core import QgsApplication
from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QLineEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from ...engine.contract import events
from ..base import messages
from ..base.i18n import tr
from ..base.notes import Notes
from ..base.widgets import column_layout, form_layout
from ..process.engine_client import EngineClient
from ..process.engine_finder import EngineFinder
from ..process.task import CommandTask
from .store import free_path, models_folder

WIDTH_PX = 520
STOP_WAIT_MS = 5_000
GLNET_PAGE = "https://github.com/VITA-Group/GLNet"
GLNET_CODE_PAGE = "https://github.com/chenwydj/ultra_high_resolution_segmentation"
ISDNET_PAGE = "https://github.com/cedricgsh/ISDNet"

BOTH, TO_LOCAL, GLOBAL = "global_and_local", "global_to_local", "global"
_MAIN_FILE = {
    BOTH: "fpn_deepglobe_local2global.pth",
    TO_LOCAL: "fpn_deepglobe_global2local.pth",
    GLOBAL: "fpn_deepglobe_global.pth",
}
"""GLNet's inference path → the file of its last stage, as its authors call it."""


class ModelImportDialog(QDialog):
    """Asks for the downloaded files and has the engine convert them.

    Args:
        engine: Knows the engine's interpreter.
        parent: Window it belongs to.

    Signals:
        imported: Path of the new model.
    """

    imported = pyqtSignal(str)

    def __init__(self, engine: EngineFinder, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("UhrLandCoverModelImport")
        self.setWindowTitle(tr("Import a published checkpoint"))
        self._engine = engine
        self._task: Optional[CommandTask] = None
        self._target = ""
        self._work = ""
        self.method = QComboBox()
        self.guide = _guide_label()
        self.path = QComboBox()
        self.file = _file_widget(tr("The downloaded file (.pth)"))
        self.global_file = _file_widget(tr("The downloaded file of the global stage (.pth)"))
        self.name = QLineEdit()
        self.notes = Notes()
        self.bar = QProgressBar()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.start_button = self.buttons.addButton(tr("Import"), QDialogButtonBox.ButtonRole.ActionRole)
        self.start_button.setToolTip(tr("Convert the files and add the model"))
        self._build()
        self.resize(WIDTH_PX, self.sizeHint().height())

    @property
    def is_running(self) -> bool:
        """True while the engine converts."""
        return self._task is not None

    def start(self) -> None:
        """Convert what the form names."""
        client, missing = self._client(), self._missing()
        if client is None or missing:
            self.notes.show_notes([("error", missing or self._engine.help_text())])
            return
        self._target = free_path(self.name.text().strip() or self._suggested_name())
        # In a folder of its own: an import that is ended hard leaves nothing in the list of models.
        self._work = tempfile.mkdtemp(prefix=".import-", dir=models_folder())
        self._task = CommandTask(tr("Import a published checkpoint"), self._arguments(), client)
        self._task.ended.connect(self._on_end)
        self._show_running(True)
        QgsApplication.taskManager().addTask(self._task)

    def reject(self) -> None:
        """Stop what is running, else close."""
        if self._task is not None:
            self._task.cancel()
            return
        super().reject()

    def shut_down(self) -> None:
        """Let go of a running import; called when the plugin is unloaded."""
        task, self._task = self._task, None
        if task is not None:
            task.ended.disconnect(self._on_end)
            task.stop_now()
            task.cancel()
            task.waitForFinished(STOP_WAIT_MS)
            shutil.rmtree(self._work, ignore_errors=True)

    def _client(self) -> Optional[EngineClient]:
        if self._engine.interpreter is None:
            self._engine.find()
        interpreter = self._engine.interpreter
        return None if interpreter is None else EngineClient(interpreter.path, self._engine.environ())

    def _missing(self) -> str:
        """Return what the form lacks, as a sentence."""
        for widget in (self.file, self.global_file):
            path = widget.filePath().strip()
            if widget is self.global_file and not self._needs_global_file():
                continue
            if not path:
                return tr("A file is missing. The guide above says where its authors offer it.")
            if not os.path.isfile(path):
                return tr("There is no file '{path}'.").format(path=path)
        return ""

    def _arguments(self) -> List[str]:
        method = self.method.currentData()
        arguments = ["import-checkpoint", self.file.filePath().strip(), "--method", method, "--out", self._made()]
        if method == "glnet":
            arguments += ["--path", self.path.currentData()]
        if self._needs_global_file():
            arguments += ["--global-file", self.global_file.filePath().strip()]
        return arguments

    def _made(self) -> str:
        """Return where the engine writes."""
        return os.path.join(self._work, os.path.basename(self._target))

    def _needs_global_file(self) -> bool:
        return self.method.currentData() == "glnet" and self.path.currentData() == BOTH

    def _suggested_name(self) -> str:
        return f"{self.method.currentData()}-deepglobe"

    def _on_end(self, outcome: object) -> None:
        self._task = None
        self._show_running(False)
        if isinstance(outcome, events.Result):
            outcome = self._keep()
        shutil.rmtree(self._work, ignore_errors=True)
        if isinstance(outcome, events.Failure):
            message = messages.explain(outcome)
            self.notes.show_notes([("error" if message.is_error else "info", message.full_text)])
            return
        self.notes.show_notes([("info", tr("Imported as '{path}'.").format(path=self._target))])
        self.imported.emit(self._target)

    def _keep(self) -> Optional[events.Failure]:
        """Move the finished model to the others; return what hindered it."""
        try:
            os.replace(self._made(), self._target)
        except OSError as error:
            text = tr("'{path}' cannot be written: {reason}.").format(path=self._target, reason=error.strerror)
            return events.Failure(events.ErrorCode.OUTPUT_NOT_WRITABLE, text)
        return None

    def _show_running(self, running: bool) -> None:
        self.bar.setVisible(running)
        if running:
            self.notes.show_notes([])
        for widget in (self.method, self.path, self.file, self.global_file, self.name, self.start_button):
            widget.setEnabled(not running)
        close = self.buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setText(tr("Cancel") if running else tr("Close"))

    def _build(self) -> None:
        self.method.addItem("GLNet", "glnet")
        self.method.addItem("ISDNet", "isdnet")
        self.method.setToolTip(tr("Which network the files belong to; of PPN none were published"))
        self.path.addItem(tr("Both directions (two files, the most thorough)"), BOTH)
        self.path.addItem(tr("Global to local (one file)"), TO_LOCAL)
        self.path.addItem(tr("Global branch alone (one file, the fastest)"), GLOBAL)
        self.path.setToolTip(tr("Which of GLNet's three stages to make"))
        self.name.setToolTip(tr("Name of the file in the folder of models"))
        self.bar.setRange(0, 0)
        self.bar.hide()
        form = form_layout()
        form.addRow(tr("&Network"), self.method)
        self.path_label = QLabel(tr("&Stage"))
        self.path_label.setBuddy(self.path)
        form.addRow(self.path_label, self.path)
        form.addRow(tr("&File"), self.file)
        self.global_label = QLabel(tr("&Global stage"))
        self.global_label.setBuddy(self.global_file)
        form.addRow(self.global_label, self.global_file)
        form.addRow(tr("N&ame"), self.name)
        layout: QVBoxLayout = column_layout(self)
        layout.addWidget(self.guide)
        layout.addLayout(form)
        layout.addWidget(self.notes)
        layout.addWidget(self.bar)
        layout.addStretch(1)
        layout.addWidget(self.buttons)
        self.start_button.setDefault(True)
        self.start_button.clicked.connect(self.start)
        self.buttons.rejected.connect(self.reject)
        self.method.currentIndexChanged.connect(self._choice_changed)
        self.path.currentIndexChanged.connect(self._choice_changed)
        self._choice_changed()

    def _choice_changed(self) -> None:
        is_glnet = self.method.currentData() == "glnet"
        for widget in (self.path_label, self.path):
            widget.setVisible(is_glnet)
        for widget in (self.global_label, self.global_file):
            widget.setVisible(self._needs_global_file())
        self.name.setPlaceholderText(self._suggested_name())
        self.guide.setText(_glnet_guide(self.path.currentData()) if is_glnet else _isdnet_guide())


def _guide_label() -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.RichText)
    label.setWordWrap(True)
    label.setOpenExternalLinks(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
    return label


def _file_widget(tip: str) -> QgsFileWidget:
    widget = QgsFileWidget()
    widget.setFilter(tr("Published checkpoints") + " (*.pth *.pt *.tar);;" + tr("All files") + " (*)")
    widget.setDialogTitle(tip)
    widget.setToolTip(tip)
    widget.lineEdit().setToolTip(tip)
    return widget


def _glnet_guide(path: str) -> str:
    files = [_MAIN_FILE[path], *([_MAIN_FILE[GLOBAL]] if path == BOTH else [])]
    where = tr(
        "GLNet's authors link their files from the README of {code} (the same as {page}). Download {files}, then name "
        "them here."
    ).format(code=_link(GLNET_CODE_PAGE), page=_link(GLNET_PAGE), files=", ".join(f"<b>{name}</b>" for name in files))
    return f"<p>{where}</p><p>{_terms()}</p>"


def _isdnet_guide() -> str:
    where = tr(
        "ISDNet's authors link their DeepGlobe file from the README of {page}. Download it, then name it here."
    ).format(page=_link(ISDNET_PAGE))
    return f"<p>{where}</p><p>{_terms()}</p>"


def _terms() -> str:
    return tr(
        "The files were trained on DeepGlobe, whose data are for research only: mind that, and the authors' licence. "
        "They are opened as data; nothing in them is run."
    )


def _link(address: str) -> str:
    return f'<a href="{address}">{address.split("//")[1]}</a>'
