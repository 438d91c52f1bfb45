"""Plugin as QGIS loads it: adds the action, the dock and the Processing provider, and takes them away again."""

import os

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, Qt, QTranslator
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction

PLUGIN_DIR = os.path.dirname(os.path.abspath(__file__))
MENU = "UHR Land Cover"


class UhrLandCoverPlugin:
    """The plugin; widgets are made when they are first shown.

    Args:
        iface: QGIS's interface; None in `qgis_process`.
    """

    def __init__(self, iface) -> None:
        self.iface = iface
        self.action = None
        self.dock = None
        self.controller = None
        self.provider = None
        self.assess = None
        self._translator = None

    def initProcessing(self) -> None:
        """Add the Processing provider; all that `qgis_process` needs."""
        self._install_translator()
        from .ui.processing.provider import LandCoverProvider

        self.provider = LandCoverProvider()
        QgsApplication.processingRegistry().addProvider(self.provider)

    def initGui(self) -> None:
        """Add action and provider; called when the plugin is enabled."""
        self._install_translator()
        from .ui.assess.entry import AssessEntry
        from .ui.base.i18n import tr

        icon = QIcon(os.path.join(PLUGIN_DIR, "resources", "icons", "uhr_landcover.svg"))
        self.action = QAction(icon, tr("Land Cover"), self.iface.mainWindow())
        self.action.setObjectName("UhrLandCoverAction")
        self.action.setCheckable(True)
        self.action.setToolTip(tr("Open or close the Land Cover panel"))
        self.action.toggled.connect(self.show_dock)
        self.iface.addToolBarIcon(self.action)
        self.iface.addPluginToRasterMenu(MENU, self.action)
        self.assess = AssessEntry(self.iface, MENU)
        self.initProcessing()

    def unload(self) -> None:
        """Undo everything `initGui` and the docks did; ends a run in progress."""
        if self.assess is not None:
            self.assess.shut_down()
            self.assess = None
        if self.controller is not None:
            self.controller.shut_down()
            self.controller.deleteLater()
            self.controller = None
        if self.dock is not None:
            self.iface.removeDockWidget(self.dock)
            self.dock.deleteLater()
            self.dock = None
        if self.action is not None:
            self.iface.removePluginRasterMenu(MENU, self.action)
            self.iface.removeToolBarIcon(self.action)
            self.action.deleteLater()
            self.action = None
        if self.provider is not None:
            QgsApplication.processingRegistry().removeProvider(self.provider)
            self.provider = None
        if self._translator is not None:
            QCoreApplication.removeTranslator(self._translator)
            self._translator = None

    def show_dock(self, visible: bool) -> None:
        """Show or hide the panel; makes it the first time."""
        if self.dock is None:
            if not visible:
                return
            self._make_dock()
        self.dock.setUserVisible(visible)

    def _make_dock(self) -> None:
        from .ui.controller import Controller
        from .ui.dock import LandCoverDock
        from .ui.settings import PluginSettings

        self.dock = LandCoverDock(self.iface.mainWindow())
        self.iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.dock)
        self.controller = Controller(self.iface, self.dock, PluginSettings())
        self.controller.choose_layer(self.iface.activeLayer())
        self.dock.result.assess_requested.connect(lambda: self.assess.assess(self.controller.results.class_layer()))
        self.dock.closed.connect(lambda: self.action.setChecked(False))
        self.dock.opened.connect(lambda: self.action.setChecked(True))

    def _install_translator(self) -> None:
        if self._translator is not None:
            return
        path = os.path.join(PLUGIN_DIR, "resources", "i18n", f"uhr_landcover_{QgsApplication.locale()[:2]}.qm")
        translator = QTranslator()
        if os.path.isfile(path) and translator.load(path):
            self._translator = translator
            QCoreApplication.installTranslator(translator)
