"""Fingerprint of a run: what the bytes of its results depend on.

Two runs with the same fingerprint give the same map, and one may go on with what the other has finished.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from ...models.card import ModelCard
from ..contract.job import SegmentationJob
from ..raster.raster_info import RasterInfo
from ..system.errors import ErrorCode, OutputError, RasterError
from ..system.version import package_version
from ..tiles.tiling import TilePlan

SAMPLE_BYTES = 65536
"""Read at the beginning, in the middle and at the end of a raster's file: a cheap look at its content."""

ASKED = (
    "method", "bands", "ground_resolution_m", "area", "on_read_error", "augmentation", "augmentation_scales",
)  # fmt: skip
"""Fields of a job that the map depends on."""

LATER_ASKED = {"augmentation": "none", "augmentation_scales": [], "output.probabilities": False}
"""Those that version 0.1 did not have, and what they were."""

SAMPLED_FILES = 64
"""Members of a mosaic whose content is sampled; of the others, size and time are enough."""


SAME_TILES = ("0.1.0",)
"""Earlier versions whose tiles have the same bytes as those of this one, so that their runs may be gone on with."""

LATER_FIELDS = {"Axis": ("context_px",), "ModelCard": ("mirrors_rim", "raw_values"), "LandCoverClass": ("value",)}
"""Fields that version 0.1 did not have, by class: where they hold their default, its fingerprints stay the same."""


def fingerprint(
    job: SegmentationJob, info: RasterInfo, card: ModelCard, tiles: TilePlan, *, precision: str
) -> dict[str, Any]:
    """Return the fingerprint of a run as JSON-ready data. Preset, device and paths of results are not part of it.

    Args:
        job: The request.
        info: The raster's header.
        card: The network's card.
        tiles: The tiles.
        precision: Number type of the network's arithmetic.
    """
    request = job.to_dict()
    output = {k: v for k, v in request["output"].items() if k not in ("directory", "name", "overwrite", "language")}
    per_tile = {f"output.{k}": output.pop(k) for k in ("confidence", "probabilities", "refined_patches")}
    asked = {k: request[k] for k in ASKED}
    return {
        "version": package_version(),
        "job": {**asked, **per_tile},
        "outputs": {f"output.{k}": v for k, v in output.items()},
        "area file": _area_file(job),
        "raster": raster_identity(info),
        "bands": _digest(_text(info.bands)),
        "model": {"name": card.name, "weights": card.weights_sha256, "card": _digest(_text(card))},
        "tiles": {"px": card.tile_px, "halo_px": card.halo_px, "digest": _tiles_digest(tiles)},
        "precision": precision,
    }


def renewed(old: dict[str, Any]) -> dict[str, Any]:
    """Return a fingerprint that version 0.1 has written in the words of today; others as they are."""
    job, version = {**LATER_ASKED, **old.get("job", {})}, old.get("version")
    if "output.looked_at_twice" in job:
        job["output.refined_patches"] = job.pop("output.looked_at_twice")
    return {**old, "job": job, "version": package_version() if version in SAME_TILES else version}


def is_same_map(old: dict[str, Any], new: dict[str, Any]) -> bool:
    """Return whether two runs differ in nothing but what is made of the finished tiles."""
    return {**old, "outputs": None} == {**json.loads(json.dumps(new)), "outputs": None}


def raster_identity(info: RasterInfo) -> dict[str, Any]:
    """Return what tells a raster from another one, or from its own earlier state."""
    grid = info.grid
    # QGIS writes statistics into an .aux.xml as soon as a raster is looked at; its header facts are in `header`.
    files = [f for f in info.files if not f.lower().endswith(".aux.xml")]
    header = (grid.crs_wkt, tuple(grid.transform), info.dtype, info.bits, info.is_all_valid)
    return {
        "path": info.path,
        "px": [grid.width, grid.height],
        "header": _digest(repr(header)),
        "files": [_file_identity(Path(f), sampled=i < SAMPLED_FILES) for i, f in enumerate(files)],
    }


def inputs_mark(job: SegmentationJob, info: RasterInfo, card: ModelCard) -> str:
    """Return a mark of what a map is made of: size, time and content of the raster's files, the area, weights and card.

    It stays the same as long as nobody replaces one of them by another of the same name.
    """
    files = [
        {key: entry[key] for key in ("bytes", "modified_ns", "content")} for entry in raster_identity(info)["files"]
    ]
    return _digest(json.dumps([files, _area_file(job), card.weights_sha256, _text(card)]))


