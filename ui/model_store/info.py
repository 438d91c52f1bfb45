"""What the form says about methods and checkpoints. Standard library only.

A checkpoint is a safetensors file: eight bytes of length, then a JSON header, which holds the model
card as text. So the card can be shown without torch; the engine checks the file in earnest.
"""

import json
import os
import struct
from dataclasses import dataclass
from typing import Any, Dict, Optional, Tuple

from ..base.i18n import tr
from ..process.environment import PACKAGE_DIR

CHECKPOINT_DIR = os.path.join(PACKAGE_DIR, "resources", "checkpoints")
CARD_KEY = "uhr_landcover_card"
MAX_HEADER_BYTES = 16 * 1024 * 1024
LEARNT_IOU = 0.4
"""Below this intersection over union on scenes held out a class is named as hardly learnt."""


@dataclass(frozen=True)
class MethodInfo:
    """A method as the user picks it.

    Attributes:
        key: Value in the job.
        title: Name.
        sentence: When it is the one to take.
    """

    key: str
    title: str
    sentence: str


@dataclass(frozen=True)
class ModelInfo:
    """What the form shows of a model card.

    Attributes:
        title: Name for people.
        method: Method it belongs to.
        ground_resolution_m: Metres per pixel it was trained for.
        class_names: Names of the classes.
        num_bands: Bands it needs.
        notice: Sentence of warning; empty if none.
        class_colors: Red, green and blue of each class, in the order of the names.
        class_ids: Value of each class in the map, in the order of the names.
        licence: Licence of the weights.
        data: Sentences: what it was trained on.
        limits: Sentences: what it is not good for.
        scores: What was measured, one entry per set of scenes.
        weak_classes: Names of the classes that it has hardly learnt.
        imported_from: Name of the public file it was converted from; empty if it was trained here.
    """

    title: str
    method: str
    ground_resolution_m: float
    class_names: Tuple[str, ...]
    num_bands: int
    notice: str
    class_colors: Tuple[Tuple[int, int, int], ...] = ()
    class_ids: Tuple[int, ...] = ()
    licence: str = ""
    data: Tuple[str, ...] = ()
    limits: Tuple[str, ...] = ()
    scores: Tuple["Score", ...] = ()
    weak_classes: Tuple[str, ...] = ()
    imported_from: str = ""


@dataclass(frozen=True)
class Score:
    """What was measured on one set of scenes.

    Attributes:
        scenes: Name of the set, for example "dubai_mbrsc, test".
        mean_iou: Mean intersection over union of the classes that occur, 0 to 1; None if not measured.
        accuracy: Share of right pixels, 0 to 1; None if not measured.
        iou: (class name, intersection over union) of each class that occurs.
    """

    scenes: str
    mean_iou: Optional[float]
    accuracy: Optional[float]
    iou: Tuple[Tuple[str, float], ...]


def list_methods() -> Tuple[MethodInfo, ...]:
    """Return the three methods in the order in which the form offers them."""
    return (
        MethodInfo(
            "isdnet",
            "ISDNet",
            tr("The fastest."),
        ),
        MethodInfo(
            "glnet",
            "GLNet",
            tr("The most thorough, and the slowest."),
        ),
        MethodInfo(
            "ppn",
            "PPN (GRNet)",
            tr("Refines only where it is worth it: in between."),
        ),
    )


def starter_path(method: str) -> str:
    """Return where the starter checkpoint of a method ships."""
    return os.path.join(CHECKPOINT_DIR, f"{method}-starter.safetensors")


def read_model_info(path: str) -> Optional[ModelInfo]:
    """Return what the card of a checkpoint says; None if there is no readable card."""
    try:
        with open(path, "rb") as file:
            (length,) = struct.unpack("<Q", file.read(8))
            if length > MAX_HEADER_BYTES:
                return None
            card = json.loads(json.loads(file.read(length))["__metadata__"][CARD_KEY])
        return _info(card)
    except (OSError, struct.error, ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
        return None


def model_in_use(method: str, checkpoint: str) -> Optional[ModelInfo]:
    """Return the card of the chosen checkpoint, else of the method's starter; None if there is neither."""
    return read_model_info(checkpoint or starter_path(method))


def _info(card: Dict[str, Any]) -> ModelInfo:
    classes, scores = card["legend"]["classes"], _scores(card.get("metrics"))
    return ModelInfo(
        title=str(card["title"]),
        method=str(card["method"]),
        ground_resolution_m=float(card["ground_resolution_m"]),
        class_names=tuple(str(c["name"]) for c in classes),
        num_bands=len(card["bands"]),
        notice=str(card.get("notice", "")),
        class_colors=tuple(tuple(int(v) for v in c.get("color", (128, 128, 128)))[:3] for c in classes),
        class_ids=tuple(int(c.get("id", i)) for i, c in enumerate(classes)),
        licence=str(card.get("licence", "")),
        data=_sentences(card.get("data")),
        limits=_sentences(card.get("limits")),
        scores=scores,
        weak_classes=_weak_classes(card["legend"], scores) if card.get("notice") else (),
        imported_from=str((card.get("recipe") or {}).get("imported_from", "")),
    )


def _sentences(value: Any) -> Tuple[str, ...]:
    return tuple(str(text) for text in value) if isinstance(value, list) else ()


def _scores(metrics: Any) -> Tuple[Score, ...]:
    return tuple(
        Score(
            str(name),
            _number(entry.get("mean_iou")),
            _number(entry.get("accuracy")),
            tuple(
                (str(row["class_name"]), float(row["iou"]))
                for row in entry.get("classes", ())
                if row.get("pixels") and row.get("iou") is not None
            ),
        )
        for name, entry in (metrics.items() if isinstance(metrics, dict) else ())
        if isinstance(entry, dict)
    )


def _number(value: Any) -> Optional[float]:
    return float(value) if isinstance(value, (int, float)) else None


def _weak_classes(legend: Dict[str, Any], scores: Tuple[Score, ...]) -> Tuple[str, ...]:
    """Return the classes that stay below `LEARNT_IOU` on every set that was held out, or were not measured there."""
    held_out = [score for score in scores if score.scenes.endswith(", test")]
    if not held_out:
        return ()
    learnt = {name for score in held_out for name, iou in score.iou if iou >= LEARNT_IOU}
    names = [str(c["name"]) for c in legend["classes"] if c.get("id") != legend.get("unknown_id")]
    return tuple(name for name in names if name not in learnt)
