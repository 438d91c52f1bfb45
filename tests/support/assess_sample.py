"""A class raster with a legend, and a sample drawn from it by the real engine, for tests of the Assess panel."""

import json
import os

import numpy as np
from osgeo import gdal, osr

from uhr_landcover.engine.contract import events
from uhr_landcover.ui.process.engine_client import EngineClient
from uhr_landcover.ui.process.environment import child_environment, find_interpreter

NAMES = ("deforestation", "gain", "stable forest", "stable non-forest")
EXAMPLE_PIXELS = (200_000, 150_000, 3_200_000, 6_450_000)
EXAMPLE_COUNTS = ((66, 0, 5, 4), (0, 55, 8, 12), (1, 0, 153, 11), (2, 1, 9, 313))
"""Table 8 of Olofsson et al. 2014: pixels of 30 m of each map class, and points by map and reference class."""


def write_class_raster(path, values, names=NAMES):
    """Write class ids as a GeoTIFF in an equal-area CRS with pixels of 30 m; return its path as text."""
    height, width = values.shape
    dataset = gdal.GetDriverByName("GTiff").Create(
        str(path), width, height, 1, gdal.GDT_Byte, ["COMPRESS=DEFLATE", "TILED=YES"]
    )
    srs = osr.SpatialReference()
    srs.ImportFromEPSG(3035)
    dataset.SetProjection(srs.ExportToWkt())
    dataset.SetGeoTransform((4_300_000, 30, 0, 3_200_000, 0, -30))
    classes = [{"id": k, "name": n, "color": [60 * k, 90, 120]} for k, n in enumerate(names)]
    legend = {"name": "change", "title": "Change", "unknown_id": None, "classes": classes}
    dataset.SetMetadataItem("UHR_LEGEND", json.dumps(legend))
    band = dataset.GetRasterBand(1)
    band.SetNoDataValue(255)
    band.WriteArray(values)
    dataset.FlushCache()
    return str(path)


def write_example(path, side_shares=1):
    """Write the map of the example; every share of it is kept if it is made smaller by a whole number."""
    pixels = [n // side_shares for n in EXAMPLE_PIXELS]
    return write_class_raster(path, np.repeat(np.arange(4, dtype=np.uint8), pixels).reshape(-1, 2500))


def example_labels(points):
    """Return the label of each point by its number, so that the counts are those of the example.

    Args:
        points: (number, map class) of each point; a panel does not know the second.
    """
    waiting = [[NAMES[j] for j, n in enumerate(row) for _ in range(n)] for row in EXAMPLE_COUNTS]
    return {number: waiting[map_class].pop() for number, map_class in points}


def drawn_points(design):
    """Return (number, map class) of each point of a design's file."""
    with open(design, encoding="utf-8") as file:
        return [(p["point"], p["class_id"]) for p in json.load(file)["points"]]


def draw(raster, stem, *more):
    """Draw a sample with the real engine; return the file of its design."""
    client = EngineClient(find_interpreter("", os.environ).path, child_environment(os.environ))
    words = ["assess", "design", str(raster), "--out", str(stem), *(str(word) for word in more)]
    outcome = client.run(words, lambda event: None, lambda: False)
    assert isinstance(outcome, events.Result), outcome
    return f"{stem}_design.json"
