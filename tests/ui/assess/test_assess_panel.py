"""From a map to its accuracy in the panel, with the real engine."""

import os

import numpy as np
import pytest
from assess_sample import NAMES, drawn_points, write_class_raster
from qgis.core import QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QEvent
from qgis.PyQt.QtWidgets import QApplication, QMessageBox
from qgis_fixtures import wait_until

from uhr_landcover.ui.assess.assess_controller import AssessController
from uhr_landcover.ui.assess.assess_dock import AssessDock
from uhr_landcover.ui.assess.design import design_choice as choice
from uhr_landcover.ui.assess.design.strata_table import EXPECTED, POINTS
from uhr_landcover.ui.assess.report_page import WALD, ReportPage
from uhr_landcover.ui.process.environment import find_interpreter
from uhr_landcover.ui.settings import PluginSettings

LIMIT_S = 120
needs_engine = pytest.mark.skipif(find_interpreter("", os.environ) is None, reason="needs an engine")


@pytest.fixture
def dock(qgis_app):
    dock = AssessDock()
    yield dock
    dock.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def controller(qgis_iface, dock):
    controller = AssessController(qgis_iface, dock, PluginSettings())
    yield controller
    controller.shut_down()
    QgsProject.instance().clear()


@pytest.fixture
def layer(qgis_app, tmp_path):
    ids = np.arange(4, dtype=np.uint8).repeat([400, 600, 800, 600]).reshape(60, 40)
    layer = QgsRasterLayer(write_class_raster(tmp_path / "map.tif", ids), "map")
    QgsProject.instance().addMapLayer(layer)
    return layer


def wait(controller):
    assert wait_until(lambda: not controller.is_busy, LIMIT_S)


def drawn(controller, dock, layer, tmp_path, points=40):
    controller.assess(layer)
    dock.design.points.setValue(points)
    dock.design.minimum.setValue(5)
    dock.design.out.setFilePath(str(tmp_path / "check.gpkg"))
    dock.design.draw_button.click()
    wait(controller)
    assert controller.sample is not None, dock.design.notes.texts
    return controller.sample


def label_all(controller, wrong=()):
    classes = dict(drawn_points(controller.sample.design))
    for point in list(controller.labelling.file.points):
        right = classes[point.number]
        controller.labelling.choose_class(NAMES[(right + 1) % 4 if point.number in wrong else right])


@needs_engine
def test_map_is_looked_at_drawn_labelled_and_estimated(controller, dock, layer, tmp_path):
    controller.assess(layer)
    dock.design.plan_button.click()
    wait(controller)
    assert [dock.design.strata.item(k, 0).text() for k in range(4)] == list(NAMES)
    assert dock.design.strata.item(2, 1).text() == "72.0"
    assert len(dock.design.offers.text().splitlines()) == 3

    for k, n in enumerate((10, 10, 12, 8)):
        dock.design.strata.item(k, POINTS).setText(str(n))
    sample = drawn(controller, dock, layer, tmp_path)
    assert len(controller.labelling.file) == 40
    label_all(controller, wrong=(1, 2))
    dock.label.report.click()
    dock.report.estimate_button.click()
    wait(controller)

    table = dock.report.table
    assert table.topLevelItemCount() == 4, dock.report.notes.texts
    assert dock.report.overall.text().startswith("Overall accuracy: 9")
    assert table.topLevelItem(2).text(4) == "72.00 ha"
    assert os.path.isfile(sample.stem + "_report.html")
    assert dock.report.open_button.isEnabled()


@needs_engine
def test_perfect_labels_have_intervals_of_some_width(controller, dock, layer, tmp_path):
    drawn(controller, dock, layer, tmp_path)
    label_all(controller)
    controller.estimate()
    wait(controller)

    for kind in range(2):
        dock.report.intervals.setCurrentIndex(kind)
        texts = [dock.report.table.topLevelItem(k).text(c) for k in range(4) for c in range(1, 4)]
        assert not any("± 0" in text for text in [*texts, dock.report.overall.text()])
    dock.report.intervals.setCurrentIndex(0)
    assert "100.0 % (" in dock.report.overall.text()


@needs_engine
def test_two_interpreters_agree_and_settle_what_they_differ_on(controller, dock, layer, tmp_path):
    sample = drawn(controller, dock, layer, tmp_path)
    label_all(controller)
    controller.open_sample(sample.design, "Ben")
    assert not any(point.label for point in controller.labelling.file.points)
    label_all(controller, wrong=(3, 4))
    dock.label.report.click()
    controller.estimate()
    wait(controller)
    assert any("agree on 95.0 % of 40 points" in text for text in dock.report.notes.texts), dock.report.notes.texts

    dock.report.settle_button.click()
    wait(controller)
    assert [point.number for point in controller.labelling.file.points] == [3, 4]
    label_all(controller)
    controller.estimate()
    wait(controller)
    assert dock.report.overall.text().startswith("Overall accuracy: 100.0 %")
    assert "40 points" in dock.report.overall.text()


