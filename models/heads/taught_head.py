"""Taught head: from the features of examples to the scores of classes, in numpy for the engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from .background import Background
from .fitting import Samples, estimated_shares, fit_scores, sample_weights
from .linear_head import LinearScores

PRIOR_STRENGTH = 0.5
"""How much of the shift to the estimated shares is made: where examples are few, the estimate leans too far
(benchmarks/teach.py measures it)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleFeatures:
    """Features of the samples of examples.

    Attributes:
        features: ``(n, D)`` float32.
        subclass: ``(n,)`` index of the subclass of each sample.
        example: ``(n,)`` number of the example of each sample.
    """

    features: np.ndarray
    subclass: np.ndarray
    example: np.ndarray


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadSettings:
    """How a head is fitted.

    Attributes:
        l2: Weight of the squared coefficients.
        class_of_subclass: Class id of each subclass, from 1 on.
        shares: Share that each class is expected to have, from class 1 on; "equal", or "estimated" from the image.
    """

    l2: float
    class_of_subclass: tuple[int, ...]
    shares: str | tuple[float, ...] = "estimated"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaughtHead:
    """A fitted head.

    Attributes:
        scores: Subclass scores of features that are not standardised, priors included.
        shares: Expected share of each class, from class 1 on.
    """

    scores: LinearScores
    shares: tuple[float, ...]


def fit_head(examples: ExampleFeatures, background: Background, settings: HeadSettings) -> TaughtHead:
    """Fit a head to examples.

    Args:
        examples: What was drawn.
        background: Features spread over the image: they give scale, and the shares if wanted.
        settings: How.
    """
    scale = background.scale
    samples = Samples(
        features=scale.apply(torch.from_numpy(examples.features)),
        subclass=torch.from_numpy(np.asarray(examples.subclass, np.int64)),
        polygon=torch.from_numpy(np.asarray(examples.example, np.int64)),
    )
    classes = torch.tensor(settings.class_of_subclass)
    weights = sample_weights(samples, classes)
    fitted = fit_scores(samples, weights, len(classes), settings.l2)
    shares, shift = _prior(fitted, background, classes, settings.shares)
    return TaughtHead(scores=scale.folded_into(fitted.shifted(shift)), shares=tuple(shares.tolist()))


def class_chances(head: TaughtHead, features: np.ndarray, class_of_subclass: Sequence[int]) -> np.ndarray:
    """Return the ``(n, K)`` chances of the classes from 1 on."""
    scores = head.scores.of(torch.from_numpy(features))
    return _by_class(scores, torch.tensor(tuple(class_of_subclass))).softmax(dim=1).numpy()


def _prior(
    fitted: LinearScores, background: Background, classes: Tensor, wanted: str | tuple[float, ...]
) -> tuple[Tensor, Tensor]:
    """Return the shares of the classes and what they add to the subclasses' scores."""
    count = int(classes.max())
    equal = torch.full((count,), 1 / count)
    if wanted == "equal":
        return equal, torch.zeros(len(classes))
    if wanted == "estimated":
        scores = fitted.of(background.standardised)
        shares, strength = estimated_shares(_by_class(scores, classes)), PRIOR_STRENGTH
    else:
        shares, strength = torch.tensor(wanted) / sum(wanted), 1.0
    return shares, strength * (shares / equal).log()[classes - 1]


def _by_class(scores: Tensor, classes: Tensor) -> Tensor:
    """Return the scores of the classes from 1 on, from those of the subclasses."""
    columns = [scores[:, classes == class_id].logsumexp(dim=1) for class_id in range(1, int(classes.max()) + 1)]
    return torch.stack(columns, dim=1)
