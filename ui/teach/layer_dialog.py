"""Window in which polygons of a layer are taken as examples: which layer, which field holds the class."""

from typing import Dict, List, Optional, Tuple

from qgis.core import QgsFieldProxyModel, QgsGeometry, QgsMapLayerProxyModel, QgsVectorLayer
from qgis.gui import QgsFieldComboBox, QgsMapLayerComboBox
from qgis.PyQt.QtWidgets import QCheckBox, QDialog, QDialogButtonBox, QWidget

from ..base.i18n import tr
from ..base.widgets import MutedLabel, column_layout, form_layout

USUAL_FIELDS = ("class_name", "mc_info", "classname", "class", "c_info", "label", "class_id", "classvalue", "mc_id")
"""Names under which layers of examples keep the class, the likeliest first: ours, SCP's, ArcGIS's."""


class LayerDialog(QDialog):
    """Asks for a polygon layer, its field of classes, and whether only what is selected is wanted."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Examples from a layer"))
        self.layer = QgsMapLayerComboBox()
        self.layer.setFilters(QgsMapLayerProxyModel.Filter.PolygonLayer)
        self.layer.setAccessibleName(tr("Layer"))
        self.layer.setToolTip(tr("Layer whose polygons become examples"))
        self.field = QgsFieldComboBox()
        self.field.setFilters(QgsFieldProxyModel.Filter.AllTypes)
        self.field.setAccessibleName(tr("Field of the class"))
        self.field.setToolTip(tr("Field that says which class a polygon is"))
        self.selected_only = QCheckBox(tr("Selected polygons only"))
        self.selected_only.setToolTip(tr("Leave out polygons that are not selected in the layer"))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        form = form_layout()
        form.addRow(tr("Layer"), self.layer)
        form.addRow(tr("Field of the class"), self.field)
        layout = column_layout(self)
        layout.addWidget(MutedLabel(tr("Classes that are not in the list are added to it.")))
        layout.addLayout(form)
        layout.addWidget(self.selected_only)
        layout.addWidget(self.buttons)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self.layer.layerChanged.connect(self._layer_changed)
        self._layer_changed(self.layer.currentLayer())

    def shapes(self) -> List[Tuple[str, QgsGeometry]]:
        """Return the class and the shape of each polygon that is wanted."""
        layer = self.layer.currentLayer()
        if not isinstance(layer, QgsVectorLayer) or not self.field.currentField():
            return []
        return shapes_of(layer, self.field.currentField(), selected_only=self.selected_only.isChecked())

    def _layer_changed(self, layer: Optional[QgsVectorLayer]) -> None:
        self.field.setLayer(layer)
        by_name: Dict[str, str] = {f.name().casefold(): f.name() for f in layer.fields()} if layer is not None else {}
        usual = next((by_name[name] for name in USUAL_FIELDS if name in by_name), "")
        if usual:
            self.field.setField(usual)
        self.selected_only.setEnabled(layer is not None and layer.selectedFeatureCount() > 0)
        self.selected_only.setChecked(self.selected_only.isEnabled())
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(layer is not None)


def shapes_of(layer: QgsVectorLayer, field: str, *, selected_only: bool) -> List[Tuple[str, QgsGeometry]]:
    """Return (class, shape) of the polygons of a layer that have both."""
    features = layer.getSelectedFeatures() if selected_only else layer.getFeatures()
    found = ((str(f[field]).strip(), f.geometry()) for f in features if f[field] and f.hasGeometry())
    return [(name, shape) for name, shape in found if name and name != "NULL" and not shape.isEmpty()]
