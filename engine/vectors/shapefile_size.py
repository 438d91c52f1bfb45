"""Size of Shapefiles, before they are written (ESRI Shapefile Technical Description, 1998). Pure."""

from __future__ import annotations

import numpy as np

from .layers import FeatureBatch

SHAPEFILE_LIMIT = 2 * 10**9
"""Bytes that .shp and .dbf stay under: many programs read offsets as signed 32-bit numbers."""

SHP_HEADER, DBF_HEADER = 100, 400
SHP_OVER_WKB = 43
"""What a polygon's record takes more than its well-known binary, which has 9 bytes before the rings: 52 - 9."""

NAME_BYTES = 254
DBF_RECORD = 1 + 10 + NAME_BYTES + 3 * 24 + 18
"""Deletion mark, class, name, three real numbers and the number of pixels, at their widest."""


def record_bytes(batch: FeatureBatch) -> np.ndarray:
    """Return what each polygon adds to the larger of .shp and .dbf at most."""
    shp = np.fromiter(map(len, batch.wkb), np.int64, len(batch.wkb)) + SHP_OVER_WKB
    return np.maximum(shp, DBF_RECORD)
