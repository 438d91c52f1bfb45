"""Memory must not grow with the raster."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import rasterio
from affine import Affine
from rasterio.windows import Window

TESTS = Path(__file__).resolve().parents[2]

RUN = """
import json, sys
sys.path.insert(0, sys.argv[1])
from uhr_landcover.engine.system.process_settings import configure_process
configure_process()
from fakes import LinearNetwork, RecordingEmit, fake_checkpoint
from uhr_landcover.engine.contract.job import OutputSpec, SegmentationJob
from uhr_landcover.engine.run.pipeline import run
from uhr_landcover.engine.system.run_context import RunContext

tile, halo = int(sys.argv[4]), int(sys.argv[5])
checkpoint = fake_checkpoint(LinearNetwork(), tile_px=tile, halo_px=halo)
formats = tuple(f for f in sys.argv[6].split(",") if f)
output = OutputSpec(sys.argv[3], vector_formats=formats)
job = SegmentationJob(raster=sys.argv[2], output=output, device="cpu", preset="memory")
emit = RecordingEmit()
result = run(job, RunContext(emit), checkpoint=checkpoint)
plan = next(e.plan for e in emit.events if hasattr(e, "plan"))
print(json.dumps({**result.to_dict(), "plan": plan}))
"""


def segment_in_own_process(raster, out, *, tile=2448, halo=200, formats="gpkg,shp"):
    command = [sys.executable, "-c", RUN, str(TESTS), str(raster), str(out), str(tile), str(halo), formats]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


def sparse_raster(path, width, height, step, nodata=None):
    """A raster that is mostly holes in the file, which read as zeros, with a block of noise here and there."""
    place = {"crs": "EPSG:32633", "transform": Affine(0.5, 0, 500_000, 0, -0.5, 4_650_000)}
    layout = {"tiled": True, "blockxsize": 512, "blockysize": 512, "compress": "deflate", "sparse_ok": True}
    noise = np.random.default_rng(0).integers(0, 256, (3, 512, 512), dtype=np.uint8)
    noise = noise[:, ::32, ::32].repeat(32, axis=1).repeat(32, axis=2)
    with rasterio.open(
        path, "w", driver="GTiff", width=width, height=height, count=3, dtype="uint8", nodata=nodata, **place, **layout
    ) as raster:
        for row in range(0, height - 512, step):
            for col in range(0, width - 512, step):
                raster.write(noise, window=Window(col, row, 512, 512))
    return path


@pytest.mark.slow
def test_30000_px_square_stays_below_1500_mb(tmp_path):
    raster = sparse_raster(tmp_path / "sparse.tif", 30_000, 30_000, step=5000, nodata=0)

    result = segment_in_own_process(raster, tmp_path / "out")

    assert 25 <= result["tiles"] < result["plan"]["tiles"] == 225
    assert result["peak_host_bytes"] < 1.5e9
    assert result["peak_host_bytes"] < result["plan"]["predicted_host_bytes"]
    with rasterio.open(result["class_raster"]) as classes:
        assert (classes.width, classes.height) == (30_000, 30_000)


@pytest.mark.slow
def test_four_times_the_height_peaks_at_the_same_memory(tmp_path):
    peaks = []
    for height in (12_000, 48_000):  # both fill the block cache
        raster = sparse_raster(tmp_path / f"{height}.tif", 2000, height, step=1500)
        result = segment_in_own_process(raster, tmp_path / str(height), tile=1024, halo=64, formats="")
        peaks.append(result["peak_host_bytes"])

    assert peaks[1] <= 1.10 * peaks[0]
