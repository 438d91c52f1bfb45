"""Labels that interpreters gave to the points of a sample, and the label that is estimated from."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import combinations
from pathlib import Path

import numpy as np
import pyogrio
from pyogrio.errors import DataLayerError, DataSourceError

from ...contract.sample import INTERPRETER, LABEL, NOT_SURE, OLD_LABEL, POINT, POINT_LAYER, SKIPPED
from ...raster.vector_input import check_vector, read_vector
from ...system.errors import InvalidJob
from ..assessment import Agreement
from .date_pairs import DatePairs

TRUE_WORDS = {"1", "true", "yes", "t", "y"}


class PointState(Enum):
    """What became of a point."""

    LABELLED = 0
    NOT_SURE = 1
    SKIPPED = 2
    DISAGREED = 3
    NOT_REACHED = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class PointLabel:
    """What an interpreter said of a point.

    Attributes:
        label: Class, as it was written; empty without one.
        is_not_sure: Whether the interpreter was not sure.
        is_skipped: Whether the point was passed over on purpose.
    """

    label: str
    is_not_sure: bool
    is_skipped: bool

    @property
    def is_usable(self) -> bool:
        """Whether there is a label that its interpreter stands for."""
        return bool(self.label) and not self.is_not_sure

    @property
    def is_touched(self) -> bool:
        """Whether anybody looked at the point."""
        return bool(self.label) or self.is_not_sure or self.is_skipped


@dataclass(frozen=True, kw_only=True)
class Interpreter:
    """Labels of one interpreter.

    Attributes:
        name: Who it was.
        labels: Label of each point by its number.
    """

    name: str
    labels: Mapping[int, PointLabel]


@dataclass(frozen=True, kw_only=True)
class FinalLabels:
    """The label of each point of a sample that is estimated from.

    Attributes:
        label: ``(n,)`` class index; -1 without a label.
        state: State of each point.
    """

    label: np.ndarray
    state: tuple[PointState, ...]


def read_interpreters(path: Path, pairs: DatePairs | None = None) -> list[Interpreter]:
    """Return the labels in a response file, GeoPackage, another file of points, or CSV.

    A file in which points occur more than once holds several interpreters, told apart by the field "interpreter".

    Args:
        path: The file.
        pairs: Makes one label of the classes at two dates; None for labels as they are.

    Raises:
        InvalidJob: If it cannot be read, or lacks the fields "point" and "label", with two dates also "label_old".
    """
    rows = _table_rows(path) if path.suffix.lower() in (".csv", ".txt") else _layer_rows(path)
    if pairs and rows and OLD_LABEL not in rows[0]:
        raise InvalidJob(
            f"{str(path)!r} has no field {OLD_LABEL!r} with the class at the first date. Draw the sample with "
            "'assess design --two-dates', or add the field."
        )
    numbers = [_number(path, row[POINT]) for row in rows]
    repeated = len(set(numbers)) < len(numbers)
    found: dict[str, dict[int, PointLabel]] = {}
    for number, row in zip(numbers, rows, strict=True):
        name = row.get(INTERPRETER, "") if repeated else path.stem
        labels = found.setdefault(name or path.stem, {})
        if number in labels:
            raise InvalidJob(
                f"{str(path)!r} has the point {number} twice for the interpreter {name or path.stem!r}. Keep one row "
                "of each point and interpreter."
            )
        label = row[LABEL].strip()
        labels[number] = PointLabel(
            label=pairs.group(path, row[OLD_LABEL].strip(), label) if pairs else label,
            is_not_sure=_flag(row.get(NOT_SURE, "")),
            is_skipped=_flag(row.get(SKIPPED, "")),
        )
    return [Interpreter(name=name, labels=labels) for name, labels in found.items()]


def _table_rows(path: Path) -> list[dict[str, str]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InvalidJob(f"There is no file of labels {str(path)!r}. Check the path.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidJob(f"{str(path)!r} cannot be read as UTF-8 text: {error}.") from error
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    table = csv.DictReader(text.splitlines(), delimiter=delimiter)
    rows = [{(k or "").strip().lower(): (v or "").strip() for k, v in row.items() if k} for row in table]
    _check_fields(path, [name.strip().lower() for name in table.fieldnames or ()])
    return rows


def _layer_rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        raise InvalidJob(f"There is no file of labels {str(path)!r}. Check the path.")
    try:
        check_vector(path)
        layers = [str(name) for name, _ in pyogrio.list_layers(path)]
        layer = POINT_LAYER if POINT_LAYER in layers else 0
        meta, _, _, values = read_vector(path, layer=layer, read_geometry=False)
    except (DataSourceError, DataLayerError) as error:
        raise InvalidJob(f"{str(path)!r} cannot be read as labels: {error}.") from error
    names = [str(name).lower() for name in meta["fields"]]
    _check_fields(path, names)
    columns = [[_text(v) for v in column.tolist()] for column in values]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _check_fields(path: Path, names: Sequence[str]) -> None:
    lacking = [name for name in (POINT, LABEL) if name not in names]
    if lacking:
        raise InvalidJob(
            f"{str(path)!r} has no field {lacking[0]!r}; its fields are {', '.join(names) or 'none'}. Name a file "
            "that 'assess design' made, labelled."
        )


def _text(value: object) -> str:
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return ""
    return str(int(value)) if isinstance(value, float) and value == int(value) else str(value)


def _number(path: Path, text: str) -> int:
    try:
        return int(float(text))
    except ValueError:
        raise InvalidJob(f"{str(path)!r} has {text!r} where a point's number is expected.") from None


def _flag(text: str) -> bool:
    return text.strip().lower() in TRUE_WORDS


def class_index(labels: set[str], names: Sequence[str], ids: Sequence[int]) -> dict[str, int]:
    """Return the class index of each label, which is a class's name or its id.

    Raises:
        InvalidJob: If labels are no classes; all of them are listed.
    """
    known = {str(class_id): k for k, class_id in enumerate(ids)}
    known.update({_compared(name): k for k, name in enumerate(names)})
    unknown = sorted(label for label in labels if _compared(label) not in known)
    if unknown:
        raise InvalidJob(
            f"These labels are no classes of the legend: {', '.join(repr(u) for u in unknown)}. Its classes are "
            f"{', '.join(names)}. Correct the labels, or assess with a legend that has them."
        )
    return {label: known[_compared(label)] for label in labels}


def _compared(name: str) -> str:
    return " ".join(name.split()).casefold()


def final_labels(
    numbers: np.ndarray,
    interpreters: Sequence[Interpreter],
    adjudicated: Interpreter | None,
    index: Mapping[str, int],
) -> FinalLabels:
    """Return the labels that are estimated from.

    A point has the adjudicated label if there is one, else the label that all interpreters who labelled it gave. Points
    behind the last one that anybody looked at were not reached; as the order is random they are a random part.

    Args:
        numbers: ``(n,)`` numbers of the sample's points, in their order.
        interpreters: Labels of each interpreter.
        adjudicated: Labels that settle disagreements.
        index: Class index of each label.
    """
    labels, states = np.full(len(numbers), -1), []
    everyone = [*interpreters, *([adjudicated] if adjudicated else [])]
    touched = [k for k, n in enumerate(numbers.tolist()) if any(_of(who, n).is_touched for who in everyone)]
    last = touched[-1] if touched else -1
    for k, number in enumerate(numbers.tolist()):
        settled = _of(adjudicated, number) if adjudicated else NOTHING_SAID
        said = [_of(who, number) for who in interpreters]
        classes = {index[s.label] for s in said if s.is_usable}
        if settled.is_usable:
            labels[k] = index[settled.label]
            states.append(PointState.LABELLED)
        elif settled.is_not_sure:
            states.append(PointState.NOT_SURE)
        elif len(classes) == 1:
            labels[k] = classes.pop()
            states.append(PointState.LABELLED)
        elif classes:
            states.append(PointState.DISAGREED)
        elif any(s.is_not_sure for s in said):
            states.append(PointState.NOT_SURE)
        else:
            states.append(PointState.SKIPPED if k <= last else PointState.NOT_REACHED)
    return FinalLabels(label=labels, state=tuple(states))


NOTHING_SAID = PointLabel(label="", is_not_sure=False, is_skipped=False)


def _of(who: Interpreter, number: int) -> PointLabel:
    return who.labels.get(number, NOTHING_SAID)


def agreements(interpreters: Sequence[Interpreter], index: Mapping[str, int]) -> tuple[Agreement, ...]:
    """Return how often each two interpreters agreed, and of more than two also all of them."""
    groups = [*combinations(interpreters, 2)]
    if len(interpreters) > 2:
        groups.append(tuple(interpreters))
    return tuple(_agreement(group, index) for group in groups)


def _agreement(group: Sequence[Interpreter], index: Mapping[str, int]) -> Agreement:
    shared = set.intersection(*({n for n, s in who.labels.items() if s.is_usable} for who in group))
    same = sum(len({index[who.labels[n].label] for who in group}) == 1 for n in shared)
    return Agreement(interpreters=tuple(who.name for who in group), points=len(shared), same=same)
