"""The window of models: what there is, what each card says, and how to get more."""

import html
import os
from typing import Dict, List, Optional

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt, QUrl, pyqtSignal
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QMessageBox,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ..base.help import add_help
from ..base.i18n import tr
from ..base.notes import Notes
from ..base.widgets import column_layout, theme_icon
from ..process.engine_finder import EngineFinder
from ..settings import PluginSettings
from .card import card_html
from .import_form import ModelImportDialog
from .info import list_methods
from .store import (
    IMPORTED,
    STARTER,
    SUFFIX,
    TRAINED,
    AddModelTask,
    ModelRefused,
    StoredModel,
    delete_model,
    list_models,
    models_folder,
)

SIZE_PX = (860, 600)
LIST_SHARE = (300, 560)
FINE_TUNE_ID = "uhr_landcover:finetune"


class ModelsDialog(QDialog):
    """Lists the models by origin and shows the card of the chosen one.

    Args:
        settings: What is remembered; looking for a file starts at the last results.
        engine: Knows the engine's interpreter.
        parent: Window it belongs to.

    Signals:
        chosen: (method, path) of the model to use; the path is empty for a starter.
        changed: There are other models than before.
    """

    chosen = pyqtSignal(str, str)
    changed = pyqtSignal()

    def __init__(self, settings: PluginSettings, engine: EngineFinder, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("UhrLandCoverModels")
        self.setWindowTitle(tr("Models"))
        self._settings = settings
        self._engine = engine
        self._tasks: List[AddModelTask] = []
        self.importer: Optional[ModelImportDialog] = None
        self.tuning: Optional[QDialog] = None
        self.tree = QTreeWidget()
        self.card = QTextBrowser()
        self.notes = Notes()
        self.use_button = _button("mActionStart.svg", tr("&Use"), tr("Classify with this model"))
        self.tune_button = _button(
            "mActionOptions.svg", tr("&Fine-tune…"), tr("Go on training this model on your own images")
        )
        self.folder_button = _button("mActionFileOpen.svg", tr("S&how in folder"), tr("Open the folder of this model"))
        self.delete_button = _button("mActionDeleteSelected.svg", tr("&Delete…"), tr("Delete the file of this model"))
        self.import_button = _button(
            "mActionAdd.svg", tr("&Import…"), tr("Convert a checkpoint that its authors published (GLNet, ISDNet)")
        )
        self.add_button = _button("mActionFileNew.svg", tr("&Add file…"), tr("Add a checkpoint of this plugin"))
        self._build()
        self.refresh()

    def refresh(self, select: str = "") -> None:
        """Read the models again; select one by its path, else keep the choice."""
        kept = select or (self.current().path if self.current() else "")
        self.tree.clear()
        groups: Dict[str, QTreeWidgetItem] = {}
        for model in list_models():
            if model.origin not in groups:
                groups[model.origin] = QTreeWidgetItem(self.tree, [_origin_title(model.origin)])
                groups[model.origin].setFlags(Qt.ItemFlag.ItemIsEnabled)
            item = QTreeWidgetItem(groups[model.origin], [model.title, _method_title(model)])
            item.setToolTip(0, html.escape(model.path))
            item.setData(0, Qt.ItemDataRole.UserRole, model)
            if model.path == kept or self.tree.currentItem() is None:
                self.tree.setCurrentItem(item)
        self.tree.expandAll()
        self._show_current()
        self.changed.emit()

    def current(self) -> Optional[StoredModel]:
        """Return the chosen model; None if there is none."""
        item = self.tree.currentItem()
        return item.data(0, Qt.ItemDataRole.UserRole) if item is not None else None

    def use_current(self) -> None:
        """Tell the form to take the chosen model, and close."""
        model = self.current()
        if model is not None and model.info is not None:
            self.chosen.emit(model.info.method, "" if model.origin == STARTER else model.path)
            self.accept()

    def add_file(self, path: str) -> None:
        """Copy a checkpoint into the models folder, in the background."""
        task = AddModelTask(path)
        task.ended.connect(self._on_added)
        self._tasks.append(task)  # the task manager does not keep Python's half of a task alive
        QgsApplication.taskManager().addTask(task)

    def delete_current(self, ask: bool = True) -> None:
        """Delete the chosen model, after asking."""
        model = self.current()
        if model is None or (ask and not self._confirmed(model)):
            return
        try:
            delete_model(model)
        except ModelRefused as error:
            self.notes.show_notes([("error", str(error))])
            return
        self.notes.show_notes([("info", tr("“{name}” was deleted.").format(name=model.title))])
        self.refresh()

    def open_import(self) -> ModelImportDialog:
        """Open the form that imports published checkpoints."""
        if self.importer is None:
            self.importer = ModelImportDialog(self._engine, self)
            self.importer.imported.connect(self.refresh)
        self.importer.show()
        self.importer.raise_()
        return self.importer

    def shut_down(self) -> None:
        """Let go of running tasks; called when the plugin is unloaded."""
        for task in self._tasks:
            task.ended.disconnect(self._on_added)
        self._tasks = []
        if self.importer is not None:
            self.importer.shut_down()

    def _on_added(self, path: str, error: str) -> None:
        self._tasks = [task for task in self._tasks if task is not self.sender()]
        self.notes.show_notes([("error", error)] if error else [])
        if path:
            self.refresh(path)

    def _show_current(self) -> None:
        model = self.current()
        info = model.info if model is not None else None
        self.use_button.setEnabled(info is not None)
        self.tune_button.setEnabled(info is not None)
        self.folder_button.setEnabled(model is not None)
        self.delete_button.setEnabled(model is not None and model.origin != STARTER)
        if info is not None:
            self.card.setHtml(card_html(info) + _file_line(model))
        elif model is not None:
            self.card.setHtml(
                f"<p>{html.escape(tr('This file has no readable model card: it is damaged or no checkpoint.'))}</p>"
                + _file_line(model)
            )
        else:
            self.card.setHtml(f"<p>{html.escape(tr('There are no models. Import or add one.'))}</p>")

    def _ask_for_file(self) -> None:
        filters = tr("Checkpoints") + f" (*{SUFFIX})"
        path, _ = QFileDialog.getOpenFileName(self, tr("Add a checkpoint"), self._settings.output_dir, filters)
        if path:
            self.add_file(path)

    def _confirmed(self, model: StoredModel) -> bool:
        box = QMessageBox(self)
        box.setIcon(QMessageBox.Icon.Question)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(tr("Delete model"))
        box.setText(tr("Delete “{name}”? Its file is removed from this computer.").format(name=model.title))
        box.setStandardButtons(QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No)
        box.setDefaultButton(QMessageBox.StandardButton.No)
        return box.exec() == QMessageBox.StandardButton.Yes

    def fine_tune(self, path: str = "") -> None:
        """Open the algorithm's dialog on a model, else on the chosen one; it lives on when this window is closed."""
        path = path or (self.current().path if self.current() else "")
        if not path:
            return
        import processing

        self.tuning = processing.createAlgorithmDialog(FINE_TUNE_ID, {"CHECKPOINT": path})
        if self.tuning is None:
            self.notes.show_notes([("error", tr("The toolbox does not offer “Fine-tune a checkpoint”."))])
            return
        self.tuning.algorithmFinished.connect(self._on_tuned)
        self.tuning.show()

    def _on_tuned(self, _successful: bool, _results: dict) -> None:
        self.refresh()

    def _show_folder(self) -> None:
        model = self.current()
        folder = os.path.dirname(model.path) if model is not None else models_folder()
        QDesktopServices.openUrl(QUrl.fromLocalFile(folder))

    def _build(self) -> None:
        self.tree.setHeaderLabels([tr("Model"), tr("Method")])
        header = self.tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.setAccessibleName(tr("Models on this computer"))
        self.card.setOpenLinks(False)  # a card is text of strangers: nothing in it is followed or fetched
        self.card.setAccessibleName(tr("Card of the chosen model"))
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tree)
        row = QHBoxLayout()
        for button in (self.import_button, self.add_button):
            row.addWidget(button)
        column.addLayout(row)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(left)
        splitter.addWidget(self.card)
        splitter.setSizes(list(LIST_SHARE))
        splitter.setChildrenCollapsible(False)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        add_help(buttons, self, "models")
        for button in (self.use_button, self.tune_button, self.folder_button, self.delete_button):
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        layout = column_layout(self)
        layout.addWidget(splitter, 1)
        layout.addWidget(self.notes)
        layout.addWidget(buttons)
        self.resize(*SIZE_PX)
        order = (self.tree, self.import_button, self.add_button, self.card, self.use_button, self.tune_button)
        for before, after in zip(order, order[1:]):  # noqa: B905, RUF007 - neither in Python 3.9
            self.setTabOrder(before, after)
        buttons.rejected.connect(self.reject)
        self.tree.currentItemChanged.connect(lambda _new, _old: self._show_current())
        self.tree.itemActivated.connect(lambda _item, _column: self.use_current())
        for button, act in (
            (self.use_button, self.use_current),
            (self.tune_button, self.fine_tune),
            (self.folder_button, self._show_folder),
            (self.delete_button, self.delete_current),
            (self.import_button, self.open_import),
            (self.add_button, self._ask_for_file),
        ):
            button.clicked.connect(lambda _checked=False, do=act: do())


def open_models(parent: Optional[QWidget], settings: PluginSettings, engine: EngineFinder) -> ModelsDialog:
    """Open the window of models; its `chosen` signal tells which one to use.

    Keep the answer, and call its `shut_down` when the plugin is unloaded.
    """
    dialog = ModelsDialog(settings, engine, parent)
    dialog.show()
    return dialog


def _button(icon: str, text: str, tip: str) -> QPushButton:
    button = QPushButton(theme_icon(icon), text)
    button.setToolTip(tip)
    button.setAutoDefault(False)
    return button


def _origin_title(origin: str) -> str:
    return {
        STARTER: tr("Starters, for trying out"),
        IMPORTED: tr("Imported"),
        TRAINED: tr("Trained or added by you"),
    }[origin]


def _method_title(model: StoredModel) -> str:
    titles = {info.key: info.title for info in list_methods()}
    return titles.get(model.info.method, "") if model.info is not None else ""


def _file_line(model: StoredModel) -> str:
    size = os.path.getsize(model.path) / 1e6 if os.path.isfile(model.path) else 0.0
    text = tr("File: {path} ({size} MB)").format(path=model.path, size=f"{size:.1f}")
    return f"<p><small>{html.escape(text)}</small></p>"
