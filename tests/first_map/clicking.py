"""What a hand does: clicks and keys on widgets that can be seen, in windows that wait for an answer too."""

import os
from pathlib import Path

from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication, QPushButton, QScrollArea
from qgis_fixtures import wait_until

STEP_MS = 250


def click(widget):
    """Scroll to a widget and click it; it must be enabled and on the screen."""
    for area in _parents(widget, QScrollArea):
        area.ensureWidgetVisible(widget)
    wait_until(lambda: False, 0.1)
    assert widget.isEnabled(), widget.toolTip()
    assert not widget.visibleRegion().isEmpty(), f"{widget} cannot be seen"
    place = widget.visibleRegion().boundingRect().center()
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)


def type_into(edit, text):
    """Replace what an edit holds, key by key."""
    click(edit)
    edit.selectAll()
    QTest.keyClicks(edit, text)


def button(window, *texts):
    """Return the button of a window that bears one of these texts."""
    wanted = {t.lower() for t in texts}
    for found in window.findChildren(QPushButton):
        if found.isVisible() and found.text().replace("&", "").lower() in wanted:
            return found
    raise AssertionError(f"no button {texts}: {[b.text() for b in window.findChildren(QPushButton)]}")


def in_window(opens, *steps):
    """Do `opens()`, which returns when the window it opens is closed; do the steps in that window meanwhile.

    A step gets the window and returns True when it is done; it is asked again until then.
    """
    left, problems = list(steps), []
    before = QApplication.activeModalWidget()
    timer = QTimer()

    def next_step():
        window = QApplication.activeModalWidget()
        if window is None or window is before or not left:
            return
        try:
            if left[0](window):
                left.pop(0)
        except BaseException as error:  # a window left open would hold everything up
            problems.append(error)
            left.clear()
            window.close()

    timer.timeout.connect(next_step)
    timer.start(STEP_MS)
    opens()
    timer.stop()
    if problems:
        raise problems[0]
    assert not left, f"{len(left)} steps were not done"


def shoot(name):
    """Save a picture of the whole screen to out/first_map_<name>.png."""
    wait_until(lambda: False, 0.5)
    path = Path(os.environ["UHR_DESKTOP_OUT"]) / f"first_map_{name}.png"
    assert QApplication.primaryScreen().grabWindow(0).save(str(path))


def _parents(widget, kind):
    while widget is not None:
        widget = widget.parentWidget()
        if isinstance(widget, kind):
            yield widget
