"""`check`: show devices and versions, and try everything a run needs."""

from __future__ import annotations

import argparse
import importlib.metadata
import platform
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..system.errors import ErrorCode, UhrError
from ..system.run_context import RunContext
from ..system.version import package_version

PACKAGES = ("torch", "numpy", "rasterio", "shapely", "opencv-python-headless", "pyogrio", "safetensors", "pillow")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--device", default="auto", help="device to test: auto, cpu, cuda or cuda:N")


def execute(args: argparse.Namespace, context: RunContext) -> dict[str, Any]:
    """Test the parts; return what was found.

    Raises:
        UhrError: If a part does not work, naming it.
    """
    from ..system.device import choose_device, cpu_device, cuda_devices

    versions = {name: _version(name) for name in PACKAGES}
    tests = {
        "network": lambda: _network(args.device),
        "georeference": _georeference,
        "geometry": _geometry,
        "image operations": _image_operations,
    }
    for name, test in tests.items():
        _try(name, test)
    devices = [{"name": d.name, "title": d.title, "precision": d.precision} for d in (*cuda_devices(), cpu_device())]
    data = {
        "version": package_version(),
        "python": platform.python_version(),
        "executable": sys.executable,
        "packages": versions,
        "gdal": _gdal_version(),
        "devices": devices,
        "chosen_device": choose_device(args.device).name,
        "passed": list(tests),
    }
    return {**data, "text": _text(data)}


def _try(name: str, test: Callable[[], None]) -> None:
    try:
        test()
    except UhrError:
        raise
    except Exception as error:  # whatever a broken installation raises
        raise UhrError(
            ErrorCode.ENVIRONMENT_MISSING, f"The engine's {name} test failed: {error!r}. Set up the engine again."
        ) from error


def _network(device_name: str) -> None:
    from ..system.device import check_device, choose_device

    check_device(choose_device(device_name))


def _georeference() -> None:
    import numpy as np
    import rasterio
    from affine import Affine

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "check.tif"
        place = {"crs": "EPSG:32633", "transform": Affine(0.5, 0, 500_000, 0, -0.5, 4_650_000)}
        with rasterio.open(path, "w", driver="GTiff", width=8, height=8, count=1, dtype="uint8", **place) as raster:
            raster.write(np.arange(64, dtype=np.uint8).reshape(1, 8, 8))
        with rasterio.open(path) as raster:
            _expect(raster.crs.to_epsg() == 32633 and raster.transform == place["transform"], "the CRS was lost")
            _expect(int(raster.read(1).sum()) == 2016, "pixels were altered")


def _geometry() -> None:
    import pyogrio
    import shapely

    left, right = shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)
    _expect(shapely.union(left, right).area == 2, "a union has the wrong area")
    drivers = pyogrio.list_drivers(write=True)
    _expect({"GPKG", "ESRI Shapefile"} <= set(drivers), "GeoPackage or Shapefile cannot be written")


def _image_operations() -> None:
    import cv2
    import numpy as np

    ramp = np.arange(16, dtype=np.uint8).reshape(4, 4)
    _expect(cv2.resize(ramp, (2, 2), interpolation=cv2.INTER_NEAREST).shape == (2, 2), "resizing failed")


def _expect(fact: bool, otherwise: str) -> None:
    if not fact:
        raise RuntimeError(otherwise)


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "missing"


def _gdal_version() -> str:
    import rasterio

    return rasterio.__gdal_version__


def _text(data: dict[str, Any]) -> str:
    packages = ", ".join(f"{name} {version}" for name, version in data["packages"].items())
    devices = "".join(
        f"  {d['name']:<8} {d['title']} ({d['precision']}){' *' if d['name'] == data['chosen_device'] else ''}\n"
        for d in data["devices"]
    )
    return (
        f"UHR Land Cover {data['version']}, Python {data['python']}\n  {data['executable']}\n"
        f"  {packages}, GDAL {data['gdal']}\nDevices (* is chosen):\n{devices}"
        f"Tests passed: {', '.join(data['passed'])}\n"
    )
