"""Refined patches of PPN: noted tile by tile during a run, written as a layer of rectangles at its end.

Each tile's patches lie in a small file of their own, written before the journal says that the tile is finished, so that
a run that is taken up again knows those of the tiles before.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..raster.grid import RasterGrid
from ..system.files import rename, sync, write_atomically
from ..tiles.source import TileImage
from ..tiles.tiling import Tile, TilePlan
from .geopackage import finish_geopackage
from .wkb import polygons_to_wkb

METHOD = "ppn"
"""The method that chooses patches."""

LAYER = "refined_patches"
GEOMETRY = "geom"

NOT_CHOSEN = "Only the method PPN chooses patches to look at twice; this run writes no layer of them."

QML = """<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22" styleCategories="Symbology">
 <renderer-v2 type="categorizedSymbol" attr="selected" enableorderby="0" symbollevels="0" forceraster="0">
  <categories>
   <category value="true" symbol="0" label="Looked at twice" render="true"/>
   <category value="false" symbol="1" label="Seen once" render="true"/>
  </categories>
  <symbols>
   <symbol type="fill" name="0" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleLine" pass="0" enabled="1" locked="0">
     <prop k="line_color" v="230,97,1,255"/><prop k="line_width" v="0.5"/><prop k="line_style" v="solid"/>
    </layer>
   </symbol>
   <symbol type="fill" name="1" alpha="1" clip_to_extent="1" force_rhr="0">
    <layer class="SimpleLine" pass="0" enabled="1" locked="0">
     <prop k="line_color" v="130,130,130,255"/><prop k="line_width" v="0.15"/><prop k="line_style" v="dot"/>
    </layer>
   </symbol>
  </symbols>
 </renderer-v2>
</qgis>
"""


@dataclass(frozen=True, slots=True)
class Patch:
    """A patch of a tile, as far as the tile's classes are written.

    Attributes:
        left: First column, in pixels of the raster; fractions are possible.
        top: First line.
        right: Column after the last.
        bottom: Line after the last.
        score: Chance, in the network's opinion, that the first look sees the patch worse than the whole tile; NaN where
            the network was set not to choose.
        selected: Whether it was refined.
    """

    left: float
    top: float
    right: float
    bottom: float
    score: float
    selected: bool


class PatchNotes:
    """Hears from a network which patches it refines, and keeps that, a file per tile.

    Args:
        folder: Folder of the files; made if missing.
        plan: The tiles.
        network: A GRNet; it is asked to tell.
    """

    def __init__(self, folder: Path, plan: TilePlan, network: Any) -> None:
        self._folder, self._plan, self._side = folder, plan, network.choices.grid
        self._heard: list[Any] = []
        self._waiting: dict[int, list[Patch]] = {}
        folder.mkdir(parents=True, exist_ok=True)
        heard = self._heard

        def listen(scores: Any, selected: Any) -> None:  # a function survives a deep copy of the network, we would not
            heard[:] = [scores.float().cpu().numpy(), selected.cpu().numpy()]

        network.listener = listen

    def after_batch(self, images: Sequence[TileImage]) -> None:
        """Take what was heard last as that of these tiles."""
        scores, selected = self._heard
        for i, image in enumerate(images):
            self._waiting[image.tile.index] = list(self._patches(image.tile, scores[i], selected[i]))

    def write(self, tile: Tile) -> None:
        """Write the patches of a tile that was classified; complete on the disk when it returns."""
        rows = [[p.left, p.top, p.right, p.bottom, p.score, p.selected] for p in self._waiting.pop(tile.index)]
        write_atomically(self._path(tile.index), json.dumps(rows))

    def read(self, indexes: Iterable[int]) -> Iterator[tuple[int, Patch]]:
        """Yield tile index and patch of finished tiles."""
        for index in indexes:
            for row in json.loads(self._path(index).read_text(encoding="utf-8")):
                yield index, Patch(*row)

    def _path(self, index: int) -> Path:
        return self._folder / f"tile-{index:09d}.json"

    def _patches(self, tile: Tile, scores: np.ndarray, selected: np.ndarray) -> Iterator[Patch]:
        from ...models.ppn.parts import tile_boxes  # loads torch

        x, y, core = self._plan.x, self._plan.y, tile.core
        for box, score, is_selected in zip(
            tile_boxes(*self._plan.padded_shape, self._side), scores, selected, strict=True
        ):
            left = max(core.col_off, (tile.read.col_off + box.left) * x.scale)
            top = max(core.row_off, (tile.read.row_off + box.top) * y.scale)
            right = min(core.col_end, (tile.read.col_off + box.left + box.width) * x.scale)
            bottom = min(core.row_end, (tile.read.row_off + box.top + box.height) * y.scale)
            if left < right and top < bottom:
                yield Patch(left, top, right, bottom, round(float(score), 4), bool(is_selected))


def write_patches(patches: Iterable[tuple[int, Patch]], grid: RasterGrid, path: Path, work: Path, created: str) -> int:
    """Write patches as rectangles into a GeoPackage with the fields tile, score and selected.

    Args:
        patches: Tile index and patch.
        grid: Grid of the raster.
        path: The file, complete when this returns.
        work: Folder for the file while it grows.
        created: ISO 8601 time of the job; empty for none.

    Returns:
        Number of patches that were refined.
    """
    import pyogrio.raw

    from .vectorize import job_stamp

    rows = list(patches)
    edges = np.array([[p.left, p.top, p.right, p.bottom] for _, p in rows], float).reshape(-1, 4)
    corners = edges[:, [0, 1, 0, 3, 2, 3, 2, 1, 0, 1]].reshape(-1, 2)  # five points of each, closed
    t = grid.transform
    xy = np.column_stack(
        [t.a * corners[:, 0] + t.b * corners[:, 1] + t.c, t.d * corners[:, 0] + t.e * corners[:, 1] + t.f]
    )
    wkb = polygons_to_wkb(xy, np.arange(len(rows) + 1) * 5, np.arange(len(rows) + 1))
    fields = {
        "tile": np.array([index for index, _ in rows], np.int64),
        "score": np.array([p.score for _, p in rows], float),
        "selected": np.array([p.selected for _, p in rows], bool),
    }
    part = work / "patches.gpkg"  # GDAL reads options out of some names: results are named by renaming
    part.unlink(missing_ok=True)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="'crs' was not provided")
        pyogrio.raw.write(
            part,
            np.array(wkb, object),
            list(fields.values()),
            list(fields),
            layer=LAYER,
            driver="GPKG",
            geometry_type="Polygon",
            crs=grid.crs_wkt or None,
            encoding="UTF-8",
            dataset_options={"VERSION": "1.2"},
            layer_options={"GEOMETRY_NAME": GEOMETRY},
        )
    finish_geopackage(part, [LAYER], GEOMETRY, qml=QML, sld="", stamp=job_stamp(created))
    sync(part)
    rename(part, path)
    return int(fields["selected"].sum())
