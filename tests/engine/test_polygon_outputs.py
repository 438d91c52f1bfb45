"""What a job asks of its polygons arrives in its files."""

from __future__ import annotations

import numpy as np
import pyogrio
import shapely
from fakes import RecordingEmit, fake_checkpoint

from uhr_landcover.engine import pipeline
from uhr_landcover.engine.job import OutputSpec, SegmentationJob, VectorFormat

GPKG, SHP = VectorFormat.GEOPACKAGE, VectorFormat.SHAPEFILE


def segment(raster, out, **output):
    spec = OutputSpec(directory=str(out), name="map", vector_formats=(GPKG, SHP), report=False, **output)
    job = SegmentationJob(raster=str(raster), output=spec, device="cpu")
    return pipeline.run(job, RecordingEmit(), lambda: False, checkpoint=fake_checkpoint())


def test_polygons_are_rounded_apart_by_class_and_tell_their_confidence(make_raster, tmp_path):
    rng = np.random.default_rng(0)
    raster = make_raster(np.kron(rng.integers(0, 256, (3, 12, 15)), np.ones((1, 6, 6))).astype(np.uint8))

    result = segment(raster, tmp_path / "out", smooth=True, layer_per_class=True, confidence=True)

    path = result.vectors["gpkg"]
    polygons, means = [], []
    for name, kind in pyogrio.list_layers(path):
        if kind:
            meta, _, geometry, columns = pyogrio.raw.read(path, layer=name)
            polygons.append(shapely.from_wkb(geometry))
            means.append(columns[list(meta["fields"]).index("confidence")])
    polygons, means = np.concatenate(polygons), np.concatenate(means)
    assert shapely.coverage_is_valid(polygons)
    assert (shapely.get_coordinates(polygons) % 0.5 != 0).any()  # rounded corners lie between the pixels
    assert ((means > 0) & (means <= 100)).all()
    shapefiles = sorted(p.stem for p in (tmp_path / "out").glob("*.shp"))
    assert len(shapefiles) == len({row["class_id"] for row in result.areas if row["pixels"]})
    assert result.vectors["shp"] == str(tmp_path / "out" / f"{shapefiles[0]}.shp")
    assert (tmp_path / "out" / "map.sld").exists()
    assert (tmp_path / "out" / f"{shapefiles[0]}.sld").exists()
