"""`assess design|report|matrix …`: say how right a map is, and how large its classes are, with intervals."""

from __future__ import annotations

import argparse
from importlib import import_module
from typing import Any

from ..system.run_context import RunContext

STEPS = {
    "design": "draw a sample of a map, to be labelled",
    "report": "estimate from a labelled sample",
    "adjudicate": "gather the points on which interpreters differ",
    "points": "estimate from reference points that are there already",
    "polygons": "say how much of reference polygons' area the map has right",
    "matrix": "estimate from a printed error matrix",
}
"""Step → help; each is a module `assess_<step>` of this folder."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the steps and their arguments."""
    steps = parser.add_subparsers(dest="step", required=True, metavar="STEP")
    for name, text in STEPS.items():
        sub = steps.add_parser(name, help=text, description=text.capitalize() + ".")
        _module(name).add_arguments(sub)


def execute(args: argparse.Namespace, context: RunContext) -> dict[str, Any]:
    """Do one step; return its data."""
    return _module(args.step).execute(args, context)


def _module(step: str) -> Any:
    return import_module(f".assess_{step}", __package__)
