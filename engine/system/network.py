"""Network access of GDAL: none, until the user has named an address.

GDAL follows addresses that it finds in files: the tiles of a service described in XML, members of a mosaic, the
coordinate system of a GeoJSON file. A file that came from somewhere must not make this program call somebody.
Both copies of GDAL, rasterio's and pyogrio's, ask the environment at every request.
"""

from __future__ import annotations

import os
import re
import threading

NOWHERE = "http://127.0.0.1:1"
"""A proxy at which nobody listens: every request ends there at once."""

BLOCKED = {"GDAL_HTTP_PROXY": NOWHERE, "GDAL_HTTPS_PROXY": NOWHERE, "no_proxy": "", "NO_PROXY": ""}

SKIPPED_DRIVERS = (
    "WMS", "WMTS", "WCS", "WFS", "OAPIF", "CSW", "OGCAPI", "EEDA", "EEDAI", "PLMOSAIC", "PLSCENES", "DAAS", "HTTP",
    "STACIT", "STACTA", "GTI", "MRF", "GDALG", "ADBC", "AmigoCloud", "Carto", "Elasticsearch", "NGW", "PGDUMP",
    "GNMFile", "GNMDatabase", "GPSBabel", "OGR_VRT", "DERIVED", "ESRIC", "PDF", "MapML", "GeoRSS",
)  # fmt: skip
"""Drivers that call services, start programs or stand for other drivers, as the wheels of GDAL have them."""

ADDRESS = re.compile(
    r"/vsi(curl|s3|gs|az|adls|oss|swift|hdfs|webhdfs)\w*[/?]|://|"
    r"^\s*(pg|postgresql|mysql|mssql|oci|odbc|pgeo|mongodbv3|hana|wms|wmts|wcs|wfs\d?|oapif\w*|ogcapi|csw|plmosaic|"
    r"plscenes|eedai?|daas|dods|carto|es|amigocloud|ngw|tiledb|couchdb|cloudant|georaster|stacta|stacit|gti|http|https|"
    r"ftp):|^\s*<(gdal_wms|gdal_wmts|wcs_gdal|ogrvrtdatasource)\b",
    re.IGNORECASE,
)
"""Names that lead out of this machine and its disks, in all of GDAL's spellings."""

SETTINGS = {
    "GDAL_VRT_ENABLE_PYTHON": "NO",
    "GDAL_VRT_RAWRASTERBAND_ALLOWED_SOURCE": "SIBLING_OR_CHILD_OF_VRT_PATH",
    "OGR_SQLITE_LOAD_EXTENSIONS": "NO",
    "GDAL_DRIVER_PATH": "disable",
    "GDAL_PYTHON_DRIVER_PATH": "disable",
    "CPL_CURL_VERBOSE": "NO",
}
"""GDAL's options that keep it from running what a file says, whatever the environment asks for."""

_own: dict[str, str | None] = {}
_lock = threading.Lock()


def secure_gdal() -> None:
    """Set GDAL's options for files of strangers and close the network; before GDAL is loaded, so that all counts."""
    os.environ.update(SETTINGS)
    os.environ["GDAL_SKIP"] = ",".join(SKIPPED_DRIVERS)
    forbid()


def forbid() -> None:
    """Close the network to GDAL, unless it is closed."""
    with _lock:
        if not _own:
            _own.update({name: os.environ.get(name) for name in BLOCKED})
            os.environ.update(BLOCKED)


def permit() -> None:
    """Open the network to GDAL, with the user's own proxy."""
    with _lock:
        for name, value in _own.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        _own.clear()


def is_address(name: str) -> bool:
    """Return whether a name given by the user leads out of this machine and its disks."""
    return bool(ADDRESS.search(name))
