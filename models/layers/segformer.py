"""Mix Transformer B0: SegFormer's encoder, four stages of attention over ever coarser tokens."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

HEADS = (1, 2, 5, 8)
"""Attention heads of the four stages; a stage's width is a multiple of its heads."""

REDUCTIONS = (8, 4, 2, 1)
"""By how much keys and values are sampled down, per side."""

BLOCKS = 2
"""Blocks of every stage (B0)."""

DROP_PATH = 0.1
"""Probability of leaving out the last block's sums in training; it grows linearly from 0 at the first block."""

NORM_EPS = 1e-6


class MixTransformer(nn.Module):
    """Hierarchical transformer encoder without position codes.

    Args:
        widths: Widths of the four stages, multiples of `HEADS`.
        in_channels: Channels of the image.

    Shape:
        image ``(N, C, H, W)`` → four maps, finest first: ``(N, widths[i], h, w)`` at 1/4, 1/8, 1/16 and 1/32, sides
        rounded up.

    References:
        Xie et al., "SegFormer: simple and efficient design for semantic segmentation with transformers", NeurIPS 2021.
        Graph and parameter names are those of mmsegmentation's `MixVisionTransformer` with B0's settings:
        `layers.S.0.{projection,norm}`, `layers.S.1.B.{norm1,attn.attn,attn.sr,attn.norm,norm2,ffn.layers.{0,1,4}}`,
        `layers.S.2`. With equal weights it was equal to release 0.30.0 within 2e-5. The authors' own files name things
        otherwise and hold query and key/value weights apart.
        Differs in: maps smaller than a reduction's kernel are filled up with zeros at the right and bottom (the
        public code fails there: below 32 px of this encoder's input).
    """

    def __init__(self, widths: Sequence[int] = (32, 64, 160, 256), *, in_channels: int = 3) -> None:
        super().__init__()
        rates = torch.linspace(0, DROP_PATH, BLOCKS * len(HEADS), device="cpu").tolist()
        stages = []
        for i, width in enumerate(widths):
            embedding = PatchEmbedding(in_channels, width, 7 if i == 0 else 3, 4 if i == 0 else 2)
            blocks = [
                TransformerBlock(width, HEADS[i], REDUCTIONS[i], rate) for rate in rates[BLOCKS * i : BLOCKS * (i + 1)]
            ]
            stages.append(nn.ModuleList([embedding, nn.ModuleList(blocks), nn.LayerNorm(width, eps=NORM_EPS)]))
            in_channels = width
        self.layers = nn.ModuleList(stages)
        self.out_channels = list(widths)
        _initialise(self)

    def forward(self, image: Tensor) -> list[Tensor]:
        """Return the output of every stage, finest first."""
        maps, x = [], image
        for embedding, blocks, norm in self.layers:
            x = embedding(x)  # (N, C_i, h_i, w_i)
            for block in blocks:
                x = block(x)
            x = _normalised(norm, x)
            maps.append(x)
        return maps


class PatchEmbedding(nn.Module):
    """Overlapping patches to tokens: a strided convolution and a layer norm."""

    def __init__(self, in_channels: int, width: int, kernel: int, stride: int) -> None:
        super().__init__()
        self.projection = nn.Conv2d(in_channels, width, kernel, stride, kernel // 2)
        self.norm = nn.LayerNorm(width, eps=NORM_EPS)

    def forward(self, x: Tensor) -> Tensor:
        """Return ``(N, width, ceil(H / stride), ceil(W / stride))``."""
        return _normalised(self.norm, self.projection(x))


class TransformerBlock(nn.Module):
    """Attention and feed-forward, each normalised before and added after.

    Shape:
        ``(N, C, h, w)`` → the same.
    """

    def __init__(self, width: int, heads: int, reduction: int, drop_rate: float) -> None:
        super().__init__()
        self.norm1 = nn.LayerNorm(width, eps=NORM_EPS)
        self.attn = ReducedAttention(width, heads, reduction)
        self.norm2 = nn.LayerNorm(width, eps=NORM_EPS)
        self.ffn = MixFeedForward(width)
        self.drop_rate = drop_rate

    def forward(self, x: Tensor) -> Tensor:
        """Return the tokens after both sums."""
        x = x + self._dropped(self.attn(_normalised(self.norm1, x)))
        return x + self._dropped(self.ffn(_normalised(self.norm2, x)))

    def _dropped(self, x: Tensor) -> Tensor:
        """Leave the sum out for a random part of the images (stochastic depth)."""
        if not self.training or self.drop_rate == 0:
            return x
        kept = x.new_empty(x.shape[0], 1, 1, 1).bernoulli_(1 - self.drop_rate)
        return x * kept / (1 - self.drop_rate)


class ReducedAttention(nn.Module):
    """Self-attention whose keys and values come from a sampled-down map.

    Shape:
        ``(N, C, h, w)`` → the same.
    """

    def __init__(self, width: int, heads: int, reduction: int) -> None:
        super().__init__()
        self.reduction = reduction
        self.attn = nn.MultiheadAttention(width, heads, batch_first=True)
        if reduction > 1:
            self.sr = nn.Conv2d(width, width, reduction, reduction)
            self.norm = nn.LayerNorm(width, eps=NORM_EPS)

    def forward(self, x: Tensor) -> Tensor:
        """Return the attended tokens."""
        queries = _tokens(x)  # (N, h*w, C)
        keys = queries
        if self.reduction > 1:
            keys = self.norm(_tokens(self.sr(self._filled_up(x))))
        attended = self.attn(queries, keys, keys, need_weights=False)[0]
        return _map(attended, x)

    def _filled_up(self, x: Tensor) -> Tensor:
        h, w = x.shape[-2:]
        return functional.pad(x, (0, max(0, self.reduction - w), 0, max(0, self.reduction - h)))


class MixFeedForward(nn.Module):
    """Two linear layers with a depth-wise 3×3 between them, whose borders tell positions."""

    def __init__(self, width: int, expansion: int = 4) -> None:
        super().__init__()
        inner = expansion * width
        self.layers = nn.Sequential(
            nn.Conv2d(width, inner, 1),
            nn.Conv2d(inner, inner, 3, padding=1, groups=inner),
            nn.GELU(),
            nn.Identity(),  # the public code's dropout of rate 0, which counts in the names
            nn.Conv2d(inner, width, 1),
        )

    def forward(self, x: Tensor) -> Tensor:
        """Return ``(N, C, h, w)``."""
        return self.layers(x)


def _tokens(x: Tensor) -> Tensor:
    return x.flatten(2).transpose(1, 2)


def _map(tokens: Tensor, like: Tensor) -> Tensor:
    return tokens.transpose(1, 2).reshape(like.shape)


def _normalised(norm: nn.LayerNorm, x: Tensor) -> Tensor:
    return _map(norm(_tokens(x)), x)


@torch.no_grad()
def _initialise(module: nn.Module) -> None:
    """Draw weights as the public code does; attention's input projection keeps torch's Xavier start, as there."""
    for m in module.modules():
        if isinstance(m, nn.Linear):
            nn.init.trunc_normal_(m.weight, std=0.02)
            nn.init.zeros_(m.bias)
        elif isinstance(m, nn.Conv2d):
            fan_out = m.kernel_size[0] * m.kernel_size[1] * m.out_channels // m.groups
            nn.init.normal_(m.weight, std=(2.0 / fan_out) ** 0.5)
            nn.init.zeros_(m.bias)
