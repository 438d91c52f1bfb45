"""Texts that the panel and its windows show are translated: none is the English one."""

import os
import re

import pytest
from qgis.PyQt.QtCore import QCoreApplication, QTranslator
from qgis.PyQt.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDialogButtonBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QTabWidget,
    QTreeWidget,
    QWidget,
)  # fmt: skip
from qgis_fixtures import write_result

from uhr_landcover.engine.contract.job import JobResult, OutputSpec, SegmentationJob
from uhr_landcover.ui.dock import LandCoverDock
from uhr_landcover.ui.image.raster_facts import describe_layer
from uhr_landcover.ui.model_store.info import model_in_use
from uhr_landcover.ui.process.environment import PACKAGE_DIR
from uhr_landcover.ui.runs.history import Run

SAME = re.compile(
    r"Python|ISDNet|GLNet|PPN|GeoPackage|Shapefile|GeoJSON|FlatGeobuf|GeoTIFF|CPU|EPSG:\d+|px|km²|ha|m²?|GB|%|…|·|×|"
    r"[\d.,:/ \u00a0\u202f]+|scene|x|RGB|CRS"
)
"""Names and units that are the same in every language."""

ALIKE = {
    "de": {"Name", "Area", "Export…", "Correct", "Region"},
    "fr": {"Image", "Classes", "Surface", "Rectangle", "Export…", "Correct…"},
    "es": {"No", "Color", "Error"},
}
"""Words that are the same in English and in that language."""

OF_OTHERS = {
    *("Browse", "Close", "Float", "Full path to the file(s), including name and extension"),  # QGIS's own widgets
    *("Barren 'quoted' <b>", "For trying out only.", "Row 3 looked odd."),  # what the test's result holds
}


def shown(widget):
    """Yield every text that a widget and those in it show, tooltips and names for the blind included."""
    for each in [widget, *widget.findChildren(QWidget)]:
        if isinstance(each.parent(), QDialogButtonBox):
            continue  # QGIS's own words, in the language of QGIS
        yield each.toolTip()
        yield each.accessibleName()
        if isinstance(each, (QLabel, QAbstractButton)):
            yield each.text()
        if isinstance(each, QGroupBox):
            yield each.title()
        if isinstance(each, QLineEdit):
            yield each.placeholderText()
        if isinstance(each, QComboBox):
            yield from (each.itemText(i) for i in range(each.count()))
        if isinstance(each, QTabWidget):
            yield from (each.tabText(i) for i in range(each.count()))
        if isinstance(each, QTreeWidget):
            yield from (each.headerItem().text(i) for i in range(each.columnCount()))
            yield from (each.topLevelItem(i).text(0) for i in range(each.topLevelItemCount()))


def filled_dock(raster_layer, tmp_path):
    dock = LandCoverDock()
    model = model_in_use("isdnet", "")
    dock.form.show_model(model)
    dock.form.show_card(describe_layer(raster_layer, model))
    job = SegmentationJob(raster=raster_layer.source(), output=OutputSpec(str(tmp_path)))
    result = JobResult.from_dict(write_result(tmp_path))
    dock.show_result(result, job)
    dock.history.show_runs([Run(job, result)])
    dock.running.show_start("x")
    dock.running.show_waiting(["x"])
    dock.form.show_queueing(True)
    return dock


def has_words(text):
    return bool(re.search(r"[A-Za-z]{2}", SAME.sub("", text))) and "/" not in text


@pytest.fixture
def speak(qgis_app):
    translators = []

    def load(language):
        translator = QTranslator()
        assert translator.load(os.path.join(PACKAGE_DIR, "resources", "i18n", f"uhr_landcover_{language}.qm"))
        QCoreApplication.installTranslator(translator)
        translators.append(translator)

    yield load
    for translator in translators:
        QCoreApplication.removeTranslator(translator)


@pytest.mark.parametrize("language", ["de", "fr", "es"])
def test_no_text_of_the_panel_is_left_in_english(speak, raster_layer, tmp_path, language):
    english = set(filter(has_words, shown(filled_dock(raster_layer, tmp_path))))
    speak(language)

    there = set(filter(has_words, shown(filled_dock(raster_layer, tmp_path))))

    assert len(english) > 80, "the panel's texts were found"
    left = sorted((english & there) - ALIKE[language] - OF_OTHERS)
    assert left == [], "; ".join(left)
