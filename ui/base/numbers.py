"""Numbers as people of the user's country write them."""

from typing import Optional

from qgis.PyQt.QtCore import QLocale

from ...engine.contract import text
from .i18n import tr

M2_PER_HA = 10_000.0
M2_PER_KM2 = 1_000_000.0


def count_text(count: float) -> str:
    """Return a count with the separators of the country; a fraction keeps one decimal."""
    if count == int(count):
        return QLocale().toString(int(count))
    return QLocale().toString(float(count), "f", 1)


def number_text(value: float, digits: int = 3) -> str:
    """Return a measured number with so many significant digits, never in powers of ten."""
    if value == 0:
        return "0"
    decimals = max(0, digits - 1 - _exponent(value))
    written, point = QLocale().toString(float(value), "f", decimals), QLocale().decimalPoint()
    return written.rstrip("0").rstrip(point) if point in written else written


def area_text(area_m2: Optional[float], pixels: float) -> str:
    """Return an area as people say it; in pixels where the ground size is not known."""
    locale = QLocale()
    if area_m2 is None:
        return tr("{n} px").format(n=count_text(pixels))
    if area_m2 >= M2_PER_KM2:
        return f"{locale.toString(area_m2 / M2_PER_KM2, 'f', 2)} km²"
    if area_m2 >= M2_PER_HA:
        return f"{locale.toString(area_m2 / M2_PER_HA, 'f', 2)} ha"
    return f"{locale.toString(area_m2, 'f', 0)} m²"


def share_text(share: float) -> str:
    """Return a share in percent with one decimal; what is there is never shown as nothing."""
    percent = 100 * share
    if 0 < percent < 0.1:
        return "< " + QLocale().toString(0.1, "f", 1) + " %"
    return QLocale().toString(percent, "f", 1) + " %"


def size_text(size: float) -> str:
    """Return a number of bytes as people say it."""
    return text.size_text(size, lambda value, decimals: QLocale().toString(float(value), "f", decimals))


def _exponent(value: float) -> int:
    return int(f"{abs(value):e}".partition("e")[2])
