"""Side file of a raster (GDAL's .aux.xml): the class names in it, to which rasterio offers no way."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree  # nosec B405 - see category_names: small files without definitions of their own

LIMIT_BYTES = 5_000_000


def category_names(raster: str) -> list[str]:
    """Return the names of the values 0, 1, 2 … of a raster's first band; empty where its side file has none.

    Args:
        raster: Path of the raster, as it was opened.
    """
    side = Path(f"{raster}.aux.xml")
    if not side.is_file() or side.stat().st_size > LIMIT_BYTES:
        return []
    content = side.read_bytes()
    if b"<!DOCTYPE" in content:  # GDAL writes none, and only there can a file define what blows up in a parser
        return []
    try:
        root = ElementTree.fromstring(content)  # nosec B314 - no document type, so no entities
    except ElementTree.ParseError:
        return []
    bands = (band for band in root.iter("PAMRasterBand") if band.get("band") == "1")
    names = next((list(n) for band in bands for n in band.iter("CategoryNames")), [])
    return [name.text or "" for name in names if name.tag == "Category"]
