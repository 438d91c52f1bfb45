"""Page on which a sample is designed: map, strata, size, support, and what every allocation would give."""

import os
from typing import Any, Dict, List, Optional

from qgis.core import QgsMapLayer, QgsMapLayerProxyModel, QgsProviderRegistry, QgsVectorLayer
from qgis.gui import QgsCollapsibleGroupBox, QgsFieldComboBox, QgsFileWidget, QgsMapLayerComboBox
from qgis.PyQt.QtCore import QLocale, pyqtSignal
from qgis.PyQt.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QHBoxLayout, QPushButton, QSpinBox, QWidget

from ....engine.contract.sample import DESIGN_END, PACKAGE_END
from ...base.i18n import tr
from ...base.notes import Notes
from ...base.widgets import MutedLabel, WrappingLabel, column_layout, folding_form, form_layout
from ...results.sources import file_of, plain_name
from . import design_choice as choice
from .strata_table import StrataTable
from .target_fields import TargetFields

CLASS_FIELDS = ("class_name", "class", "name")
"""Fields that probably hold the class, the likeliest first."""


class DesignPage(QWidget):
    """What a sample shall be.

    Signals:
        plan_wanted: Count the strata, and show what every allocation gives.
        draw_wanted: Draw the sample.
        open_wanted: Go on with a sample that is there.
    """

    plan_wanted = pyqtSignal()
    draw_wanted = pyqtSignal()
    open_wanted = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.map = QgsMapLayerComboBox()
        self.map.setToolTip(tr("A class raster, or polygons with a class"))
        self.field = QgsFieldComboBox()
        self.field.setToolTip(tr("Field with the class"))
        self.design = _combo(
            tr("How points are drawn"),
            (choice.STRATIFIED, tr("Random in each stratum")),
            (choice.SIMPLE_RANDOM, tr("Random over the whole map")),
            (choice.SYSTEMATIC, tr("A lattice with a random start")),
        )
        self.points = QSpinBox()
        self.targets = TargetFields()
        self.by_target = QCheckBox(tr("As many points as these targets need:"))
        self.strata = StrataTable()
        self.offers = WrappingLabel()
        self.facts = MutedLabel()
        self.notes = Notes()
        self.out = QgsFileWidget()
        self._make_more()
        self._make_buttons()
        self._build()
        self._connect()
        self._map_changed()

    def current(self) -> choice.DesignChoice:
        """Return what the fields say."""
        return choice.DesignChoice(
            map=_layer_file(self.map.currentLayer(), self.field.currentField()),
            design=self.design.currentData(),
            strata=self._strata_layers(),
            crossed=self.crossed.isChecked(),
            points=0 if self.by_target.isChecked() else self.points.value(),
            targets=self.targets.targets() if self.by_target.isChecked() else (),
            sizes=self.strata.sizes(),
            expected=self.strata.expected(),
            allocation=self.allocation.currentData(),
            minimum=self.minimum.value(),
            reserve=self.reserve.value(),
            seed=self.seed.value(),
            support=self.support.currentData(),
            size=self.size.value(),
            rule=self.rule.currentData(),
            left_out=self.left_out.filePath().strip(),
        )

    def out_stem(self) -> str:
        """Return where the sample goes, without ending."""
        path = self.out.filePath().strip()
        for ending in (DESIGN_END, PACKAGE_END):
            if path.endswith(ending):
                return path[: -len(ending)]
        return path

    def show_plan(self, data: Dict[str, Any]) -> None:
        """Show strata, sizes, and what every allocation would give."""
        self.strata.show_strata(data["strata"])
        if not self.targets.targets():
            self.targets.show_classes([row["stratum"] for row in data["strata"]])
        titles = {self.allocation.itemData(k): self.allocation.itemText(k) for k in range(self.allocation.count())}
        self.offers.setText("\n".join(_offer(row, titles) for row in data["allocations"]))
        self.facts.setText(_plan_facts(data))

    def show_busy(self, text: str) -> None:
        """Show what is going on; empty when it has ended."""
        for button in (self.plan_button, self.draw_button, self.open_button):
            button.setEnabled(not text)
        self.facts.setText(text or self.facts.text())

    def show_problem(self, text: str) -> None:
        """Show why there is no sample; empty takes it away."""
        self.notes.show_notes([("error", text)])

    def _strata_layers(self):
        layer = self.strata_layer.currentLayer()
        return () if layer is None else (_layer_file(layer, self.strata_field.currentField()),)

    def _map_changed(self) -> None:
        layer = self.map.currentLayer()
        is_vector = isinstance(layer, QgsVectorLayer)
        self.field.setVisible(is_vector)
        self.field.setLayer(layer if is_vector else None)
        if is_vector:
            names = [field.name() for field in layer.fields()]
            self.field.setField(next((n for n in CLASS_FIELDS if n in names), names[0] if names else ""))
        self.strata.clear_strata()
        self.targets.clear()
        self.targets.show_classes(())
        self.offers.setText("")
        self.facts.setText("")
        for button in (self.plan_button, self.draw_button):
            button.setEnabled(layer is not None)
        if layer is not None:
            path = file_of(layer.source())
            stem = os.path.join(os.path.dirname(path), plain_name(path) + "_sample")
            self.out.setFilePath(stem + PACKAGE_END)

    def _strata_layer_changed(self) -> None:
        layer = self.strata_layer.currentLayer()
        is_vector = isinstance(layer, QgsVectorLayer)
        self.strata_field.setVisible(is_vector)
        self.strata_field.setLayer(layer if is_vector else None)
        self.crossed.setEnabled(layer is not None)
        self.strata.clear_strata()

    def _make_more(self) -> None:
        self.map.setFilters(QgsMapLayerProxyModel.Filter.RasterLayer | QgsMapLayerProxyModel.Filter.PolygonLayer)
        _range(self.points, 10, 1_000_000, 600, tr("Size of the sample"))
        self.by_target.setToolTip(tr("Let the engine find the size; “Look at the map” tells it"))
        self.allocation = _combo(
            tr("How points are divided among strata"),
            (choice.MINIMUM, tr("A minimum each, the rest by area")),
            (choice.PROPORTIONAL, tr("By area")),
            (choice.EQUAL, tr("The same for all")),
            (choice.NEYMAN, tr("Neyman (best for the targets)")),
        )
        self.minimum, self.reserve, self.seed = QSpinBox(), QSpinBox(), QSpinBox()
        _range(self.minimum, 2, 100_000, 50, tr("Fewest points of a stratum"))
        _range(self.reserve, 0, 1_000_000, 0, tr("Further points, if more are needed later"))
        _range(self.seed, 0, 2_147_483_647, 1, tr("The same seed draws the same points"))
        self.support = _combo(
            tr("What gets a label"),
            (choice.PIXEL, tr("A pixel")),
            (choice.BLOCK, tr("A block of pixels")),
            (choice.CIRCLE, tr("A circle")),
        )
        self.size = QDoubleSpinBox()
        self.size.setRange(1.0, 10_000.0)
        self.size.setValue(3.0)
        self.size.setToolTip(tr("Pixels along the side of a block, metres of the radius of a circle"))
        self.rule = _combo(
            tr("Which class counts where there are several"),
            (choice.CENTRE, tr("The class at the centre")),
            (choice.MAJORITY, tr("The class of the majority")),
        )
        self.strata_layer = QgsMapLayerComboBox()
        self.strata_layer.setFilters(self.map.filters())
        self.strata_layer.setAllowEmptyLayer(True, tr("The classes of the map"))
        self.strata_layer.setLayer(None)
        self.strata_layer.setToolTip(tr("Another raster or polygons whose parts are the strata"))
        self.strata_field = QgsFieldComboBox()
        self.strata_field.setToolTip(tr("Field with the names of the strata"))
        self.strata_field.hide()
        self.crossed = QCheckBox(tr("crossed with the classes of the map"))
        self.crossed.setToolTip(tr("A stratum for each class in each part"))
        self.crossed.setEnabled(False)
        self.left_out = QgsFileWidget()
        self.left_out.setToolTip(tr("Examples that a model was taught with: no points are drawn there"))
        self.out.setStorageMode(QgsFileWidget.StorageMode.SaveFile)
        self.out.setFilter("GeoPackage (*.gpkg)")
        self.out.setToolTip(tr("Points to label; the design is written beside them"))

    def _make_buttons(self) -> None:
        self.plan_button = QPushButton(tr("Look at the map"))
        self.plan_button.setToolTip(tr("Count the strata, and tell what every allocation needs or reaches"))
        self.draw_button = QPushButton(tr("Draw sample"))
        self.draw_button.setToolTip(tr("Draw the points and begin to label them"))
        self.open_button = QPushButton(tr("Open a sample…"))
        self.open_button.setToolTip(tr("Go on with a sample that is there"))

    def _build(self) -> None:
        layout = column_layout(self)
        form = form_layout()
        form.addRow(tr("Map"), self.map)
        form.addRow("", self.field)
        form.addRow(tr("Design"), self.design)
        form.addRow(tr("Points"), self.points)
        layout.addLayout(form)
        layout.addWidget(self.by_target)
        layout.addWidget(self.targets)
        self.targets.hide()
        layout.addWidget(self._more_box())
        layout.addWidget(self.plan_button)
        layout.addWidget(self.strata)
        layout.addWidget(self.offers)
        layout.addWidget(self.facts)
        layout.addWidget(self.notes)
        form = form_layout()
        form.addRow(tr("Save to"), self.out)
        layout.addLayout(form)
        row = QHBoxLayout()
        row.addWidget(self.open_button)
        row.addWidget(self.draw_button)
        layout.addLayout(row)

    def _more_box(self) -> QgsCollapsibleGroupBox:
        box = QgsCollapsibleGroupBox(tr("More"))
        box.setCollapsed(True)
        form = folding_form(box)
        for title, widget in (
            (tr("Strata"), self.strata_layer),
            ("", self.strata_field),
            ("", self.crossed),
            (tr("Allocation"), self.allocation),
            (tr("Minimum"), self.minimum),
            (tr("Reserve"), self.reserve),
            (tr("Seed"), self.seed),
            (tr("Support"), self.support),
            (tr("Its size"), self.size),
            (tr("Mixed support"), self.rule),
            (tr("Leave out"), self.left_out),
        ):
            form.addRow(title, widget)
        return box

    def _connect(self) -> None:
        self.map.layerChanged.connect(lambda _layer: self._map_changed())
        self.strata_layer.layerChanged.connect(lambda _layer: self._strata_layer_changed())
        self.by_target.toggled.connect(self.targets.setVisible)
        self.by_target.toggled.connect(lambda on: self.points.setEnabled(not on))
        self.plan_button.clicked.connect(lambda _checked: self.plan_wanted.emit())
        self.draw_button.clicked.connect(lambda _checked: self.draw_wanted.emit())
        self.open_button.clicked.connect(lambda _checked: self.open_wanted.emit())


