"""STAC items of the Machine Learning Model extension (MLM 1.0 to 1.5): a network described for catalogues.

Read: tasks, the first image input with its bands and scaling, classes of an output, licence, ground resolution.
Written: what a card of ours says. Scaling that only a program can do is not read; it is asked for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..card import Normalization
from ..errors import CheckpointError
from .facts import ClassFact, NetworkFacts

METADATA_KEY = "stac_mlm_item"
"""Under which an ONNX file of ours holds its item."""

MAX_ITEM_BYTES = 4 * 1024**2
MAX_ITEMS = 200
"""Files in a network's folder that are looked at for its item."""

PIXEL_TASKS = {"segmentation", "semantic-segmentation"}


def find_item(network: Path, metadata: Mapping[str, str]) -> dict[str, Any] | None:
    """Return the item of a network: one that its file holds, or a JSON file beside it that names it as an asset."""
    texts = [metadata[METADATA_KEY]] if METADATA_KEY in metadata else []
    for text in texts:
        if (item := _item(text)) is not None:
            return item
    candidates = sorted(network.parent.glob("*.json"), key=lambda p: (p.stem != network.stem, p.name))
    for path in candidates[:MAX_ITEMS]:
        try:
            text = path.read_text(encoding="utf-8") if path.stat().st_size <= MAX_ITEM_BYTES else ""
        except (OSError, ValueError):
            continue
        item = _item(text) if '"mlm:' in text else None
        if item is not None and network.name in _assets(item):
            return item
    return None


def mlm_facts(item: Mapping[str, Any], output: str, file_name: str) -> NetworkFacts:
    """Return what an item says of a network.

    Args:
        item: The item.
        output: Name of the output that is wanted, if that is known.
        file_name: For messages.

    Raises:
        CheckpointError: If the network does something else than classify pixels, or the item cannot be used.
    """
    try:
        properties = item["properties"]
        _check_tasks(properties.get("mlm:tasks", ()), file_name)
        given, gives = properties["mlm:input"][0], _output(properties["mlm:output"], output)
        bands = tuple(_band_name(b, item) for b in given.get("bands", ()))
        normalization, is_raw, notes = _scaling(given, _channels(given, bands))
        return NetworkFacts(
            source="an item of STAC's model extension",
            name=str(properties.get("mlm:name", "")),
            classes=_classes(gives),
            bands=bands,
            normalization=normalization,
            raw_values=is_raw,
            ground_resolution_m=float(properties.get("gsd") or _band_resolution(item) or 0),
            tile_px=max(0, _size(given["input"], "height", 3)),
            licence=str(properties.get("license", "")),
            notes=notes,
        )
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        raise CheckpointError(
            f"The STAC item of {file_name} cannot be used ({error!r}). Mend it, or describe the network by hand."
        ) from error


def _item(text: str) -> dict[str, Any] | None:
    try:
        item = json.loads(text)
    except (ValueError, RecursionError):
        return None
    is_one = isinstance(item, dict) and isinstance(item.get("properties"), dict) and "mlm:input" in item["properties"]
    return item if is_one else None


def _assets(item: Mapping[str, Any]) -> set[str]:
    """Return the names of the files that an item has as assets."""
    assets = item.get("assets")
    found = assets.values() if isinstance(assets, dict) else ()
    return {str(a.get("href", "")).replace("\\", "/").rsplit("/", 1)[-1] for a in found if isinstance(a, dict)}


def _check_tasks(tasks: Sequence[str], file_name: str) -> None:
    if tasks and not PIXEL_TASKS & set(tasks):
        raise CheckpointError(
            f"{file_name} is a network for {', '.join(map(str, tasks))}, says its STAC item. Only networks for "
            "semantic segmentation, which give the class of every pixel, can make a map; choose one of those."
        )


def _output(outputs: Sequence[Mapping[str, Any]], wanted: str) -> Mapping[str, Any]:
    named = [o for o in outputs if o.get("name") == wanted]
    classified = [o for o in outputs if PIXEL_TASKS & set(o.get("tasks", ()))]
    return (named or classified or list(outputs))[0]


def _classes(output: Mapping[str, Any]) -> tuple[ClassFact, ...]:
    entries = output.get("classification:classes") or output.get("classification_classes") or ()
    ordered = sorted((e for e in entries if not e.get("nodata")), key=lambda e: int(e["value"]))
    return tuple(ClassFact(name=_class_name(e), color=_color(e.get("color_hint"))) for e in ordered)


