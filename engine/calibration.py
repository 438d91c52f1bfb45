"""How long runs take on this machine, remembered from finished runs and from calibrations of two tiles.

A small JSON file in the user's cache folder holds, for every device, checkpoint and preset, seconds per tile, and for
every choice of results, seconds per pixel of what follows. Losing it costs nothing but an estimate.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

MOST_ENTRIES = 200
"""Entries that are kept, the latest ones."""

NEW_SHARE = 0.5
"""Weight of a new measurement against what is remembered: machines change, and single runs vary."""

REST_SECONDS_PER_PX = 4e-7
"""Class raster and polygons, until a run with such results has finished here: 0.4 s per million pixels (measured)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Seconds of the parts of a run.

    Attributes:
        tile_s: Per tile that the network sees, from reading to shard.
        start_s: From the request to the first tile.
    """

    tile_s: float
    start_s: float


def cache_path() -> Path:
    """Return where the file lies; the folder need not exist."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "uhr_landcover" / "calibration.json"


def pace_key(
    *, device: str, threads: int, precision: str, weights_sha256: str, preset: str, read_px: tuple[int, int]
) -> str:
    """Return under which name the pace of a network is remembered."""
    return "|".join((device, str(threads), precision, weights_sha256, preset, f"{read_px[0]}x{read_px[1]}"))


def predict_seconds(key: str, rest_key: str, tiles: int, pixels: int) -> float | None:
    """Return the wall time of a run; None if this machine has not been calibrated for it.

    Args:
        key: See `pace_key`.
        rest_key: Names what follows the network: the results that are written.
        tiles: Tiles of the run.
        pixels: Pixels of the area in the raster.
    """
    known = _read()
    try:
        pace = Pace(**known[f"pace {key}"])
        rest = float(known.get(f"rest {rest_key}", REST_SECONDS_PER_PX))
        return float(pace.start_s + tiles * pace.tile_s + pixels * rest)
    except (KeyError, TypeError, ValueError):
        return None


def remember_pace(key: str, pace: Pace) -> None:
    """Remember how fast a network was; mixed with what is known already."""
    known = _read()
    try:
        old = Pace(**known[f"pace {key}"])
        pace = Pace(
            tile_s=old.tile_s + NEW_SHARE * (pace.tile_s - old.tile_s),
            start_s=old.start_s + NEW_SHARE * (pace.start_s - old.start_s),
        )
    except (KeyError, TypeError, ValueError):
        pass  # nothing known, or nothing that can be used
    _write(known, f"pace {key}", asdict(pace))


def remember_rest(rest_key: str, seconds: float, pixels: int) -> None:
    """Remember how long the work after the network took."""
    known = _read()
    new, old = seconds / max(1, pixels), known.get(f"rest {rest_key}")
    _write(known, f"rest {rest_key}", old + NEW_SHARE * (new - old) if isinstance(old, float) else new)


def _read() -> dict[str, Any]:
    try:
        known = json.loads(cache_path().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _write(known: dict[str, Any], name: str, value: object) -> None:
    known.pop(name, None)
    known[name] = value  # the latest last
    kept = dict(list(known.items())[-MOST_ENTRIES:])
    path = cache_path()
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_text(json.dumps(kept, indent=0), encoding="utf-8")
        temporary.replace(path)
    except OSError:
        pass  # an estimate is not worth a failed run
