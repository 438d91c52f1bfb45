"""Sources of polygon layers: what QGIS opens of a vector file, whatever its name holds."""

import os
from typing import List, Tuple

from osgeo import gdal
from qgis.core import QgsProviderRegistry, QgsVectorLayer

STYLES = "layer_styles"
"""Table of a GeoPackage in which QGIS keeps styles; it is no layer of results."""


def source_of(path: str, layer: str = "") -> str:
    """Return the source that opens a vector file or one layer of it; where none does, the plain one."""
    plain = f"{path}|layername={layer}" if layer else path
    if not path.lower().endswith(".gpkg") or "%" not in path or QgsVectorLayer(plain, "", "ogr").isValid():
        return plain
    # GDAL up to 3.6 reads "%20" in the path of a GeoPackage that is opened without a lock, as QGIS does, as a blank.
    names = [layer] if layer else _tables(path)[:1]
    return f"GPKG:{path}:{names[0]}" if names else plain


def layer_sources(path: str) -> List[Tuple[str, str]]:
    """Return source and name of each vector layer of a file; an empty name where the file has but one."""
    if not path.lower().endswith(".gpkg"):
        return [(path, "")]
    names = _tables(path)
    return [(source_of(path, name), name) for name in names] if len(names) > 1 else [(source_of(path), "")]


def file_of(source: str) -> str:
    """Return the file behind a source."""
    if source.startswith("GPKG:"):
        return source[len("GPKG:") :].rpartition(":")[0]
    return QgsProviderRegistry.instance().decodeUri("ogr", source).get("path") or source


def plain_name(path: str) -> str:
    """Return a file's name without folder and ending, for a layer."""
    return os.path.splitext(os.path.basename(path))[0]


def _tables(path: str) -> List[str]:
    try:
        dataset = gdal.OpenEx(path, gdal.OF_VECTOR)
    except RuntimeError:
        dataset = None
    if dataset is None:  # without exceptions GDAL says nothing
        return []
    names = [dataset.GetLayer(index).GetName() for index in range(dataset.GetLayerCount())]
    return [name for name in names if name != STYLES]
