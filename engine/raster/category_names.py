"""Reads the class names that GDAL keeps in the side file (.aux.xml) of a raster; rasterio offers no way to them."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

LIMIT_BYTES = 5_000_000


def category_names(raster: str) -> list[str]:
    """Return the names of the values 0, 1, 2 … of a raster's first band; empty where its side file has none.

    Args:
        raster: Path of the raster, as it was opened.
    """
    side = Path(f"{raster}.aux.xml")
    if not side.is_file() or side.stat().st_size > LIMIT_BYTES:
        return []
    reader = _Reader()
    reader.feed(side.read_text(encoding="utf-8", errors="replace"))
    reader.close()
    return reader.names if reader.is_complete else []


class _Reader(HTMLParser):
    """Picks the names out of the tags.

    It knows no entities of a file's own, so no file, whoever made it, can blow up in it as in an XML parser.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.names: list[str] = []
        self.is_complete = False
        self._band = ""
        self._is_inside = False
        self._is_name = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "pamrasterband":
            self._band = dict(attrs).get("band") or ""
        elif tag == "categorynames":
            self._is_inside = self._band == "1" and not self.is_complete
        elif tag == "category" and self._is_inside:
            self.names.append("")
            self._is_name = True

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "category" and self._is_inside:
            self.names.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "category":
            self._is_name = False
        elif tag == "categorynames" and self._is_inside:
            self._is_inside, self.is_complete = False, True

    def handle_data(self, data: str) -> None:
        if self._is_name:
            self.names[-1] += data
