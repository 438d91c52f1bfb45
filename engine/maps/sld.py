"""Styles as SLD (OGC Styled Layer Descriptor 1.0.0), which other programs than QGIS read, in a legend's colours.

QGIS reads those of polygons, but so far not the colour maps of rasters, which it does write (qgis/QGIS#36347).
"""

from __future__ import annotations

from pathlib import Path

from ...models.legend import Legend
from ..system.files import write_atomically
from .styles import Values, hex_color, value_of
from .xml_text import Element, SubElement, to_xml, xml_safe

NAMESPACES = {
    "xmlns": "http://www.opengis.net/sld",
    "xmlns:ogc": "http://www.opengis.net/ogc",
    "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
OUTLINE = "#808080"
"""Thin and grey, as in the .qml: the DeepGlobe colour of barren land is white."""

OUTLINE_WIDTH_PX = "0.4"


def write_raster_sld(legend: Legend, path: Path, values: Values = None) -> None:
    """Write the style of a class raster: one colour and label for each value."""
    root, style = _style("class raster")
    rule = SubElement(SubElement(style, "FeatureTypeStyle"), "Rule")
    symbolizer = SubElement(rule, "RasterSymbolizer")
    selection = SubElement(SubElement(symbolizer, "ChannelSelection"), "GrayChannel")
    SubElement(selection, "SourceChannelName").text = "1"
    colors = SubElement(symbolizer, "ColorMap", type="values")
    for c in legend.classes:
        quantity = str(value_of(c, values))
        SubElement(colors, "ColorMapEntry", color=hex_color(c), quantity=quantity, label=xml_safe(c.name), opacity="1")
    write_atomically(path, _document(root))


def vector_sld(legend: Legend, values: Values = None) -> str:
    """Return the style of polygons: a rule for each class_id, with a thin outline."""
    root, style = _style("polygons")
    rules = SubElement(style, "FeatureTypeStyle")
    for c in legend.classes:
        rule = SubElement(rules, "Rule")
        SubElement(rule, "Name").text = xml_safe(c.name)
        SubElement(rule, "Title").text = xml_safe(c.name)
        equal = SubElement(SubElement(rule, "ogc:Filter"), "ogc:PropertyIsEqualTo")
        SubElement(equal, "ogc:PropertyName").text = "class_id"
        SubElement(equal, "ogc:Literal").text = str(value_of(c, values))
        symbolizer = SubElement(rule, "PolygonSymbolizer")
        SubElement(SubElement(symbolizer, "Fill"), "CssParameter", name="fill").text = hex_color(c)
        stroke = SubElement(symbolizer, "Stroke")
        for name, value in (("stroke", OUTLINE), ("stroke-width", OUTLINE_WIDTH_PX), ("stroke-linejoin", "bevel")):
            SubElement(stroke, "CssParameter", name=name).text = value
    return _document(root)


def _style(name: str) -> tuple[Element, Element]:
    root = Element("StyledLayerDescriptor", {**NAMESPACES, "version": "1.0.0"})
    layer = SubElement(root, "NamedLayer")
    SubElement(layer, "Name").text = name
    style = SubElement(layer, "UserStyle")
    SubElement(style, "Title").text = name
    return root, style


def _document(root: Element) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{to_xml(root)}\n'
