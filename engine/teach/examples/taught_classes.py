"""Classes of examples: what the layer calls them becomes a legend with subclasses inside. Pure; reads no file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ....models.errors import DataError
from ....models.heads.class_scores import UNCLASSIFIED_ID
from ....models.legend import NODATA, LandCoverClass, Legend, load_legend
from ....models.training.chips import listed
from ...raster.classes.class_legend import spread_color

UNCLASSIFIED = LandCoverClass(class_id=UNCLASSIFIED_ID, name="Unclassified", color=(0, 0, 0))
NO_CLASS = frozenset({"", "unknown", "unclassified", "unlabeled", "unlabelled", "no data", "nodata"})
"""Names of what is no class; such examples are left out."""

Color = tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleClass:
    """What one feature of a layer says of its class.

    Attributes:
        number: Number of the class; None where the layer has none.
        name: Name of the class; empty where the layer has none.
        subclass: Name of the subclass; empty for none.
        color: Colour of the class, if the layer has one.
    """

    number: int | None = None
    name: str = ""
    subclass: str = ""
    color: Color | None = None

    @property
    def key(self) -> tuple[int, str]:
        """What tells classes apart: the number, or else the name."""
        return (-1, self.name.casefold()) if self.number is None else (self.number, "")

    @property
    def is_class(self) -> bool:
        """Whether the example shows a class at all."""
        if self.number is None:
            return self.name.casefold() not in NO_CLASS
        return 0 <= self.number < NODATA and not (self.number == 0 and self.name.casefold() in NO_CLASS)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaughtClasses:
    """Legend and subclasses of a set of examples.

    Attributes:
        legend: Classes; id 0 is "unclassified".
        subclass_names: Name of each subclass, "class" or "class: subclass".
        class_of_subclass: Class id of each subclass.
        numbers: What the layer calls each class id from 1 on, where it has numbers.
    """

    legend: Legend
    subclass_names: tuple[str, ...]
    class_of_subclass: tuple[int, ...]
    numbers: tuple[int | None, ...]


def taught_classes(examples: Sequence[ExampleClass], legend: Legend | None = None) -> tuple[TaughtClasses, list[int]]:
    """Return the classes of examples, and for each example the index of its subclass, -1 for none.

    Class ids are the layer's numbers where these are 1, 2, 3 … without gaps, else they are counted anew.

    Args:
        examples: What each feature says.
        legend: Classes whose names and colours are taken where a number or a name fits; None for those that ship.

    Raises:
        DataError: If there are fewer than two classes, or too many.
    """
    classes: dict[tuple[int, str], ExampleClass] = {}
    for example in examples:
        if example.is_class:
            known = classes.setdefault(example.key, example)
            if (known.color is None and example.color is not None) or (not known.name and example.name):
                classes[example.key] = example
    keys = sorted(classes)
    if len(keys) < 2:
        found = f"only {_title(classes[keys[0]])!r}" if keys else "none"
        raise DataError(
            f"Teaching needs examples of at least two classes; there is {found}. Draw an example of another one."
        )
    if len(keys) >= NODATA:
        raise DataError(f"There are {len(keys)} classes; a map holds up to {NODATA - 1}. Check the field of the class.")
    ids = {key: place for place, key in enumerate(keys, 1)}
    pairs = sorted({(ids[e.key], e.subclass) for e in examples if e.is_class})
    names = {ids[key]: _title(example) for key, example in classes.items()}
    result = TaughtClasses(
        legend=_legend(names, {ids[k]: e.color for k, e in classes.items()}, legend or load_legend()),
        subclass_names=tuple(f"{names[c]}: {sub}" if sub else names[c] for c, sub in pairs),
        class_of_subclass=tuple(c for c, _ in pairs),
        numbers=tuple(classes[key].number for key in keys),
    )
    places = {pair: index for index, pair in enumerate(pairs)}
    return result, [places[ids[e.key], e.subclass] if e.is_class else -1 for e in examples]


def _title(example: ExampleClass) -> str:
    return example.name or f"Class {example.number}"


def _legend(names: Mapping[int, str], colors: Mapping[int, Color | None], known: Legend) -> Legend:
    by_name = {c.name.casefold(): c.color for c in known.classes}
    classes = [
        LandCoverClass(
            class_id=class_id,
            name=name,
            color=colors[class_id] or by_name.get(name.casefold()) or spread_color(class_id),
        )
        for class_id, name in sorted(names.items())
    ]
    title = listed([c.name for c in classes], 4)
    return Legend(name="taught", title=title, classes=(UNCLASSIFIED, *classes), unknown_id=UNCLASSIFIED_ID)
