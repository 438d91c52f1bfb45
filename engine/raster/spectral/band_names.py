"""Band names: what the bands of a file see, from colour interpretation, descriptions and wavelengths.

Names are red, green, blue, coastal, rededge1 to rededge3, nir, nir2 (narrow), watervapour, cirrus, swir1, swir2,
thermal, pan.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from rasterio.io import DatasetReader

from ..opening import descriptions_of, tags_of

RANGES_NM = (
    ("coastal", 425, 455), ("blue", 455, 515), ("green", 515, 600), ("red", 620, 690), ("rededge1", 690, 720),
    ("rededge2", 720, 760), ("rededge3", 760, 800), ("nir", 800, 900), ("watervapour", 930, 960),
    ("cirrus", 1340, 1400), ("swir1", 1540, 1680), ("swir2", 2050, 2350), ("thermal", 8000, 13_000),
)  # fmt: skip
"""Centres of bands as Sentinel-2, Landsat 8, Planet and most aerial cameras have them."""

WORDS = {
    "red": "red", "r": "red", "green": "green", "g": "green", "blue": "blue", "b": "blue",
    "nir": "nir", "nearinfrared": "nir", "nir1": "nir", "nir08": "nir", "infrared": "nir", "ir": "nir",
    "nir2": "nir2", "narrownir": "nir2", "nirnarrow": "nir2", "nir8a": "nir2",
    "rededge": "rededge1", "rededge1": "rededge1", "re1": "rededge1", "rededge2": "rededge2", "re2": "rededge2",
    "rededge3": "rededge3", "re3": "rededge3",
    "coastal": "coastal", "coastalaerosol": "coastal", "coastalblue": "coastal",
    "swir": "swir1", "swir1": "swir1", "swir16": "swir1", "shortwaveinfrared1": "swir1",
    "swir2": "swir2", "swir22": "swir2", "shortwaveinfrared2": "swir2",
    "pan": "pan", "panchromatic": "pan", "watervapour": "watervapour", "watervapor": "watervapour", "cirrus": "cirrus",
    "thermal": "thermal", "tir": "thermal", "lwir": "thermal",
}  # fmt: skip

UNITS_NM = {"nm": 1.0, "nanometers": 1.0, "um": 1000.0, "µm": 1000.0, "micrometers": 1000.0, "microns": 1000.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedBand:
    """What a band sees.

    Attributes:
        name: One of the names above; empty where the file does not say it.
        wavelength_nm: Centre of the band; 0 where the file does not say it.
        described: What the file calls it.
    """

    name: str = ""
    wavelength_nm: float = 0.0
    described: str = ""


def name_bands(dataset: DatasetReader) -> tuple[NamedBand, ...]:
    """Return what the bands of an open raster see, alpha left unnamed."""
    found, texts = [], descriptions_of(dataset)
    for index, interpretation in enumerate(dataset.colorinterp, 1):
        tags = {**tags_of(dataset, index), **tags_of(dataset, index, ns="IMAGERY")}
        described = texts[index - 1] or tags.get("BANDNAME", "") or tags.get("band_name", "")
        wavelength = wavelength_of(tags)
        colour = interpretation.name.lower() if interpretation.name in ("red", "green", "blue") else ""
        name = name_of(described) or name_at(wavelength) or colour
        found.append(NamedBand(name=name, wavelength_nm=wavelength, described=described))
    return tuple(found)


def name_of(text: str) -> str:
    """Return the name that a description means; empty if it means none: numbers differ from sensor to sensor."""
    plain = re.sub(r"\(.*?\)|[\s_\-]|band", "", text.lower())
    return WORDS.get(plain, "")


def name_at(wavelength_nm: float) -> str:
    """Return the name of the band around a wavelength; empty if it has none."""
    return next((name for name, low, high in RANGES_NM if low <= wavelength_nm < high), "")


def wavelength_of(tags: Mapping[str, str]) -> float:
    """Return the centre of a band in nanometres from its metadata items; 0 if they do not say it."""
    items = {key.lower(): text for key, text in tags.items()}
    for key, unit in (("central_wavelength_um", "um"), ("wavelength", items.get("wavelength_units", ""))):
        try:
            value = float(items[key])
        except (KeyError, ValueError):
            continue
        unit = unit or items.get("wavelength_unit", "")
        return value * UNITS_NM.get(unit.strip().lower(), 1000.0 if value < 100 else 1.0)
    return 0.0
