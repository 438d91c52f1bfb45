"""Session source: the features of a raster for a session, kept on disk under what they depend on."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path

from ...plan.fingerprint import raster_identity
from ...raster.raster_info import RasterInfo
from ...system.errors import ErrorCode, RasterError
from ...system.host import cache_folder
from ..features.feature_store import FeatureSource
from ..features.kept_features import KeptFeatures, features_key

FOLDER = "features"
MIB = 1024**2


def kept_features(source: FeatureSource, folder: str, most_mb: int) -> KeptFeatures | None:
    """Return where the features of a raster are kept; None for nowhere.

    Args:
        source: Raster and encoder.
        folder: Folder of the features of all rasters; empty for the user's cache folder.
        most_mb: Megabytes that they may take together; 0 keeps none.
    """
    if most_mb <= 0:
        return None
    facts = {
        "raster": raster_identity(source.info),
        "bands": repr(source.info.bands),
        "stretch": repr(source.stretch),
        "encoder": source.reader.card.weights_sha256,
        "normalization": repr(source.reader.normalization),
        "maps": source.reader.channels,
        "tiles": repr((source.tiles.x, source.tiles.y)),
    }
    place = Path(folder) if folder else cache_folder() / FOLDER
    return KeptFeatures(folder=place, key=features_key(facts), most_bytes=most_mb * MIB)


def change_check(info: RasterInfo) -> Callable[[], None]:
    """Return a function that raises RasterError as soon as a file of a raster is another than now."""
    before = _state(info)

    def check() -> None:
        if _state(info) != before:
            raise RasterError(
                ErrorCode.RASTER_CHANGED,
                f"The raster {info.name} has changed since its features were computed. Start teaching again; the "
                "examples are kept.",
            )

    return check


def _state(info: RasterInfo) -> list[tuple[str, int, int]]:
    """Return size and time of the files; QGIS's statistics beside the raster left out."""
    rows = []
    for name in info.files:
        if not name.lower().endswith(".aux.xml"):
            with contextlib.suppress(OSError):
                status = os.stat(name)
                rows.append((name, status.st_size, status.st_mtime_ns))
    return rows
