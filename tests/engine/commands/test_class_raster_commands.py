"""Commands on class rasters say nothing on their own account: rasters without georeference are no surprise."""

import argparse
import subprocess
import sys
import warnings
from importlib import import_module

import numpy as np
import pytest
import rasterio
from rasterio.errors import NotGeoreferencedWarning

from uhr_landcover.engine.system.run_context import RunContext


@pytest.fixture
def plain_classes(tmp_path):
    path = tmp_path / "classes.tif"
    with (
        warnings.catch_warnings(action="ignore", category=NotGeoreferencedWarning),
        rasterio.open(path, "w", driver="GTiff", width=7, height=5, count=1, dtype="uint8", nodata=255) as dataset,
    ):
        dataset.write(np.arange(35, dtype=np.uint8).reshape(5, 7) // 12, 1)
    return path


@pytest.mark.parametrize(("command", "out"), [("areas", "a.csv"), ("picture", "p.png"), ("vectorize", "v")])
def test_command_on_raster_without_georeference_is_quiet(command, out, plain_classes, tmp_path):
    module = import_module(f"uhr_landcover.engine.commands.{command}")
    parser = argparse.ArgumentParser()
    module.add_arguments(parser)
    args = parser.parse_args([str(plain_classes), "--out", str(tmp_path / out)])

    with warnings.catch_warnings(action="error", category=NotGeoreferencedWarning):
        made = module.execute(args, RunContext())

    assert made["files"]


def test_commands_on_class_rasters_do_without_the_network_library():
    modules = ("raster.classes.class_legend", "maps.picture", "system.staging", "vectors.vectorize", "maps.zone_report")
    names = ", ".join(f"uhr_landcover.engine.{m}" for m in modules)
    code = f"import sys, {names}; sys.exit('torch' in sys.modules)"

    # It takes a second and 200 MB.
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
