"""Trial of an ONNX network on a small image: which sizes it takes and which of its outputs are maps of the image."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..errors import CheckpointError
from .forms import AnswerForm, ImageForm, answer_form
from .graph import OnnxGraph
from .session import OnnxSession

TRIAL_SIDES = {1: 97, 2: 98, 4: 100, 8: 104, 16: 112, 32: 96, 64: 192, 128: 384}
"""Sides of trial images, by the largest power of two that they and their difference are multiples of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a trial tells.

    Attributes:
        answers: Outputs that are maps of the image, in their order.
        others: Shapes of the outputs that are not, by name.
        size_divisor: Sides of images must be multiples of this; of a network of fixed size, that size.
        min_side_px: Smallest side.
    """

    answers: tuple[AnswerForm, ...]
    others: dict[str, tuple[int, ...]]
    size_divisor: int
    min_side_px: int


def try_network(graph: OnnxGraph, session: OnnxSession, form: ImageForm, channels: int) -> Trial:
    """Run a network on small images without content until one fits.

    Args:
        graph: Its graph.
        session: It, opened.
        form: How it takes images.
        channels: Bands of an image.

    Raises:
        CheckpointError: If it cannot be run.
    """
    if form.is_fixed:
        side = _fixed_side(form, graph.path.name)
        return _trial(graph, session, form, (channels, side, side), side)
    failure: CheckpointError | None = None
    trial = None
    for divisor, side in TRIAL_SIDES.items():
        try:
            # Unequal sides show which dimension is which.
            trial = _trial(graph, session, form, (channels, side, side + 2 * divisor), divisor)
        except CheckpointError as error:
            failure = failure or error
            continue
        if trial.answers:
            return trial
    if trial is None and failure is not None:
        raise failure
    return trial


def _fixed_side(form: ImageForm, file_name: str) -> int:
    sides = {side for side in (form.height, form.width) if side is not None}
    if len(sides) > 1:
        raise CheckpointError(
            f"{file_name} takes images of {form.width} × {form.height} px; only square ones fit, since rasters are cut "
            "into square tiles. Export it with a square size, or with free sizes."
        )
    return sides.pop()


def _trial(graph: OnnxGraph, session: OnnxSession, form: ImageForm, size: tuple[int, int, int], divisor: int) -> Trial:
    channels, height, width = size
    image = np.zeros(form.shape(form.batch or 1, channels, height, width), form.dtype)
    found = session.try_out(form.name, image)
    answers, others = [], {}
    for port in graph.outputs:
        shape = found[port.name].shape
        # A batch that is fixed is no sign of bands.
        single = (1, *shape[1:]) if form.has_batch and shape else shape
        answer = answer_form(port, single, height, width)
        if answer is None:
            others[port.name] = shape
        else:
            answers.append(answer)
    return Trial(
        answers=tuple(answers),
        others=others,
        size_divisor=divisor,
        min_side_px=divisor if form.is_fixed else min(height, max(64, divisor)),
    )
