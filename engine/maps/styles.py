"""QGIS styles (.qml) for class rasters and polygons, in the colours of a legend.

Where the values of a raster are no class ids, `values` tells the value of each class id
(see raster/classes/class_raster.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ...models.legend import LandCoverClass, Legend
from ..system.files import write_atomically
from .xml_text import Element, SubElement, to_xml, xml_safe

OUTLINE = "128,128,128,255"
"""Thin and grey: the DeepGlobe colour of barren land is white."""

OUTLINE_WIDTH_MM = "0.1"
DOCTYPE = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"


Values = Sequence[int] | None


def write_raster_style(legend: Legend, path: Path, values: Values = None) -> None:
    """Write the style of a class raster: paletted, one entry per class."""
    root = Element("qgis", version="3.22.0", styleCategories="AllStyleCategories")
    pipe = SubElement(root, "pipe")
    renderer = SubElement(
        pipe, "rasterrenderer", type="paletted", band="1", opacity="1", alphaBand="-1", nodataColor=""
    )
    SubElement(renderer, "rasterTransparency")
    palette = SubElement(renderer, "colorPalette")
    for c in legend.classes:
        value = str(value_of(c, values))
        SubElement(palette, "paletteEntry", value=value, label=xml_safe(c.name), color=hex_color(c), alpha="255")
    # Averaging class ids would show classes that are not there.
    SubElement(pipe, "rasterresampler", zoomedInResampler="", maxOversampling="2")
    write_atomically(path, _document(root))


def write_vector_style(legend: Legend, path: Path, values: Values = None) -> None:
    """Write the style of polygons."""
    write_atomically(path, vector_style(legend, values))


def vector_style(legend: Legend, values: Values = None) -> str:
    """Return the style of polygons: categorised by class_id, with a thin outline."""
    root = Element("qgis", version="3.22.0", styleCategories="Symbology")
    renderer = SubElement(
        root,
        "renderer-v2",
        type="categorizedSymbol",
        attr="class_id",
        symbollevels="0",
        forceraster="0",
        enableorderby="0",
    )
    categories, symbols = SubElement(renderer, "categories"), SubElement(renderer, "symbols")
    for c in legend.classes:
        SubElement(
            categories,
            "category",
            value=str(value_of(c, values)),
            type="long",
            symbol=str(c.class_id),
            label=xml_safe(c.name),
            render="true",
        )
        _add_symbol(symbols, c)
    return _document(root)


def _add_symbol(symbols: Element, c: LandCoverClass) -> None:
    symbol = SubElement(symbols, "symbol", type="fill", name=str(c.class_id), alpha="1", clip_to_extent="1")
    layer = SubElement(symbol, "layer", {"class": "SimpleFill", "enabled": "1", "locked": "0"})
    layer.set("pass", "0")
    properties = {
        "color": ",".join(map(str, (*c.color, 255))),
        "style": "solid",
        "outline_color": OUTLINE,
        "outline_style": "solid",
        "outline_width": OUTLINE_WIDTH_MM,
        "outline_width_unit": "MM",
        "joinstyle": "bevel",
    }
    options = SubElement(layer, "Option", type="Map")
    for key, value in properties.items():
        SubElement(options, "Option", name=key, value=value, type="QString")
        SubElement(layer, "prop", k=key, v=value)


def value_of(c: LandCoverClass, values: Values) -> int:
    """Return the value that stands for a class in rasters and polygons."""
    return values[c.class_id] if values else c.class_id


def hex_color(c: LandCoverClass) -> str:
    """Return the colour as #rrggbb."""
    return "#{:02x}{:02x}{:02x}".format(*c.color)


def _document(root: Element) -> str:
    return f"{DOCTYPE}\n{to_xml(root)}\n"
