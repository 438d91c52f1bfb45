"""Cloud-optimised form of a raster file, made so that a run can still be stopped meanwhile.

GDAL makes it in one call, which takes minutes on a large raster and lets no other thread of Python work: no request to
stop would be heard. So large files are worked on in a process of its own, which is simply ended. That process runs this
very file as a script, so nothing of the package is imported at its top.
"""

from __future__ import annotations

import subprocess  # nosec B404 - starts this very file with the same interpreter
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import rasterio
import rasterio.shutil

OWN_PROCESS_FROM_PX = 32 * 10**6
"""Rasters below take less than a second or two, not much more than the start of a process."""

BIGTIFF_FROM_PX = 2 * 10**9
"""Size from which BigTIFF is chosen: compressed files may pass 4 GB by surprise."""

CACHE_MB = 64
"""Block cache of that process."""

POLL_S = 0.1

COG_OPTIONS = {
    "compress": "deflate", "blocksize": "512", "sparse_ok": "true", "num_threads": "all_cpus", "statistics": "no",
    # The overviews are there already; if a raster is too small for any, none may be interpolated.
    "overviews": "auto", "overview_resampling": "mode",
}  # fmt: skip


def make_cog(path: Path, pixels: int, poll: Callable[[], None] = lambda: None) -> None:
    """Replace a GeoTIFF, which has its overviews, by a cloud-optimised one: header first, then from small to large.

    GDAL writes such a file in one go from another, reading both block by block; it takes over overviews, colours and
    metadata.

    Args:
        path: The file.
        pixels: Its size.
        poll: Called about ten times a second while a large one is worked on; may raise to stop.

    Raises:
        OSError: If it cannot be written.
    """
    from ..system.files import rename

    part = path.with_name(f"{path.stem}.cog-part")
    try:
        if pixels < OWN_PROCESS_FROM_PX:
            _copy_to_cog(path, part, pixels)
        elif (text := _elsewhere([path, part, pixels], poll)) is not None:
            raise OSError(f"The cloud-optimised {path.name} could not be made: {text}")
        rename(part, path)
    finally:
        for left in [p for p in part.parent.iterdir() if p.name.startswith(part.name)]:  # GDAL's own side files too
            left.unlink()


def _copy_to_cog(source: Path, part: Path, pixels: int) -> None:
    big = "yes" if pixels >= BIGTIFF_FROM_PX else "if_safer"
    rasterio.shutil.copy(source, part, driver="COG", bigtiff=big, **COG_OPTIONS)


def _elsewhere(arguments: Sequence[object], poll: Callable[[], None]) -> str | None:
    """Run this file with arguments in a process of its own; return the end of what it says if it fails, else None."""
    # -P: this file's folder must not come before the libraries, which have modules of the same names.
    command = [sys.executable, "-P", __file__, *map(str, arguments)]
    no_window = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    with subprocess.Popen(  # nosec B603 - our own interpreter and file, no shell
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, creationflags=no_window
    ) as child:
        try:
            text = _wait(child, poll)
        except BaseException:
            child.kill()
            raise
    return text.strip()[-300:] if child.returncode else None


def _wait(child: subprocess.Popen[bytes], poll: Callable[[], None]) -> str:
    while True:
        try:
            return child.communicate(timeout=POLL_S)[1].decode(errors="replace")
        except subprocess.TimeoutExpired:
            poll()


def _die_with_parent() -> None:
    """Ask Linux to end this process when the one that started it is gone, however it went."""
    if sys.platform.startswith("linux"):
        import ctypes
        import signal

        set_death_signal = 1
        ctypes.CDLL(None).prctl(set_death_signal, signal.SIGKILL)


def _main(path: str, part: str, pixels: str) -> None:
    _die_with_parent()
    with rasterio.Env(GDAL_CACHEMAX=CACHE_MB * 1024**2):
        _copy_to_cog(Path(path), Path(part), int(pixels))


if __name__ == "__main__":
    _main(*sys.argv[1:])
