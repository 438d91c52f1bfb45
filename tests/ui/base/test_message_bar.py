"""QGIS's message bar: texts are shown as they are, and a button outlives nothing."""

import pytest
from qgis.core import QgsApplication
from qgis.gui import QgsMessageBar
from qgis.PyQt import sip
from qgis.PyQt.QtWidgets import QPlainTextEdit, QPushButton, QTextBrowser
from qgis_fixtures import wait_until

from uhr_landcover.engine.contract.events import ErrorCode, Failure
from uhr_landcover.ui.base.message_bar import LOG_TAG, Messenger, log

HOSTILE = "<img src=x><b>Wald</b> & <a href='file:///etc'>Wiese</a>"


@pytest.fixture
def bar(qgis_app):
    bar = QgsMessageBar()
    yield bar
    sip.delete(bar)


@pytest.fixture
def messenger(bar):
    class Interface:
        def messageBar(self):
            return bar

    return Messenger(Interface())


def shown(bar):
    return bar.currentItem().findChild(QTextBrowser).toPlainText()


@pytest.mark.parametrize("more", ["", " word" * 40], ids=["short", "long"])
def test_markup_in_a_message_is_shown_as_it_is(messenger, bar, more):
    messenger.say("Layer <b>", HOSTILE + "." + more)

    assert shown(bar) == f"Layer <b>: {HOSTILE}."[: len(shown(bar))]
    assert HOSTILE in shown(bar)


def test_markup_in_a_failure_and_an_offer_is_shown_as_it_is(messenger, bar):
    messenger.fail(Failure(ErrorCode.RASTER_NOT_FOUND, HOSTILE))
    assert HOSTILE in shown(bar)

    messenger.offer("Land cover", HOSTILE, "Add", lambda: None)
    assert HOSTILE in shown(bar)


def test_markup_in_the_log_is_shown_as_it_is(qgis_app):
    from qgis.gui import QgsMessageLogViewer

    viewer = QgsMessageLogViewer()
    log(HOSTILE)
    wait_until(lambda: False, 0.1)

    assert any(HOSTILE in page.toPlainText() for page in viewer.findChildren(QPlainTextEdit)), LOG_TAG
    sip.delete(viewer)
    assert QgsApplication.messageLog() is not None


def test_offer_clicked_twice_acts_once_and_goes(messenger, bar):
    done = []
    messenger.offer("Land cover", "ready", "Add", lambda: done.append(1))
    item = bar.currentItem()
    button = item.findChild(QPushButton)

    button.click()
    button.click()

    assert wait_until(lambda: sip.isdeleted(item))
    assert done == [1]


def test_offer_is_dead_after_the_plugin_is_gone(messenger, bar):
    done = []
    messenger.offer("Land cover", "ready", "Add", lambda: done.append(1))
    bar.currentItem().findChild(QPushButton).click()

    messenger.shut_down()
    wait_until(lambda: False, 0.2)

    assert done == []
    assert bar.items() == []


def test_long_message_is_read_whole_behind_the_button(messenger, bar):
    from qgis.gui import QgsMessageViewer

    messenger.say("Raster", "One sentence. " + "many words " * 30)
    assert shown(bar) == "Raster: One sentence."
    bar.currentItem().findChild(QPushButton).click()

    assert wait_until(lambda: bar.findChild(QgsMessageViewer) is not None)
    assert "many words" in bar.findChild(QgsMessageViewer).findChild(QTextBrowser).toPlainText()
