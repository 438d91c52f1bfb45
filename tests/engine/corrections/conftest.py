"""A finished map of a small image, and layers drawn over it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely
from affine import Affine

from uhr_landcover.engine.contract.job import OutputSpec, PolygonSpec, SegmentationJob, VectorFormat
from uhr_landcover.engine.run.pipeline import run
from uhr_landcover.models.card import ModelCard
from uhr_landcover.models.checkpoint import load_checkpoint, save_checkpoint
from uhr_landcover.models.isdnet.config import ISDNetConfig
from uhr_landcover.models.isdnet.network import ISDNet
from uhr_landcover.models.legend import load_legend
from uhr_landcover.models.preprocess import IMAGENET

PLACE = Affine(0.5, 0, 500_010.25, 0, -0.5, 4_649_999.75)
"""As the raster of `make_raster` lies."""


@pytest.fixture(scope="session")
def tiny_checkpoint(tmp_path_factory):
    """Return a checkpoint that says something everywhere."""
    import torch

    torch.manual_seed(5)
    network = ISDNet(
        config=ISDNetConfig(deep_widths=(8, 8, 8, 8), shallow_widths=(8, 8, 8, 8), channels=16, head_channels=8)
    ).eval()
    card = ModelCard(
        name="tiny", title="Tiny", method="isdnet", config={}, legend=load_legend(), normalization=IMAGENET,
        tile_px=256, halo_px=32,
    )  # fmt: skip
    path = tmp_path_factory.mktemp("model") / "tiny.safetensors"
    save_checkpoint(path, network, card)
    return path


@pytest.fixture
def job(make_raster, tiny_checkpoint, tmp_path):
    """Return the job of a map with everything that a run can make."""
    rng = np.random.default_rng(3)
    image = np.kron(rng.integers(0, 256, (3, 12, 12)), np.ones((1, 25, 25))).astype(np.uint8)
    output = OutputSpec(
        directory=str(tmp_path / "out"),
        name="map",
        vector_formats=(VectorFormat.GEOPACKAGE, VectorFormat.SHAPEFILE),
        polygons=PolygonSpec(simplify_m=1.0),
        confidence=True,
        report=True,
    )
    return SegmentationJob(raster=str(make_raster(image)), output=output, checkpoint=str(tiny_checkpoint))


@pytest.fixture
def finished(job):
    """Return the class raster of the finished map."""
    return Path(run(job, checkpoint=load_checkpoint(job.checkpoint)).class_raster)


@pytest.fixture
def layer(tmp_path):
    """Return a function that writes shapes given in pixels as a layer with columns."""

    def write(shapes, columns, name="corrections.gpkg", crs="EPSG:32633"):
        path = tmp_path / name
        placed = shapely.transform(np.array(shapes, object), lambda xy: np.column_stack(PLACE @ (xy[:, 0], xy[:, 1])))
        values = [np.array(v, object if isinstance(v[0], str) else None) for v in columns.values()]
        pyogrio.raw.write(path, shapely.to_wkb(placed), values, list(columns), geometry_type="Unknown", crs=crs)
        return path

    return write
