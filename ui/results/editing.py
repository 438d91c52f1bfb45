"""Editing of land-cover polygons: class, name and areas stay true whatever is changed, and with the project closed too.

Expressions of the layer do it, not slots: they are saved with the project and work where the plugin is not loaded.
"""

from typing import Any, Dict, Optional

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsDefaultValue,
    QgsEditorWidgetSetup,
    QgsExpression,
    QgsVectorLayer,
)

EQUAL_AREA = "EPSG:6933"
"""Cylindrical equal-area grid on the WGS 84 ellipsoid: areas in it are areas on the ellipsoid."""


def keep_true(layer: QgsVectorLayer, legend: Dict[str, Any], pixel_m2: Optional[float] = None) -> None:
    """Offer the classes by name in forms and tables, and compute what follows from class and shape after each edit.

    Args:
        layer: Polygons with the engine's fields.
        legend: JSON data of the legend.
        pixel_m2: Ground area of a pixel of the class raster; None leaves the counts of pixels as they are.
    """
    classes = legend.get("classes", ())
    class_id, form = _index(layer, "class_id"), layer.editFormConfig()
    if class_id is not None:
        choices = [{str(c["name"]): str(c["id"])} for c in classes]
        layer.setEditorWidgetSetup(class_id, QgsEditorWidgetSetup("ValueMap", {"map": choices}))
    for name, expression in _following(layer, classes, pixel_m2).items():
        index = _index(layer, name)
        if index is None:
            continue
        layer.setDefaultValueDefinition(index, QgsDefaultValue(expression, True))
        form.setReadOnly(index, True)
    layer.setEditFormConfig(form)


def legend_of(layer: QgsVectorLayer) -> Dict[str, Any]:
    """Return the classes that a layer's style names, as a legend; none where it has another style."""
    renderer = layer.renderer()
    if not isinstance(renderer, QgsCategorizedSymbolRenderer) or renderer.classAttribute() != "class_id":
        return {"classes": []}
    categories = renderer.categories()  # owns the symbols
    return {"classes": [{"id": c.value(), "name": c.label()} for c in categories if c.value() not in (None, "")]}


def _following(layer: QgsVectorLayer, classes: Any, pixel_m2: Optional[float]) -> Dict[str, str]:
    """Return an expression for each field that follows from class and shape."""
    quoted = QgsExpression.quotedString
    names = ",".join(f"{quoted(str(c['id']))},{quoted(str(c['name']))}" for c in classes)
    found = {"class_name": f'coalesce(map_get(map({names}), to_string("class_id")), "class_name")'} if names else {}
    if layer.crs().isValid():
        area = f"area(transform($geometry, {quoted(_crs_text(layer))}, '{EQUAL_AREA}'))"
        found["area_m2"] = area
        # A length depends on the project's ellipsoid and unit: where that is not the metre there is none.
        length = "if(@project_distance_units = 'meters', $perimeter, NULL)"
        found["perimeter_m"] = found["perim_m"] = length
        if pixel_m2:
            found["pixels"] = f"round({area} / {pixel_m2!r})"
    return found


def _crs_text(layer: QgsVectorLayer) -> str:
    return layer.crs().authid() or layer.crs().toWkt()


def _index(layer: QgsVectorLayer, name: str) -> Optional[int]:
    index = layer.fields().indexOf(name)
    return index if index >= 0 else None
