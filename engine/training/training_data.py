"""Rasters with masks or digitised polygons → chips on disk, on which `models` trains without rasterio."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ...models.errors import DataError
from ...models.legend import IGNORE_INDEX, Legend
from ...models.training.chip_set import INDEX_NAME, ChipSet, ChipWriter, read_chip_set
from ..raster.grid import RasterGrid
from ..raster.input_files import raster_files, vector_files
from ..raster.raster_info import read_info
from ..raster.scaling import choose_scale
from ..system.errors import ErrorCode, OutputError
from ..system.files import rename
from ..system.folder_lock import empty_folder, lock_folder, remove_folder
from ..system.guard import refuse_inputs
from ..tiles.source import RasterSource
from ..tiles.stretch_choice import choose_stretch
from ..tiles.tiling import TilePlan, plan_tiles
from .label_source import open_labels

BANDS = ("red", "green", "blue")
SMALLEST_CHIP_PX = 32

NEW, OLD = "new", "old"
"""In the working folder: the chips that are being made, and those that they replace."""

CHIP_ENTRIES = {"images", "labels", INDEX_NAME, ".DS_Store", "Thumbs.db", "desktop.ini"}
"""What lies in a folder of chips; the last three are made by systems that show folders."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledRaster:
    """A raster and what labels it.

    Attributes:
        scene: Name of the scene, unique in the data set.
        image: The raster.
        labels: Mask raster or vector file.
        split: "train", "val" or "test".
    """

    scene: str
    image: Path
    labels: Path
    split: str = "train"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChipSpec:
    """How chips are cut.

    Attributes:
        chip_px: Side of a chip.
        ground_resolution_m: Metres per pixel of the chips; None keeps each raster's own pixels.
        bands: 1-based bands that are red, green, blue; empty finds them.
        field: Field of the polygons' classes; empty finds it.
        layer: Layer of the vector files; empty takes the first.
    """

    chip_px: int = 512
    ground_resolution_m: float | None = None
    bands: tuple[int, ...] = ()
    field: str = ""
    layer: str = ""

    def __post_init__(self) -> None:
        if not SMALLEST_CHIP_PX <= self.chip_px <= 16384:
            raise DataError(f"Chips of {self.chip_px} px are out of range; choose {SMALLEST_CHIP_PX} to 16384.")
        if self.ground_resolution_m is not None and not 0 < self.ground_resolution_m < 1e5:
            raise DataError(f"A ground resolution of {self.ground_resolution_m} m is out of range.")


def prepare_chips(
    out: Path,
    rasters: Sequence[LabelledRaster],
    legend: Legend,
    spec: ChipSpec,
    *,
    values: Sequence[int] | None = None,
    overwrite: bool = False,
    on_scene: Callable[[int, int], None] = lambda done, total: None,
    warn: Callable[[str], None] = lambda sentence: None,
) -> ChipSet:
    """Cut rasters into chips and write them with an index.

    Chips are cut like tiles: side by side, moved inwards at the edges. Chips without one labelled pixel are left out.

    Args:
        out: Folder to make; it appears when it is complete.
        rasters: What to cut.
        legend: Classes of the labels.
        spec: How to cut.
        values: What stands in masks and fields for each class; None where these are class ids.
        overwrite: Whether an older folder of chips may be replaced.
        warn: Called with sentences of warning.
        on_scene: Called with (done, total) scenes; may raise to stop.

    Raises:
        DataError: If labels do not fit, or nothing is labelled.
        RasterError: If a raster cannot be read.
        OutputError: If the folder exists or cannot be written.
    """
    _check_scenes(rasters)
    _check_out(out, overwrite)
    inputs = [f for raster in rasters for f in (*raster_files(raster.image), *raster_files(raster.labels))]
    inputs += [f for raster in rasters for f in vector_files(raster.labels)]
    refuse_inputs([], inputs, folders=[out])
    work = out.parent.resolve() / f".{out.name}.uhr-chips"
    lock = None
    try:
        work.parent.mkdir(parents=True, exist_ok=True)
        lock = lock_folder(work)
        _put_back(work, out)
        empty_folder(work)
        writer = ChipWriter(work / NEW, legend, chip_px=spec.chip_px, ground_resolution_m=spec.ground_resolution_m)
        for done, raster in enumerate(rasters, 1):
            note = _cut(raster, legend, spec, writer, values)
            if note:
                warn(note)
            on_scene(done, len(rasters))
        writer.finish()
        _publish(work, out)
    except OSError as error:
        raise OutputError(
            ErrorCode.OUTPUT_NOT_WRITABLE, f"Chips cannot be written to {out}: {error}. Choose another folder."
        ) from error
    finally:
        if lock is not None:
            remove_folder(work, lock)
    return read_chip_set(out)


