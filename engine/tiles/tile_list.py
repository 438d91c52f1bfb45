"""List of the tiles of a plan: where each lies is known, and a tile is made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar, overload

import numpy as np

Made = TypeVar("Made")


class TileList(Sequence[Made]):
    """Tiles in row-major order of their cores.

    Args:
        places: ``(n, 2)`` whole numbers, column and row of each tile's cell.
        make: Makes the tile of a cell.

    Attributes:
        places: The same.
    """

    def __init__(self, places: np.ndarray, make: Callable[[int, int], Made]) -> None:
        self.places, self._make = places, make

    def __len__(self) -> int:
        return len(self.places)

    @overload
    def __getitem__(self, index: int) -> Made: ...

    @overload
    def __getitem__(self, index: slice) -> TileList[Made]: ...

    def __getitem__(self, index: int | slice) -> Made | TileList[Made]:
        """Return a tile, or the list of several."""
        if isinstance(index, slice):
            return TileList(self.places[index], self._make)
        col, row = self.places[index].tolist()
        return self._make(col, row)

    def __iter__(self) -> Iterator[Made]:
        return (self._make(col, row) for col, row in self.places.tolist())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]
