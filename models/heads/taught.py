"""Taught network: a frozen encoder and a linear head that was fitted to a few examples."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any, ClassVar

from torch import Tensor

from ..encoders.stored import build_encoder
from ..layers.blocks import resize_bilinear
from ..network import SegmentationNetwork
from .class_scores import UNCLASSIFIED_ID, ClassScores
from .feature_maps import FeatureMaps
from .linear_head import LinearHead


@dataclass(frozen=True, kw_only=True)
class TaughtConfig:
    """What rebuilds a taught network.

    Attributes:
        encoder: Architecture of the encoder.
        bands: Number of bands of the image; the encoder sees the first ones.
        class_of_subclass: Class id of every subclass, 1 or more; empty for classes without subclasses.
        unclassified_below: Pixels whose best class is less likely become "unclassified"; 0 for none.
    """

    encoder: str = "efficientnet-lite0"
    bands: int = 3
    class_of_subclass: tuple[int, ...] = ()
    unclassified_below: float = 0.0

    def __post_init__(self) -> None:
        if min(self.class_of_subclass, default=1) <= UNCLASSIFIED_ID:
            raise ValueError(f"subclasses belong to classes from 1 on, found {self.class_of_subclass}")
        if not 0 <= self.unclassified_below < 1:
            raise ValueError(f"a probability is 0 to 1, found {self.unclassified_below}")

    @staticmethod
    def from_dict(data: dict[str, Any]) -> TaughtConfig:
        """Build settings from JSON data; unknown entries are refused."""
        classes = tuple(int(v) for v in data.get("class_of_subclass", ()))
        return TaughtConfig(**{**data, "class_of_subclass": classes})

    def to_dict(self) -> dict[str, Any]:
        """Return the settings as JSON-ready data."""
        return {**asdict(self), "class_of_subclass": list(self.class_of_subclass)}


class TaughtNetwork(SegmentationNetwork):
    """Frozen encoder, colour statistics and a linear head; class id 0 is "unclassified".

    Args:
        num_classes: Number of classes K, "unclassified" included.
        config: Settings.
    """

    method: ClassVar[str] = "taught"
    wide_prefixes = ("head.",)

    def __init__(self, *, num_classes: int, config: TaughtConfig | None = None) -> None:
        config = config or TaughtConfig()
        if not config.class_of_subclass:
            config = replace(config, class_of_subclass=tuple(range(1, num_classes)))
        super().__init__(num_classes=num_classes, in_channels=config.bands, config=config.to_dict())
        if sorted(set(config.class_of_subclass)) != list(range(1, num_classes)):
            raise ValueError(f"subclasses of {num_classes - 1} classes expected, found {config.class_of_subclass}")
        self.features = FeatureMaps(build_encoder(config.encoder), config.bands)
        self.head = LinearHead(self.features.channels, len(config.class_of_subclass))
        self.size_divisor = self.features.size_divisor
        self.min_side_px = self.size_divisor
        self.class_scores = ClassScores(config.class_of_subclass, config.unclassified_below)

    def forward(self, image: Tensor) -> Tensor:
        """Return the class scores of every pixel."""
        self.check_image(image)
        scores = self.class_scores(self.head(self.features(image)))  # (N, K, H/4, W/4)
        return resize_bilinear(scores, tuple(image.shape[-2:]))
