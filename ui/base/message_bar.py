"""Message bar and message log of QGIS: the only place that talks to them."""

from html import escape
from typing import Callable, List, Optional

from qgis.core import Qgis, QgsMessageLog
from qgis.gui import QgsMessageBarItem, QgsMessageViewer
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, Qt
from qgis.PyQt.QtWidgets import QPushButton

from ...engine.contract.events import Failure
from .i18n import tr
from .messages import UserMessage, explain

LOG_TAG = "UHR Land Cover"
SHORT_S = 8
MOST_IN_BAR = 90
"""Letters that the bar of a window of middling width shows beside the title."""


class Messenger(QObject):
    """Tells the user what happened: a sentence in the bar, the details in the log.

    Args:
        iface: QGIS's interface.
    """

    def __init__(self, iface) -> None:
        super().__init__()
        self._iface = iface
        self._waiting: List["_Button"] = []

    def say(self, title: str, text: str, level: Qgis.MessageLevel = Qgis.MessageLevel.Info) -> None:
        """Show a sentence; an error stays until it is closed."""
        log(f"{title}: {text}", level)
        seconds = 0 if level == Qgis.MessageLevel.Critical else SHORT_S
        if len(text) <= MOST_IN_BAR:
            self._iface.messageBar().pushMessage(as_shown(title), as_shown(text), level, seconds)
            return
        # The bar has one line; the rest is behind a button.
        item = QgsMessageBarItem(as_shown(title), as_shown(shortened(text)), level, seconds)
        item.setAccessibleDescription(text)
        self._push(item, tr("More…"), lambda: self._show_whole(title, text), keep=True)

    def fail(self, failure: Failure) -> UserMessage:
        """Show why a run has no result; return the message, for who has more room to show it."""
        message = explain(failure)
        level = Qgis.MessageLevel.Critical if message.is_error else Qgis.MessageLevel.Info
        if failure.details:
            log(failure.details, level)
        self.say(message.title, message.text, level)
        return message

    def offer(self, title: str, text: str, button_text: str, action: Callable[[], None]) -> None:
        """Show a sentence with a button; it stays until the button is clicked or it is closed.

        Args:
            title: A few words.
            text: The sentence.
            button_text: What the button says.
            action: Called once; it must hold no layer and no widget, which may be gone by then.
        """
        self._push(
            QgsMessageBarItem(as_shown(title), as_shown(text), Qgis.MessageLevel.Success, 0), button_text, action
        )

    def shut_down(self) -> None:
        """Take back what still has a button: nobody is there to answer it."""
        waiting, self._waiting = self._waiting, []
        for button in waiting:
            if not sip.isdeleted(button):
                button.disarm()
                self._iface.messageBar().popWidget(button.item)

    def _push(
        self, item: QgsMessageBarItem, button_text: str, action: Callable[[], None], *, keep: bool = False
    ) -> None:
        self._waiting = [button for button in self._waiting if not sip.isdeleted(button)]
        self._waiting.append(_Button(button_text, item, action, None if keep else self._pop))
        self._iface.messageBar().pushItem(item)

    def _show_whole(self, title: str, text: str) -> None:
        viewer = QgsMessageViewer(self._iface.messageBar())
        viewer.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        viewer.setWindowTitle(title)
        viewer.setMessageAsPlainText(text)
        viewer.showMessage(False)

    def _pop(self, item: QgsMessageBarItem) -> None:
        self._iface.messageBar().popWidget(item)


class _Button(QPushButton):
    """A button in the bar, owned by its item: it goes with it, and what it would call with it.

    Args:
        text: What it says.
        item: The line of the bar.
        action: Called when it is clicked.
        pop: Takes the item away first; None leaves it, and the button to be clicked again.
    """

    def __init__(
        self,
        text: str,
        item: QgsMessageBarItem,
        action: Callable[[], None],
        pop: Optional[Callable[[QgsMessageBarItem], None]],
    ) -> None:
        super().__init__(text, item)
        self.item = item
        self._action: Optional[Callable[[], None]] = action
        self._pop = pop
        item.layout().addWidget(self)
        # Later: an item must not be taken away while its button is handling the click.
        self.clicked.connect(self._act, Qt.ConnectionType.QueuedConnection)

    def disarm(self) -> None:
        """Do nothing any more, not even for a click that is already on its way."""
        self._action = None

    def _act(self) -> None:
        action = self._action
        if action is None or sip.isdeleted(self):
            return
        if self._pop is not None:
            self.disarm()
            self._pop(self.item)
        action()


def as_shown(text: str) -> str:
    """Return a text so that bar and log, which read HTML, show it as it is."""
    return escape(text, quote=False)


def shortened(text: str) -> str:
    """Return the first sentence where the bar has room for it, else the first words."""
    first = text.partition(". ")[0]
    if len(first) < MOST_IN_BAR:
        return first + "."
    words = text[:MOST_IN_BAR].rpartition(" ")[0]
    # A path is one long word: its beginning says more than its absence.
    return (words if len(words) > MOST_IN_BAR // 2 else text[:MOST_IN_BAR]) + " …"


def log(text: str, level: Qgis.MessageLevel = Qgis.MessageLevel.Info) -> None:
    """Write to the message log only."""
    QgsMessageLog.logMessage(as_shown(text), LOG_TAG, level, False)
