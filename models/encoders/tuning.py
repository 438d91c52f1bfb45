"""Encoder tuning: an encoder under a small head, trained on land cover so that its maps know it afterwards.

The head is three convolutions on the maps of all strides, joined at stride 4. It only serves to train the encoder; as a
network it is complete all the same, and a teacher for others.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any, ClassVar

from torch import Tensor, nn
from torch.nn import functional

from ..layers.blocks import resize_bilinear
from ..layers.resizing import resize_labels
from ..legend import IGNORE_INDEX
from ..network import SegmentationNetwork
from .backbone import frozen_normalisation
from .stored import build_encoder

JOINED_LEVEL = 1
"""The level at whose size maps are joined: stride 4."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderTuningConfig:
    """Settings of a tuning.

    Attributes:
        encoder: Architecture of the encoder.
        head_width: Channels of the head.
        frozen_stages: First stages of the encoder that stay as they are, with the stem; 0 trains everything.
        dropout: Share of the head's channels that is dropped in training.
        label_smoothing: Share of each label that is spread over all classes.
    """

    encoder: str = "efficientnet-lite0"
    head_width: int = 64
    frozen_stages: int = 2
    dropout: float = 0.1
    label_smoothing: float = 0.08

    @staticmethod
    def from_dict(data: dict[str, Any]) -> EncoderTuningConfig:
        """Build a configuration from JSON data; raise ValueError for unknown names."""
        known = {f.name for f in fields(EncoderTuningConfig)}
        if unknown := sorted(set(data) - known):
            raise ValueError(f"Unknown settings {unknown} of an encoder's tuning; known are {sorted(known)}.")
        return EncoderTuningConfig(**data)


class EncoderTuning(SegmentationNetwork):
    """Encoder, and a head of three convolutions on its joined maps. Batch normalisation stays as it came.

    Args:
        num_classes: Number of classes K.
        config: Settings.

    Shape:
        image: ``(N, 3, H, W)`` float, normalised as the encoder's card says.
        logits: ``(N, K, H, W)``.
    """

    method: ClassVar[str] = "encoder"
    min_side_px = 32

    def __init__(self, *, num_classes: int = 7, config: EncoderTuningConfig | None = None) -> None:
        config = config or EncoderTuningConfig()
        super().__init__(num_classes=num_classes, in_channels=3, config=asdict(config))
        self.settings = config
        self.encoder = build_encoder(config.encoder)
        # A 1×1 convolution of the joined maps is the sum of one per map: each is done at its own size.
        self.project = nn.ModuleList(
            nn.Conv2d(c, config.head_width, 1, bias=level == JOINED_LEVEL)
            for level, c in enumerate(self.encoder.channels)
        )
        self.dropout = nn.Dropout2d(config.dropout)
        self.mix = nn.Conv2d(config.head_width, config.head_width, 3, padding=1)
        self.classify = nn.Conv2d(config.head_width, num_classes, 1)
        for part in self._frozen():
            part.requires_grad_(False)

    def forward(self, image: Tensor) -> Tensor:
        """Return the logits of every pixel."""
        self.check_image(image)
        return resize_bilinear(self.joined_logits(image), tuple(image.shape[-2:]))

    def joined_logits(self, image: Tensor) -> Tensor:
        """Return the logits at stride 4."""
        maps = self.encoder(image)
        size = tuple(maps[JOINED_LEVEL].shape[-2:])
        joined = self.project[JOINED_LEVEL](maps[JOINED_LEVEL])
        for level, (project, one) in enumerate(zip(self.project, maps, strict=True)):
            if level < JOINED_LEVEL:
                joined = joined + project(functional.avg_pool2d(one, 2))
            elif level > JOINED_LEVEL:
                joined = joined + resize_bilinear(project(one), size)
        mixed = functional.relu(self.mix(self.dropout(functional.relu(joined))))
        return self.classify(mixed)  # (N, K, H/4, W/4)

    def training_loss(self, image: Tensor, class_ids: Tensor) -> dict[str, Tensor]:
        """Return the cross-entropy at half of the image's size."""
        h, w = image.shape[-2] // 2, image.shape[-1] // 2
        logits = resize_bilinear(self.joined_logits(image), (h, w)).float()
        labels = resize_labels(class_ids, (h, w))
        smoothing = self.settings.label_smoothing
        losses = functional.cross_entropy(
            logits, labels, ignore_index=IGNORE_INDEX, label_smoothing=smoothing, reduction="sum"
        )
        loss = losses / (labels != IGNORE_INDEX).sum().clamp(min=1)
        return {"main": loss, "total": loss}

    def train(self, mode: bool = True) -> EncoderTuning:
        """Switch to training; batch normalisation keeps its statistics."""
        super().train(mode)
        frozen_normalisation(self.encoder)
        return self

    def _frozen(self) -> list[nn.Module]:
        count = self.settings.frozen_stages
        return [self.encoder.stem_conv, self.encoder.stem_bn, *self.encoder.stages[:count]] if count else []
