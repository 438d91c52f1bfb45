"""Rasters made in the test; versions in the report's header. Headless: QGIS fixtures are in tests/ui."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
from collections.abc import Callable
from pathlib import Path

import pytest


def pytest_report_header() -> list[str]:
    # From the packages' metadata: importing them here would hide what a test of imports is looking for.
    found = {d.metadata["Name"].lower(): d.version for d in importlib.metadata.distributions() if d.metadata["Name"]}
    names = ("numpy", "rasterio", "torch", "shapely", "opencv-python-headless", "pyogrio")
    return [", ".join(f"{name} {found.get(name, 'not installed')}" for name in names)]


def pytest_configure() -> None:
    """Property tests have no deadline: on a busy machine it would tell of the machine."""
    if importlib.util.find_spec("hypothesis"):
        from hypothesis import settings

        settings.register_profile("no deadline", deadline=None)
        settings.load_profile("no deadline")


@pytest.fixture(scope="session", autouse=True)
def own_cache_folder(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Runs remember how long they took: not in the cache of whoever runs the tests."""
    folder = str(tmp_path_factory.mktemp("cache"))
    os.environ.update({"XDG_CACHE_HOME": folder, "LOCALAPPDATA": folder})


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """Folder of the real data; skips where there is none."""
    path = Path(os.environ.get("UHR_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data")
    if not path.is_dir():
        pytest.skip(f"no real data at {path}; set UHR_DATA")
    return path


@pytest.fixture
def make_raster(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes ``(C, H, W)`` values to a GeoTIFF in UTM, 0.5 m, off the origin."""
    import rasterio
    from affine import Affine

    def make(values, name="input/scene.tif", *, mask=None, colorinterp=None, tags=None, **profile):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        place = {"crs": "EPSG:32633", "transform": Affine(0.5, 0, 500_010.25, 0, -0.5, 4_649_999.75)}
        if values.shape[0] >= 3:
            place["photometric"] = "rgb"
        options = {"driver": "GTiff", "dtype": values.dtype, **place, **profile}
        options = {k: v for k, v in options.items() if v is not None}
        count, height, width = values.shape
        with (
            rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True),
            rasterio.open(path, "w", count=count, height=height, width=width, **options) as raster,
        ):
            raster.write(values)
            if mask is not None:
                raster.write_mask(mask)
            if colorinterp:
                raster.colorinterp = colorinterp
            if tags:
                raster.update_tags(**tags)
        return path

    return make
