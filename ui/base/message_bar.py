"""The only place that talks to QGIS's message bar and message log."""

from typing import Callable

from qgis.core import Qgis, QgsMessageLog
from qgis.PyQt.QtWidgets import QPushButton

from ...engine.contract.events import Failure
from .messages import UserMessage, explain

LOG_TAG = "UHR Land Cover"
SHORT_S = 8
MOST_IN_BAR = 90
"""Letters that the bar of a window of middling width shows beside the title."""


class Messenger:
    """Tells the user what happened: a sentence in the bar, the details in the log.

    Args:
        iface: QGIS's interface.
    """

    def __init__(self, iface) -> None:
        self._iface = iface

    def say(self, title: str, text: str, level: Qgis.MessageLevel = Qgis.MessageLevel.Info) -> None:
        """Show a sentence; an error stays until it is closed."""
        log(f"{title}: {text}", level)
        seconds = 0 if level == Qgis.MessageLevel.Critical else SHORT_S
        bar = self._iface.messageBar()
        if len(text) <= MOST_IN_BAR:
            bar.pushMessage(title, text, level, seconds)
        else:
            # The bar has one line and a button behind which the rest is.
            bar.pushMessage(title, shortened(text), text, level, seconds)

    def fail(self, failure: Failure) -> UserMessage:
        """Show why a run has no result; return the message, for who has more room to show it."""
        message = explain(failure)
        level = Qgis.MessageLevel.Critical if message.is_error else Qgis.MessageLevel.Info
        if failure.details:
            log(failure.details, level)
        self.say(message.title, message.text, level)
        return message

    def offer(self, title: str, text: str, button_text: str, action: Callable[[], None]) -> None:
        """Show a sentence with a button; it stays until the button is clicked or it is closed."""
        bar = self._iface.messageBar()
        widget = bar.createMessage(title, text)
        button = QPushButton(button_text)

        def accept() -> None:
            action()
            bar.popWidget(widget)

        button.clicked.connect(accept)
        widget.layout().addWidget(button)
        bar.pushWidget(widget, Qgis.MessageLevel.Success)


def shortened(text: str) -> str:
    """Return the first sentence where the bar has room for it, else the first words."""
    first = text.partition(". ")[0]
    if len(first) < MOST_IN_BAR:
        return first + "."
    return text[:MOST_IN_BAR].rpartition(" ")[0] + " …"


def log(text: str, level: Qgis.MessageLevel = Qgis.MessageLevel.Info) -> None:
    """Write to the message log only."""
    QgsMessageLog.logMessage(text, LOG_TAG, level, False)
