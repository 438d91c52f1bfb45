"""Accuracy of a map by clicks: table 8 of Olofsson et al. 2014 comes out of the panel, in the real desktop."""

import json

import pytest
from assess_sample import EXAMPLE_COUNTS, NAMES, drawn_points, example_labels, write_example
from desktop_steps import RUN_LIMIT_S, click
from qgis.core import QgsProject, QgsRasterLayer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication
from qgis_fixtures import wait_until


@pytest.fixture
def panel(plugin):
    plugin.assess.action.setChecked(True)
    yield plugin.assess
    if plugin.assess is not None:
        plugin.assess.action.setChecked(False)
    QgsProject.instance().clear()


def test_example_of_the_literature_comes_out_of_the_panel(panel, plugin, iface, shoot, tmp_path):
    layer = QgsRasterLayer(write_example(tmp_path / "change.tif"), "change")
    QgsProject.instance().addMapLayer(layer)
    iface.mapCanvas().setDestinationCrs(layer.crs())
    dock, controller = panel.dock, panel.controller
    design = dock.design
    design.map.setLayer(layer)
    click(design.plan_button)
    assert wait_until(lambda: not controller.is_busy, RUN_LIMIT_S)
    assert design.strata.rowCount() == 4, design.notes.texts
    for k, row in enumerate(EXAMPLE_COUNTS):
        design.strata.item(k, 4).setText(str(sum(row)))
    shoot("desktop_assess_design")
    dock.tabs.widget(0).ensureWidgetVisible(design.draw_button)
    click(design.draw_button)
    assert wait_until(lambda: controller.sample is not None and not controller.is_busy, RUN_LIMIT_S)

    labels = example_labels(drawn_points(controller.sample.design))
    keys = {name: str(k + 1) for k, name in enumerate(NAMES)}
    QApplication.setActiveWindow(iface.mainWindow())  # this display has no window manager that would
    shoot("desktop_assess_label")
    for point in list(controller.labelling.file.points):
        name = labels[point.number]
        if point.number % 2:
            QTest.keyClick(dock.label, keys[name])
        else:
            click(dock.label.class_buttons[NAMES.index(name)])
    assert dock.label.counts.text().startswith("640 of 640 looked at")
    dock.tabs.widget(1).ensureWidgetVisible(dock.label.report)
    click(dock.label.report)
    click(dock.report.estimate_button)
    assert wait_until(lambda: not controller.is_busy, RUN_LIMIT_S)

    assert dock.report.overall.text().startswith("Overall accuracy: 94.7 %"), dock.report.notes.texts
    dock.report.intervals.setCurrentIndex(1)
    shoot("desktop_assess_report")
    rows = [dock.report.table.topLevelItem(k) for k in range(4)]
    assert [row.text(3).replace(",", "") for row in rows] == [
        "21158 ha ± 6158 ha",
        "11686 ha ± 3756 ha",
        "285770 ha ± 15510 ha",
        "581386 ha ± 16282 ha",
    ]
    assert rows[0].text(1) == "88.0 % ± 7.4 %"
    assert rows[0].text(2) == "74.9 % ± 21.3 %"
    data = json.loads((tmp_path / "change_sample_report.json").read_text(encoding="utf-8"))
    assert data["overall"]["estimate"] == pytest.approx(0.946512, abs=1e-6)
    assert data["overall"]["half_width"] == pytest.approx(0.018484, abs=1e-6)
    assert [c["producers"]["se"] for c in data["per_class"]] == pytest.approx(
        [0.108832, 0.129800, 0.017512, 0.009368], abs=1e-6
    )