def _combo(tip: str, *choices) -> QComboBox:
    combo = QComboBox()
    combo.setToolTip(tip)
    for key, title in choices:
        combo.addItem(title, key)
    return combo


def _range(box: QSpinBox, least: int, most: int, value: int, tip: str) -> None:
    box.setRange(least, most)
    box.setValue(value)
    box.setToolTip(tip)


def _layer_file(layer: Optional[QgsMapLayer], field: str) -> choice.LayerFile:
    if layer is None:
        return choice.LayerFile("")
    if not isinstance(layer, QgsVectorLayer):
        return choice.LayerFile(file_of(layer.source()))
    parts = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source())
    return choice.LayerFile(file_of(layer.source()), str(parts.get("layerName") or ""), field)


def _offer(row: Dict[str, Any], titles: Dict[str, str]) -> str:
    title = titles.get(row["allocation"], row["allocation"])
    sizes = " + ".join(str(n) for n in row["sizes"])
    text = tr("{allocation}: {points} points ({sizes})").format(allocation=title, points=row["points"], sizes=sizes)
    errors = [QLocale().toString(100 * e, "f", 2) + " %" for e in row["se_expected"] if e is not None]
    return text + (tr("; standard errors {errors}").format(errors=", ".join(errors)) if errors else "")


def _plan_facts(data: Dict[str, Any]) -> str:
    parts: List[str] = [tr("{n} points in all").format(n=data["points"])]
    if data["probability"] == "area":
        parts.append(tr("drawn in proportion to the area on the ground"))
    if data["left_out_pixels"]:
        parts.append(tr("{n} pixels of examples are left out").format(n=data["left_out_pixels"]))
    return "; ".join(parts) + "."