def check_same(old: dict[str, Any], new: dict[str, Any], name: str, directory: Path) -> None:
    """Refuse to go on with a run that would mix two maps.

    Args:
        old: Fingerprint of the interrupted run.
        new: Fingerprint of this one.
        name: Stem of the results.
        directory: Their folder.

    Raises:
        RasterError: If only the raster's content has changed.
        OutputError: If the interrupted run is another job.
    """
    new = json.loads(json.dumps(new))
    if old == new:
        return
    remedy = f"Delete it with: jobs '{directory}' --delete '{name}', or start over with --restart"
    changes = list(_differences(old, new))
    before, now = old.get("raster", {}), new["raster"]
    if not changes:
        raise RasterError(
            ErrorCode.RASTER_CHANGED,
            f"The raster {Path(now['path']).name} has changed since the interrupted run {name!r} began "
            f"({_raster_change(before, now)}); half the map would be of another image. {remedy}; or put the old raster "
            "back.",
        )
    raise OutputError(
        ErrorCode.OUTPUT_EXISTS,
        f"An interrupted run of another job is kept under the name {name!r} ({'; '.join(changes)}). "
        f"{remedy}; or choose another name.",
    )


def _differences(old: dict[str, Any], new: dict[str, Any]) -> Iterable[str]:
    if old.get("version") != new["version"]:
        yield f"it was begun by version {old.get('version')}, this is {new['version']}"
    before, now = ({**i.get("job", {}), **i.get("outputs", {})} for i in (old, new))
    for key in now:
        if before.get(key) != now[key]:
            yield f"{key} was {_shown(before.get(key))}, now {_shown(now[key])}"
    if old.get("raster", {}).get("path") != new["raster"]["path"]:
        yield f"the raster was {old.get('raster', {}).get('path')}, now {new['raster']['path']}"
    if old.get("area file") != new["area file"]:
        yield "the file of areas has changed"
    if old.get("model") != new["model"]:
        yield f"the model was {old.get('model', {}).get('name')!r}, now {new['model']['name']!r}, not the same file"
    elif old.get("raster") == new["raster"] and old.get("tiles") != new["tiles"]:
        yield "the raster is cut into other tiles"
    if old.get("precision") != new["precision"]:
        yield f"it was computed in {old.get('precision')}, now {new['precision']}"


def _raster_change(old: dict[str, Any], new: dict[str, Any]) -> str:
    before = {f["name"]: f for f in old.get("files", ())}
    for file in new["files"]:
        was = before.get(file["name"])
        if was is None:
            return f"{file['name']} is new"
        if was["bytes"] != file["bytes"]:
            return f"{file['name']} had {was['bytes']} bytes and has {file['bytes']}"
        if was["content"] != file["content"]:
            return f"{file['name']} has other content"
        if was["modified_ns"] != file["modified_ns"]:
            return f"{file['name']} was written again"
    if old.get("px") != new["px"]:
        return f"it had {old.get('px')} pixels and has {new['px']}"
    return "its header or its list of files is another"


def _file_identity(path: Path, *, sampled: bool) -> dict[str, Any]:
    name = path.name or str(path)
    try:
        status = path.stat()
        content = _sampled_digest(path, status.st_size) if sampled and path.is_file() else ""
    except OSError:  # GDAL's own names: archives, servers
        return {"name": name, "bytes": -1, "modified_ns": -1, "content": ""}
    return {"name": name, "bytes": status.st_size, "modified_ns": status.st_mtime_ns, "content": content}


def _sampled_digest(path: Path, size: int) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        for start in (0, size // 2, max(0, size - SAMPLE_BYTES)):
            file.seek(start)
            digest.update(file.read(SAMPLE_BYTES))
    return digest.hexdigest()


def _area_file(job: SegmentationJob) -> str:
    area = job.area
    if area is None or not area.polygons or not Path(area.polygons).is_file():
        return ""
    with open(area.polygons, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _tiles_digest(tiles: TilePlan) -> str:
    numbers = [(t.index, *_corners(t.core), *_corners(t.read)) for t in tiles.tiles]
    values = np.array(numbers, np.int64)
    return _digest(_text((tiles.x, tiles.y, tiles.area)).encode() + values.tobytes())


def _corners(window: Any) -> tuple[int, int, int, int]:
    return window.col_off, window.row_off, window.width, window.height


def _text(value: Any) -> str:
    """Return what `repr` gives, of dataclasses without later fields that hold their default."""
    if isinstance(value, tuple):
        return f"({', '.join(map(_text, value))}{',' * (len(value) == 1)})"
    if not dataclasses.is_dataclass(value):
        return repr(value)
    name = type(value).__name__
    fields = [f for f in dataclasses.fields(value) if not _is_later_and_default(value, f)]
    parts = [f"{f.name}={_text(getattr(value, f.name))}" for f in fields]
    return f"{name}({', '.join(parts)})"


def _is_later_and_default(value: Any, field: dataclasses.Field[Any]) -> bool:
    later = LATER_FIELDS.get(type(value).__name__, ())
    return field.name in later and getattr(value, field.name) == field.default


def _digest(content: str | bytes) -> str:
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else text[:57] + "..."
