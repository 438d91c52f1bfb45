"""Turns a finished GeoTIFF into a cloud-optimised one: header first, then the copies from small to large.

GDAL writes such a file in one go from another, reading both block by block; it takes over reduced copies, colours and
metadata. Like the copies themselves (see overviews.py) it is made in a process of its own where that takes long.
"""

from __future__ import annotations

import subprocess  # nosec B404 - starts this very file with the same interpreter
import sys
from collections.abc import Callable
from pathlib import Path

BIGTIFF_FROM_PX = 2 * 10**9
"""Size from which BigTIFF is chosen: compressed files may pass 4 GB by surprise."""

OWN_PROCESS_FROM_PX = 32 * 10**6
CACHE_MB = 64
POLL_S = 0.1

OPTIONS = {
    "compress": "deflate", "blocksize": "512", "sparse_ok": "true", "num_threads": "all_cpus", "statistics": "no",
    # The copies are there already; if a raster is too small for any, none may be interpolated.
    "overviews": "auto", "overview_resampling": "mode",
}  # fmt: skip


def make_cog(path: Path, pixels: int, poll: Callable[[], None] = lambda: None) -> None:
    """Replace a GeoTIFF, which has its reduced copies, by a cloud-optimised one with the same content.

    Args:
        path: The file.
        pixels: Its size.
        poll: Called about ten times a second while a large one is worked on; may raise to stop.

    Raises:
        OSError: If it cannot be written.
    """
    part = path.with_name(f"{path.stem}.cog-part")
    try:
        if pixels < OWN_PROCESS_FROM_PX:
            _copy(path, part, pixels)
        else:
            _copy_elsewhere(path, part, pixels, poll)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
        part.with_name(f"{part.name}.aux.xml").unlink(missing_ok=True)


def _copy(source: Path, part: Path, pixels: int) -> None:
    import rasterio.shutil

    big = "yes" if pixels >= BIGTIFF_FROM_PX else "if_safer"
    rasterio.shutil.copy(source, part, driver="COG", bigtiff=big, **OPTIONS)


def _copy_elsewhere(source: Path, part: Path, pixels: int, poll: Callable[[], None]) -> None:
    # -P: this file's folder must not come before the libraries, which have modules of the same names.
    command = [sys.executable, "-P", __file__, str(source), str(part), str(pixels)]
    no_window = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    with subprocess.Popen(  # nosec B603 - our own interpreter and file, no shell
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, creationflags=no_window
    ) as child:
        try:
            while True:
                try:
                    text = child.communicate(timeout=POLL_S)[1].decode(errors="replace")
                    break
                except subprocess.TimeoutExpired:
                    poll()
        except BaseException:
            child.kill()
            raise
    if child.returncode:
        raise OSError(f"The cloud-optimised {source.name} could not be made: {text.strip()[-300:]}")


def _die_with_parent() -> None:
    """Ask Linux to end this process when the one that started it is gone, however it went."""
    if sys.platform.startswith("linux"):
        import ctypes
        import signal

        set_death_signal = 1
        ctypes.CDLL(None).prctl(set_death_signal, signal.SIGKILL)


if __name__ == "__main__":
    import rasterio

    _die_with_parent()
    with rasterio.Env(GDAL_CACHEMAX=CACHE_MB * 1024**2):
        _copy(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
