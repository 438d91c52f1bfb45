"""User guide in a window of its own, opened at the place that a page of the plugin is about."""

import os
from typing import Dict, Optional, Tuple

from qgis.PyQt.QtCore import Qt, QTimer, QUrl
from qgis.PyQt.QtGui import QDesktopServices, QImage, QPainter, QTextBlock, QTextDocument
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from ..process.environment import PACKAGE_DIR
from .i18n import tr

DOCS = os.path.join(PACKAGE_DIR, "docs")
GUIDE = "user-guide.md"
PLACES: Dict[str, Tuple[str, str]] = {
    "form": (GUIDE, "The short way"),
    "running": (GUIDE, "While it runs"),
    "result": (GUIDE, "Result"),
    "history": (GUIDE, "History"),
    "teach": ("user-guide-teach.md", ""),
    "correct": ("corrections.md", ""),
    "engine": (GUIDE, "Engine"),
    "models": ("models.md", ""),
}
"""Page of the panel, or window → (file of the guide, heading in it; empty for its beginning)."""

WIDTH_PX, HEIGHT_PX = 820, 760


class HelpDialog(QDialog):
    """Shows a page of the guide; links to other pages stay here, links to the web open in the browser."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Land Cover: user guide"))
        self.setObjectName("UhrLandCoverHelp")
        self.text = _Page()
        self.text.setOpenLinks(False)
        self.text.anchorClicked.connect(self.open)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        back = buttons.addButton(tr("Back"), QDialogButtonBox.ButtonRole.ActionRole)
        back.clicked.connect(self.text.backward)
        self.text.backwardAvailable.connect(back.setEnabled)
        back.setEnabled(False)
        layout = QVBoxLayout(self)
        layout.addWidget(self.text)
        layout.addWidget(buttons)
        self.resize(WIDTH_PX, HEIGHT_PX)
        self.show_place("form")

    def show_place(self, key: str) -> None:
        """Show what the guide says about a page or window of the plugin; of one it does not know, its beginning."""
        file, heading = PLACES.get(key, (GUIDE, ""))
        url = QUrl.fromLocalFile(os.path.realpath(os.path.join(DOCS, file)))
        self.text.setSource(url, QTextDocument.ResourceType.MarkdownResource)
        self.text.show_heading(heading)

    def open(self, url: QUrl) -> None:
        """Follow a link."""
        target = self.text.source().resolved(url)
        if target.isLocalFile() and target.path().endswith(".md"):
            self.text.setSource(target, QTextDocument.ResourceType.MarkdownResource)
        elif target.isLocalFile() and target.hasFragment() and target.path() == self.text.source().path():
            self.text.scrollToAnchor(target.fragment())
        else:
            QDesktopServices.openUrl(target)


def add_help(buttons: QDialogButtonBox, window: QWidget, place: str) -> None:
    """Give a window's row of buttons one that opens the guide at the place that is about the window."""

    def show() -> None:
        guide = HelpDialog(window)
        guide.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        guide.show_place(place)
        guide.show()

    buttons.addButton(QDialogButtonBox.StandardButton.Help)
    buttons.helpRequested.connect(show)


class _Page(QTextBrowser):
    """Pictures are made to fit the page."""

    MARGIN_PX = 40
    _wanted = ""

    def heading(self) -> str:
        """Return the heading that stands at the top, or the last one above it."""
        top, found, block = self.verticalScrollBar().value(), "", self.document().begin()
        while block.isValid() and self._top_of(block) <= top + block.layout().boundingRect().height():
            found = block.text() if block.blockFormat().headingLevel() else found
            block = block.next()
        return found

    def show_heading(self, text: str) -> None:
        """Scroll so that a heading stands at the top; an empty one stands for the beginning."""
        self._wanted = text
        self._scroll()
        QTimer.singleShot(0, self._scroll)  # once it is shown, the page is laid out anew

    def _scroll(self) -> None:
        block = self.document().begin()
        while self._wanted and block.isValid() and not self._is_wanted(block):
            block = block.next()
        if block.isValid():
            self.verticalScrollBar().setValue(int(self._top_of(block)))

    def _is_wanted(self, block: QTextBlock) -> bool:
        return bool(block.blockFormat().headingLevel()) and block.text() == self._wanted

    def _top_of(self, block: QTextBlock) -> float:
        return self.document().documentLayout().blockBoundingRect(block).top()

    def loadResource(self, kind: int, name: QUrl) -> object:  # called by Qt
        """Return a picture no wider than the window."""
        data = super().loadResource(kind, name)
        if QTextDocument.ResourceType(kind) != QTextDocument.ResourceType.ImageResource:
            return data
        image = QImage(self.source().resolved(name).toLocalFile())
        width = WIDTH_PX - 2 * self.MARGIN_PX
        return _narrowed(image, width) if image.width() > width else image


def _narrowed(image: QImage, width: int) -> QImage:
    """Return a smaller copy, drawn by the painter.

    QImage's own smooth scaling shares its work out to the threads that also run QGIS's tasks and waits for them,
    without letting go of Python: with a task of ours in Python there, QGIS stood still for ever.
    """
    narrow = QImage(width, round(image.height() * width / image.width()), QImage.Format.Format_ARGB32_Premultiplied)
    narrow.fill(Qt.GlobalColor.transparent)
    painter = QPainter(narrow)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(narrow.rect(), image)
    painter.end()
    return narrow
