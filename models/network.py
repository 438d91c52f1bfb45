"""Base of every network: an image goes in, logits come out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from torch import Tensor, nn

from .layers.normalization import fold_batch_norm


class SegmentationNetwork(nn.Module):
    """Base of the three systems.

    `forward` answers one question: image to logits at the image's size. Patching, proposals and auxiliary heads
    are inside. Training terms come from `training_loss`, never from a flag that changes what `forward` returns.

    Attributes:
        num_classes: Number of classes K.
        in_channels: Number of input channels C.
        size_divisor: Image sides must be multiples of this; where `takes_any_size`, those of tiles are, for speed.
        takes_any_size: Whether sides that are no multiples can be given too, as to the authors' code.
        min_side_px: Smallest side the network accepts.
        config: Builder arguments that rebuild this network, JSON data.
        training_only_prefixes: State keys that begin so are not needed for inference and not stored.
        wide_prefixes: State keys that begin so are always stored in 32 bits.
        winograd_modules: Beginnings of the names of the parts that do most of the work of inference.
        blend_px: Distance from the edge of a tile's core up to which it should be mixed with its neighbours in a map,
            in pixels of the image; None for the usual one.
        passes: Work of one answer, as a multiple of that of looking at the image once.
        gives_scores: Whether logits tell how sure the network is; else the class alone.

    Shape:
        image: ``(N, C, H, W)`` float, normalised as the model card says.
        logits: ``(N, K, H, W)`` float.
    """

    method: ClassVar[str] = ""
    size_divisor: int = 32
    takes_any_size: bool = False
    min_side_px: int = 64
    training_only_prefixes: tuple[str, ...] = ()
    wide_prefixes: tuple[str, ...] = ()
    winograd_modules: tuple[str, ...] = ("",)
    blend_px: int | None = None
    gives_scores: bool = True
    passes: float = 1.0

    def __init__(self, *, num_classes: int, in_channels: int, config: dict[str, Any]) -> None:
        super().__init__()
        self.num_classes = num_classes
        self.in_channels = in_channels
        self.config = config

    def forward(self, image: Tensor) -> Tensor:
        """Return the logits of every pixel."""
        raise NotImplementedError

    def training_loss(self, image: Tensor, class_ids: Tensor) -> dict[str, Tensor]:
        """Return the loss terms of one batch; "total" is the one to minimise.

        Args:
            image: ``(N, C, H, W)`` normalised images.
            class_ids: ``(N, H, W)`` int64 labels; 255 is left out.
        """
        raise NotImplementedError

    def training_terms(self, image: Tensor, class_ids: Tensor) -> Iterator[dict[str, Tensor]]:
        """Yield the loss terms of one batch in parts whose gradients may be taken one after the other.

        Gradients add up to those of `training_loss`; a network that can do with the memory of one part at a time
        overrides this. Each dict has a "total".
        """
        yield self.training_loss(image, class_ids)

    def start_from(self, previous: SegmentationNetwork) -> None:
        """Take over what another network has learnt: here every tensor of equal name and shape.

        Networks that are trained in stages override this and refuse what does not fit, with CheckpointError.
        """
        fitting = {k: v.shape for k, v in self.state_dict().items()}
        kept = {k: v for k, v in previous.state_dict().items() if fitting.get(k) == v.shape}
        self.load_state_dict(kept, strict=False)

    def for_inference(self) -> SegmentationNetwork:
        """Return the fastest known network with these logits up to rounding, in evaluation mode.

        Here the batch normalisation goes into the convolutions. For inference only: what training alone needs stays
        as it is.
        """
        return fold_batch_norm(self)

    def static_logits(self, image: Tensor) -> Tensor:
        """Return the logits of every pixel by a list of operations that does not depend on values, for export."""
        return self(image)

    def check_image(self, image: Tensor) -> None:
        """Raise ValueError, saying what would fit, if the image cannot be given to this network."""
        c, h, w = image.shape[-3:]
        if c != self.in_channels:
            raise ValueError(f"Image has {c} channels; this network was built for {self.in_channels}.")
        d = 1 if self.takes_any_size else self.size_divisor
        if h % d or w % d or h < self.min_side_px or w < self.min_side_px:
            up = [max(self.min_side_px, -(-side // d) * d) for side in (w, h)]
            fits = f"at least {self.min_side_px} px" if d == 1 else f"multiples of {d}"
            raise ValueError(f"Image is {w} × {h} px; sides must be {fits}. Pad it to {up[0]} × {up[1]} px.")
