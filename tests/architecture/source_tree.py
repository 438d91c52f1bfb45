"""Syntax trees and imports of the package's files, which the house rules are read off."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePosixPath
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
NAME = "uhr_landcover"
ROOMS = ("engine", "models", "ui")

FILES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in [*ROOT.glob("*.py"), *(p for room in ROOMS for p in (ROOT / room).rglob("*.py"))]
)
MODULES = [file for file in FILES if not file.endswith("__init__.py")]


class Import(NamedTuple):
    """One import of a file of the package by another; type-only imports count too.

    Attributes:
        file: Who imports.
        line: Where.
        target: The file that is imported.
        name: What is taken out of it; empty if the module as a whole.
    """

    file: str
    line: int
    target: str
    name: str


def read(file: str) -> str:
    """Return the source of a file of the repository."""
    return (ROOT / file).read_text(encoding="utf-8")


@cache
def tree_of(file: str) -> ast.Module:
    """Return the syntax tree of a file of the repository."""
    return ast.parse(read(file))


def folder_of(file: str) -> str:
    """Return the folder a file lies in, "." for the repository's root."""
    return PurePosixPath(file).parent.as_posix()


@cache
def imports_of(file: str) -> tuple[Import, ...]:
    """Return what a file imports from the package, at any depth of its code."""
    return tuple(_imports(file))


def _imports(file: str) -> Iterator[Import]:
    package = list(PurePosixPath(file).parent.parts)
    for node in ast.walk(tree_of(file)):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = [*package[: len(package) - node.level + 1], *(node.module or "").split(".")]
            folder = "/".join(part for part in base if part)
            for alias in node.names:
                module, own = f"{folder}/{alias.name}.py".lstrip("/"), f"{folder}.py"
                if module in FILES:
                    yield Import(file, node.lineno, module, "")
                elif own in FILES:
                    yield Import(file, node.lineno, own, alias.name)
