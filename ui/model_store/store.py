"""Where models are: the starters that ship, and the user's own in a folder of the QGIS profile. No widgets."""

import os
import re
import shutil
from dataclasses import dataclass
from typing import Optional, Tuple

from qgis.core import QgsApplication, QgsTask
from qgis.PyQt.QtCore import QTimer, pyqtSignal

from ..base.i18n import tr
from ..base.messages import task_title
from .info import ModelInfo, list_methods, read_model_info, starter_path

SUFFIX = ".safetensors"
STARTER, IMPORTED, TRAINED = "starter", "imported", "trained"


class ModelRefused(Exception):
    """A file cannot be added or taken away; the message is a sentence for the user."""


@dataclass(frozen=True)
class StoredModel:
    """A checkpoint on this computer.

    Attributes:
        path: The file.
        origin: STARTER, IMPORTED or TRAINED.
        info: What its card says; None if there is no readable card.
    """

    path: str
    origin: str
    info: Optional[ModelInfo]

    @property
    def title(self) -> str:
        """Name for people; that of the file where there is no card."""
        return self.info.title if self.info and self.info.title else os.path.basename(self.path)


def models_folder() -> str:
    """Return the folder of the user's own models; it may not be there yet."""
    return os.path.join(QgsApplication.qgisSettingsDirPath(), "uhr_landcover", "models")


def list_models() -> Tuple[StoredModel, ...]:
    """Return the starters that are installed, then the user's own models by file name."""
    starters = (starter_path(info.key) for info in list_methods())
    found = [StoredModel(path, STARTER, read_model_info(path)) for path in starters if os.path.isfile(path)]
    folder = models_folder()
    names = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
    for name in names:
        path = os.path.join(folder, name)
        if name.endswith(SUFFIX) and not name.startswith(".") and os.path.isfile(path):
            info = read_model_info(path)
            found.append(StoredModel(path, IMPORTED if info and info.imported_from else TRAINED, info))
    return tuple(found)


def free_path(name: str) -> str:
    """Return a path in the models folder under which nothing lies, from a name for people; makes the folder."""
    os.makedirs(models_folder(), exist_ok=True)
    stem = re.sub(r"[^\w.-]+", "_", name).strip("._")[:80] or "model"
    stem = stem[: -len(SUFFIX)] if stem.endswith(SUFFIX) else stem
    number, path = 1, os.path.join(models_folder(), stem + SUFFIX)
    while os.path.exists(path):
        number += 1
        path = os.path.join(models_folder(), f"{stem}_{number}{SUFFIX}")
    return path


def add_model(source: str) -> str:
    """Copy a checkpoint into the models folder; return the copy. It may be large: call it off the main thread.

    Raises:
        ModelRefused: If the file is no checkpoint with a card, or cannot be copied.
    """
    if os.path.dirname(os.path.abspath(source)) == os.path.abspath(models_folder()):
        return os.path.abspath(source)
    if read_model_info(source) is None:
        raise ModelRefused(
            tr(
                "'{path}' is no checkpoint of this plugin: it has no model card. Choose a .safetensors file that was "
                "trained or imported here; a public .pth file is imported instead."
            ).format(path=source)
        )
    target = free_path(os.path.basename(source))
    temporary = os.path.join(os.path.dirname(target), f".{os.path.basename(target)}.part")
    try:
        shutil.copyfile(source, temporary)
        os.replace(temporary, target)
    except OSError as error:
        if os.path.exists(temporary):
            os.remove(temporary)
        raise ModelRefused(
            tr("'{path}' cannot be copied to the models: {reason}.").format(path=source, reason=error.strerror)
        ) from error
    return target


def delete_model(model: StoredModel) -> None:
    """Delete one of the user's own models.

    Raises:
        ModelRefused: If it ships with the plugin, is not in the models folder, or cannot be deleted.
    """
    folder = os.path.realpath(models_folder())
    if model.origin == STARTER or os.path.dirname(os.path.realpath(model.path)) != folder:
        raise ModelRefused(tr("“{name}” belongs to the plugin and stays.").format(name=model.title))
    try:
        os.remove(model.path)
    except OSError as error:
        raise ModelRefused(
            tr("'{path}' cannot be deleted: {reason}.").format(path=model.path, reason=error.strerror)
        ) from error


class AddModelTask(QgsTask):
    """Copies a checkpoint into the models folder under the task manager.

    Signals:
        ended: (path, error): the copy, and a sentence if there is none.
    """

    ended = pyqtSignal(str, str)

    def __init__(self, source: str) -> None:
        super().__init__(tr("Add {name}").format(name=task_title(os.path.basename(source))))
        self._source = source
        self._path = ""
        self._error = ""

    def run(self) -> bool:
        """Copy; called in a worker thread."""
        try:
            self._path = add_model(self._source)
        except ModelRefused as error:
            self._error = str(error)
        return not self._error

    def finished(self, result: bool) -> None:
        """Tell how it went; called in the main thread."""
        QTimer.singleShot(0, self._tell)  # see CommandTask.finished

    def _tell(self) -> None:
        self.ended.emit(self._path, self._error)
