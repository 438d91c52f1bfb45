"""A small image of three grounds, and examples drawn on it."""

from __future__ import annotations

import numpy as np
import pyogrio
import pytest
import shapely
from affine import Affine

RASTER = Affine(0.5, 0, 500_010.25, 0, -0.5, 4_649_999.75)
NAMES = {1: "Urban land", 4: "Forest land", 5: "Water"}


def _three_grounds(side=512, seed=0):
    """Return ``(3, side, side)`` uint8 and the classes: water left, forest right, houses in a band at the bottom."""
    rng = np.random.default_rng(seed)
    classes = np.where(np.arange(side)[None] < side // 2, 5, 4).repeat(side, 0).astype(np.uint8)
    classes[3 * side // 4 :] = 1
    image = np.empty((side, side, 3))
    image[classes == 5] = (20, 45, 90)
    image[classes == 4] = (40, 80, 35)
    image[classes == 1] = (150, 145, 140)
    blocks = np.kron(rng.normal(0, 45, (side // 16, side // 16)), np.ones((16, 16)))[..., None]
    leaves = np.kron(rng.normal(0, 18, (side // 4, side // 4)), np.ones((4, 4)))[..., None]
    image += np.where((classes == 1)[..., None], blocks, np.where((classes == 4)[..., None], leaves, 0))
    image += rng.normal(0, 3, image.shape)
    return image.clip(0, 255).astype(np.uint8).transpose(2, 0, 1), classes


@pytest.fixture
def three_grounds():
    """Return the function that makes the image."""
    return _three_grounds


@pytest.fixture
def scene(make_raster):
    """Return the raster's path and the class of each pixel."""
    image, classes = _three_grounds()
    return make_raster(image), classes


@pytest.fixture
def draw(tmp_path):
    """Return a function that writes shapes given in pixels as a layer with columns."""

    def to_ground(xy):
        return np.column_stack(RASTER @ (xy[:, 0], xy[:, 1]))

    def write(shapes, columns, name="examples.gpkg", crs="EPSG:32633"):
        path = tmp_path / name
        placed = shapely.transform(np.array(shapes, object), to_ground)
        pyogrio.raw.write(
            path,
            shapely.to_wkb(placed),
            [np.array(values) for values in columns.values()],
            list(columns),
            geometry_type="Unknown",
            crs=crs,
        )
        return path

    return write


@pytest.fixture
def examples(draw):
    """Return a layer with two squares of each ground."""
    boxes, ids = [], []
    for class_id, corners in {
        5: [(60, 60), (120, 250)],
        4: [(330, 60), (400, 250)],
        1: [(60, 420), (400, 430)],
    }.items():
        boxes += [shapely.box(x, y, x + 40, y + 40) for x, y in corners]
        ids += [class_id] * 2
    return draw(boxes, {"class_id": np.array(ids, np.int32), "class_name": [NAMES[i] for i in ids]})
