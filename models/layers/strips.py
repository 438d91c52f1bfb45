"""Row strips: the first, large layers of a network done strip by strip, so that their maps never exist as a whole."""

from __future__ import annotations

from collections.abc import Callable

from torch import Tensor

from .memory_layout import empty_as


def in_row_strips(
    function: Callable[[Tensor], Tensor], image: Tensor, *, strips: int, reach: int, reduction: int
) -> Tensor:
    """Return ``function(image)``, evaluated on overlapping strips of rows.

    Equal to the whole up to rounding: the rows that a strip's cut edges have touched are left out, and the image's own
    edges are seen as they are.

    Args:
        function: Maps ``(N, C, H, W)`` to ``(N, K, H / reduction, W / reduction)``, each result from rows near it.
        image: The image; its height is a multiple of ``reduction``.
        strips: Number of strips, 1 for the whole at once.
        reach: Rows above and below that a result depends on, at most; a multiple of ``reduction``.
        reduction: Rows of the image per row of the result.
    """
    height = image.shape[-2]
    step = -(-height // (strips * reduction)) * reduction
    if strips <= 1 or step + 2 * reach >= height:
        return function(image)
    result: Tensor | None = None
    for top in range(0, height, step):
        bottom = min(height, top + step)
        first, last = max(0, top - reach), min(height, bottom + reach)
        part = function(image[..., first:last, :])[..., (top - first) // reduction :, :]
        rows = (bottom - top) // reduction
        if result is None:
            shape = (*part.shape[:-2], height // reduction, part.shape[-1])
            result = empty_as(part, shape)
        result[..., top // reduction : top // reduction + rows, :] = part[..., :rows, :]
    return result
