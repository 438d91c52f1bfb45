"""Fitting of a linear head to the features of examples, and the share of each class in an image."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from .linear_head import LinearScores

MOST_STEPS = 200
GRADIENT_TOLERANCE = 1e-6
PRIOR_STEPS = 50
SMALLEST_SHARE = 0.003


@dataclass(frozen=True, slots=True, kw_only=True)
class Samples:
    """Features of the pixels of examples.

    Attributes:
        features: ``(n, D)``, standardised.
        subclass: ``(n,)`` int64 index of the subclass, 0 to S - 1.
        polygon: ``(n,)`` int64 number of the example.
    """

    features: Tensor
    subclass: Tensor
    polygon: Tensor

    def where(self, chosen: Tensor) -> Samples:
        """Return the samples of a ``(n,)`` mask."""
        return Samples(features=self.features[chosen], subclass=self.subclass[chosen], polygon=self.polygon[chosen])


def sample_weights(samples: Samples, class_of_subclass: Tensor) -> Tensor:
    """Return the weight of each sample: classes weigh the same, within one the polygons do. They add up to 1.

    Args:
        samples: The samples.
        class_of_subclass: ``(S,)`` class of each subclass.
    """
    class_ids = class_of_subclass[samples.subclass]
    sizes = torch.bincount(samples.polygon).double()
    each = 1 / sizes[samples.polygon]  # a polygon's samples add up to 1
    totals = torch.zeros(int(class_ids.max()) + 1, dtype=torch.float64).index_add_(0, class_ids, each)
    weights = each / totals[class_ids]
    return (weights / weights.sum()).float()


def fit_scores(samples: Samples, weights: Tensor, subclasses: int, l2: float) -> LinearScores:
    """Return the multinomial logistic regression of samples, by L-BFGS from zero: the same input gives the same result.

    Args:
        samples: The samples.
        weights: ``(n,)`` their weights, adding up to 1.
        subclasses: Number of subclasses S.
        l2: Weight of the squared coefficients, the biases left out.
    """
    x = torch.cat([samples.features, torch.ones(len(samples.features), 1)], dim=1)  # (n, D + 1), the last for the bias
    parameters = torch.zeros(subclasses, x.shape[1])
    shrinks = torch.ones_like(parameters)
    shrinks[:, -1] = 0
    solver = torch.optim.LBFGS(
        [parameters],
        max_iter=MOST_STEPS,
        history_size=20,
        line_search_fn="strong_wolfe",
        tolerance_grad=GRADIENT_TOLERANCE,
        tolerance_change=1e-9,
    )

    def loss() -> Tensor:
        """Return the loss and leave its gradient, in closed form, with the parameters."""
        chances = (x @ parameters.t()).log_softmax(dim=1)  # (n, S)
        own = chances.gather(1, samples.subclass[:, None])[:, 0]
        slope = chances.exp_()
        slope.scatter_add_(1, samples.subclass[:, None], slope.new_full((len(x), 1), -1.0))
        parameters.grad = (slope * weights[:, None]).t() @ x + 2 * l2 * shrinks * parameters
        return (l2 * shrinks * parameters.square()).sum() - (own * weights).sum()

    with torch.no_grad():
        solver.step(loss)
    return LinearScores(weight=parameters[:, :-1].clone(), bias=parameters[:, -1].clone())


def estimated_shares(scores: Tensor) -> Tensor:
    """Return the share of each class in an image, from scores that hold where classes are equally common.

    Expectation maximisation: shares weigh the chances, and the mean of the weighed chances is the next share.

    References:
        Saerens, Latinne and Decaestecker, "Adjusting the Outputs of a Classifier to New a Priori Probabilities",
        Neural Computation 14(1), 2002. Here a share never falls below `SMALLEST_SHARE`, so that no class is lost.

    Args:
        scores: ``(n, S)`` scores of pixels spread over the image.

    Returns:
        ``(S,)``, adding up to 1.
    """
    chances = scores.double().softmax(dim=1)
    shares = torch.full((scores.shape[1],), 1 / scores.shape[1], dtype=torch.float64)
    for _ in range(PRIOR_STEPS):
        weighed = chances * shares
        weighed = weighed / weighed.sum(dim=1, keepdim=True)
        shares = weighed.mean(dim=0).clamp_min(SMALLEST_SHARE)
        shares = shares / shares.sum()
    return shares.float()
