"""Types of the fields of a job, checked when it is made: a value of another kind is refused, not converted.

Part of the contract between QGIS and the engine: standard library only, Python 3.9 syntax.
"""

import math
import os
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any, Tuple, Type, Union, get_args, get_origin, get_type_hints

LARGEST = 2**53
"""Whole numbers up to here mean the same to every program that reads JSON."""


class JobError(ValueError):
    """A job that cannot be understood; the message is a sentence for the user."""


def check_fields(spec: Any, where: str = "") -> None:
    """Check the fields of a frozen dataclass against their declared types, and bring them into these types.

    Lists become tuples, values of enumerations their members, whole floats whole numbers, paths texts. Nothing else is
    converted: the text "false" is no truth value and 1.9 no band.

    Args:
        spec: An instance, as its `__post_init__` sees it.
        where: What goes before a field's name in messages, e.g. "output.".

    Raises:
        JobError: Naming the field, what it holds and what is expected.
    """
    kinds = get_type_hints(type(spec))
    for field in fields(spec):
        object.__setattr__(spec, field.name, _checked(getattr(spec, field.name), kinds[field.name], where + field.name))


def check_plain_text(text: str, what: str) -> None:
    """Refuse a text that cannot be part of a file name everywhere: line breaks, control characters, undecodable bytes.

    Raises:
        JobError: Naming the character.
    """
    for character in text:
        if character < " " or 0x7F <= ord(character) <= 0x9F or character in "\u2028\u2029":
            raise JobError(
                f"{what} {_shown(text)} holds the control character U+{ord(character):04X}. Leave line breaks and "
                "other control characters out."
            )
        if 0xD800 <= ord(character) <= 0xDFFF:
            raise JobError(f"{what} {_shown(text)} holds bytes that are no UTF-8. Rename it in plain text.")


def _checked(value: Any, kind: Any, name: str) -> Any:
    origin, inner = get_origin(kind), get_args(kind)
    if kind is Any:  # for its owner to check
        return value
    if origin is Union:
        return None if value is None else _checked(value, inner[0], name)
    if origin is tuple:
        return _checked_list(value, inner, name)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _checked_choice(value, kind, name)
    if isinstance(kind, type) and is_dataclass(kind):
        return value if isinstance(value, kind) else _refuse(name, value, "an object with the entries of a job file")
    check = {bool: _checked_truth, int: _checked_whole, float: _checked_number, str: _checked_text}[kind]
    return check(value, name)


def _checked_truth(value: Any, name: str) -> bool:
    return value if isinstance(value, bool) else _refuse(name, value, "true or false, without quotes")


def _checked_whole(value: Any, name: str) -> int:
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    is_whole = is_whole or (isinstance(value, float) and value.is_integer())
    return int(value) if is_whole and abs(value) <= LARGEST else _refuse(name, value, "a whole number")


def _checked_number(value: Any, name: str) -> float:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    # Whole numbers of a thousand digits have no float.
    is_finite = is_number and (abs(value) <= LARGEST if isinstance(value, int) else math.isfinite(value))
    return float(value) if is_finite else _refuse(name, value, "a finite number, without quotes")


def _checked_text(value: Any, name: str) -> str:
    text = os.fspath(value) if isinstance(value, os.PathLike) else value
    if not isinstance(text, str):
        return _refuse(name, value, "a text in quotes")
    if "\0" in text:
        return _refuse(name, value, "a text without NUL characters")
    if any(0xD800 <= ord(c) <= 0xDFFF for c in text):
        raise JobError(f"{name} is {_shown(text)}, which holds bytes that are no UTF-8. Rename the file or folder.")
    return text


def _checked_choice(value: Any, kind: Type[Enum], name: str) -> Enum:
    if isinstance(value, kind):
        return value
    known = [member.value for member in kind]
    # A list, which a job file may hold, has no hash and would not even compare.
    if not isinstance(value, str) or value not in known:
        return _refuse(name, value, "one of " + ", ".join(known))
    return kind(value)


def _checked_list(value: Any, inner: Tuple[Any, ...], name: str) -> Tuple[Any, ...]:
    if not isinstance(value, (list, tuple)):
        return _refuse(name, value, "a list in square brackets")
    if inner[-1] is not Ellipsis and len(value) != len(inner):
        return _refuse(name, value, f"a list of {len(inner)} values")
    return tuple(_checked(item, inner[0], f"{name}[{k}]") for k, item in enumerate(value))


def _refuse(name: str, value: Any, expected: str) -> Any:
    raise JobError(f"{name} is {_shown(value)}; it must be {expected}.")


def _shown(value: Any) -> str:
    """Return a value as it may stand in a sentence: on one line, short, control characters as escapes."""
    for word, constant in (("true", True), ("false", False), ("null", None)):
        if value is constant:
            return word
    try:
        text = repr(value)
    except (ValueError, RecursionError):  # a whole number of thousands of digits has no text
        text = "a very large value"
    return text if len(text) <= 80 else text[:77] + "..."
