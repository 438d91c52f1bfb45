"""Labels of one interpreter: a GeoPackage of points, each change of which is on disk at once."""

import os
import shutil
from dataclasses import dataclass, replace
from typing import Dict, List, Optional

from osgeo import ogr
from qgis.core import QgsGeometry, QgsMarkerSymbol, QgsSingleSymbolRenderer, QgsVectorLayer

from ....engine.contract import sample as fields
from ...base.i18n import tr
from ...results.sources import plain_name, source_of
from ..drawn_sample import SampleRefused

SAMPLE_PROPERTY = "uhr_landcover/assessment"
"""Custom property of layers that belong to an assessment: nothing may be taught from them."""


@dataclass(frozen=True)
class PointLabel:
    """What an interpreter said of a point.

    Attributes:
        number: Number of the point, in the order of labelling.
        is_reserve: Whether the point is one of the reserve.
        label: Class; empty before there is one.
        alternate: Second choice.
        confidence: Free text.
        image_date: Date of the image that was looked at.
        note: Free text.
        interpreter: Who looked.
        not_sure: Whether the label is not to be counted.
        skipped: Whether the point was passed over on purpose.
    """

    number: int
    is_reserve: bool = False
    label: str = ""
    alternate: str = ""
    confidence: str = ""
    image_date: str = ""
    note: str = ""
    interpreter: str = ""
    not_sure: bool = False
    skipped: bool = False

    @property
    def is_done(self) -> bool:
        """Whether somebody has looked at the point."""
        return bool(self.label) or self.not_sure or self.skipped


class LabelFile:
    """Points of a sample with the labels of one interpreter.

    Args:
        path: GeoPackage that `assess design` wrote, or a copy.

    Attributes:
        layer: The points, for the map.

    Raises:
        SampleRefused: If it is no such file.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.layer = QgsVectorLayer(source_of(path, fields.POINT_LAYER), plain_name(path), "ogr")
        self._index = {field.name(): k for k, field in enumerate(self.layer.fields())}
        lacking = [name for name in (fields.POINT, *fields.TEXT_FIELDS, *fields.FLAG_FIELDS) if name not in self._index]
        if not self.layer.isValid() or lacking:
            raise SampleRefused(
                tr("“{path}” holds no points to label. Choose the file made with the sample.").format(path=path)
            )
        self.layer.setCustomProperty(SAMPLE_PROPERTY, "points")
        self._ids: List[int] = []
        self.points: List[PointLabel] = []
        self._places: List[QgsGeometry] = []
        self._read()
        self._outlines = _outlines(path)

    def __len__(self) -> int:
        return len(self.points)

    def place(self, position: int) -> QgsGeometry:
        """Return where a point is, in the CRS of the layer."""
        return self._places[position]

    def outline(self, position: int) -> QgsGeometry:
        """Return the outline of what the label of a point is for; the point itself where the file has none."""
        return self._outlines.get(self.points[position].number, self._places[position])

    def save(self, position: int, label: PointLabel) -> None:
        """Write what was said of a point.

        Raises:
            SampleRefused: If the file cannot be written.
        """
        texts = {self._index[name]: getattr(label, name) for name in fields.TEXT_FIELDS}
        flags = {self._index[name]: int(getattr(label, name)) for name in fields.FLAG_FIELDS}
        if not self.layer.dataProvider().changeAttributeValues({self._ids[position]: {**texts, **flags}}):
            raise SampleRefused(
                tr("The label could not be written to “{path}”. Is the file open elsewhere or write-protected?").format(
                    path=self.path
                )
            )
        self.points[position] = label

    def first_open(self) -> int:
        """Return the first point that nobody has looked at; the last one if there is none."""
        return next((k for k, point in enumerate(self.points) if not point.is_done), len(self.points) - 1)

    def _read(self) -> None:
        features = sorted(self.layer.getFeatures(), key=lambda feature: int(feature[fields.POINT]))
        for feature in features:
            self._ids.append(feature.id())
            self._places.append(QgsGeometry(feature.geometry()))
            self.points.append(
                PointLabel(
                    number=int(feature[fields.POINT]),
                    is_reserve=_flag(feature, fields.RESERVE) if fields.RESERVE in self._index else False,
                    **{name: _text(feature[name]) for name in fields.TEXT_FIELDS},
                    **{name: _flag(feature, name) for name in fields.FLAG_FIELDS},
                )
            )


def copy_for_interpreter(source: str, path: str) -> None:
    """Write a file of the same points without any label.

    Raises:
        SampleRefused: If it cannot be written.
    """
    part = path + ".part.gpkg"
    try:
        shutil.copyfile(source, part)
        dataset = ogr.Open(part, 1)
        _clear(dataset)
        del dataset
        os.replace(part, path)
    except (OSError, RuntimeError, AttributeError) as error:
        if os.path.exists(part):
            os.remove(part)
        raise SampleRefused(tr("“{path}” cannot be written: {reason}").format(path=path, reason=error)) from error


def _clear(dataset: ogr.DataSource) -> None:
    """Take every label out of a file's points."""
    layer = dataset.GetLayerByName(fields.POINT_LAYER)
    layer.StartTransaction()
    for feature in list(layer):
        for name in fields.TEXT_FIELDS:
            feature.SetFieldNull(name)
        for name in fields.FLAG_FIELDS:
            feature.SetField(name, 0)
        layer.SetFeature(feature)
    layer.CommitTransaction()


def shown_copy(layer: QgsVectorLayer) -> QgsVectorLayer:
    """Return a copy of the points for the map, drawn so that what lies below can be seen."""
    copy = layer.clone()
    ring = {"name": "circle", "size": "2.4", "color": "0,0,0,0", "outline_color": "255,140,0", "outline_width": "0.4"}
    copy.setRenderer(QgsSingleSymbolRenderer(QgsMarkerSymbol.createSimple(ring)))
    return copy


def with_label(point: PointLabel, label: str, remarks: Dict[str, str]) -> PointLabel:
    """Return a point that has got a label."""
    return replace(point, label=label, not_sure=False, skipped=False, **remarks)


def _outlines(path: str) -> Dict[int, QgsGeometry]:
    layer = QgsVectorLayer(source_of(path, fields.SUPPORT_LAYER), "support", "ogr")
    if not layer.isValid():
        return {}
    return {int(feature[fields.POINT]): QgsGeometry(feature.geometry()) for feature in layer.getFeatures()}


def _text(value: Optional[object]) -> str:
    return value if isinstance(value, str) else ""  # what is empty comes as a QVariant


def _flag(feature: object, name: str) -> bool:
    value = feature[name]
    return bool(value) if isinstance(value, (int, bool)) else False
