"""The Python interface: the examples of its page run, and it does what the command line does."""

import argparse
import inspect
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely
import torch
from fakes import fake_card
from PIL import Image

from uhr_landcover.engine import api
from uhr_landcover.engine.commands import areas as areas_command
from uhr_landcover.engine.training.scene_writer import SceneSpec, write_scene
from uhr_landcover.models.checkpoint import save_checkpoint
from uhr_landcover.models.registry import build_network

PAGE = Path(__file__).resolve().parents[2] / "docs/python.md"
WIDTHS = {"deep_widths": [8, 8, 8, 8], "shallow_widths": [8, 8, 8, 8], "channels": 16, "head_channels": 8}
ORIGIN = (500_000.0, 4_650_000.0)


def write_boxes(path, boxes, **columns):
    pyogrio.raw.write(
        path,
        shapely.to_wkb(np.array([shapely.box(*b) for b in boxes], object)),
        [np.array(values) for values in columns.values()],
        list(columns),
        geometry_type="Polygon",
        crs="EPSG:32633",
    )


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with all files that the page names: a scene of 128 × 96 m, layers on it, masks, a small network."""
    monkeypatch.chdir(tmp_path)
    write_scene(tmp_path / "city.tif", SceneSpec(width=256, height=192, seed=1, origin=ORIGIN), mask=None)
    x, y = ORIGIN
    write_boxes("districts.gpkg", [(x, y - 96, x + 64, y), (x + 64, y - 96, x + 128, y)], name=["West", "East"])
    boxes = [(x + a, y - b - 8, x + a + 8, y - b) for a, b in ((10, 10), (100, 20), (20, 70), (90, 70))]
    write_boxes("examples.gpkg", boxes, class_name=["one", "two", "one", "two"])
    rng = np.random.default_rng(0)
    for kind, shape, top in (("images", (80, 96, 3), 255), ("masks", (80, 96), 3)):
        Path("data", kind).mkdir(parents=True)
        for name in ("place1", "place2"):
            Image.fromarray(rng.integers(0, top, shape, dtype=np.uint8)).save(f"data/{kind}/{name}.png")
    torch.manual_seed(0)
    network = build_network("isdnet", WIDTHS, num_classes=7)
    save_checkpoint(tmp_path / "start.safetensors", network, fake_card(name="start", tile_px=128, halo_px=16))
    return tmp_path


def test_examples_of_the_page_run(folder, capsys):
    names = {}

    for code in re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.S):
        exec(compile(code, str(PAGE), "exec"), names)

    printed = capsys.readouterr().out
    made = {path.name for path in (folder / "results").iterdir()}
    assert {"city_landcover.tif", "smooth.gpkg", "districts.csv", "districts.json", "map.png"} <= made
    assert all(Path(file).is_file() for file in names["result"].files)
    assert sum(row["share"] for row in names["result"].areas) == pytest.approx(1)
    assert [zone.zone for zone in names["found"].zones] == ["West", "East"]
    assert sum(row.area_m2 for zone in names["found"].zones for row in zone.rows) == pytest.approx(128 * 96, rel=2e-3)
    assert names["figures"].matrix.counts.sum() == 2 * 80 * 96
    assert "city_landcover.tif is already in" in printed


def test_areas_without_a_table_are_those_of_the_command(folder, make_raster):
    classes = make_raster(np.repeat([[1, 1, 1, 5]], 4, 0).astype(np.uint8)[None], name="classes.tif")
    parser = argparse.ArgumentParser()
    areas_command.add_arguments(parser)

    data = areas_command.execute(parser.parse_args([str(classes), "--out", "table.csv"]), api.QUIET)
    found = api.areas(api.AreasSpec(classes=classes))

    assert found.files == ()
    assert {row.class_id: row.pixels for row in found.rows if row.pixels} == {1: 12, 5: 4}
    assert [row.share for row in found.rows if row.pixels] == pytest.approx([0.75, 0.25])
    assert [row["area_m2"] for row in data["areas"]] == [row.area_m2 for row in found.rows]


@pytest.mark.parametrize("name", [n for n in api.__all__ if inspect.isfunction(getattr(api, n))])
def test_functions_tell_what_they_do_and_stand_on_the_page(name):
    assert inspect.getdoc(getattr(api, name))
    assert f"`{name}`" in PAGE.read_text(encoding="utf-8")


def test_importing_the_interface_loads_nothing_heavy():
    script = (
        "import sys, uhr_landcover.engine.api;"
        "print(sorted(set(sys.modules) & {'torch', 'numpy', 'rasterio', 'shapely', 'pyogrio', 'cv2'}))"
    )

    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert loaded.stdout.strip() == "[]"