def _cut(
    raster: LabelledRaster, legend: Legend, spec: ChipSpec, writer: ChipWriter, values: Sequence[int] | None
) -> str:
    """Cut a raster into chips; return a sentence of warning, or nothing."""
    info = read_info(str(raster.image), BANDS, spec.bands)
    plan = _plan(info.grid, spec)
    with (
        RasterSource(info, choose_stretch(info)) as source,
        open_labels(raster.labels, info.grid, legend, values=values, field=spec.field, layer=spec.layer) as labels,
    ):
        for tile in plan.tiles:
            chip = source.read_tile(tile, plan)
            ids = labels.read(plan.source_span(tile), tile.read.shape)
            ids = np.where(chip.valid, ids, np.uint8(IGNORE_INDEX))
            image = np.ascontiguousarray(chip.image.transpose(1, 2, 0))
            writer.add(raster.split, raster.scene, tile.read.row_off, tile.read.col_off, image, ids)
        return labels.note


def _plan(grid: RasterGrid, spec: ChipSpec) -> TilePlan:
    x = y = 1.0
    if spec.ground_resolution_m is not None:
        if grid.ground_resolution_m is None:
            raise DataError(
                "A raster without coordinate system has no ground resolution to resample from. Leave the resolution "
                "out, or give the raster a coordinate system."
            )
        scale = choose_scale(grid.ground_resolution_m, spec.ground_resolution_m)
        x, y = scale.x, scale.y
    return plan_tiles(grid, grid.window, tile_px=spec.chip_px, halo_px=0, scale_x=x, scale_y=y)


def _check_scenes(rasters: Sequence[LabelledRaster]) -> None:
    if not rasters:
        raise DataError("There is nothing to cut. Name at least one raster with its labels.")
    seen: set[str] = set()
    for raster in rasters:
        if raster.scene in seen:
            raise DataError(f"Two scenes are called {raster.scene!r}. Rename one of the files.")
        seen.add(raster.scene)


def _check_out(out: Path, overwrite: bool) -> None:
    if not os.path.lexists(out) or (out.is_dir() and not any(out.iterdir())):
        return
    if overwrite and (out / INDEX_NAME).is_file():
        read_chip_set(out)  # an index of another program is no sign of ours
        foreign = sorted({entry.name for entry in out.iterdir()} - CHIP_ENTRIES)
        if not foreign:
            return
        raise OutputError(
            ErrorCode.OUTPUT_EXISTS,
            f"{out} holds {foreign[0]!r}, which is no part of a set of chips and would be lost. Choose another folder.",
        )
    advice = "Choose another folder, or allow overwriting." if not overwrite else "Only older chips are replaced."
    raise OutputError(ErrorCode.OUTPUT_EXISTS, f"{out} is already there. {advice}")


def _publish(work: Path, out: Path) -> None:
    if os.path.lexists(out):
        rename(out, work / OLD)
    rename(work / NEW, out)


def _put_back(work: Path, out: Path) -> None:
    """Give older chips their name again, if a killed process had put them aside and not made newer ones."""
    if (work / OLD).is_dir() and not os.path.lexists(out):
        rename(work / OLD, out)


def class_shares(chips: ChipSet) -> Mapping[str, dict[str, float]]:
    """Return, for each split, the share of its labelled pixels that each class has."""
    names = [c.name for c in chips.legend.classes]
    shares = {}
    for split, counts in chips.histogram.items():
        total = max(1, sum(counts[: len(names)]))
        shares[split] = {name: counts[i] / total for i, name in enumerate(names)}
    return shares
