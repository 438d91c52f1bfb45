"""The panel is content with 300 pixels, in every language."""

import os

import pytest
from qgis.PyQt.QtCore import QCoreApplication, QTranslator
from qgis_fixtures import write_result

from uhr_landcover.engine.contract.job import JobResult, OutputSpec, SegmentationJob
from uhr_landcover.ui.dock import LandCoverDock
from uhr_landcover.ui.process.environment import PACKAGE_DIR

WIDTH_PX = 300


@pytest.fixture(params=["en", "de", "fr", "es"])
def dock(request, qgis_app):
    translator = QTranslator()
    path = os.path.join(PACKAGE_DIR, "resources", "i18n", f"uhr_landcover_{request.param}.qm")
    assert request.param == "en" or translator.load(path)
    QCoreApplication.installTranslator(translator)
    dock = LandCoverDock()
    yield dock
    dock.deleteLater()
    QCoreApplication.removeTranslator(translator)


def test_every_page_fits(dock, tmp_path):
    form = dock.form
    form.set_up.show_finding("The engine is missing.")
    form.area.choose("polygons")
    for section in (form.advanced, form.engine, dock.result.again):
        section.setCollapsed(False)
    result = JobResult.from_dict(write_result(tmp_path))
    dock.show_result(result, SegmentationJob(raster="/data/a_very_long_name_of_an_image.tif", output=OutputSpec("/x")))
    dock.running.show_waiting(["a very long title of a run that waits"])

    widths = {page: dock._pages[page].minimumSizeHint().width() for page in dock._pages}
    widths["bar"] = dock.bar.minimumSizeHint().width()
    widths["panel"] = dock.minimumSizeHint().width()

    assert {page: width for page, width in widths.items() if width > WIDTH_PX} == {}
