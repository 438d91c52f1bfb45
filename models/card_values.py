"""Values of a model card, checked: the card comes with a file of strangers, and all of it is shown somewhere."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable
from typing import Any, TypeVar

Item = TypeVar("Item")

LONGEST_TEXT = 20_000
LONGEST_NAME = 200
DEEPEST = 20
MOST_VALUES = 50_000
"""Values in the free parts of a card: recipe, figures, the network's choices."""

LARGEST = 2**53


def text(value: Any) -> str:
    """Return a text without characters that no page or table can hold.

    Raises:
        ValueError: If it is none, or longer than anybody reads.
    """
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise ValueError(f"expected a text of {LONGEST_TEXT} characters at most, found {_kind(value)}")
    whole = value.encode("utf-8", "replace").decode()
    return "".join(c if c in "\n\t" or unicodedata.category(c) != "Cc" else " " for c in whole)


def name(value: Any) -> str:
    """Return a text of one line.

    Raises:
        ValueError: If it is empty or too long.
    """
    line = " ".join(text(value).split())
    if not 0 < len(line) <= LONGEST_NAME:
        raise ValueError(f"expected a name of 1 to {LONGEST_NAME} characters, found {len(line)}")
    return line


def whole(value: Any) -> int:
    """Return a whole number.

    Raises:
        ValueError: If it is none.
    """
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not is_number or not abs(value) <= LARGEST or value != int(value):
        raise ValueError(f"expected a whole number, found {_kind(value)}")
    return int(value)


def number(value: Any) -> float:
    """Return a finite number.

    Raises:
        ValueError: If it is none.
    """
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    if not is_number or (isinstance(value, int) and abs(value) > LARGEST) or not math.isfinite(value):
        raise ValueError(f"expected a finite number, found {_kind(value)}")
    return float(value)


def truth(value: Any) -> bool:
    """Return true or false.

    Raises:
        ValueError: If it is neither.
    """
    if not isinstance(value, bool):
        raise ValueError(f"expected true or false, found {_kind(value)}")
    return value


def items(value: Any, of: Callable[[Any], Item], most: int = 1000) -> tuple[Item, ...]:
    """Return the values of a list.

    Raises:
        ValueError: If it is no list, or longer than `most`.
    """
    if not isinstance(value, (list, tuple)) or len(value) > most:
        raise ValueError(f"expected a list of {most} values at most, found {_kind(value)}")
    return tuple(of(item) for item in value)


def plain_object(value: Any) -> dict[str, Any]:
    """Return a JSON object with clean texts; numbers that are not finite become null, as JSON has it.

    Raises:
        ValueError: If it is no object, too deep or too large.
    """
    if not isinstance(value, dict):
        raise ValueError(f"expected an object, found {_kind(value)}")
    return _plain(value, DEEPEST, [MOST_VALUES])


def _plain(value: Any, depth: int, left: list[int]) -> Any:
    left[0] -= 1
    if depth < 0 or left[0] < 0:
        raise ValueError(f"expected {MOST_VALUES} values at most, {DEEPEST} levels deep")
    if isinstance(value, dict):
        return {text(key): _plain(item, depth - 1, left) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item, depth - 1, left) for item in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return text(value) if isinstance(value, str) else value


def _kind(value: Any) -> str:
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return (
        {True: "true", False: "false", None: "null"}[value]
        if value is None or isinstance(value, bool)
        else (type(value).__name__)
    )
