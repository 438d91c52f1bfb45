"""Adjudication: the points on which interpreters differ, in a response file that shows what each of them said."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ..sampling.sample_design import SampleDesign
from .labels import Interpreter


def disputed_points(
    design: SampleDesign, interpreters: Sequence[Interpreter], index: dict[str, int]
) -> tuple[np.ndarray, list[str]]:
    """Return positions of the points that have different labels or an unsure one, and what was said of each.

    Args:
        design: The sample.
        interpreters: Labels of each interpreter.
        index: Class index of each label.
    """
    positions, notes = [], []
    for k, number in enumerate(design.points.number.tolist()):
        said = {who.name: who.labels[number] for who in interpreters if number in who.labels}
        usable = {index[s.label] for s in said.values() if s.is_usable}
        if len(usable) > 1 or any(s.is_not_sure for s in said.values()):
            positions.append(k)
            notes.append("; ".join(f"{name}: {_words(s.label, s.is_not_sure)}" for name, s in said.items()))
    return np.array(positions, np.int64), notes


def _words(label: str, is_not_sure: bool) -> str:
    return f"{label or 'no label'}{' (not sure)' if is_not_sure else ''}"
