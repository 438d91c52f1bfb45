"""Names of files and folders that QGIS and the engine both know. The only place where they are written.

Part of the contract between QGIS and the engine: standard library only, Python 3.9 syntax.
"""

import os
from typing import Optional

# Results: what follows the stem, which all results of a run share.
CLASS_RASTER = ".tif"
ATTRIBUTE_TABLE = ".tif.aux.xml"
RASTER_STYLE = ".qml"
RASTER_SLD = ".sld"
CONFIDENCE_RASTER = "_confidence.tif"
CONFIDENCE_STYLE = "_confidence.qml"
PROBABILITY_RASTER = "_probabilities.tif"
POLYGONS = "_polygons"
"""Followed by the ending of the format; with a layer for each class by "_" and the class's part first."""

POLYGON_STYLE = "_polygons.qml"
POLYGON_SLD = "_polygons.sld"
REFINED_PATCHES = "_refined_patches.gpkg"
OLD_REFINED_PATCHES = "_looked_at_twice.gpkg"
"""As version 0.1 called it."""

AREA_TABLE = "_areas.csv"
REPORT = "_report.html"
RECIPE = "_job.json"
CORRECTIONS = "_corrections.gpkg"
"""Layer of corrections that were made to a map."""

UNCORRECTED = "_uncorrected.tif"
"""Class raster as the network made it, kept as long as the map is corrected."""

AREA_POLYGONS = "_area.gpkg"
"""Polygons of the form that a run was kept to, copied beside its results by QGIS."""

POLYGON_ENDINGS = (".gpkg", ".shp", ".geojson", ".fgb")

RESULT_ENDINGS = (
    CLASS_RASTER,
    RASTER_STYLE,
    AREA_TABLE,
    AREA_POLYGONS,
    CONFIDENCE_RASTER,
    PROBABILITY_RASTER,
    REFINED_PATCHES,
    OLD_REFINED_PATCHES,
    REPORT,
    RECIPE,
    *(POLYGONS + ending for ending in POLYGON_ENDINGS),
)
"""By these a name counts as taken. Side files are left out: none of them lies there alone."""

CHANGE_FORMAT = "uhr-change/1"
"""Format of the JSON file of a change analysis."""

DEFAULT_STEM_END = "_landcover"
MAX_STEM_BYTES = 200
"""Longest part of a raster's name that goes into the names of its results; file systems take 255 bytes in all."""

# The working folder of a run, beside its results.
JOB_FOLDER_END = ".uhr-job"
JOB_FILE = "job.json"
JOURNAL = "journal"
LOCK = "lock"
SHARDS = "shards"
PATCHES = "patches"
STAGED = "results"
WORK = "work"
PREVIEW = "preview.vrt"

# The working folder of a command that makes a few files, beside the first of them.
WORK_FOLDER_END = ".uhr-work"


def default_stem(raster: str) -> str:
    """Return what the results of a raster are called if nobody says so."""
    stem = os.path.splitext(os.path.basename(raster.rstrip("/" + os.sep)))[0]
    return (shortened(stem, MAX_STEM_BYTES) or "raster") + DEFAULT_STEM_END


def job_folder(stem: str) -> str:
    """Return the name of the working folder of the run whose results begin with a stem."""
    return f".{stem}{JOB_FOLDER_END}"


def stem_of_job_folder(name: str) -> Optional[str]:
    """Return the stem of the results that a working folder of this name belongs to; None if it is no such name."""
    is_one = name.startswith(".") and name.endswith(JOB_FOLDER_END) and len(name) > len(JOB_FOLDER_END) + 1
    return name[1 : -len(JOB_FOLDER_END)] if is_one else None


def work_folder(name: str) -> str:
    """Return the name of the working folder of a command whose first file has this name."""
    return f".{shortened(name, MAX_STEM_BYTES)}{WORK_FOLDER_END}"


def shortened(text: str, most_bytes: int) -> str:
    """Return the beginning of a text that takes no more than so many bytes as UTF-8."""
    return text.encode()[:most_bytes].decode(errors="ignore")
