"""Look of a result on the map: palette and opacity. Main thread only.

Of opacity and the blend mode "multiply" the first was chosen by looking: aerial images are dark, and multiplied with
them colours can hardly be told apart.
"""

import json
from dataclasses import dataclass
from typing import Any, Dict, Optional

from qgis.core import QgsCategorizedSymbolRenderer, QgsMapLayer, QgsProject, QgsRasterLayer, QgsVectorLayer

from . import layers
from .palettes import LEGEND, MUTED, PALETTES, recolored


@dataclass(frozen=True)
class Look:
    """How a map is drawn.

    Attributes:
        palette: A key of palettes.PALETTES.
        opacity: 0 to 1.
    """

    palette: str = MUTED
    opacity: float = 0.55


SCREEN = Look()
"""For looking at map and image together."""

PRINT = Look(LEGEND, 1.0)
"""For print and export: every colour is just the legend's."""


def look_from(text: str) -> Look:
    """Return a look from its JSON; the usual one where it is none."""
    try:
        data = json.loads(text)
        look = Look(str(data["palette"]), float(data["opacity"]))
    except (ValueError, KeyError, TypeError):
        return SCREEN
    return look if look.palette in PALETTES and 0 < look.opacity <= 1 else SCREEN


def apply_look(project: QgsProject, shown: Optional["layers.ResultLayers"], legend: Dict[str, Any], look: Look) -> None:
    """Draw the layers of a run as they shall look; those that are gone are left out."""
    ids = (shown.raster_id, *shown.polygons_ids) if shown else ()
    for layer_id in ids:
        layer = project.mapLayer(layer_id)
        if layer is not None:
            dress(layer, legend, look)


def dress(layer: QgsMapLayer, legend: Dict[str, Any], look: Look) -> None:
    """Draw a layer of a result as it shall look, and draw it anew."""
    colors = recolored(legend, look.palette)
    if isinstance(layer, QgsRasterLayer):
        layer.setRenderer(layers.paletted_renderer(layer, colors))
    elif isinstance(layer, QgsVectorLayer):
        layer.setRenderer(layers.categorised_renderer(colors, _categories(layer)))
    layer.setOpacity(look.opacity)
    layer.triggerRepaint()
    layer.emitStyleChanged()


def _categories(layer: QgsVectorLayer) -> tuple:
    """Return the ids of the classes that the layer's style names now."""
    renderer = layer.renderer()
    if not isinstance(renderer, QgsCategorizedSymbolRenderer):
        return ()
    categories = renderer.categories()  # owns the symbols
    return tuple(c.value() for c in categories)
