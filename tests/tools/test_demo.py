"""The demo with the real engine and the shipped starter, on a small scene; and what it says when something is wrong."""

import sys
from pathlib import Path

import pytest
import rasterio

ROOT = Path(__file__).resolve().parents[2]
STARTER = ROOT / "resources" / "checkpoints" / "isdnet-starter.safetensors"
needs_starter = pytest.mark.skipif(not STARTER.is_file(), reason="the ISDNet starter is not there")


@pytest.fixture
def demo(monkeypatch, tmp_path):
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    import demo

    monkeypatch.setattr(demo, "OUT", tmp_path)
    monkeypatch.setattr(demo, "SCENE", tmp_path / "scene.tif")
    monkeypatch.setattr(demo, "SCENE_SIZE", ("420", "300"))
    return demo


@needs_starter
def test_demo_leaves_every_result_and_says_where(demo, tmp_path, capsys):
    status = demo.run(sys.executable, None)

    said = capsys.readouterr().out
    assert status == 0
    for source in (demo.PHOTOGRAPH, tmp_path / "scene.tif"):
        name = f"{source.stem}_landcover"
        for ending in (".tif", "_polygons.gpkg", "_polygons.shp", "_areas.csv", "_job.json", ".qml", ".png"):
            assert (tmp_path / f"{name}{ending}").stat().st_size > 0
            assert f"{name}{ending}" in said
        with rasterio.open(source) as image, rasterio.open(tmp_path / f"{name}.tif") as classes:
            assert (classes.crs, classes.transform, classes.shape) == (image.crs, image.transform, image.shape)


@needs_starter
def test_demo_missing_raster_is_one_sentence(demo, tmp_path, capsys):
    status = demo.run(sys.executable, str(tmp_path / "missing.tif"))

    assert status == 1
    assert "There is no raster at" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_demo_engine_that_dies_is_reported(demo, tmp_path, capsys):
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\nexit 9\n")
    python.chmod(0o755)

    assert demo.run(python, None) == 1
    assert "ended with status 9 and without a result" in capsys.readouterr().err
