"""Entry of the Assess panel in QGIS: an action, and the panel once it is wanted."""

from typing import Optional

from qgis.core import QgsApplication, QgsMapLayer
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QAction

from ..base.i18n import tr


class AssessEntry:
    """Adds the action; makes the panel when it is first opened.

    Args:
        iface: QGIS's interface.
        menu: Name of the plugin's menu.
    """

    def __init__(self, iface, menu: str) -> None:
        self._iface = iface
        self._menu = menu
        self.dock = None
        self.controller = None
        self.action = QAction(
            QgsApplication.getThemeIcon("/mActionCalculateField.svg"), tr("Assess a map"), iface.mainWindow()
        )
        self.action.setObjectName("UhrLandCoverAssessAction")
        self.action.setCheckable(True)
        self.action.setToolTip(tr("How right is a map? Draw a sample, label it, read accuracy and areas"))
        self.action.toggled.connect(self.show)
        iface.addToolBarIcon(self.action)
        iface.addPluginToRasterMenu(menu, self.action)

    def show(self, visible: bool) -> None:
        """Show or hide the panel."""
        if self.dock is None:
            if not visible:
                return
            self._make()
        self.dock.setUserVisible(visible)

    def assess(self, layer: Optional[QgsMapLayer]) -> None:
        """Open the panel on a layer."""
        self.action.setChecked(True)
        self.controller.assess(layer)

    def shut_down(self) -> None:
        """Undo everything."""
        if self.controller is not None:
            self.controller.shut_down()
            self.controller.deleteLater()
            self.controller = None
        if self.dock is not None:
            self._iface.removeDockWidget(self.dock)
            self.dock.deleteLater()
            self.dock = None
        self._iface.removePluginRasterMenu(self._menu, self.action)
        self._iface.removeToolBarIcon(self.action)
        self.action.deleteLater()

    def _make(self) -> None:
        from ..settings import PluginSettings
        from .assess_controller import AssessController
        from .assess_dock import AssessDock

        self.dock = AssessDock(self._iface.mainWindow())
        self._iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.dock)
        self.controller = AssessController(self._iface, self.dock, PluginSettings())
        self.dock.closed.connect(lambda: self.action.setChecked(False))
        self.dock.opened.connect(lambda: self.action.setChecked(True))
