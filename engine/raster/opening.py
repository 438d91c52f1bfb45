"""Opening of rasters: one way for images, class rasters and masks, with a sentence for what cannot be opened."""

from __future__ import annotations

import math
import os
from functools import lru_cache
from pathlib import Path

import rasterio
from affine import Affine
from rasterio.env import ensure_env
from rasterio.errors import RasterioError
from rasterio.io import DatasetReader

from ..system import network
from ..system.errors import ErrorCode, RasterError
from .mosaic import stray_sources

DRIVERS = (
    "GTiff", "COG", "VRT", "JP2OpenJPEG", "JP2ECW", "JP2KAK", "JP2MrSID", "JP2Lura", "ECW", "MrSID", "JPEG",
    "JPEGXL", "PNG", "BMP", "GIF", "WEBP", "HFA", "ENVI", "EHdr", "ERS", "NITF", "PCIDSK", "RST", "ILWIS", "SAGA",
    "RMF", "RRASTER", "AAIGrid", "GRASSASCIIGrid", "AIG", "PCRaster", "GPKG", "MBTiles", "OpenFileGDB", "netCDF",
    "HDF5", "HDF5Image", "HDF4", "HDF4Image", "GRIB", "Zarr", "BAG", "SAFE", "SENTINEL2", "DIMAP", "TIL", "RPFTOC",
    "RIK", "PAux", "PNM", "GenBin", "KRO", "LAN", "DOQ1", "DOQ2", "USGSDEM", "SRTMHGT", "DTED", "MEM", "XYZ",
    "GSBG", "GS7BG", "GSAG",
)  # fmt: skip
"""GDAL's drivers for rasters of the trade; what others make of a file is not tried."""


SERVICE_MARKS = (b"<GDAL_WMS", b"<GDAL_WMTS", b"<WCS_GDAL", b"<WMT_MS_Capabilities", b"<WMS_Capabilities")
"""What files hold that describe a service for GDAL."""


def open_raster(name: str | Path) -> DatasetReader:
    """Open a raster for reading.

    Args:
        name: Path, or one of GDAL's own names, of archives, layers and servers.

    Raises:
        RasterError: If there is none, GDAL cannot read it, or it lies on no grid.
    """
    name = os.fspath(name)
    if not is_gdal_name(name):
        _check_file(name)
    network.permit() if network.is_address(name) else network.forbid()
    try:
        dataset = _opened(name)
    except (RasterioError, ValueError) as error:  # ValueError: a name with a NUL
        raise _cannot_open(name, error) from error
    try:
        _check(dataset)
    except RasterError:
        dataset.close()
        raise
    return dataset


def tags_of(dataset: DatasetReader, band: int = 0, **how: str) -> dict[str, str]:
    """Return the metadata of a raster or a band; none where they are no UTF-8, on which nothing here depends."""
    try:
        return dataset.tags(band, **how)
    except UnicodeDecodeError:
        return {}


def descriptions_of(dataset: DatasetReader) -> tuple[str, ...]:
    """Return what the bands are called, in their order; empty texts where nothing, or no UTF-8, is said."""
    try:
        return tuple(text or "" for text in dataset.descriptions)
    except UnicodeDecodeError:
        return ("",) * dataset.count


def is_gdal_name(name: str) -> bool:
    """Return whether a name is no path but one that GDAL takes apart itself."""
    prefix, colon, _ = name.partition(":")
    is_drive = len(prefix) == 1
    return name.startswith("/vsi") or (bool(colon) and not is_drive and "/" not in prefix and "\\" not in prefix)


@ensure_env
def _opened(name: str) -> DatasetReader:
    if "://" in name:
        return rasterio.open(name)  # which knows what addresses are called in GDAL
    return DatasetReader(name, driver=list(_drivers()))


@lru_cache(maxsize=1)
def _drivers() -> tuple[str, ...]:
    with rasterio.Env() as env:
        there = env.drivers()
    return tuple(driver for driver in DRIVERS if driver in there)


def _check_file(name: str) -> None:
    try:
        if os.path.isfile(name) and os.path.getsize(name) == 0:
            raise RasterError(ErrorCode.RASTER_UNREADABLE, f"{name} is an empty file. Copy or make the raster again.")
        if os.path.exists(name):
            return
    except (OSError, ValueError):
        pass
    raise RasterError(ErrorCode.RASTER_NOT_FOUND, f"There is no raster at {name}. Check the path.")


def _cannot_open(name: str, error: Exception) -> RasterError:
    if _names_a_service(name):
        return RasterError(
            ErrorCode.RASTER_UNSUITABLE,
            f"{name} describes a service on the network and is no raster. Load it in QGIS, which can make a file of "
            "the part you choose.",
        )
    code = ErrorCode.RASTER_NOT_FOUND if is_gdal_name(name) else ErrorCode.RASTER_UNREADABLE
    return RasterError(
        code, f"{name} cannot be opened as a raster: {error}. Choose a GeoTIFF or another format that GDAL reads."
    )


def _names_a_service(name: str) -> bool:
    try:
        with open(name, "rb") as file:
            head = file.read(4096)
    except (OSError, ValueError):
        return False
    return any(word in head for word in SERVICE_MARKS)


def _check(dataset: DatasetReader) -> None:
    if dataset.count == 0 or dataset.width < 1 or dataset.height < 1:
        inner = [str(s) for s in dataset.subdatasets]
        hint = f"It holds {len(inner)} rasters; name one of them, such as {inner[0]}." if inner else "Choose another."
        raise RasterError(ErrorCode.RASTER_UNSUITABLE, f"{dataset.name} holds no bands itself. {hint}")
    _check_transform(dataset.name, dataset.transform)
    if dataset.driver == "VRT":
        strays = stray_sources(dataset)
        if strays:
            raise RasterError(
                ErrorCode.RASTER_UNSUITABLE,
                f"The mosaic {os.path.basename(dataset.name)} refers to {strays[0]}. Addresses on the network, and raw "
                "bytes of files outside a mosaic's folder, are not followed because a file names them. Choose a raster "
                "of your own, or give the address itself.",
            )


def _check_transform(name: str, transform: Affine) -> None:
    if not all(math.isfinite(v) for v in transform[:6]):
        found = "numbers that are not finite"
    elif transform.is_degenerate or not math.isfinite(1 / (transform.determinant or math.inf)):
        found = "a pixel size of 0"
    else:
        return
    raise RasterError(
        ErrorCode.RASTER_UNSUITABLE,
        f"The georeference of {name} has {found}, so that its pixels lie nowhere. Set its place anew, for example with "
        "gdal_edit.",
    )
