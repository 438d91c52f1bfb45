"""The user guide in a window of its own."""

import os
from typing import Optional

from qgis.PyQt.QtCore import Qt, QUrl
from qgis.PyQt.QtGui import QDesktopServices, QImage, QPainter, QTextDocument
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from ..process.environment import PACKAGE_DIR
from .i18n import tr

GUIDE = os.path.join(PACKAGE_DIR, "docs", "user-guide.md")
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
        self.text.setSource(QUrl.fromLocalFile(os.path.realpath(GUIDE)), QTextDocument.ResourceType.MarkdownResource)

    def open(self, url: QUrl) -> None:
        """Follow a link."""
        target = self.text.source().resolved(url)
        if target.isLocalFile() and target.path().endswith(".md"):
            self.text.setSource(target, QTextDocument.ResourceType.MarkdownResource)
        elif target.isLocalFile() and target.hasFragment() and target.path() == self.text.source().path():
            self.text.scrollToAnchor(target.fragment())
        else:
            QDesktopServices.openUrl(target)


class _Page(QTextBrowser):
    """Pictures are made to fit the page."""

    MARGIN_PX = 40

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