@needs_engine
def test_other_map_is_scored_on_the_same_points(controller, dock, layer, tmp_path):
    drawn(controller, dock, layer, tmp_path)
    label_all(controller)
    ids = np.full((60, 40), 2, np.uint8)
    controller.compare_with(write_class_raster(tmp_path / "other.tif", ids))
    wait(controller)

    assert any("Overall accuracy less that of “other.tif”" in text for text in dock.report.notes.texts)


@needs_engine
def test_sample_is_not_replaced_unless_the_user_says_so(controller, dock, layer, tmp_path, monkeypatch):
    sample = drawn(controller, dock, layer, tmp_path)
    label_all(controller)
    monkeypatch.setattr(QMessageBox, "question", lambda *args: QMessageBox.StandardButton.No)
    before = os.stat(sample.label_file()).st_mtime_ns

    dock.design.draw_button.click()

    assert not controller.is_busy
    assert os.stat(sample.label_file()).st_mtime_ns == before
    assert controller.sample is sample


@needs_engine
def test_map_without_crs_is_refused_with_a_sentence(controller, dock, tmp_path):
    from qgis_fixtures import write_raster

    layer = QgsRasterLayer(write_raster(tmp_path / "plain.tif", bands=1, epsg=0, value=1), "plain")
    QgsProject.instance().addMapLayer(layer)
    controller.assess(layer)
    dock.design.plan_button.click()
    wait(controller)

    assert "coordinate reference system" in " ".join(dock.design.notes.texts).lower(), dock.design.notes.texts


def test_choices_become_the_engines_arguments():
    made = choice.DesignChoice(
        map=choice.LayerFile("map.gpkg", "landcover", "class_name"),
        strata=(choice.LayerFile("d.gpkg", "", "name"),),
        crossed=True,
        points=0,
        targets=("area:Forest:half=0.005", "overall:se=0.01"),
        expected=(("Forest", 0.9),),
        allocation=choice.NEYMAN,
        reserve=20,
        seed=7,
        support=choice.CIRCLE,
        size=5.0,
        rule=choice.MAJORITY,
        left_out="t.gpkg",
    )

    assert made.arguments() == [
        *("assess", "design", "map.gpkg", "--field", "class_name", "--layer", "landcover", "--design", "stratified"),
        *("--strata", "d.gpkg", "--strata-field", "name", "--cross"),
        *("--target=area:Forest:half=0.005", "--target=overall:se=0.01", "--users=Forest=0.9"),
        *("--allocation", "neyman", "--minimum", "50", "--reserve", "20", "--seed", "7"),
        *("--support", "circle", "--rule", "majority", "--size", "5", "--leave-out", "t.gpkg"),
    ]


def test_sizes_of_ones_own_take_the_place_of_an_allocation():
    made = choice.DesignChoice(map=choice.LayerFile("m.tif"), sizes=(("A=B", 75), ("C", 80)))

    words = made.arguments()
    assert words[words.index("stratified") + 1 :][:2] == ["--stratum=A=B=75", "--stratum=C=80"]
    assert "--points" not in words
    assert "--allocation" not in words


def test_numbers_of_strata_count_only_if_they_were_changed(dock):
    table = dock.design.strata
    table.show_strata([{"stratum": n, "area_ha": 1.0, "share": 0.5, "points": 30} for n in ("a", "b")])
    assert (table.sizes(), table.expected()) == ((), ())

    table.item(0, POINTS).setText("45")
    table.item(1, EXPECTED).setText("95")

    assert table.sizes() == (("a", 45), ("b", 30))
    assert table.expected() == (("b", 0.95),)


def test_targets_are_added_once_and_removed(dock):
    dock.design.by_target.setChecked(True)
    fields = dock.design.targets
    fields.show_classes(["Forest"])
    fields.what.setCurrentIndex(1)
    fields.value.setValue(0.5)
    fields.add_button.click()
    fields.add_button.click()
    assert fields.targets() == ("area:Forest:half=0.005",)

    fields.list.item(0).setSelected(True)
    fields.remove_button.click()
    assert fields.targets() == ()


def test_what_cannot_be_estimated_is_said(qgis_app):
    page = ReportPage()
    none = {
        "users": None, "producers": None, "adjusted_area": None, "mapped_area": 1.0, "mapped_points": 0,
        "wald_too_narrow": True, "omission_points": 3,
    }  # fmt: skip
    data = {
        "warnings": ["w"], "notes": [], "agreement": [], "comparisons": [], "method": "m", "points": 4,
        "area_unit": "ha", "overall": None, "per_class": [{"class": "a", **none}],
    }  # fmt: skip
    page.show_assessment(data)
    page.intervals.setCurrentIndex(page.intervals.findData(WALD))

    item = page.table.topLevelItem(0)
    assert [item.text(k) for k in range(1, 4)] == ["not estimated"] * 3
    assert "3 points of omission" in item.toolTip(3)
    page.deleteLater()
