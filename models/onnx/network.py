"""A network in an ONNX file, behind the interface of all networks: onnxruntime does the work."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional

from ..errors import CheckpointError
from ..network import SegmentationNetwork
from .forms import AnswerForm, ImageForm, Meaning
from .memory import live_bytes
from .session import DTYPES, OnnxSession

CERTAIN = 16.0
"""Logit of the class that a network without scores names; those of the others are 0."""

LEAST_PROBABILITY = 2.0**-24
"""Probabilities below count as this: their logarithm must be finite."""


class OnnxNetwork(SegmentationNetwork):
    """A network that onnxruntime runs.

    Args:
        session: The network, opened.
        skeleton: It without its weights, for the memory that it takes; see `OnnxGraph`.
        form: How it takes images.
        answer: The output with the classes.
        num_classes: Number of classes K.
        in_channels: Number of bands C.
        sides: What sides of images must be multiples of, and the smallest one.
        threshold: Probability from which a pixel is of the class of a network with one probability.
        config: What the card says of all this.
    """

    method = "onnx"

    def __init__(
        self,
        session: OnnxSession,
        *,
        skeleton: Any,
        form: ImageForm,
        answer: AnswerForm,
        num_classes: int,
        in_channels: int,
        sides: tuple[int, int],
        threshold: float = 0.5,
        config: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(num_classes=num_classes, in_channels=in_channels, config=config or {})
        self.session, self.form, self.answer = session, form, answer
        self._skeleton = _Shared(skeleton)
        self.size_divisor, self.min_side_px = sides
        self.threshold = threshold
        self.gives_scores = answer.meaning is not Meaning.CLASS_IDS
        # Nothing is in it; it tells on which device the network is to work.
        self.place = nn.Parameter(torch.empty(0), requires_grad=False)

    def forward(self, image: Tensor) -> Tensor:
        """Return the logits of every pixel, ``(N, K, H, W)`` float32."""
        self.check_image(image)
        step = self.form.batch or len(image)
        parts = [self._logits(image[first : first + step], step) for first in range(0, len(image), step)]
        return parts[0] if len(parts) == 1 else torch.cat(parts)

    def training_loss(self, image: Tensor, class_ids: Tensor) -> dict[str, Tensor]:
        """Refuse: an ONNX file holds a network that is finished."""
        raise CheckpointError(
            "A network in an ONNX file cannot be trained. Fine-tune the checkpoint that it was exported from."
        )

    def for_inference(self) -> SegmentationNetwork:
        """Return this network: onnxruntime has rearranged it already."""
        return self

    def _logits(self, images: Tensor, step: int) -> Tensor:
        count, (height, width) = len(images), images.shape[-2:]
        if count < step:
            images = torch.cat([images, images[-1:].expand(step - count, -1, -1, -1)])
        given = self._given(images)
        answer = self._run(given, step, height, width)
        return _as_logits(self._maps(answer), self.answer, self.num_classes, self.threshold, (height, width))[:count]

    def _given(self, images: Tensor) -> Tensor:
        given = images.permute(0, 2, 3, 1) if self.form.channels_last else images
        given = given if self.form.has_batch else given[0]
        dtype = DTYPES[self.form.dtype]
        if not dtype.is_floating_point:
            given = given.round()
        return given.to(dtype).contiguous()

    def _run(self, given: Tensor, batch: int, height: int, width: int) -> Tensor:
        shape = self.answer.shape(batch, height, width, has_batch=self.form.has_batch)
        if given.is_meta:  # only the memory is asked for
            inside = live_bytes(self._skeleton.value, self.form.name, tuple(given.shape))
            return _after(torch.empty(inside, dtype=torch.uint8, device="meta"), shape, DTYPES[self.answer.dtype])
        device = given.device if self.session.runs_on(given.device) else torch.device("cpu")
        answer = torch.empty(shape, dtype=DTYPES[self.answer.dtype], device=device)
        self.session.run(self.form.name, given.to(device), {self.answer.name: answer})
        if self.answer.meaning is Meaning.CLASS_IDS:
            self._check_class_ids(answer)
        return answer.to(given.device)

    def _check_class_ids(self, answer: Tensor) -> None:
        least, most = int(answer.min()), int(answer.max())
        if least < 0 or most >= self.num_classes:
            raise CheckpointError(
                f"The network gives class {most if most >= self.num_classes else least}, but its card names "
                f"{self.num_classes} classes, 0 to {self.num_classes - 1}. Describe it again with all of its classes."
            )

    def _maps(self, answer: Tensor) -> Tensor:
        """Return the answer as ``(N, channels, h, w)``."""
        answer = answer if self.form.has_batch else answer[None]
        if not self.answer.has_channels:
            return answer[:, None]
        return answer.permute(0, 3, 1, 2) if self.answer.channels_last else answer


class _Shared:
    """A value that copies of its holder share."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __deepcopy__(self, memo: dict[int, Any]) -> _Shared:
        return self


def _after(inside: Tensor, shape: tuple[int, ...], dtype: torch.dtype) -> Tensor:
    """Return an answer that is made while another tensor is held."""
    answer = torch.empty(shape, dtype=dtype, device=inside.device)
    del inside
    return answer


def _as_logits(answer: Tensor, form: AnswerForm, num_classes: int, threshold: float, size: tuple[int, int]) -> Tensor:
    """Return an answer as logits of the image's size, whatever its numbers mean."""
    if form.meaning is Meaning.CLASS_IDS:
        return _of_class_ids(answer[:, 0], num_classes, size)
    values = answer.float()
    if form.shrink > 1:
        values = functional.interpolate(values, size=size, mode="bilinear", align_corners=False)
    if form.meaning is Meaning.PROBABILITIES:
        return values.clamp_min(LEAST_PROBABILITY).log()
    if form.meaning is Meaning.SIGMOID:
        values = values.clamp(LEAST_PROBABILITY, 1 - LEAST_PROBABILITY).logit()
    if form.channels > 1:
        return values
    edge = torch.tensor(threshold).clamp(LEAST_PROBABILITY, 1 - LEAST_PROBABILITY).logit().item()
    return torch.cat([torch.zeros_like(values), values - edge], dim=1)


def _of_class_ids(class_ids: Tensor, num_classes: int, size: tuple[int, int]) -> Tensor:
    if class_ids.shape[-2:] != size:
        class_ids = functional.interpolate(class_ids[:, None].float(), size=size, mode="nearest")[:, 0]
    known = class_ids.long()[:, None].clamp(0, num_classes - 1)
    logits = torch.zeros(len(known), num_classes, *size, device=known.device)
    return logits.scatter_(1, known, CERTAIN)
