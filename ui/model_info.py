"""What the form says about methods and checkpoints. Standard library only.

A checkpoint is a safetensors file: eight bytes of length, then a JSON header, which holds the model
card as text. So the card can be shown without torch; the engine checks the file in earnest.
"""

import json
import os
import struct
from dataclasses import dataclass
from typing import Any, Dict, Optional, Tuple

from .environment import PACKAGE_DIR
from .i18n import tr

CHECKPOINT_DIR = os.path.join(PACKAGE_DIR, "resources", "checkpoints")
CARD_KEY = "uhr_landcover_card"
MAX_HEADER_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True)
class MethodInfo:
    """A method as the user picks it.

    Attributes:
        key: Value in the job.
        title: Name.
        sentence: What it does, and when it is the one to take.
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
    """

    title: str
    method: str
    ground_resolution_m: float
    class_names: Tuple[str, ...]
    num_bands: int
    notice: str


def list_methods() -> Tuple[MethodInfo, ...]:
    """Return the three methods in the order in which the form offers them."""
    return (
        MethodInfo(
            "isdnet",
            "ISDNet",
            tr("Sees the whole tile with a fast shallow branch, and a reduced copy with a deep one. The fastest."),
        ),
        MethodInfo(
            "glnet",
            "GLNet",
            tr("Shares what it sees in the reduced tile with full-resolution patches, both ways. The most thorough."),
        ),
        MethodInfo(
            "ppn",
            "PPN (GRNet)",
            tr("Classifies the reduced tile first and refines only the patches that are worth it. In between."),
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
    except (OSError, struct.error, ValueError, KeyError, TypeError, RecursionError):
        return None


def model_in_use(method: str, checkpoint: str) -> Optional[ModelInfo]:
    """Return the card of the chosen checkpoint, else of the method's starter; None if there is neither."""
    return read_model_info(checkpoint or starter_path(method))


def _info(card: Dict[str, Any]) -> ModelInfo:
    return ModelInfo(
        title=str(card["title"]),
        method=str(card["method"]),
        ground_resolution_m=float(card["ground_resolution_m"]),
        class_names=tuple(str(c["name"]) for c in card["legend"]["classes"]),
        num_bands=len(card["bands"]),
        notice=str(card.get("notice", "")),
    )
