"""Reduced copies inside a raster file, made so that a run can still be stopped meanwhile.

GDAL makes all of them in one call, which takes minutes on a large raster and lets no other thread of Python work: no
request to stop would be heard. So large files get theirs from a process of its own, which is simply ended.
"""

from __future__ import annotations

import subprocess  # nosec B404 - starts this very file with the same interpreter
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import rasterio
from rasterio.enums import Resampling

SMALLEST_PX = 256
"""No copy is smaller than this."""

OWN_PROCESS_FROM_PX = 32 * 10**6
"""Rasters below take less than a second or two, not much more than the start of a process."""

CACHE_MB = 64
"""Block cache of that process."""

POLL_S = 0.1


def build_overviews(
    path: Path, poll: Callable[[], None] = lambda: None, *, resampling: Resampling = Resampling.mode
) -> None:
    """Add copies of a half, a quarter … of the size.

    Args:
        path: GeoTIFF, which is changed.
        poll: Called about ten times a second while a large one is worked on; may raise to stop.
        resampling: What a pixel of a copy is: the most frequent class under it, since most others would invent classes.

    Raises:
        OSError: If the copies cannot be written.
    """
    with rasterio.open(path) as raster:
        width, height = raster.width, raster.height
    factors = overview_factors(width, height)
    if not factors:
        return
    if width * height < OWN_PROCESS_FROM_PX:
        _build(path, factors, resampling)
        return
    # -P: this file's folder must not come before the libraries, which have modules of the same names.
    command = [sys.executable, "-P", __file__, str(path), resampling.name, *map(str, factors)]
    no_window = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    with subprocess.Popen(  # nosec B603 - our own interpreter and file, no shell
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, creationflags=no_window
    ) as child:
        try:
            text = _wait(child, poll)
        except BaseException:
            child.kill()
            raise
    if child.returncode:
        raise OSError(f"The overviews of {path.name} could not be made: {text.strip()[-300:]}")


def overview_factors(width: int, height: int) -> list[int]:
    """Return the factors by which a raster is reduced."""
    factors, side = [], max(width, height)
    while side / (2 * (factors[-1] if factors else 1)) >= SMALLEST_PX:
        factors.append(2 * (factors[-1] if factors else 1))
    return factors


def _wait(child: subprocess.Popen[bytes], poll: Callable[[], None]) -> str:
    while True:
        try:
            return child.communicate(timeout=POLL_S)[1].decode(errors="replace")
        except subprocess.TimeoutExpired:
            poll()


def _build(path: Path, factors: Sequence[int], resampling: Resampling) -> None:
    with rasterio.open(path, "r+") as raster:
        raster.build_overviews(factors, resampling)


def _die_with_parent() -> None:
    """Ask Linux to end this process when the one that started it is gone, however it went."""
    if sys.platform.startswith("linux"):
        import ctypes
        import signal

        set_death_signal = 1
        ctypes.CDLL(None).prctl(set_death_signal, signal.SIGKILL)


if __name__ == "__main__":
    _die_with_parent()
    with rasterio.Env(GDAL_CACHEMAX=CACHE_MB * 1024**2):
        _build(Path(sys.argv[1]), [int(factor) for factor in sys.argv[3:]], Resampling[sys.argv[2]])