def _class_name(entry: Mapping[str, Any]) -> str:
    return str(entry.get("title") or entry.get("name") or f"class {entry['value']}")


def _color(hint: Any) -> tuple[int, int, int] | None:
    """Return the colour of a class: six hexadecimal digits, or as drafts of the extension had it, three numbers."""
    if isinstance(hint, str) and len(hint.lstrip("#")) == 6:
        return tuple(bytes.fromhex(hint.lstrip("#")))
    return tuple(int(v) for v in hint) if isinstance(hint, list) and len(hint) == 3 else None


def _band_name(band: Any, item: Mapping[str, Any]) -> str:
    """Return the common name of a band where the item tells it, else its own."""
    if isinstance(band, dict):
        if band.get("expression"):
            raise ValueError(f"band {band.get('name')!r} is computed from others; only bands of the raster are read")
        band = band["name"]
    for entry in _band_entries(item):
        if entry.get("name") == band:
            return str(entry.get("eo:common_name") or entry.get("common_name") or band)
    return str(band)


def _band_entries(item: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    holders = [item["properties"], *item.get("assets", {}).values()]
    for holder in holders:
        for key in ("bands", "eo:bands", "raster:bands"):
            yield from (b for b in holder.get(key, ()) if isinstance(b, dict))


def _band_resolution(item: Mapping[str, Any]) -> float:
    sizes = [e.get("gsd") or e.get("spatial_resolution") or e.get("raster:spatial_resolution") for e in
             _band_entries(item)]  # fmt: skip
    return min((float(s) for s in sizes if s), default=0.0)


def _channels(given: Mapping[str, Any], bands: Sequence[str]) -> int:
    return len(bands) or _size(given["input"], "channel", 1)


def _size(structure: Mapping[str, Any], dimension: str, place: int) -> int:
    order = list(structure.get("dim_order", ()))
    shape = structure["shape"]
    at = next((i for i, name in enumerate(order) if str(name).startswith(dimension)), None)
    if at is None:
        at = next((i for i, name in enumerate(order) if str(name) in {"bands", "band"}), place)
    return int(shape[at]) if at < len(shape) else 0


def _scaling(given: Mapping[str, Any], channels: int) -> tuple[Normalization | None, bool | None, tuple[str, ...]]:
    """Return how an input is scaled, whether that is the raster's own scale, and what was assumed."""
    if given.get("pre_processing_function"):
        return None, None, ("Its item names a program that prepares images, which is not run; tell the scaling.",)
    steps = given.get("value_scaling") or _old_scaling(given)
    if not steps:
        return Normalization(mean=(0.0,) * channels, std=(1.0,) * channels), True, ()
    steps = list(steps) * channels if len(steps) == 1 else list(steps)
    pairs = [_mean_and_width(step or {"type": None}) for step in steps]
    if any(p is None for p in pairs):
        return None, None, ("Its item scales values in a way that is not known here; tell the scaling.",)
    mean, std = (tuple(values) for values in zip(*pairs, strict=True))
    if all(abs(m) <= 1 for m in mean) and all(s < 1 for s in std):
        # Statistics of values between 0 and 1, as of ImageNet: no raster holds bytes so small.
        return (
            Normalization(mean=tuple(255 * m for m in mean), std=tuple(255 * s for s in std)),
            False,
            ("Its scaling was taken as that of values between 0 and 1.",),
        )
    is_bytes = all(m <= 255 and s <= 255 for m, s in pairs)
    return Normalization(mean=mean, std=std), not is_bytes, ()


def _old_scaling(given: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the scaling as MLM 1.0 wrote it: statistics, and one kind for all bands."""
    kind, statistics = given.get("norm_type"), given.get("statistics") or ()
    if kind is None:
        return []
    return [{"type": kind, **{k: v for k, v in s.items() if k != "type"}} for s in statistics] or [{"type": "unknown"}]


def _mean_and_width(step: Mapping[str, Any]) -> tuple[float, float] | None:
    """Return what becomes 0 and what becomes 1 more than that; None if a step is of another kind."""
    match step.get("type"):
        case "z-score":
            return float(step["mean"]), float(step["stddev"])
        case "min-max":
            low, high = float(step["minimum"]), float(step["maximum"])
            return low, high - low
        case "scale":
            return 0.0, float(step["value"])
        case "offset":
            return float(step["value"]), 1.0
        case None:
            return 0.0, 1.0
    return None
