"""Resampling of a raster for a model that was trained for another ground resolution. Pure."""

from __future__ import annotations

from dataclasses import dataclass

RESOLUTION_TOLERANCE = 0.05
"""Rasters this close to the model's resolution are taken as they are: networks do not see 5 %."""

MAX_ENLARGEMENT = 4.0
"""Coarse pixels are enlarged this much at most: more adds work and no detail."""

GOOD_RESOLUTION_RATIO = 2.0
"""Beyond this ratio to the model's resolution, either way, the user is warned."""

MAX_PIXEL_ASPECT = 1.05
"""Beyond this ratio of a pixel's sides the user is warned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Source pixels per model pixel.

    Attributes:
        x: Along columns; above 1 the raster is shrunk for the network.
        y: Along lines.
        notes: Sentences of warning.
    """

    x: float
    y: float
    notes: tuple[str, ...] = ()


def choose_scale(resolution_m: tuple[float, float] | None, model_resolution_m: float) -> Scale:
    """Return how a raster is resampled for a model.

    Args:
        resolution_m: Ground size of a raster pixel along columns and lines; None if nobody knows.
        model_resolution_m: Ground size of a pixel the model was trained for.
    """
    if resolution_m is None:
        note = (
            f"The raster has no coordinate system; its pixels are taken as {model_resolution_m:g} m, as the model "
            "expects, and areas are counted in pixels. Give a ground resolution if that is wrong."
        )
        return Scale(x=1.0, y=1.0, notes=(note,))
    x, y = (_limited(model_resolution_m / side) for side in resolution_m)
    return Scale(x=x, y=y, notes=tuple(_scale_notes(resolution_m, model_resolution_m)))


def _limited(scale: float) -> float:
    if abs(scale - 1) <= RESOLUTION_TOLERANCE:
        return 1.0
    return max(scale, 1 / MAX_ENLARGEMENT)


def _scale_notes(resolution_m: tuple[float, float], model_resolution_m: float) -> list[str]:
    notes = []
    low, high = sorted(resolution_m)
    if high / low > MAX_PIXEL_ASPECT:
        notes.append(
            f"The raster's pixels are not square ({resolution_m[0]:.4g} × {resolution_m[1]:.4g} m on the ground); "
            "the model sees them made square."
        )
    if high > model_resolution_m * GOOD_RESOLUTION_RATIO:
        notes.append(
            f"The raster's pixels are {high:.4g} m on the ground, the model was trained for {model_resolution_m:g} m; "
            "expect a poor map. A finer raster would do better."
        )
    return notes
