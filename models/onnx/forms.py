"""Forms in which ONNX networks take images and give classes: order of dimensions, sizes, meaning of the numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from ..errors import CheckpointError
from .graph import OnnxGraph, Port

MOST_CHANNELS = 512
"""More than this is no number of bands; where an order is in doubt the smaller dimension holds the channels."""


class Meaning(str, Enum):
    """What the numbers of an answer mean."""

    LOGITS = "logits"
    PROBABILITIES = "probabilities"
    SIGMOID = "sigmoid"
    CLASS_IDS = "class ids"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageForm:
    """How a network takes images.

    Attributes:
        name: Name of the input.
        dtype: Number type.
        batch: Images at once, where that is fixed; else None.
        channels: Number of bands; None if it is free.
        height: Rows; None if free.
        width: Columns; None if free.
        channels_last: Whether a pixel's bands lie together.
        has_batch: Whether there is a dimension for several images.
    """

    name: str
    dtype: str
    batch: int | None
    channels: int | None
    height: int | None
    width: int | None
    channels_last: bool
    has_batch: bool

    @property
    def is_fixed(self) -> bool:
        """Whether images must have one certain size."""
        return self.height is not None or self.width is not None

    def shape(self, batch: int, channels: int, height: int, width: int) -> tuple[int, ...]:
        """Return the shape of the input for a batch of images."""
        sizes = (height, width, channels) if self.channels_last else (channels, height, width)
        return (batch, *sizes) if self.has_batch else sizes


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerForm:
    """How a network gives the classes of an image's pixels.

    Attributes:
        name: Name of the output.
        dtype: Number type.
        meaning: What the numbers are.
        channels: Numbers for each pixel.
        channels_last: Whether they lie together.
        has_channels: Whether there is a dimension for them; class ids need none.
        shrink: Pixels of the image for one of the answer, along each side.
    """

    name: str
    dtype: str
    meaning: Meaning
    channels: int
    channels_last: bool
    has_channels: bool
    shrink: int = 1

    @property
    def num_classes(self) -> int | None:
        """Number of classes, if the numbers tell: one probability means that of two classes."""
        if self.meaning is Meaning.CLASS_IDS:
            return None
        return max(2, self.channels)

    def shape(self, batch: int, height: int, width: int, *, has_batch: bool) -> tuple[int, ...]:
        """Return the shape of the answer for a batch of images."""
        sides = (height // self.shrink, width // self.shrink)
        channels = (self.channels,) if self.has_channels else ()
        sizes = (*sides, *channels) if self.channels_last else (*channels, *sides)
        return (batch, *sizes) if has_batch else sizes


def image_form(graph: OnnxGraph) -> ImageForm:
    """Return how a network takes images.

    Raises:
        CheckpointError: If it does not take one image.
    """
    if len(graph.inputs) != 1:
        names = ", ".join(p.name for p in graph.inputs) or "none"
        raise CheckpointError(
            f"{graph.path.name} has {len(graph.inputs)} inputs ({names}); expected one, the image. Export it with the "
            "others as constants."
        )
    port = graph.inputs[0]
    if len(port.shape) not in (3, 4):
        raise CheckpointError(
            f"{graph.path.name} takes {_shown(port.shape)} as input {port.name!r}; expected an image, batch × bands × "
            "rows × columns. Networks for series of images, tables or text do not fit."
        )
    has_batch = len(port.shape) == 4
    sizes = port.shape[-3:]
    channels_last = _is_last(sizes)
    channels, height, width = (sizes[2], sizes[0], sizes[1]) if channels_last else sizes
    if channels is not None and channels > MOST_CHANNELS:
        raise CheckpointError(
            f"{graph.path.name} takes {_shown(port.shape)} as input {port.name!r}, which leaves {channels} bands; no "
            "image has so many."
        )
    return ImageForm(
        name=port.name,
        dtype=port.dtype,
        batch=port.shape[0] if has_batch else 1,
        channels=channels,
        height=height,
        width=width,
        channels_last=channels_last,
        has_batch=has_batch,
    )


def answer_form(port: Port, shape: Sequence[int], height: int, width: int) -> AnswerForm | None:
    """Return how an output gives the classes of an image's pixels; None if it gives something else.

    Args:
        port: The output.
        shape: Its shape for an image of this height and width.
        height: Rows of the image.
        width: Columns of the image.
    """
    sizes = tuple(shape)
    if len(sizes) == 4:
        sizes = sizes[1:]
    elif len(sizes) == 3 and sizes[0] == 1:
        sizes = sizes[1:]  # (N, H, W)
    if len(sizes) == 2 and (shrink := _shrink(sizes, height, width)):
        return _answer(port, 1, False, False, shrink)
    if len(sizes) != 3:
        return None
    for channels_last, channels, sides in ((False, sizes[0], sizes[1:]), (True, sizes[2], sizes[:2])):
        if (shrink := _shrink(sides, height, width)) and channels <= MOST_CHANNELS:
            return _answer(port, channels, channels_last, True, shrink)
    return None


def _answer(port: Port, channels: int, channels_last: bool, has_channels: bool, shrink: int) -> AnswerForm:
    return AnswerForm(
        name=port.name,
        dtype=port.dtype,
        meaning=_meaning(port),
        channels=channels,
        channels_last=channels_last,
        has_channels=has_channels,
        shrink=shrink,
    )


def _holds_ids(port: Port) -> bool:
    return port.made_by == "ArgMax" or port.dtype.startswith(("int", "uint"))


def _meaning(port: Port) -> Meaning:
    if _holds_ids(port):
        return Meaning.CLASS_IDS
    return {"Softmax": Meaning.PROBABILITIES, "Sigmoid": Meaning.SIGMOID}.get(port.made_by, Meaning.LOGITS)


def _shrink(sides: Sequence[int], height: int, width: int) -> int:
    """Return how many pixels of the image one of an answer stands for; 0 if it is no map of the image."""
    rows, cols = sides
    if not rows or not cols or height % rows or width % cols or height // rows != width // cols:
        return 0
    shrink = height // rows
    return shrink if shrink <= 32 else 0


def _is_last(sizes: Sequence[int | None]) -> bool:
    first, last = sizes[0], sizes[2]
    if first is None or last is None:
        return last is not None and last <= MOST_CHANNELS and first is None and sizes[1] is None
    return last < first and (sizes[1] is None or first == sizes[1] or last < sizes[1])


def _shown(shape: Sequence[int | None]) -> str:
    return " × ".join("?" if n is None else str(n) for n in shape) or "a tensor of unknown shape"
