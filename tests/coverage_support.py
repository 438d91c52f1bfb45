"""Class rasters and coverages for the tests of polygons."""

from __future__ import annotations

import cv2
import numpy as np
import shapely
from affine import Affine
from hypothesis import strategies as st
from rasterio.crs import CRS

from uhr_landcover.engine.coverage.polygonize import polygonize
from uhr_landcover.engine.coverage.smoothing import SUBPIXELS
from uhr_landcover.engine.raster.grid import RasterGrid
from uhr_landcover.engine.vectors.features import FeatureMaker, joined
from uhr_landcover.models.legend import NODATA, load_legend


@st.composite
def class_rasters(draw, max_side=24, max_classes=4):
    """Random small rasters: pure noise or blobs, with and without holes of no data."""
    height, width = draw(st.integers(1, max_side)), draw(st.integers(1, max_side))
    classes = draw(st.integers(1, max_classes))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    blur = draw(st.sampled_from([0.0, 0.8, 2.0]))
    raster = blobs(rng, height, width, classes, blur)
    if draw(st.booleans()):
        raster[rng.random(raster.shape) < 0.2] = NODATA
    return raster


def blobs(rng, height, width, classes, blur):
    """A raster whose classes make blobs of about `blur` pixels; noise for 0."""
    fields = [rng.random((height, width), dtype=np.float32) for _ in range(classes)]
    if blur:
        fields = [cv2.GaussianBlur(f, (0, 0), blur) for f in fields]
    return np.stack(fields).argmax(axis=0).astype(np.uint8)


def strips_of(raster, rows):
    """The raster as polygonize wants it."""
    for first in range(0, len(raster), rows):
        yield first, raster[first : first + rows]


def grid_for(raster, transform=None, crs=None):
    """A grid of the raster's size; by default lattice coordinates with lines upwards, without a CRS."""
    wkt = CRS.from_user_input(crs).to_wkt() if crs else ""
    height, width = raster.shape
    return RasterGrid(crs_wkt=wkt, transform=transform or Affine.identity(), width=width, height=height)


def features_of(raster, rows=1000, *, grid=None, **options):
    """One batch with all features of a raster; None if there is none."""
    maker = FeatureMaker(grid or grid_for(raster), load_legend(), SUBPIXELS if options.get("smooth") else 1)
    faces = list(polygonize(strips_of(raster, rows), raster.shape[1], **options))
    batches = list(maker.batches(faces))
    return joined(batches) if batches else None


def polygons_of(batch):
    """The polygons as shapely objects."""
    return shapely.from_wkb(batch.wkb)


def class_sums(batch):
    """Area of the polygons and pixels, per class."""
    areas = np.bincount(batch.class_ids, shapely.area(polygons_of(batch)), 256)
    return areas, np.bincount(batch.class_ids, batch.pixels, 256)
