"""Layer of examples: a GeoPackage beside the results, edited with QGIS's own tools, undo and snapping."""

import os
from typing import Dict, Iterator, List, Optional, Tuple

from osgeo import ogr, osr
from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeature,
    QgsFillSymbol,
    QgsGeometry,
    QgsProject,
    QgsRendererCategory,
    QgsVectorLayer,
    QgsVectorLayerUtils,
)
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ...engine.contract.teach import Example
from ..base.i18n import tr
from .palette import Palette, PaletteClass, first_palette

TABLE = "examples"
PALETTE_PROPERTY = "uhr_landcover/palette"
TEXTS, NUMBERS = ("class_name", "subclass"), ("class_id", "red", "green", "blue")


class ExamplesRefused(Exception):
    """Examples cannot be kept as asked for; the message is a sentence for the user."""


class ExampleLayer(QObject):
    """The layer, as long as an image is taught.

    It is always open for editing, so that QGIS's undo takes back a stroke; `keep` writes it to its file.

    Signals:
        changed: Examples are others than before, whoever changed them.
        palette_changed: Classes are others than before.
        gone: The user took the layer out of the project.
    """

    changed = pyqtSignal()
    palette_changed = pyqtSignal()
    gone = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self._layer_id = ""
        self.palette = first_palette()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._tell)

    @property
    def layer(self) -> Optional[QgsVectorLayer]:
        """The layer in the project; None if there is none."""
        return QgsProject.instance().mapLayer(self._layer_id) if self._layer_id else None

    def open(self, path: str, crs: QgsCoordinateReferenceSystem) -> QgsVectorLayer:
        """Put the examples of a file on top of the project; make the file where there is none.

        Raises:
            ExamplesRefused: If the file cannot be made or read.
        """
        if not os.path.exists(path):
            _make_file(path, crs)
        source = f"{path}|layername={TABLE}"
        project = QgsProject.instance()
        layer = next((x for x in project.mapLayers().values() if x.source() == source), None)
        if layer is None:
            layer = QgsVectorLayer(source, tr("Examples"), "ogr")
            if not layer.isValid() or layer.fields().lookupField("class_id") < 0:
                text = tr("{path} holds no examples. Move it away, or choose another output folder.")
                raise ExamplesRefused(text.format(path=path))
            project.addMapLayer(layer, False)
            project.layerTreeRoot().insertLayer(0, layer)
        self._layer_id = layer.id()
        kept = Palette.from_json(str(layer.customProperty(PALETTE_PROPERTY, "")))
        self._set_palette((kept if kept.classes else first_palette()).joined(_classes_of(layer)))
        layer.startEditing()
        for signal in (layer.layerModified, layer.afterRollBack):
            signal.connect(self._modified)
        layer.editingStopped.connect(self._edit_on)
        layer.willBeDeleted.connect(self._forget)
        return layer

    def close(self) -> None:
        """Write the examples to their file and let go of the layer, which stays in the project."""
        layer = self.layer
        if layer is None:
            return
        self._let_go(layer)
        if not layer.commitChanges():
            layer.startEditing()  # what could not be written is not lost: the user sees it and can try again

    def keep(self) -> None:
        """Write the examples to their file; drawing goes on.

        Raises:
            ExamplesRefused: If they cannot be written; they stay in the layer.
        """
        layer = self.layer
        if layer is not None and layer.isEditable() and not layer.commitChanges(False):
            raise ExamplesRefused(
                tr("The examples cannot be written: {why}").format(why="; ".join(layer.commitErrors()))
            )

    def add(self, shape: QgsGeometry, crs: QgsCoordinateReferenceSystem, number: int, subclass: str = "") -> None:
        """Add an example of a class, as one step that undo takes back."""
        self.add_all([(shape, number)], crs, tr("Draw an example"), subclass)

    def add_all(
        self, shapes: List[Tuple[QgsGeometry, int]], crs: QgsCoordinateReferenceSystem, step: str, subclass: str = ""
    ) -> None:
        """Add shapes with the numbers of their classes, as one step."""
        layer = self.layer
        layer.startEditing()
        layer.beginEditCommand(step)
        for shape, number in shapes:
            layer.addFeature(_feature(layer, _placed(shape, crs, layer.crs()), self.palette.get(number), subclass))
        layer.endEditCommand()
        layer.triggerRepaint()

    def examples(self) -> Tuple[Example, ...]:
        """Return all examples as the engine takes them."""
        return tuple(_examples(self.layer)) if self.layer is not None else ()

    def counts(self) -> Dict[int, int]:
        """Return how many examples each class has, by its number."""
        found: Dict[int, int] = {}
        for feature in self.layer.getFeatures() if self.layer is not None else ():
            number = _number(feature["class_id"])
            found[number] = found.get(number, 0) + 1
        return found

    def add_class(self, name: str) -> int:
        """Add a class; return its number. Raises PaletteRefused."""
        self._set_palette(self.palette.with_new(name))
        return self.palette.classes[-1].number

    def rename_class(self, number: int, name: str) -> None:
        """Rename a class, its examples with it. Raises PaletteRefused."""
        self._change_class(self.palette.renamed(number, name), number, tr("Rename a class"))

    def recolor_class(self, number: int, color: Tuple[int, int, int]) -> None:
        """Draw a class in another colour."""
        self._change_class(self.palette.recolored(number, color), number, tr("Recolour a class"))

    def delete_class(self, number: int) -> None:
        """Take a class away, its examples with it; undo brings these back."""
        layer = self.layer
        own = [f.id() for f in layer.getFeatures() if _number(f["class_id"]) == number] if layer is not None else []
        self._set_palette(self.palette.without(number))
        if own:
            layer.startEditing()
            layer.beginEditCommand(tr("Delete a class"))
            layer.deleteFeatures(own)
            layer.endEditCommand()

    def _change_class(self, palette: Palette, number: int, step: str) -> None:
        self._set_palette(palette)
        layer, wanted = self.layer, palette.get(number)
        own = [f.id() for f in layer.getFeatures() if _number(f["class_id"]) == number] if layer is not None else []
        if not own:
            return
        values = dict(zip(("class_name", "red", "green", "blue"), (wanted.name, *wanted.color)))  # noqa: B905 - 3.9
        places = {layer.fields().lookupField(name): value for name, value in values.items()}
        layer.startEditing()
        layer.beginEditCommand(step)
        for feature_id in own:
            for place, value in places.items():
                if place >= 0:
                    layer.changeAttributeValue(feature_id, place, value)
        layer.endEditCommand()

    def _set_palette(self, palette: Palette) -> None:
        self.palette = palette
        if self.layer is not None:
            self.layer.setCustomProperty(PALETTE_PROPERTY, palette.to_json())
            self.layer.setRenderer(_renderer(palette))
            self.layer.triggerRepaint()
        self.palette_changed.emit()

    def _modified(self) -> None:
        self._soon.start(0)  # one stroke is several changes

    def _tell(self) -> None:
        layer = self.layer
        if layer is None:
            return
        back = self.palette.joined(_classes_of(layer))  # undo may have brought back a class
        if back != self.palette:
            self._set_palette(back)
        self.changed.emit()

    def _edit_on(self) -> None:
        """Go on editing after the user saved or dropped changes with QGIS's own buttons."""
        QTimer.singleShot(0, self._start_editing)

    def _start_editing(self) -> None:
        if self.layer is not None:
            self.layer.startEditing()
            self.changed.emit()

    def _forget(self) -> None:
        self._layer_id = ""
        self.gone.emit()

    def _let_go(self, layer: QgsVectorLayer) -> None:
        for signal in (layer.layerModified, layer.afterRollBack):
            signal.disconnect(self._modified)
        layer.editingStopped.disconnect(self._edit_on)
        layer.willBeDeleted.disconnect(self._forget)
        self._layer_id = ""


