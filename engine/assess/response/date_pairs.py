"""Labels of two dates: the class that a point had at each, and the group of transitions that they come to."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from ...contract.names import CHANGE_FORMAT
from ...system.errors import InvalidJob


@dataclass(frozen=True, kw_only=True)
class DatePairs:
    """Groups of transitions that pairs of classes come to.

    Attributes:
        classes: Names of the K classes of both dates.
        groups: Names of the groups.
        of_pair: Group of each class before and class after, K rows of K.
    """

    classes: tuple[str, ...]
    groups: tuple[str, ...]
    of_pair: tuple[tuple[int, ...], ...]

    def group(self, path: Path, old: str, new: str) -> str:
        """Return the group of a point's labels; empty unless it has both.

        Raises:
            InvalidJob: If a label is no class.
        """
        if not old or not new:
            return ""
        return self.groups[self.of_pair[self._index(path, old)][self._index(path, new)]]

    def _index(self, path: Path, label: str) -> int:
        known = [name.casefold() for name in self.classes]
        if label.casefold() not in known:
            raise InvalidJob(
                f"{str(path)!r} has the label {label!r}, which is no class of the maps; these are "
                f"{', '.join(self.classes)}."
            )
        return known.index(label.casefold())


def read_date_pairs(path: Path) -> DatePairs:
    """Return the groups of a change analysis.

    Raises:
        InvalidJob: If it cannot be read, or was made without groups.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
        if data["format"] != CHANGE_FORMAT:
            raise ValueError(f"its format is {data['format']!r}, expected {CHANGE_FORMAT!r}")
        groups = data["groups"]
        if groups is None:
            raise InvalidJob(f"{str(path)!r} has no groups of transitions. Run 'change' with --groups.")
        return DatePairs(
            classes=tuple(data["classes"]),
            groups=tuple(groups["names"]),
            of_pair=tuple(tuple(row) for row in groups["of_pair"]),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InvalidJob(
            f"{str(path)!r} is no analysis of change: {error}. Name the file NAME.json that 'change' wrote."
        ) from error
