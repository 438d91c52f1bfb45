"""Band arguments of commands: numbers from 1, names of what bands see, or all."""

from __future__ import annotations

import os

from ..system.errors import InvalidJob

ALL = "all"
COLORS = ("red", "green", "blue")


def band_list(text: str) -> tuple[int | str, ...]:
    """Return numbers and names of bands parted by commas."""
    parts = [part.strip() for part in text.split(",")]
    return tuple(int(part) if part.isdecimal() else part for part in parts)


def band_numbers(bands: tuple[int | str, ...], raster: str) -> tuple[int, ...]:
    """Return bands by number, looking up the named ones in a raster.

    Args:
        bands: What `band_list` gives; "all" stands for red, green and blue and then every other band of data.
        raster: Path or GDAL name.

    Raises:
        InvalidJob: If the raster has no band of a name, or several.
    """
    if all(isinstance(b, int) for b in bands):
        return tuple(int(b) for b in bands)
    if bands == (ALL,):
        return _all_bands(raster)
    return tuple(b if isinstance(b, int) else _number_of(b, raster) for b in bands)


def _all_bands(raster: str) -> tuple[int, ...]:
    from ..raster.opening import open_raster
    from ..raster.raster_info import interpretations_of, read_info
    from ..raster.spectral.band_names import name_bands

    with open_raster(raster) as dataset:
        interpretations = interpretations_of(dataset, [b.name for b in name_bands(dataset)])
    data = [i for i, c in enumerate(interpretations, 1) if c != "alpha"]
    first = read_info(raster, COLORS).bands.indexes
    return (*first, *(i for i in data if i not in first))


def _number_of(band: str, raster: str) -> int:
    from ..raster.opening import open_raster
    from ..raster.spectral.band_names import name_bands, name_of

    with open_raster(raster) as dataset:
        found = name_bands(dataset)
    word = band.lower()
    wanted = name_of(word) or word
    hits = [i for i, b in enumerate(found, 1) if wanted == b.name or word == b.described.lower()]
    if len(hits) != 1:
        there = ", ".join(f"{i} {b.name or b.described or '?'}" for i, b in enumerate(found, 1))
        raise InvalidJob(f"{os.path.basename(raster)} has {len(hits)} bands called {band!r}; its bands are {there}.")
    return hits[0]