def _make_file(path: str, crs: QgsCoordinateReferenceSystem) -> None:
    """Write an empty GeoPackage of examples; it is there when it is complete."""
    part = path + ".part.gpkg"
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        system = osr.SpatialReference()
        if crs.isValid():
            system.ImportFromWkt(crs.toWkt())
        dataset = ogr.GetDriverByName("GPKG").CreateDataSource(part)
        table = dataset.CreateLayer(TABLE, system if crs.isValid() else None, ogr.wkbMultiPolygon)
        for name in ("class_id", *TEXTS, "red", "green", "blue"):
            table.CreateField(ogr.FieldDefn(name, ogr.OFTInteger if name in NUMBERS else ogr.OFTString))
        del table, dataset  # closed, and so complete
        os.replace(part, path)
    except (OSError, RuntimeError, AttributeError) as error:
        raise ExamplesRefused(
            tr("The examples cannot be kept in {path}: {why}. Choose another output folder.").format(
                path=path, why=error
            )
        ) from error


def _feature(layer: QgsVectorLayer, shape: QgsGeometry, drawn: PaletteClass, subclass: str) -> QgsFeature:
    shape.convertToMultiType()
    red, green, blue = drawn.color
    values = {
        "class_id": drawn.number, "class_name": drawn.name, "subclass": subclass,
        "red": red, "green": green, "blue": blue,
    }  # fmt: skip
    by_place = {layer.fields().lookupField(name): value for name, value in values.items()}
    return QgsVectorLayerUtils.createFeature(layer, shape, {k: v for k, v in by_place.items() if k >= 0})


def _placed(
    shape: QgsGeometry, source: QgsCoordinateReferenceSystem, target: QgsCoordinateReferenceSystem
) -> QgsGeometry:
    placed = QgsGeometry(shape)
    if source.isValid() and target.isValid() and source != target:
        placed.transform(QgsCoordinateTransform(source, target, QgsProject.instance()))
    return placed


def _examples(layer: QgsVectorLayer) -> Iterator[Example]:
    for feature in layer.getFeatures():
        if not feature.hasGeometry():
            continue
        color = tuple(_number(feature[name], -1) for name in ("red", "green", "blue"))
        yield Example(
            id=int(feature.id()),
            wkt=feature.geometry().asWkt(),
            class_id=_number(feature["class_id"]) or None,
            class_name=_text(feature["class_name"]),
            subclass=_text(feature["subclass"]),
            color=color if min(color) >= 0 else None,
        )


def _classes_of(layer: QgsVectorLayer) -> Tuple[PaletteClass, ...]:
    """Return the classes that the examples of a layer are of."""
    found: Dict[int, PaletteClass] = {}
    for example in _examples(layer):
        if example.class_id:
            drawn = PaletteClass(example.class_id, example.class_name, example.color or (128, 128, 128))
            found.setdefault(example.class_id, drawn)
    return tuple(found.values())


def _renderer(palette: Palette) -> QgsCategorizedSymbolRenderer:
    categories = []
    for each in palette.classes:
        fill, line = ",".join(map(str, (*each.color, 70))), ",".join(map(str, (*each.color, 255)))
        style = {"color": fill, "outline_color": line, "outline_width": "0.5"}
        categories.append(QgsRendererCategory(each.number, QgsFillSymbol.createSimple(style), each.name))
    return QgsCategorizedSymbolRenderer("class_id", categories)


def _number(value: object, lacking: int = 0) -> int:
    try:
        return int(value)
    except (TypeError, ValueError):  # NULL
        return lacking


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
