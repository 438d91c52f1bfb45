"""Every control can be reached with the keyboard and says what it is for; nothing is left after unloading."""

import gc
import threading

import pytest
from qgis.core import QgsApplication, QgsSettings
from qgis.gui import QgsFileWidget, QgsMapLayerComboBox
from qgis.PyQt.QtCore import QEvent, Qt
from qgis.PyQt.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QTabBar,
    QTableView,
    QWidget,
)

from uhr_landcover import classFactory
from uhr_landcover.ui.assess.assess_dock import AssessDock
from uhr_landcover.ui.corrections.panel import CorrectPanel
from uhr_landcover.ui.dock import LandCoverDock
from uhr_landcover.ui.model_store.import_form import ModelImportDialog
from uhr_landcover.ui.model_store.models_dialog import ModelsDialog
from uhr_landcover.ui.process.engine_finder import EngineFinder
from uhr_landcover.ui.settings import PluginSettings
from uhr_landcover.ui.setup.environment_dialog import EnvironmentDialog
from uhr_landcover.ui.teach.layer_dialog import LayerDialog
from uhr_landcover.ui.teach.panel import TeachPanel

INPUTS = (QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit)
WHOLE = (QAbstractSpinBox, QComboBox, QgsFileWidget, QgsMapLayerComboBox, QTabBar, QTableView, QDialogButtonBox)
"""Controls whose parts belong to them."""


def _windows():
    settings = PluginSettings(QgsSettings())
    finder = EngineFinder(settings)
    return {
        "dock": lambda: LandCoverDock(),
        "engine": lambda: EnvironmentDialog(settings),
        "models": lambda: ModelsDialog(settings, finder),
        "import": lambda: ModelImportDialog(finder),
        "teach": lambda: TeachPanel(),
        "correct": lambda: CorrectPanel(),
        "examples from a layer": lambda: LayerDialog(),
        "assess": AssessDock,
    }


@pytest.fixture(params=["dock", "engine", "models", "import", "teach", "correct", "examples from a layer", "assess"])
def window(request, qgis_app):
    window = _windows()[request.param]()
    yield window
    window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def controls(window):
    """Return the controls of ours, composite ones as a whole."""
    return [
        w for w in window.findChildren(QWidget) if isinstance(w, (*INPUTS, QgsFileWidget)) and not _is_part(w, window)
    ]


def _is_part(widget, window):
    if widget.objectName().startswith("qt_") or widget.objectName() == "collapseButton":
        return True  # Qt's and QGIS's own: scroll buttons of tabs, the triangle of a folding box
    parent = widget.parent()
    while parent is not None and parent is not window:
        if isinstance(parent, WHOLE):
            return not isinstance(parent, QDialogButtonBox)
        parent = parent.parent()
    return widget.parent() is window and isinstance(window, (LandCoverDock, AssessDock))  # the title bar's buttons


def _says_what_it_is(widget):
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    placeholder = widget.placeholderText() if isinstance(widget, QLineEdit) else ""
    return bool(text or placeholder or widget.toolTip() or widget.accessibleName() or _label(widget))


def _label(widget):
    """Return the text of the label that stands for a control."""
    top = widget.window() if widget.window() is not None else widget
    for label in top.findChildren(QLabel):
        if label.buddy() is not None and (label.buddy() is widget or widget.isAncestorOf(label.buddy())):
            return label.text()
    for form in top.findChildren(QFormLayout):
        label = form.labelForField(widget)
        if label is not None:
            return label.text()
    return ""


def _name(widget):
    text = widget.text() if isinstance(widget, QAbstractButton) else ""
    return f"{type(widget).__name__} {text or widget.toolTip() or _label(widget) or widget.objectName() or '?'}"


def test_every_control_is_reached_with_the_tab_key(window):
    unreachable = [
        _name(w)
        for w in controls(window)
        if not any(part.focusPolicy() & Qt.FocusPolicy.TabFocus for part in (w, *w.findChildren(QWidget)))
    ]

    assert unreachable == []


def test_every_control_says_what_it_is_for(window):
    assert [_name(w) for w in controls(window) if not _says_what_it_is(w)] == []


def test_every_control_has_a_tooltip(window):
    standard = {b for box in window.findChildren(QDialogButtonBox) for b in box.buttons() if box.standardButton(b)}

    def tip(widget):
        return widget.toolTip() or any(part.toolTip() for part in widget.findChildren(QWidget))

    assert [_name(w) for w in controls(window) if w not in standard and not tip(w)] == []


def test_keys_of_labels_are_not_used_twice_in_a_window(window):
    texts = [w.text() for w in (*window.findChildren(QLabel), *window.findChildren(QAbstractButton))]
    keys = [t[t.index("&") + 1].lower() for t in texts if "&" in t.replace("&&", "") and t[-1] != "&"]

    assert sorted(set(keys)) == sorted(keys)


def test_there_are_controls_to_look_at(qgis_app):
    counts = {name: len(controls(make())) for name, make in _windows().items()}

    assert min(counts.values()) >= 4, counts
    assert counts["dock"] > 30


def test_tab_goes_through_the_form_from_top_to_bottom(qgis_app):
    dock = LandCoverDock()
    dock.show()
    chain = [dock.form.image.layer_combo]
    while len(chain) < 2000:
        chain.append(chain[-1].nextInFocusChain())  # all kept: a wrapper that goes leaves its id to another widget

    order = [
        dock.form.image.layer_combo,
        dock.form.area.kind,
        dock.form.model.combo,
        dock.form.model.presets.buttons["balanced"],
        dock.form.folder.lineEdit(),
        dock.form.start_button,
    ]
    places = [chain.index(w) for w in order]

    assert places == sorted(places)
    dock.deleteLater()


def test_unload_leaves_no_window_no_task_and_no_thread(qgis_iface, qgis_app):
    """With every window open, three times over."""

    def settle():
        for _ in range(3):
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            QApplication.processEvents()
        gc.collect()
        ours = [w for w in QApplication.allWidgets() if w.objectName().startswith("UhrLandCover")]
        return len(ours), threading.active_count(), len(QgsApplication.processingRegistry().providers())

    counts = []
    for _ in range(3):
        plugin = classFactory(qgis_iface)
        plugin.initGui()
        plugin.action.setChecked(True)
        plugin.dock.form.engine.open_page()
        plugin.dock.bar.help_button.click()
        plugin.unload()
        counts.append(settle())

    assert counts[0][0] == 0
    assert counts[0] == counts[1] == counts[2]
