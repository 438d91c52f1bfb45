"""The form that makes an environment: with which Python, for which device, where, from where."""

import os
from typing import List, Optional

from qgis.gui import QgsCollapsibleGroupBox, QgsFileWidget
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtGui import QFontDatabase
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QFileDialog,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QToolButton,
)

from ..base.i18n import tr
from ..base.notes import Notes
from ..base.widgets import MutedLabel, WrappingLabel, column_layout, form_layout, theme_icon
from ..process.environment import MINIMUM_PYTHON
from .install_plan import DISK_NEED_GB, DOWNLOAD_GB, InstallChoice, default_folder, free_space
from .install_task import BasePython, best_first
from .set_up_advice import set_up_commands
from .torch_build import TorchBuild, build_named

OUTPUT_LINES = 7


class InstallForm(QGroupBox):
    """The form that makes an environment: with which Python, for which device, where, from where.

    Signals:
        changed: The choice is another one.
        base_named: The user named a Python to make the environment with.
    """

    changed = pyqtSignal()
    base_named = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__(tr("Make an environment"))
        self._suggested: Optional[TorchBuild] = None
        self._is_running = False
        self.base = QComboBox()
        self.base.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.base.setMinimumContentsLength(24)
        self.base.setToolTip(tr("Makes the environment; it stays as it is, and so does QGIS's own Python"))
        self.browse = QToolButton()
        self.browse.setText("…")
        self.browse.setToolTip(tr("Name another Python"))
        self.device = QComboBox()
        self.device.setToolTip(tr("The CPU build is small and runs everywhere; the GPU build needs an NVIDIA driver"))
        self.folder = QgsFileWidget()
        self.folder.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        self.folder.setFilePath(default_folder())
        self.folder.setToolTip(tr("A new or an empty folder; deleting it removes the environment"))
        self.wheels = QgsFileWidget()
        self.wheels.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        self.wheels.lineEdit().setPlaceholderText(tr("Download from the network"))
        self.wheels.setToolTip(tr("Without network: a folder with the wheels of all packages for this system"))
        self.size_line = MutedLabel()
        self.notes = Notes()
        self.progress = QProgressBar()
        self.step_line = MutedLabel()
        self.output = QPlainTextEdit()
        self.make_button = QPushButton(tr("Make environment"))
        self.make_button.setToolTip(tr("Goes on where it stopped if it was interrupted"))
        self.make_button.setDefault(True)  # what this window is for; Enter does it
        self.cancel_button = QPushButton(theme_icon("mActionStop.svg"), tr("Cancel"))
        self.cancel_button.setToolTip(tr("Stop; what is there already is kept for the next try"))
        self.commands = QPlainTextEdit()
        self._build()
        for combo in (self.base, self.device):
            combo.currentIndexChanged.connect(lambda _index: self._on_changed())
        for widget in (self.folder, self.wheels):
            widget.fileChanged.connect(lambda _path: self._on_changed())
        self.browse.clicked.connect(self._ask_base)
        self.show_running(False)
        self._on_changed()

    def offer(self, pythons: List[BasePython], build: TorchBuild) -> None:
        """Offer the Pythons found and the torch builds; the suggested one first."""
        self._suggested = build
        self.base.blockSignals(True)
        self.device.blockSignals(True)
        self.base.clear()
        offered = best_first(pythons)
        for python in offered:
            version = ".".join(map(str, python.version))
            self.base.addItem(tr("Python {version}, {path}").format(version=version, path=python.path), python)
        self.device.clear()
        for kind, title in self._devices(build):
            self.device.addItem(title, kind)
        self.base.blockSignals(False)
        self.device.blockSignals(False)
        if not offered:
            needed = ".".join(map(str, MINIMUM_PYTHON))
            text = tr(
                "No Python {needed} or newer was found. Install one (from your system's packages, or from python.org), "
                "or name one with “…”."
            )
            self.notes.show_notes([("warning", text.format(needed=needed))])
        self._on_changed()

    def build(self) -> Optional[TorchBuild]:
        """Return the chosen torch build; None before the driver was asked."""
        if self._suggested is None or self.device.currentData() in (None, self._suggested.kind):
            return self._suggested
        return build_named(self.device.currentData())

    def folder_text(self) -> str:
        """Return the folder as typed, with ~ resolved."""
        return os.path.expanduser(self.folder.filePath().strip())

    def choice(self) -> Optional[InstallChoice]:
        """Return what the form describes; None where something is missing."""
        python, build = self.base.currentData(), self.build()
        if python is None or build is None or python.problem:
            return None
        wheels = os.path.expanduser(self.wheels.filePath().strip())
        return InstallChoice(python.path, self.folder_text(), build, wheels)

    def show_problem(self, problem: str) -> None:
        """Show why the environment cannot be made like this; an empty text if it can."""
        python = self.base.currentData()
        problem = problem or (python.problem if python is not None else "")
        if python is not None:
            self.notes.show_notes([("warning", problem)])
        self.make_button.setEnabled(not problem and self.choice() is not None)

    def show_running(self, running: bool) -> None:
        """Switch between the form and the work."""
        self._is_running = running
        for widget in (self.base, self.browse, self.device, self.folder, self.wheels):
            widget.setEnabled(not running)
        self.make_button.setVisible(not running)
        for widget in (self.cancel_button, self.progress, self.step_line):
            widget.setVisible(running)
        self.cancel_button.setEnabled(running)
        self.progress.setRange(0, 0)
        if running:
            self.notes.show_notes([])
            self.output.clear()
            self.output.setVisible(True)
            self.step_line.setText(tr("Starting …"))

    def show_step(self, number: int, count: int, title: str) -> None:
        """Show which step is on."""
        self.step_line.setText(tr("Step {number} of {count}: {title}").format(number=number, count=count, title=title))

    def show_output(self, text: str) -> None:
        """Add lines of pip's output."""
        self.output.appendPlainText(text)

    def show_failure(self, problem: str) -> None:
        """Show what failed."""
        self.notes.show_notes([("error", problem)])

    def show_made(self, folder: str) -> None:
        """Show that the environment is there."""
        self.notes.show_notes(
            [("info", tr("The environment is in {folder} and is used from now on.").format(folder=folder))]
        )

    def _on_changed(self) -> None:
        build = self.build()
        self.make_button.setEnabled(self.choice() is not None)
        if build is None:
            self.size_line.setText(tr("Looking for Pythons and a GPU …"))
            return
        free = free_space(self.folder_text()) / 1e9 if os.path.isabs(self.folder_text()) else 0.0
        text = tr("Downloads about {download} GB and takes about {need} GB of disk; {free} GB are free there.")
        sizes = {
            "download": f"{DOWNLOAD_GB[build.kind]:g}",
            "need": f"{DISK_NEED_GB[build.kind]:g}",
            "free": f"{free:.0f}",
        }
        self.size_line.setText(f"{text.format(**sizes)} {_reason(build)}")
        self.commands.setPlainText(set_up_commands(build))
        self.changed.emit()

    def _devices(self, build: TorchBuild) -> List[tuple]:
        if build.kind == "mps":
            return [("mps", tr("CPU and Apple GPU"))]
        titles = {"cpu": tr("CPU"), "cuda": tr("NVIDIA GPU (CUDA)")}
        first = (build.kind, tr("{title}, suits this computer").format(title=titles[build.kind]))
        return [first, *((kind, title) for kind, title in titles.items() if kind != build.kind)]

    def _ask_base(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, tr("Python that makes the environment"))
        if path:
            self.base_named.emit(path)

    def _build(self) -> None:
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        for box in (self.output, self.commands):
            box.setReadOnly(True)
            box.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
            box.setFont(fixed)
            box.setTabChangesFocus(True)
        self.output.setToolTip(tr("What pip says"))
        self.output.setFixedHeight(self.output.fontMetrics().height() * OUTPUT_LINES)
        self.output.hide()
        self.commands.setToolTip(tr("The same steps as commands for a terminal"))
        self.commands.setFixedHeight(self.commands.fontMetrics().height() * OUTPUT_LINES)
        intro = WrappingLabel(
            tr(
                "The engine needs a Python environment of its own, with PyTorch and the libraries for rasters. It is "
                "made in one folder; neither QGIS nor its Python is changed."
            )
        )
        base_row = QHBoxLayout()
        base_row.addWidget(self.base, 1)
        base_row.addWidget(self.browse)
        form = form_layout()
        form.addRow(_label(tr("&Made with"), self.base), base_row)
        form.addRow(_label(tr("Computes &on"), self.device), self.device)
        form.addRow(_label(tr("&Folder"), self.folder.lineEdit()), self.folder)
        form.addRow(_label(tr("&Wheels from"), self.wheels.lineEdit()), self.wheels)
        buttons = QHBoxLayout()
        buttons.addWidget(self.make_button)
        buttons.addWidget(self.cancel_button)
        buttons.addStretch(1)
        layout = column_layout(self)
        layout.addWidget(intro)
        layout.addLayout(form)
        for widget in (self.size_line, self.notes, self.step_line, self.progress, self.output):
            layout.addWidget(widget)
        layout.addLayout(buttons)
        by_hand = QgsCollapsibleGroupBox(tr("By hand"))
        by_hand.setCollapsed(True)
        column_layout(by_hand).addWidget(self.commands)
        layout.addWidget(by_hand)


def _reason(build: TorchBuild) -> str:
    """Return why a build is suggested; what the driver says itself stays as it is."""
    if build.kind == "cuda":
        return tr("The GPU build needs an NVIDIA GPU with a fitting driver.")
    if build.reason.startswith("No NVIDIA driver"):
        return tr("No NVIDIA driver was found, so the engine computes on the CPU.")
    return build.reason if build.kind == "cpu" and "NVIDIA" in build.reason else ""


def _label(text: str, buddy) -> QLabel:
    label = QLabel(text)
    label.setBuddy(buddy)
    return label
