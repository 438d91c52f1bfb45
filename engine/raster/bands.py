"""Bands of a raster that become the model's channels. Pure; reads no file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..system.errors import ErrorCode, RasterError
from .spectral.band_names import WORDS, name_of

KNOWN = frozenset(WORDS.values())


@dataclass(frozen=True, kw_only=True)
class BandMapping:
    """The bands to read, in the order of the model's channels.

    Attributes:
        indexes: 1-based band of each channel; the one palette band if `palette` is set.
        palette: ``(256, 3)`` uint8 red, green, blue of each value of a paletted band; None otherwise.
        note: Sentence on a choice the user should know of; empty if there is nothing to say.
    """

    indexes: tuple[int, ...]
    palette: np.ndarray | None = None
    note: str = ""


def map_bands(
    interpretations: Sequence[str],
    model_bands: Sequence[str],
    wanted: Sequence[int] = (),
    palette: dict[int, tuple[int, ...]] | None = None,
    names: Sequence[str] = (),
) -> BandMapping:
    """Choose a band for each channel of the model.

    Args:
        interpretations: Colour interpretation of each band ("red", "alpha", "undefined" …), in band order.
        model_bands: Names of the model's channels, in order.
        wanted: 1-based bands the user asked for; empty to find them.
        palette: Colour table of band 1, if it has one.
        names: What each band sees, as its description or wavelength says ("nir", "swir1" …); empty where nothing does.

    Raises:
        RasterError: If the raster lacks the bands, or a wish does not fit.
    """
    if wanted:
        return BandMapping(indexes=_checked_wish(wanted, len(interpretations), model_bands))
    data = [i for i, name in enumerate(interpretations, 1) if name != "alpha"]
    if palette and len(data) == 1:
        _require(tuple(model_bands) == ("red", "green", "blue"), 1, model_bands)
        return BandMapping(indexes=(data[0],), palette=palette_table(palette))
    _require(len(data) >= len(model_bands), len(data), model_bands)
    by_colour = [_seeing(name, data, interpretations, names) for name in model_bands]
    if all(len(found) == 1 for found in by_colour):
        return BandMapping(indexes=tuple(found[0] for found in by_colour))
    if names and all(names[i - 1] for i in data):
        lacking = [name for name, found in zip(model_bands, by_colour, strict=True) if not found and name in KNOWN]
        if lacking:
            raise RasterError(
                ErrorCode.BANDS_UNSUITABLE,
                f"The raster has no band {', '.join(lacking)}, which the model needs; its bands are "
                f"{', '.join(names[i - 1] for i in data)}. Choose another raster, or say with bands which to take.",
            )
    indexes = tuple(data[: len(model_bands)])
    return BandMapping(indexes=indexes, note=_guess_note(indexes, model_bands))


def _seeing(name: str, data: Sequence[int], interpretations: Sequence[str], names: Sequence[str]) -> list[int]:
    """Return the bands that see what a model's channel does: by what they are called, else by their colour."""
    wanted = name_of(name) or name
    by_name = [i for i in data if names and wanted == names[i - 1]]
    return by_name or [i for i in data if interpretations[i - 1] == name]


def alpha_bands(interpretations: Sequence[str]) -> tuple[int, ...]:
    """Return the 1-based bands that say how opaque pixels are, wherever they stand."""
    return tuple(i for i, name in enumerate(interpretations, 1) if name == "alpha")


def shown_bands(interpretations: Sequence[str]) -> list[int]:
    """Return three 1-based bands to show a raster by: red, green, blue where it says so, else the first ones."""
    data = [i for i, name in enumerate(interpretations, 1) if name != "alpha"] or [1]
    by_color = [[i for i in data if interpretations[i - 1] == color] for color in ("red", "green", "blue")]
    if all(by_color):
        return [found[0] for found in by_color]
    return data[:3] if len(data) >= 3 else [data[0]] * 3


def palette_table(palette: dict[int, tuple[int, ...]]) -> np.ndarray:
    """Return a colour table as ``(256, 3)`` uint8; values it does not name are black."""
    table = np.zeros((256, 3), np.uint8)
    for value, color in palette.items():
        if 0 <= value < 256:
            table[value] = color[:3]
    return table


def _checked_wish(wanted: Sequence[int], count: int, model_bands: Sequence[str]) -> tuple[int, ...]:
    if len(wanted) != len(model_bands):
        raise RasterError(
            ErrorCode.BANDS_UNSUITABLE,
            f"{len(wanted)} bands were chosen; the model needs {len(model_bands)} ({', '.join(model_bands)}).",
        )
    if max(wanted) > count:
        raise RasterError(
            ErrorCode.BANDS_UNSUITABLE,
            f"Band {max(wanted)} was chosen, but the raster has {count}. Choose bands from 1 to {count}.",
        )
    return tuple(wanted)


def _require(fits: bool, count: int, model_bands: Sequence[str]) -> None:
    if not fits:
        bands = "1 band" if count == 1 else f"{count} bands"
        raise RasterError(
            ErrorCode.BANDS_UNSUITABLE,
            f"The raster has {bands} of data; the model needs {len(model_bands)} ({', '.join(model_bands)}). "
            "Choose a multiband raster or map the bands.",
        )


def _guess_note(indexes: Sequence[int], model_bands: Sequence[str]) -> str:
    numbers, names = ", ".join(map(str, indexes)), ", ".join(model_bands)
    return (
        f"The raster does not say which bands are {names}; bands {numbers} are taken. Map the bands if that is wrong."
    )
