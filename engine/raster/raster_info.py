"""Header of a raster: what it says, and whether it can be classified. Reads no pixel, writes nothing."""

from __future__ import annotations

import contextlib
import os
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import rasterio
from affine import Affine
from rasterio.enums import MaskFlags
from rasterio.errors import NotGeoreferencedWarning
from rasterio.io import DatasetReader

from ..system.errors import ErrorCode, RasterError
from .bands import BandMapping, alpha_bands, map_bands
from .grid import RasterGrid
from .input_files import files_of
from .mosaic import Member, Mosaic, lacking_members, read_mosaic
from .opening import open_raster, tags_of
from .spectral.band_names import name_bands

READING_CACHE_BYTES = 256 * 1024**2
"""GDAL's block cache of requests that read a class raster once, from top to bottom."""

PLANNING_CACHE_BYTES = 64 * 1024**2
"""GDAL's block cache while a run is planned."""


@dataclass(frozen=True, kw_only=True)
class RasterInfo:
    """What the header of a raster says.

    Attributes:
        path: Path or GDAL name of the raster.
        grid: Its pixel grid.
        dtype: Number type of the bands that are read.
        bits: Bits that the values use, where the file declares fewer than the type has; else 0.
        bands: Which bands are read.
        is_all_valid: Whether no pixel can be without data.
        alpha: 1-based bands that say how opaque pixels are, wherever they stand; where one is 0 there is no data.
        files: Files that belong to the raster, the members of a mosaic included.
        block_shape: (rows, columns) of the storage blocks.
        total_bands: Number of bands in the file.
        mosaic: Files that the raster is put together from; no members if it is no mosaic.
        notes: Sentences of warning.
    """

    path: str
    grid: RasterGrid
    dtype: str
    bits: int
    bands: BandMapping
    is_all_valid: bool
    alpha: tuple[int, ...]
    files: tuple[str, ...]
    block_shape: tuple[int, int]
    total_bands: int
    notes: tuple[str, ...]
    mosaic: Mosaic

    @property
    def name(self) -> str:
        """What the raster is called in a sentence."""
        return os.path.basename(self.path.rstrip("/")) or self.path

    @cached_property
    def lacking_members(self) -> tuple[Member, ...]:
        """Members of a mosaic that cannot be opened."""
        return tuple(lacking_members(self.mosaic, self.grid.window))

    @property
    def item_bytes(self) -> int:
        """Size of a value in bytes."""
        return np.dtype(self.dtype).itemsize

    @property
    def is_8bit(self) -> bool:
        """Whether values are taken as they are."""
        return self.bands.palette is not None or (self.dtype == "uint8" and not self.bits)


def read_info(path: str, model_bands: tuple[str, ...], wanted_bands: tuple[int, ...] = ()) -> RasterInfo:
    """Open a raster, check that it can be classified, and return what its header says.

    Args:
        path: Path or GDAL name of the raster.
        model_bands: Names of the model's channels.
        wanted_bands: 1-based bands to take; empty to find them.

    Raises:
        RasterError: With a sentence, if the raster is missing, no raster, without bands, or not laid out on a grid.
    """
    with open_raster(path) as dataset:
        _check_georeference(dataset)
        palette = _palette(dataset)
        names = [b.name for b in name_bands(dataset)]
        interpretations = interpretations_of(dataset, names)
        bands = map_bands(interpretations, model_bands, wanted_bands, palette, names)
        dtype = _common_dtype(dataset, bands)
        grid = RasterGrid(
            crs_wkt=dataset.crs.to_wkt() if dataset.crs else "",
            transform=dataset.transform,
            width=dataset.width,
            height=dataset.height,
        )
        mosaic = read_mosaic(dataset)
        alpha = alpha_bands(interpretations)
        return RasterInfo(
            path=path,
            grid=grid,
            dtype=dtype,
            bits=_declared_bits(dataset, bands),
            bands=bands,
            is_all_valid=_is_all_valid(dataset, dtype) and not alpha and not mosaic.has_gaps,
            alpha=alpha,
            files=files_of(dataset),
            block_shape=dataset.block_shapes[bands.indexes[0] - 1],
            total_bands=dataset.count,
            notes=tuple(n for n in (bands.note,) if n),
            mosaic=mosaic,
        )


def interpretations_of(dataset: DatasetReader, names: Sequence[str]) -> list[str]:
    """Return the colour interpretation of each band, in small letters.

    GDAL calls the fourth of four bands alpha unless it is told otherwise; one that says it sees infrared is none.
    """
    found = (c.name.lower() for c in dataset.colorinterp)
    return ["undefined" if c == "alpha" and name else c for c, name in zip(found, names, strict=True)]


@contextlib.contextmanager
def gdal_session(cache_bytes: int) -> Iterator[None]:
    """Bound GDAL's block cache and accept rasters without georeference, for all threads of the process."""
    # An int is bytes here; in the environment variable of that name small numbers are megabytes.
    with rasterio.Env(GDAL_CACHEMAX=cache_bytes), warnings.catch_warnings():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        yield


def _check_georeference(dataset: DatasetReader) -> None:
    if dataset.transform != Affine.identity():
        return
    kind = "ground control points" if dataset.gcps[0] else "rational polynomial coefficients" if dataset.rpcs else ""
    if kind:
        raise RasterError(
            ErrorCode.RASTER_UNSUITABLE,
            f"The raster is placed on the ground by {kind} only; its pixels lie on no regular grid. "
            "Warp it first, for example with gdalwarp.",
        )


def _palette(dataset: DatasetReader) -> dict[int, tuple[int, ...]] | None:
    try:
        data = [i for i, color in enumerate(dataset.colorinterp, 1) if color.name != "alpha"]
        is_palette = len(data) == 1 and dataset.colorinterp[data[0] - 1].name == "palette"
        return dataset.colormap(data[0]) if is_palette else None
    except ValueError:
        return None


def _common_dtype(dataset: DatasetReader, bands: BandMapping) -> str:
    kinds = sorted({dataset.dtypes[i - 1] for i in bands.indexes})
    if any("complex" in kind for kind in kinds):
        raise RasterError(
            ErrorCode.RASTER_UNSUITABLE,
            f"The raster holds complex numbers ({kinds[0]}), as radar data do; expected an optical image.",
        )
    if bands.palette is not None and kinds != ["uint8"]:
        raise RasterError(
            ErrorCode.BANDS_UNSUITABLE,
            f"The raster has a colour table on {kinds[0]} values; only 8-bit colour tables can be expanded. "
            "Convert it to red, green and blue bands, for example with gdal_translate -expand rgb.",
        )
    return kinds[0] if len(kinds) == 1 else str(np.result_type(*kinds))


def _declared_bits(dataset: DatasetReader, bands: BandMapping) -> int:
    text = tags_of(dataset, bands.indexes[0], ns="IMAGE_STRUCTURE").get("NBITS", "")
    is_integer = np.dtype(dataset.dtypes[bands.indexes[0] - 1]).kind == "u"
    return int(text) if is_integer and text.isdigit() and 0 < int(text) < 16 and text != "8" else 0


def _is_all_valid(dataset: DatasetReader, dtype: str) -> bool:
    flags = {flag for band in dataset.mask_flag_enums for flag in band}
    return flags == {MaskFlags.all_valid} and np.dtype(dtype).kind != "f"
