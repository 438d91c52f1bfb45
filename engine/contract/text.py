"""Sizes and durations in words.

Part of the contract between QGIS and the engine: standard library only, Python 3.9 syntax.
"""

import re
from typing import Callable

_DOUBLE_STOP = re.compile(r"(?<=[\w)\]'\"”»])\.\.(?=\s|$)")
"""Two full stops, where a library's sentence was put into one of ours; not those of a path."""


def sentence(text: str) -> str:
    """Return a message as it may be shown anywhere: on one line, in whole characters, with single full stops.

    Names of files, classes and models are part of messages and may hold anything.
    """
    plain = text.encode("utf-8", "replace").decode("utf-8")
    plain = "".join(c if c >= " " and not "\x7f" <= c <= "\x9f" and c not in "\u2028\u2029" else " " for c in plain)
    return _DOUBLE_STOP.sub(".", plain).strip()


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
