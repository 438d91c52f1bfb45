"""Palettes of a legend: its own colours, muted ones, and ones that colour-blind people tell apart."""

from typing import Any, Dict, Tuple

from qgis.PyQt.QtGui import QColor

Color = Tuple[int, int, int]

LEGEND, MUTED, SAFE = "legend", "muted", "safe"
PALETTES = (MUTED, SAFE, LEGEND)
"""In the order in which they are offered; the first is the usual one on the screen."""

_BY_NAME: Dict[str, Dict[str, Color]] = {
    MUTED: {
        "unknown": (90, 90, 90),
        "urban land": (196, 78, 82),
        "agriculture land": (222, 184, 92),
        "rangeland": (170, 190, 105),
        "forest land": (58, 125, 68),
        "water": (66, 133, 190),
        "barren land": (196, 164, 132),
    },
    # Found by a search for the largest difference between the two nearest classes, seen with deuteranopia, protanopia,
    # tritanopia and usual sight alike (tests/ui/results/test_palettes.py measures it).
    SAFE: {
        "unknown": (45, 45, 45),
        "urban land": (197, 62, 22),
        "agriculture land": (238, 239, 64),
        "rangeland": (172, 250, 166),
        "forest land": (29, 157, 120),
        "water": (75, 65, 240),
        "barren land": (197, 128, 230),
    },
}
"""Palette → name of a class in small letters → colour."""

_SAFE_SERIES: Tuple[Color, ...] = (
    (0, 114, 178),
    (230, 159, 0),
    (0, 158, 115),
    (204, 121, 167),
    (86, 180, 233),
    (213, 94, 0),
    (240, 228, 66),
    (90, 90, 90),
    (51, 34, 136),
    (136, 204, 238),
    (153, 153, 51),
    (136, 34, 85),
)
"""For legends whose classes have no colour of their own above: Okabe and Ito, then Paul Tol's muted scheme."""

MUTED_SATURATION, MUTED_LIGHTNESS = 0.45, (0.32, 0.72)


def recolored(legend: Dict[str, Any], palette: str) -> Dict[str, Any]:
    """Return a legend (JSON data) whose classes have the colours of a palette."""
    classes = [dict(c) for c in legend.get("classes", ())]
    for place, each in enumerate(classes):
        each["color"] = list(color_of(each, place, palette))
    return {**legend, "classes": classes}


def color_of(legend_class: Dict[str, Any], place: int, palette: str) -> Color:
    """Return the colour of a class.

    Args:
        legend_class: JSON data of the class.
        place: Its place in the legend.
        palette: LEGEND, MUTED or SAFE.
    """
    own = tuple(int(v) for v in legend_class["color"][:3])
    if palette == LEGEND:
        return own
    named = _BY_NAME[palette].get(str(legend_class.get("name", "")).strip().lower())
    if named is not None:
        return named
    return _SAFE_SERIES[place % len(_SAFE_SERIES)] if palette == SAFE else _muted(own)


def _muted(color: Color) -> Color:
    """Return a colour with less saturation, neither too dark nor too light to be seen on paper."""
    hue, saturation, lightness, _ = QColor(*color).getHslF()
    least, most = MUTED_LIGHTNESS
    made = QColor.fromHslF(max(0.0, hue), min(saturation, MUTED_SATURATION), min(most, max(least, lightness)))
    return made.getRgb()[:3]
