"""History of runs on this machine: how long they took and how much room they needed.

A small JSON file in the user's cache folder holds, for every device, checkpoint and preset, seconds per tile; for every
choice of results, seconds per pixel of what follows; and for every run that was tried or finished, what its raster's
content decides. Losing it costs nothing but an estimate.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ..system.files import write_atomically
from ..system.host import cache_folder

MOST_ENTRIES = 200
"""Entries of a kind that are kept, the latest ones."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class RunEstimate:
    """What the content of a raster decides about a run.

    Attributes:
        disk_bytes: Disk space at the peak.
        rest_s: Seconds for what follows the network.
        data_share: Share of the tiles that the network sees; the others have no data.
    """

    disk_bytes: int
    rest_s: float
    data_share: float


def history_path() -> Path:
    """Return where the file lies; the folder need not exist."""
    return cache_folder() / "calibration.json"


def pace_key(
    *, device: str, threads: int, precision: str, weights_sha256: str, preset: str, read_px: tuple[int, int]
) -> str:
    """Return under which name the pace of a network is remembered."""
    return "|".join((device, str(threads), precision, weights_sha256, preset, f"{read_px[0]}x{read_px[1]}"))


def predict_seconds(key: str, rest_key: str, tiles: float, pixels: int, rest_s: float = 0.0) -> float | None:
    """Return the wall time of a run; None if this machine has not been calibrated for it.

    Args:
        key: See `pace_key`.
        rest_key: Names what follows the network: the results that are written.
        tiles: Tiles of the run.
        pixels: Pixels of the area in the raster.
        rest_s: Seconds that are added, if more is known than what pixels take elsewhere.
    """
    known = _read()
    try:
        pace = Pace(**known[f"pace {key}"])
        rest = float(known.get(f"rest {rest_key}", REST_SECONDS_PER_PX))
        return float(pace.start_s + tiles * pace.tile_s + pixels * rest + rest_s)
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


def remember(run: str, known: RunEstimate) -> None:
    """Remember what a trial or a finished run tells of all runs that make the same."""
    _write(_read(), f"run {run}", asdict(known))


def recall(run: str) -> RunEstimate | None:
    """Return what is known of a run; None if nothing is."""
    try:
        known = RunEstimate(**_read()[f"run {run}"])
        return RunEstimate(
            disk_bytes=int(known.disk_bytes), rest_s=float(known.rest_s), data_share=float(known.data_share)
        )
    except (KeyError, TypeError, ValueError):
        return None


def _read() -> dict[str, Any]:
    try:
        known = json.loads(history_path().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _write(known: dict[str, Any], name: str, value: object) -> None:
    known.pop(name, None)
    known[name] = value  # the latest last
    kind = name.partition(" ")[0]
    surplus = [other for other in known if other.partition(" ")[0] == kind][:-MOST_ENTRIES]
    kept = {other: value for other, value in known.items() if other not in surplus}
    path = history_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, json.dumps(kept, indent=0))
    except OSError:
        pass  # an estimate is not worth a failed run
