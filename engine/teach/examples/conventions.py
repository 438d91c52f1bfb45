"""Field conventions of training layers: which columns hold class, subclass and colour. Reads no file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ....models.errors import DataError
from ....models.training.chips import listed


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleFields:
    """Columns of a layer of examples; empty where a layer has none.

    Attributes:
        class_id: Number of the class.
        class_name: Name of the class.
        subclass_id: Number of the subclass.
        subclass_name: Name of the subclass.
        color: Red, green and blue of the class.
    """

    class_id: str = ""
    class_name: str = ""
    subclass_id: str = ""
    subclass_name: str = ""
    color: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """All columns to read."""
        names = (self.class_id, self.class_name, self.subclass_id, self.subclass_name, *self.color)
        return tuple(dict.fromkeys(name for name in names if name))


CONVENTIONS = (
    # this software
    ExampleFields(
        class_id="class_id",
        class_name="class_name",
        subclass_name="subclass",
        color=("red", "green", "blue"),
    ),
    # Semi-Automatic Classification Plugin: macroclasses with classes inside
    ExampleFields(class_id="MC_ID", class_name="MC_info", subclass_id="C_ID", subclass_name="C_info"),
    # ArcGIS Pro, training samples manager
    ExampleFields(class_id="Classvalue", class_name="Classname", color=("RED", "GREEN", "BLUE")),
)
"""Layers that are understood without being told; shapefiles may change the case."""


def find_fields(fields: Sequence[str], layer_name: str, wanted: str = "") -> ExampleFields:
    """Return which columns of a layer hold what.

    Args:
        fields: Columns of the layer.
        layer_name: For the message.
        wanted: Column of the class, if the user named one; it holds numbers or names.

    Raises:
        DataError: If the column is not there, or no convention fits.
    """
    by_name = {name.casefold(): name for name in fields}
    if wanted:
        if wanted.casefold() not in by_name:
            raise DataError(f"{layer_name} has no field {wanted!r}; its fields are {listed(fields)}.")
        return ExampleFields(class_name=by_name[wanted.casefold()], subclass_name=by_name.get("subclass", ""))
    for convention in CONVENTIONS:
        found = _present(convention, by_name)
        if found.class_id or found.class_name:
            return found
    raise DataError(
        f"{layer_name} has no field 'class_id', 'class_name', 'MC_ID' or 'Classvalue'; its fields are "
        f"{listed(fields)}. Name the field that holds the class."
    )


def _present(convention: ExampleFields, by_name: dict[str, str]) -> ExampleFields:
    def of(name: str) -> str:
        return by_name.get(name.casefold(), "")

    color = tuple(of(name) for name in convention.color)
    return ExampleFields(
        class_id=of(convention.class_id),
        class_name=of(convention.class_name),
        subclass_id=of(convention.subclass_id),
        subclass_name=of(convention.subclass_name),
        color=color if all(color) else (),
    )
