"""Encoder: an image goes in, feature maps of falling resolution come out."""

from __future__ import annotations

from typing import ClassVar

from torch import Tensor, nn


class Encoder(nn.Module):
    """Base of the encoders.

    Attributes:
        architecture: Name in the table of architectures.
        in_channels: Number of input channels C.
        strides: Downsampling factor of each feature map, rising; the last one divides the image's sides.
        channels: Channels of each feature map.

    Shape:
        image: ``(N, C, H, W)`` float, normalised as the encoder's card says.
        features: one ``(N, channels[i], H / strides[i], W / strides[i])`` per level, finest first.
    """

    architecture: ClassVar[str] = ""
    in_channels: int = 3
    strides: tuple[int, ...] = ()
    channels: tuple[int, ...] = ()

    @property
    def size_divisor(self) -> int:
        """Number that must divide both sides of the image, in pixels."""
        return self.strides[-1]

    def forward(self, image: Tensor) -> tuple[Tensor, ...]:
        """Return the feature maps of an image, finest first."""
        raise NotImplementedError

    def check_image(self, image: Tensor) -> None:
        """Raise ValueError, saying what would fit, if the image cannot be given to this encoder."""
        c, h, w = image.shape[-3:]
        if c != self.in_channels:
            raise ValueError(f"Image has {c} channels; this encoder was built for {self.in_channels}.")
        d = self.size_divisor
        if h % d or w % d or not h or not w:
            up = [max(d, -(-side // d) * d) for side in (w, h)]
            raise ValueError(f"Image is {w} × {h} px; sides must be multiples of {d}. Pad it to {up[0]} × {up[1]} px.")
