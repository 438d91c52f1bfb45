"""Left-out examples: a head is fitted without some of them and asked about those."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .background import Background
from .taught_head import ExampleFeatures, HeadSettings, class_chances, fit_head

MOST_FOLDS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """What heads said of examples that they had not seen.

    Attributes:
        example: ``(m,)`` numbers of the examples that could be left out.
        class_id: ``(m,)`` their classes.
        said: ``(m,)`` class that most of their samples got.
        right: ``(m,)`` share of their samples that got the right class.
    """

    example: np.ndarray
    class_id: np.ndarray
    said: np.ndarray
    right: np.ndarray

    @property
    def mean_right(self) -> float:
        """Share of right samples; examples weigh the same in a class, and classes the same. 0 if there are none."""
        classes = [self.right[self.class_id == c].mean() for c in np.unique(self.class_id)]
        return float(np.mean(classes)) if classes else 0.0


def leave_out(examples: ExampleFeatures, background: Background, settings: HeadSettings) -> LeftOut:
    """Ask heads about examples they were not fitted to, in up to `MOST_FOLDS` groups.

    Examples of a class are dealt to the groups in turn; the only example of a class stays in.
    """
    numbers, first = np.unique(examples.example, return_index=True)
    class_ids = np.array(settings.class_of_subclass)[examples.subclass[first]]
    fold = _folds(class_ids)
    rows = []
    for number in range(fold.max(initial=-1) + 1):
        is_out = np.isin(examples.example, numbers[fold == number])
        head = fit_head(_part(examples, ~is_out), background, settings)
        chances = class_chances(head, examples.features[is_out], settings.class_of_subclass)
        said, example = chances.argmax(axis=1) + 1, examples.example[is_out]
        for one, class_id in zip(numbers[fold == number], class_ids[fold == number], strict=True):
            own = said[example == one]
            rows.append((one, class_id, np.bincount(own).argmax(), (own == class_id).mean()))
    columns = list(zip(*rows, strict=True)) or [(), (), (), ()]
    return LeftOut(
        example=np.array(columns[0], np.int64),
        class_id=np.array(columns[1], np.int64),
        said=np.array(columns[2], np.int64),
        right=np.array(columns[3], np.float64),
    )


def _folds(class_ids: np.ndarray) -> np.ndarray:
    """Return the group in which each example is left out, -1 for never."""
    fold = np.full(len(class_ids), -1)
    for class_id in np.unique(class_ids):
        own = np.flatnonzero(class_ids == class_id)
        if len(own) > 1:
            fold[own] = np.arange(len(own)) % MOST_FOLDS
    return fold


def _part(examples: ExampleFeatures, chosen: np.ndarray) -> ExampleFeatures:
    return ExampleFeatures(
        features=examples.features[chosen], subclass=examples.subclass[chosen], example=examples.example[chosen]
    )
