"""Names and colours of a raster's values: from a legend file, or from what GDAL knows of the band.

Values are any whole numbers: 11 to 95 (NLCD), 111 to 523 (CORINE). GDAL reads raster attribute tables, category names
and colour tables of many formats, but rasterio shows only the last; a VRT of the band, made in memory, holds them all.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree import ElementTree  # nosec B405 - reads what GDAL wrote, which has no entities of its own

import pyogrio
import rasterio.shutil
from pyogrio.errors import DataLayerError, DataSourceError
from rasterio.errors import RasterioError
from rasterio.io import DatasetReader, MemoryFile

from ....models.legend import one_line

Color = tuple[int, int, int]

LARGEST_VALUE = 2**31 - 1

MOST_NAMES = 100_000
"""Rows of a table that are read; a class raster has 255 values at most."""

MOST_CHARACTERS = 500

VALUE_USE, MINIMUM_USE, NAME_USE, COLOR_USES = "5", "3", "2", ("6", "7", "8")
"""GDAL's usages of the columns of an attribute table."""

VALUE_COLUMNS = ("value", "values", "class_id", "classid", "code", "id", "val", "grid_code", "gridcode")
NAME_COLUMNS = ("class_name", "class_names", "classname", "class", "name", "label", "category", "land_cover")
COLOR_NAMES = ("red", "green", "blue")
NAME_PARTS = ("class", "name", "label", "land", "categ", "descr", "legend")


@dataclass(frozen=True, kw_only=True)
class ValueNames:
    """What values of a raster are called.

    Attributes:
        name: Identifier of the legend; empty if it has none.
        title: Its name for people.
        names: Name of each value.
        colors: Colour of values.
        unknown: Value that stands for "not known"; None if there is none.
    """

    name: str = ""
    title: str = ""
    names: Mapping[int, str] = field(default_factory=dict)
    colors: Mapping[int, Color] = field(default_factory=dict)
    unknown: int | None = None

    def __bool__(self) -> bool:
        return bool(self.names)


def values_of_legend(data: Any) -> ValueNames:
    """Return the values of a legend in JSON data.

    Raises:
        ValueError: If ids, names or colours are missing, double or of the wrong kind.
    """
    if not isinstance(data, dict) or not isinstance(data.get("classes"), list):
        raise ValueError("It has no list 'classes'; expected an object with name, title and classes.")
    names: dict[int, str] = {}
    colors: dict[int, Color] = {}
    for number, row in enumerate(data["classes"], 1):
        if not isinstance(row, dict):
            raise ValueError(f"Class {number} of it is no object with id, name and color.")
        value = _legend_id(row.get("id"), number)
        if value in names:
            raise ValueError(f"It has the class id {value} twice; each may be there once.")
        names[value] = _legend_name(row.get("name"), number)
        colors[value] = _legend_color(row.get("color"), number)
    if not names:
        raise ValueError("It has no classes.")
    name, title = str(data.get("name", "legend")), str(data.get("title", data.get("name", "Legend")))
    unknown = data.get("unknown_id", 0)
    unknown = unknown if isinstance(unknown, int) and unknown in names else None
    return ValueNames(name=one_line(name), title=one_line(title), names=names, colors=colors, unknown=unknown)


def values_of_raster(dataset: DatasetReader) -> ValueNames:
    """Return what GDAL, or a table beside the file, knows of the values of an open raster's first band."""
    band = _band(dataset)
    colors = _color_table(dataset)
    names: dict[int, str] = {}
    if band is not None:
        names, more = _of_attribute_table(band.find("GDALRasterAttributeTable"))
        colors = {**more, **colors} if names else {**colors, **more}
        categories = [c.text or "" for c in band.findall("CategoryNames/Category")]
        names = names or {k: text for k, text in enumerate(categories[:MOST_NAMES]) if text.strip()}
    if not names:
        names, more = values_of_dbase_table(Path(f"{dataset.name}.vat.dbf"))
        colors = {**more, **colors} if names else colors
    return ValueNames(names={v: n[:MOST_CHARACTERS] for v, n in names.items()}, colors=colors)


