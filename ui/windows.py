"""The windows that the dock opens: user guide, model card, models."""

from typing import Optional

from qgis.PyQt.QtCore import QObject, pyqtSignal

from .base.help import HelpDialog
from .dock import LandCoverDock
from .model_store.card import ModelCardDialog
from .model_store.info import model_in_use
from .model_store.models_dialog import ModelsDialog, open_models
from .process.engine_finder import EngineFinder
from .settings import PluginSettings


class Windows(QObject):
    """Opens them, each once, and takes them away.

    Args:
        dock: The panel.
        settings: What is remembered.
        finder: Knows the engine.

    Signals:
        model_chosen: (method, path): the model to use; the path is empty for a starter.
    """

    model_chosen = pyqtSignal(str, str)

    def __init__(self, dock: LandCoverDock, settings: PluginSettings, finder: EngineFinder) -> None:
        super().__init__()
        self._dock = dock
        self._settings = settings
        self._finder = finder
        self.help: Optional[HelpDialog] = None
        self.models: Optional[ModelsDialog] = None
        dock.help_wanted.connect(self.show_help)
        dock.form.model.card_wanted.connect(self.show_card)
        dock.form.model.models_wanted.connect(self.show_models)
        dock.form.image.remedy_wanted.connect(lambda key: self.show_models() if key == "models" else None)

    def show_help(self, place: str = "form") -> None:
        """Open the user guide at the place about a page of the panel."""
        if self.help is None:
            self.help = HelpDialog(self._dock)
        self.help.show_place(place)
        self.help.show()
        self.help.raise_()

    def show_card(self) -> None:
        """Open the card of the model in use, until it is closed."""
        model = model_in_use(self._dock.form.model.method(), self._dock.form.model.checkpoint())
        if model is not None:
            ModelCardDialog(model, self._dock).exec()

    def show_models(self) -> None:
        """Open the window of models."""
        self._close_models()
        self.models = open_models(self._dock, self._settings, self._finder)
        self.models.chosen.connect(self.model_chosen)
        self.models.changed.connect(self._dock.form.model.refresh)

    def shut_down(self) -> None:
        """Close them."""
        self._close_models()
        if self.help is not None:
            self.help.deleteLater()
            self.help = None

    def _close_models(self) -> None:
        if self.models is not None:
            self.models.shut_down()
            self.models.deleteLater()
            self.models = None
