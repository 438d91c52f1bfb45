"""Random numbers of a seed, the same in every version of numpy: only the generator's raw bits are taken from it."""

from __future__ import annotations

import numpy as np


class RandomStream:
    """Numbers that follow from a seed.

    Args:
        seed: Any whole number from 0.
    """

    def __init__(self, seed: int) -> None:
        self._bits = np.random.PCG64(seed)

    def below(self, limit: int) -> int:
        """Return a whole number of 0 … limit - 1; all are alike up to one part in 2^64 / limit."""
        return (int(self._bits.random_raw()) * limit) >> 64

    def fractions(self, count: int) -> np.ndarray:
        """Return ``(count,)`` numbers of 0 to 1, 1 excluded."""
        return (self._bits.random_raw(count) >> np.uint64(11)) * 2.0**-53

    def distinct(self, limit: int, count: int) -> np.ndarray:
        """Return `count` different whole numbers of 0 … limit - 1 in random order (Floyd's sampling).

        Each step takes one number: none is ever drawn again because it was there already.
        """
        chosen: dict[int, None] = {}
        for last in range(limit - count, limit):
            number = self.below(last + 1)
            chosen[last if number in chosen else number] = None
        numbers = np.fromiter(chosen, np.int64, count)
        return numbers[self.order(count)]

    def order(self, count: int) -> np.ndarray:
        """Return ``(count,)`` a random order of 0 … count - 1."""
        return np.argsort(self._bits.random_raw(count), kind="stable")
