"""The guide that the Help button opens: complete, and readable where it is shown."""

import re
from pathlib import Path

import pytest
from qgis.PyQt.QtCore import QUrl
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox

from uhr_landcover.engine.contract.events import ErrorCode, Failure
from uhr_landcover.ui.base.help import PLACES, HelpDialog, add_help
from uhr_landcover.ui.base.messages import explain
from uhr_landcover.ui.dock import LandCoverDock
from uhr_landcover.ui.process.environment import PACKAGE_DIR

DOCS = Path(PACKAGE_DIR).resolve() / "docs"
PAGES = sorted(DOCS.glob("user-guide*.md"))


def test_every_message_has_its_line_in_the_troubleshooting():
    text = (DOCS / "user-guide-troubleshooting.md").read_text(encoding="utf-8")
    told = {line.split("|")[1].strip() for line in text.splitlines() if line.startswith("|")}

    titles = {explain(Failure(code, "")).title for code in ErrorCode if code is not ErrorCode.CANCELLED}

    assert titles <= told, titles - told


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_and_pictures_of_the_guide_are_there(page):
    targets = re.findall(r"\]\(([^)#]+)", page.read_text(encoding="utf-8"))

    assert targets
    assert [t for t in targets if not (DOCS / t).is_file()] == []


def test_help_shows_the_guide_with_its_pictures_and_follows_links(qgis_app):
    dialog = HelpDialog()
    assert "The short way" in dialog.text.toPlainText()
    image = dialog.text.loadResource(2, QUrl("images/dock_form.png"))
    assert 0 < image.width() <= 820

    dialog.open(QUrl("user-guide-tutorial.md"))

    assert "five minutes" in dialog.text.toPlainText()
    assert dialog.text.isBackwardAvailable()


@pytest.mark.parametrize("place", PLACES)
def test_every_page_has_its_place_in_the_guide(qgis_app, place):
    file, heading = PLACES[place]
    dialog = HelpDialog()
    dialog.show()

    dialog.show_place(place)
    qgis_app.processEvents()

    assert dialog.text.source().fileName() == file
    at_end = dialog.text.verticalScrollBar().value() == dialog.text.verticalScrollBar().maximum()
    headings = re.findall(r"^#+ (.*)$", (DOCS / file).read_text(encoding="utf-8"), re.MULTILINE)
    assert heading in ("", *headings)
    assert dialog.text.heading() == (heading or headings[0]) or at_end
    dialog.close()


def test_pages_of_the_panel_and_their_help_have_the_same_names(qgis_app):
    dock, asked = LandCoverDock(), []
    dock.help_wanted.connect(asked.append)

    for page in dock.pages():
        dock.show_page(page)
        dock.bar.help_button.click()

    assert asked == list(dock.pages())
    assert set(asked) <= set(PLACES)
    dock.deleteLater()


def test_help_of_a_window_opens_at_its_place_and_closes_with_it(qgis_app):
    window = QDialog()
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, window)
    add_help(buttons, window, "engine")

    buttons.button(QDialogButtonBox.StandardButton.Help).click()

    (guide,) = window.findChildren(HelpDialog)
    assert guide.text.source().fileName() == PLACES["engine"][0]
    window.deleteLater()
