"""File of corrections as the engine takes them: one outline to add, or those of a map without the last."""

import getpass
import os
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Tuple

from osgeo import ogr, osr
from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry

from ...engine.contract.names import CLASS_RASTER, CORRECTIONS

TABLE = "corrections"
TEXTS = ("new_class", "old_classes", "author", "date", "reason")


@dataclass(frozen=True)
class Correction:
    """An outline that gets another class.

    Attributes:
        shape: Its polygon.
        new_class: Name of the class that it gets.
        old_classes: Names of the classes that change inside it; empty for all.
        reason: Why, for the record.
    """

    shape: QgsGeometry
    new_class: str
    old_classes: Tuple[str, ...] = ()
    reason: str = ""


def corrections_path(class_raster: str) -> str:
    """Return where the corrections of a map lie."""
    stem = class_raster[: -len(CLASS_RASTER)] if class_raster.endswith(CLASS_RASTER) else class_raster
    return stem + CORRECTIONS


def count_corrections(class_raster: str) -> int:
    """Return how many corrections a map has."""
    path = corrections_path(class_raster)
    dataset = ogr.Open(path) if os.path.exists(path) else None
    return dataset.GetLayer(0).GetFeatureCount() if dataset is not None else 0


def write_correction(path: str, correction: Correction, crs: QgsCoordinateReferenceSystem) -> None:
    """Write a file with one correction, for the engine to add to those of the map."""
    system = osr.SpatialReference()
    if crs.isValid():
        system.ImportFromWkt(crs.toWkt())
    dataset = ogr.GetDriverByName("GPKG").CreateDataSource(path)
    table = dataset.CreateLayer(TABLE, system if crs.isValid() else None, ogr.wkbUnknown)
    for name in TEXTS:
        table.CreateField(ogr.FieldDefn(name, ogr.OFTString))
    row = ogr.Feature(table.GetLayerDefn())
    row["new_class"], row["old_classes"] = correction.new_class, ",".join(correction.old_classes)
    row["author"], row["reason"] = _user(), correction.reason
    row["date"] = datetime.now(timezone.utc).replace(microsecond=0).isoformat()
    row.SetGeometry(ogr.CreateGeometryFromWkb(bytes(correction.shape.asWkb())))
    table.CreateFeature(row)


def write_without_last(path: str, class_raster: str) -> int:
    """Write a file with the corrections of a map but the last; return how many these are."""
    source = ogr.Open(corrections_path(class_raster))
    rows = source.GetLayer(0)
    kept = sorted(feature.GetFID() for feature in rows)[:-1]
    dataset = ogr.GetDriverByName("GPKG").CreateDataSource(path)
    table = dataset.CreateLayer(TABLE, rows.GetSpatialRef(), rows.GetGeomType())
    for index in range(rows.GetLayerDefn().GetFieldCount()):
        table.CreateField(rows.GetLayerDefn().GetFieldDefn(index))
    for number in kept:
        row = ogr.Feature(table.GetLayerDefn())
        row.SetFrom(rows.GetFeature(number))
        table.CreateFeature(row)
    return len(kept)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
