"""View map: the class raster of a view, written for the screen."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import rasterio

from ....models.heads.head_map import HeadMap
from ....models.legend import NODATA, Legend
from ...raster.classes.class_legend import LEGEND_TAG
from ...raster.grid import RasterGrid, Window
from ...system.files import rename
from ...tiles.tiling import Tile, TilePlan
from ..features.kept_features import TileFeatures
from .view import View, parts, place_of


def classify_view(view: View, tiles: TilePlan, features: Callable[[Tile], TileFeatures], head: HeadMap) -> np.ndarray:
    """Return the ``(H, W)`` uint8 class ids of a view, 255 where there is no data.

    Args:
        view: The view.
        tiles: Tiles of the raster.
        features: Gives the features of a tile.
        head: The head.
    """
    result = np.full(view.window.shape, NODATA, np.uint8)
    for tile, part in parts(view, tiles):
        known = features(tile)
        inside = part.slices_in(tile.read)
        class_ids = head.class_ids(known.maps, *inside)
        result[part.slices_in(view.window)] = np.where(known.valid[inside], class_ids, np.uint8(NODATA))
    return result


def write_view(
    path: Path, class_ids: np.ndarray, window: Window, grid: RasterGrid, tiles: TilePlan, legend: Legend
) -> None:
    """Write the class raster of a view; it is there when it is complete.

    Not forced to the disk: it lives as long as the session.
    """
    part = path.with_suffix(".part")
    profile = {
        "driver": "GTiff", "width": window.width, "height": window.height, "count": 1, "dtype": "uint8",
        "nodata": NODATA, "transform": place_of(window, grid, tiles), "crs": grid.crs,
    }  # fmt: skip
    with rasterio.open(part, "w", **profile) as dataset:
        dataset.write(class_ids, 1)
        dataset.write_colormap(1, {c.class_id: (*c.color, 255) for c in legend.classes})
        dataset.update_tags(**{LEGEND_TAG: json.dumps(legend.to_dict())})
    rename(part, path)


def class_counts(class_ids: np.ndarray, legend: Legend) -> list[dict[str, object]]:
    """Return pixels and share of each class of a view, as JSON-ready rows."""
    counts = np.bincount(class_ids.ravel(), minlength=256)[: legend.num_classes]
    total = max(1, int(counts.sum()))
    return [
        {"class_id": c.class_id, "class_name": c.name, "pixels": int(n), "share": round(int(n) / total, 6)}
        for c, n in zip(legend.classes, counts, strict=True)
    ]
