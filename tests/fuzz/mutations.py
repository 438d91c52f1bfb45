"""Mutations of inputs that are whole: bytes changed anywhere, and JSON whose values are put to the edge."""

from __future__ import annotations

import json
from random import Random
from typing import Any

EDGES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 255, 256, 1.5, -0.0, 1e308, float("inf"), float("-inf"), float("nan"), 2**31 - 1,
    2**31, 2**53 + 1, 2**63, 2**64, 10**400, "", " ", "false", "1", "nan", "a\nb", "\x00", "\u2028", "\x1b[31m",
    "\udcff", "\ud800", "é", "森", "x" * 300, "=1+1", "@a", "<b>x</b>", "%s%n{0}", "../../x", "~/x", "/dev/null", "CON",
    [], {}, [[]], [None], {"": None}, [0] * 300, {"a": {"a": {"a": {}}}},
)  # fmt: skip
"""Values at which readers break: wrong kinds, ends of number ranges, characters with a meaning somewhere."""

TOKENS = (
    b"\x00", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\n", b"\r", b"\t", b'"', b"\\", b"[", b"]", b"{", b"}", b",",
    b":", b"nan", b"1e999", b"-1", b"99999999999999999999", b"<!DOCTYPE", b"&a;", b"\xed\xa0\x80", b"\x7f" * 8,
    b"\xff" * 8,
    b"\x00" * 8, b"null", b"[" * 40, b"//", b"/vsicurl/http://127.0.0.1:9/x", b"../",
)  # fmt: skip

MOST_BYTES = 200_000


def mutated(content: bytes, rng: Random) -> bytes:
    """Return an input that differs from a whole one in a few places."""
    if rng.random() < 0.7:
        changed = _changed_json(content, rng)
        if changed is not None:
            return changed
    return _changed_bytes(content, rng)


def _changed_json(content: bytes, rng: Random) -> bytes | None:
    """Return JSON with other values here and there; None if the input is none. Of several lines, one is changed."""
    lines = content.split(b"\n")
    at = rng.randrange(len(lines))
    for part, put in (
        (content, lambda new: new),
        (lines[at], lambda new: b"\n".join([*lines[:at], new, *lines[at + 1 :]])),
    ):
        try:
            data = json.loads(part)
        except (ValueError, RecursionError):
            continue
        for _ in range(rng.choice((1, 1, 1, 2, 3))):
            data = _changed_tree(data, rng)
        return put(json.dumps(data).encode())[:MOST_BYTES]
    return None


def _changed_tree(data: Any, rng: Random) -> Any:
    """Return data in which one value, found by a walk of random length, is another, gone, twice or one level deeper."""
    if isinstance(data, dict) and data and rng.random() < 0.85:
        key = rng.choice(list(data))
        how = rng.random()
        if how < 0.08:
            return {k: v for k, v in data.items() if k != key}
        if how < 0.12:
            return {**data, str(rng.choice(EDGES))[:40]: data[key]}
        return {**data, key: _changed_tree(data[key], rng)}
    if isinstance(data, list) and data and rng.random() < 0.85:
        at = rng.randrange(len(data))
        how = rng.random()
        if how < 0.1:
            return [*data[:at], *data[at + 1 :]]
        if how < 0.2:
            return [*data[: at + 1], *data[at:]]
        return [*data[:at], _changed_tree(data[at], rng), *data[at + 1 :]]
    if rng.random() < 0.1:
        return [data] if rng.random() < 0.5 else {"x": data}
    if isinstance(data, (int, float)) and not isinstance(data, bool) and rng.random() < 0.3:
        return rng.choice((-data, data + 1, data - 1, data * 1000, str(data)))
    return rng.choice(EDGES)


def _changed_bytes(content: bytes, rng: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(rng.choice((1, 1, 2, 4, 16))):
        at = rng.randrange(len(changed) + 1)
        how = rng.randrange(6)
        if how == 0 and changed:
            changed[at % len(changed)] ^= 1 << rng.randrange(8)
        elif how == 1 and changed:
            changed[at % len(changed)] = rng.randrange(256)
        elif how == 2:
            del changed[at : at + rng.choice((1, 2, 8, 64))]
        elif how == 3:
            changed[at:at] = rng.choice(TOKENS)
        elif how == 4:
            changed[at:at] = changed[at : at + rng.choice((1, 4, 32))]
        elif rng.random() < 0.3:
            del changed[at:]
    return bytes(changed[:MOST_BYTES])
