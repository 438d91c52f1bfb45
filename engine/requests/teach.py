"""Request of a model that is taught: from a few examples on a raster, without training a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..system.run_context import QUIET, RunContext
from ..teach.request import TeachSpec

if TYPE_CHECKING:
    from ..teach.teach import Taught


def teach(spec: TeachSpec, context: RunContext = QUIET) -> Taught:
    """Make a checkpoint from a few points, lines or polygons with a class; `segment` takes it with Method.TAUGHT.

    Returns:
        The checkpoint's card, how far examples that were left out agree with it, and what was left out or mended.

    Raises:
        DataError: If the examples cannot be used.
        UhrError: If the raster cannot be read or the checkpoint not be written.
        Cancelled: If asked to stop; nothing is left behind.
    """
    from ..teach import teach as teaching

    return teaching.teach(spec, context)
