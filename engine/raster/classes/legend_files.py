"""Legend files: ours by name, and those of other programs: QGIS styles, colour tables, lists with a header or none."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from xml.etree import ElementTree  # nosec B405 - see _style: files without definitions of their own

from ....models.errors import DataError
from ....models.legend import legend_path, read_legend_file
from ...system.errors import InvalidJob, RasterError
from ..opening import open_raster
from .value_names import (
    COLOR_NAMES,
    NAME_COLUMNS,
    VALUE_COLUMNS,
    ValueNames,
    values_of_dbase_table,
    values_of_legend,
    values_of_raster,
)

LARGEST_BYTES = 5_000_000

LINE_BREAKS = re.compile(r"[,;\t ]+")


def named_values(named: str) -> ValueNames:
    """Return a legend of resources/legends by its name, or the one in a file; ids are any whole numbers.

    Raises:
        InvalidJob: If there is none, or the file is no legend.
    """
    if Path(named).suffix.lower() != ".json" and Path(named).is_file():
        return values_of_file(Path(named))
    try:
        path = legend_path(named)
        return values_of_legend(read_legend_file(path))
    except (DataError, OSError, ValueError) as error:
        text = str(error) if isinstance(error, DataError) else f"The legend {named} cannot be used: {error}"
        raise InvalidJob(text) from error


def values_of_file(path: Path) -> ValueNames:
    """Return the names and colours of values that a file of another program holds.

    Args:
        path: QGIS style (.qml) of a raster or of polygons, colour table (.clr, or the .txt that QGIS exports),
            attribute table (.vat.dbf), table with a header (.csv), or a class raster with an attribute table.

    Raises:
        InvalidJob: If it is none of these, cannot be read, or names no class.
    """
    reader = READERS.get(path.suffix.lower(), _raster)
    try:
        if reader is not _raster and path.stat().st_size > LARGEST_BYTES:
            raise ValueError(f"it has {path.stat().st_size} bytes; a legend has {LARGEST_BYTES} at most")
        found = reader(path)
    except (OSError, ValueError, RasterError, ElementTree.ParseError, csv.Error) as error:
        raise InvalidJob(f"The legend {path.name} cannot be read: {error}.") from error
    if not found.names:
        raise InvalidJob(f"{path.name} names no class. {EXPECTED}")
    title = path.name.split(".")[0]
    return ValueNames(name=title, title=title, names=found.names, colors=found.colors)


EXPECTED = (
    "Expected a QGIS style with classes, an attribute table, a colour table, or a CSV file with the columns value, "
    "name and red, green, blue or color."
)


def _style(path: Path) -> ValueNames:
    """Read a paletted raster or categorised polygons."""
    content = path.read_bytes()
    if b"<!ENTITY" in content:  # only there can a file define what blows up in a parser
        raise ValueError("it defines entities of its own, which no style does")
    root = ElementTree.fromstring(content)  # nosec B314 - no entities
    names, colors = {}, {}
    for entry in (*root.iter("paletteEntry"), *root.iter("item")):
        value = _whole(entry.get("value"))
        if value is not None and entry.get("color"):
            names[value] = entry.get("label") or f"Class {value}"
            colors[value] = _color(entry.get("color", ""))
    symbols = {s.get("name"): s for s in root.iter("symbol")}
    for category in root.iter("category"):
        value = _whole(category.get("value"))
        if value is not None:
            names[value] = category.get("label") or f"Class {value}"
            color = _symbol_color(symbols.get(category.get("symbol")))
            colors.update({value: color} if color else {})
    return ValueNames(names=names, colors=colors)


def _symbol_color(symbol: ElementTree.Element | None) -> tuple[int, int, int] | None:
    if symbol is None:
        return None
    for option in (*symbol.iter("Option"), *symbol.iter("prop")):
        if option.get("name", option.get("k")) == "color":
            return _color(option.get("value") or option.get("v") or "")
    return None


def _color_table(path: Path) -> ValueNames:
    """Read lines of value, red, green, blue and, in what QGIS exports, opacity and name."""
    names, colors = {}, {}
    for line in path.read_text(encoding="utf-8-sig").splitlines():
        if not line.strip() or line.lstrip().startswith("#") or line.startswith("INTERPOLATION"):
            continue
        cells = [cell.strip() for cell in (line.split(",", 5) if "," in line else line.split(None, 5))]
        value, *color = (_whole(cell) for cell in cells[:4])
        if value is None or len(color) < 3 or None in color:
            raise ValueError(f"the line {line.strip()[:60]!r} is not value, red, green, blue")
        names[value] = (cells[5] if len(cells) > 5 else "") or f"Class {value}"
        colors[value] = _checked(color)
    return ValueNames(names=names, colors=colors)


def _table(path: Path) -> ValueNames:
    text = path.read_text(encoding="utf-8-sig")
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    rows = [r for r in csv.reader(text.splitlines(), delimiter=delimiter) if any(cell.strip() for cell in r)]
    header = [cell.strip().lower() for cell in rows[0]] if rows else []
    value, name = _index(header, VALUE_COLUMNS), _index(header, NAME_COLUMNS)
    if value is None or name is None:
        raise ValueError(f"its first line is {first.strip()[:80]!r}; expected columns such as value, name, color")
    parts = [k for c in COLOR_NAMES if (k := _index(header, (c,))) is not None]
    whole = _index(header, ("color", "colour", "hex"))
    names, colors = {}, {}
    for number, row in enumerate(rows[1:], 2):
        cells = [cell.strip() for cell in row] + [""] * (len(header) - len(row))
        key = _whole(cells[value])
        if key is None or key in names or not cells[name]:
            raise ValueError(f"line {number} has no name, or the value {cells[value]!r}, which is no new whole number")
        names[key] = cells[name]
        if len(parts) == len(COLOR_NAMES) and all(cells[k] for k in parts):
            colors[key] = _checked([_whole(cells[k]) for k in parts])
        elif whole is not None and cells[whole]:
            colors[key] = _color(cells[whole])
    return ValueNames(names=names, colors=colors)


def _dbase(path: Path) -> ValueNames:
    names, colors = values_of_dbase_table(path)
    return ValueNames(names=names, colors=colors)


def _raster(path: Path) -> ValueNames:
    raster = Path(str(path)[: -len(".aux.xml")]) if path.name.lower().endswith(".aux.xml") else path
    with open_raster(raster) as dataset:
        return values_of_raster(dataset)


READERS: dict[str, Callable[[Path], ValueNames]] = {
    ".qml": _style,
    ".clr": _color_table,
    ".txt": _color_table,
    ".csv": _table,
    ".dbf": _dbase,
}


def _index(header: list[str], names: Iterable[str]) -> int | None:
    return next((header.index(name) for name in names if name in header), None)


def _whole(text: str | None) -> int | None:
    try:
        number = float(text or "")
    except ValueError:
        return None
    return int(number) if number.is_integer() else None


def _color(text: str) -> tuple[int, int, int]:
    """Return the colour of '#rrggbb' or of 'red,green,blue', whatever follows."""
    if re.fullmatch(r"#?[0-9a-fA-F]{6}", text.strip()):
        digits = text.strip().lstrip("#")
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)
    return _checked([_whole(part) for part in LINE_BREAKS.split(text.strip())[:3]])


def _checked(parts: list[int | None]) -> tuple[int, int, int]:
    known = [p for p in parts if p is not None and 0 <= p <= 255]
    if len(parts) != 3 or len(known) != 3:
        raise ValueError(f"the colour {parts} is not three whole numbers of 0 to 255")
    red, green, blue = known
    return red, green, blue
