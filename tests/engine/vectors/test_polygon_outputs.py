"""What a job asks of its polygons arrives in its files."""

from __future__ import annotations

import numpy as np
import pyogrio
import shapely
from fakes import RecordingEmit, fake_checkpoint

from uhr_landcover.engine.contract.events import Note
from uhr_landcover.engine.contract.job import OutputSpec, PolygonSpec, SegmentationJob, VectorFormat
from uhr_landcover.engine.coverage import cutting
from uhr_landcover.engine.run import pipeline
from uhr_landcover.engine.system.run_context import RunContext

GPKG, SHP = VectorFormat.GEOPACKAGE, VectorFormat.SHAPEFILE


def segment(raster, out, emit=None, confidence=False, **polygons):
    spec = OutputSpec(
        directory=str(out),
        name="map",
        vector_formats=(GPKG, SHP),
        polygons=PolygonSpec(**polygons),
        confidence=confidence,
    )
    job = SegmentationJob(raster=str(raster), output=spec, device="cpu")
    return pipeline.run(job, RunContext(emit or RecordingEmit()), checkpoint=fake_checkpoint())


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


def test_polygons_are_cut_along_a_grid_when_asked_for_or_when_the_raster_is_huge(make_raster, tmp_path, monkeypatch):
    raster = make_raster(np.zeros((3, 40, 50), np.uint8))

    whole, cut = segment(raster, tmp_path / "whole"), segment(raster, tmp_path / "cut", cut_px=20)
    monkeypatch.setattr(cutting, "LARGEST_UNCUT_PX", 49)
    monkeypatch.setattr(cutting, "CUT_PX", 25)
    emit = RecordingEmit()
    huge = segment(raster, tmp_path / "huge", emit=emit)
    asked = segment(raster, tmp_path / "asked", cut_px=0)

    assert [len(shapes_of(r)) for r in (whole, cut, huge, asked)] == [1, 2 * 3, 2 * 2, 1]
    assert shapely.union_all(shapes_of(cut)).equals(shapes_of(whole)[0])
    assert any("cut along a grid of 25 pixels" in e.message for e in emit.events if isinstance(e, Note))


def shapes_of(result):
    return shapely.from_wkb(pyogrio.raw.read(result.vectors["gpkg"], layer="map_polygons")[2])
