"""Sizes and durations in words.

Part of the contract between QGIS and the engine: standard library only, Python 3.9 syntax.
"""

from typing import Callable


def _plain(value: float, decimals: int) -> str:
    return f"{value:.{decimals}f}"


def size_text(size_bytes: float, number: Callable[[float, int], str] = _plain) -> str:
    """Return a number of bytes as people say it, such as "1.2 GB", "340 MB" or "7 kB"; units of 1000.

    Args:
        size_bytes: The size.
        number: Writes a value with so many decimals; by default with a point.
    """
    if size_bytes >= 1e9:
        return f"{number(size_bytes / 1e9, 1)} GB"
    if size_bytes >= 1e6:
        return f"{number(size_bytes / 1e6, 0)} MB"
    return f"{number(size_bytes and max(1.0, size_bytes / 1e3), 0)} kB"


def duration_text(seconds: float) -> str:
    """Return a time span that was measured, such as "1 h 05 min", "3 min 20 s" or "12 s"."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02d} min" if hours else f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"