def _legend_id(value: Any, number: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > LARGEST_VALUE:
        raise ValueError(f"Class {number} of it has the id {str(value)[:40]!r}; expected a whole number.")
    return value


def _legend_name(name: Any, number: int) -> str:
    if not isinstance(name, str) or len(name) > MOST_CHARACTERS:
        raise ValueError(f"Class {number} of it has no name, or one that is no text of {MOST_CHARACTERS} characters.")
    return name


def _legend_color(color: Any, number: int) -> Color:
    is_color = isinstance(color, list) and len(color) == 3
    if not is_color or any(isinstance(v, bool) or not isinstance(v, int) or not 0 <= v <= 255 for v in color):
        raise ValueError(f"Class {number} of it has the colour {str(color)[:40]}; expected three numbers of 0 to 255.")
    return tuple(color)


def _band(dataset: DatasetReader) -> ElementTree.Element | None:
    try:
        with MemoryFile(ext=".vrt") as memory:
            rasterio.shutil.copy(dataset, memory.name, driver="VRT")
            root = ElementTree.fromstring(memory.read())  # nosec B314 - see the import
    except (RasterioError, ElementTree.ParseError, OSError):
        return None
    return root.find("VRTRasterBand[@band='1']")


def _color_table(dataset: DatasetReader) -> dict[int, Color]:
    try:
        return {k: tuple(v[:3]) for k, v in dataset.colormap(1).items()}
    except ValueError:
        return {}


def _of_attribute_table(table: ElementTree.Element | None) -> tuple[dict[int, str], dict[int, Color]]:
    if table is None:
        return {}, {}
    columns = [(d.findtext("Name") or "", d.findtext("Usage") or "0", d.findtext("Type") == "2") for d in
               table.findall("FieldDefn")]  # fmt: skip
    rows = [[cell.text or "" for cell in row.findall("F")] for row in table.findall("Row")[:MOST_NAMES]]
    rows = [row for row in rows if len(row) == len(columns)]
    value = _column(columns, (VALUE_USE, MINIMUM_USE), VALUE_COLUMNS, is_text=False)
    first, step = _number(table.get("Row0Min")), _number(table.get("BinSize"))
    values = [
        _number(row[value]) if value is not None else (first or 0.0) + k * (step or 1.0) for k, row in enumerate(rows)
    ]
    name = _column(columns, (NAME_USE,), NAME_COLUMNS, is_text=True)
    if name is None:
        texts = [k for k, column in enumerate(columns) if column[2]]
        likely = [k for k in texts if any(part in columns[k][0].lower() for part in NAME_PARTS)]
        name = next(iter(likely or texts[:1]), None)
    words = zip(COLOR_USES, COLOR_NAMES, strict=True)
    colors = [_column(columns, (use,), (word,), is_text=False) for use, word in words]
    return _paired(values, rows, name), _colors(values, rows, colors)


def values_of_dbase_table(path: Path) -> tuple[dict[int, str], dict[int, Color]]:
    """Return what an ESRI value attribute table beside a raster says."""
    if not path.is_file():
        return {}, {}
    try:
        meta, _, _, fields = pyogrio.raw.read(path, read_geometry=False, max_features=MOST_NAMES)
    except (DataSourceError, DataLayerError, ValueError):
        return {}, {}
    columns = [(str(n), "0", f.dtype.kind == "O") for n, f in zip(meta["fields"], fields, strict=True)]
    rows = [[("" if v is None else str(v)) for v in row] for row in zip(*(f.tolist() for f in fields), strict=True)]
    value = _column(columns, (), VALUE_COLUMNS, is_text=False)
    if value is None:
        return {}, {}
    name = _column(columns, (), NAME_COLUMNS, is_text=True)
    if name is None:
        name = next((k for k, column in enumerate(columns) if column[2]), None)
    values = [_number(row[value]) for row in rows]
    colors = [_column(columns, (), (word,), is_text=False) for word in COLOR_NAMES]
    return _paired(values, rows, name), _colors(values, rows, colors)


def _column(
    columns: Sequence[tuple[str, str, bool]], uses: Iterable[str], names: Iterable[str], *, is_text: bool
) -> int | None:
    """Return the first column of one of these usages, else of one of these names."""
    for use in uses:
        for k, column in enumerate(columns):
            if column[1] == use:
                return k
    for name in names:
        for k, column in enumerate(columns):
            if column[0].strip().lower() == name and column[2] == is_text:
                return k
    return None


def _paired(values: Sequence[float | None], rows: Sequence[Sequence[str]], column: int | None) -> dict[int, str]:
    if column is None:
        return {}
    found = ((_whole(value), row[column].strip()) for value, row in zip(values, rows, strict=True))
    return {value: name for value, name in found if value is not None and name}


def _colors(
    values: Sequence[float | None], rows: Sequence[Sequence[str]], columns: Sequence[int | None]
) -> dict[int, Color]:
    places = [k for k in columns if k is not None]
    if len(places) < len(columns):
        return {}
    parts = [[_number(row[k]) for k in places] for row in rows]
    known = [v for row in parts for v in row if v is not None]
    scale = 255.0 if known and max(known) <= 1 and any(v != int(v) for v in known) else 1.0
    table = {}
    for value, row in zip(values, parts, strict=True):
        whole, shares = _whole(value), [v for v in row if v is not None]
        if whole is not None and len(shares) == len(row):
            red, green, blue = (min(255, max(0, round(v * scale))) for v in shares)
            table[whole] = red, green, blue
    return table


def _number(text: str | None) -> float | None:
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _whole(value: float | None) -> int | None:
    """Return the whole number that a bin begins at: bins may begin half a step before it."""
    if value is None or abs(value) > LARGEST_VALUE:
        return None
    return math.ceil(value)
