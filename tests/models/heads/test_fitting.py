import numpy as np
import pytest
import torch

from uhr_landcover.models.heads.background import Background
from uhr_landcover.models.heads.fitting import Samples, estimated_shares, fit_scores, sample_weights
from uhr_landcover.models.heads.left_out import leave_out
from uhr_landcover.models.heads.linear_head import LinearScores, Standardisation
from uhr_landcover.models.heads.taught_head import ExampleFeatures, HeadSettings, class_chances, fit_head

CENTRES = np.array([[0.0, 0, 0, 0], [3, 0, 0, 0], [0, 3, 0, 0]], np.float32)
SETTINGS = HeadSettings(l2=1e-3, class_of_subclass=(1, 2, 3), shares="equal")
ONE_EACH = [(0, 20), (1, 20), (2, 20)]


def drawn(sizes, seed=0):
    """Return examples of clouds around the centres: `sizes` are (subclass, samples) of each."""
    rng = np.random.default_rng(seed)
    parts = [CENTRES[s] + rng.normal(0, 0.5, (n, 4)).astype(np.float32) for s, n in sizes]
    return ExampleFeatures(
        features=np.concatenate(parts),
        subclass=np.concatenate([np.full(n, s) for s, n in sizes]),
        example=np.concatenate([np.full(n, i) for i, (_, n) in enumerate(sizes)]),
    )


def image_of(shares=(0.4, 0.3, 0.3), count=4000):
    rng = np.random.default_rng(7)
    features = CENTRES[rng.choice(3, count, p=shares)] + rng.normal(0, 0.5, (count, 4))
    return Background(features.astype(np.float32), (4,))


def test_weights_of_polygons_are_the_same_whatever_their_size():
    examples = drawn([(0, 10), (0, 90), (1, 50)])
    features, subclass, polygon = (
        torch.from_numpy(x) for x in (examples.features, examples.subclass, examples.example)
    )

    weights = sample_weights(Samples(features=features, subclass=subclass, polygon=polygon), torch.tensor([1, 2]))

    assert [float(weights[polygon == i].sum()) for i in range(3)] == pytest.approx([0.25, 0.25, 0.5])


def test_fit_of_the_same_examples_gives_the_same_head():
    first, second = (fit_head(drawn(ONE_EACH), image_of(), SETTINGS).scores for _ in range(2))

    assert torch.equal(first.weight, second.weight)
    assert torch.equal(first.bias, second.bias)


def test_fit_has_no_slope_left():
    torch.manual_seed(0)
    features, subclass, weights = torch.randn(60, 5), torch.arange(60) % 3, torch.full((60,), 1 / 60)

    found = fit_scores(Samples(features=features, subclass=subclass, polygon=torch.arange(60)), weights, 3, 0.01)

    weight, bias = found.weight.clone().requires_grad_(), found.bias.clone().requires_grad_()
    terms = torch.nn.functional.cross_entropy(features @ weight.t() + bias, subclass, reduction="none")
    ((terms * weights).sum() + 0.01 * weight.square().sum()).backward()
    assert float(weight.grad.abs().max()) < 1e-4
    assert float(bias.grad.abs().max()) < 1e-4


def test_head_tells_classes_of_new_samples():
    head = fit_head(drawn(ONE_EACH), image_of(), SETTINGS)
    new = drawn([(0, 100), (1, 100), (2, 100)], seed=5)

    said = class_chances(head, new.features, (1, 2, 3)).argmax(axis=1)

    assert (said == new.subclass).mean() > 0.97


def test_shares_of_an_image_are_found_from_chances_that_assume_equal_ones():
    # two overlapping normal clouds, 90 % of the first: log-odds of equal shares are linear
    rng = np.random.default_rng(1)
    x = np.concatenate([rng.normal(-1, 1, 9000), rng.normal(1, 1, 1000)])
    scores = torch.from_numpy(np.stack([-2 * x, np.zeros_like(x)], axis=1))

    assert estimated_shares(scores).tolist() == pytest.approx([0.9, 0.1], abs=0.02)


def test_estimated_shares_move_doubtful_pixels_to_the_common_class():
    examples, image = drawn(ONE_EACH), image_of((0.9, 0.05, 0.05))
    between = np.array([[1.6, 0, 0, 0]], np.float32)

    equal = fit_head(examples, image, SETTINGS)
    estimated = fit_head(examples, image, HeadSettings(l2=1e-3, class_of_subclass=(1, 2, 3)))

    assert estimated.shares[0] == pytest.approx(0.9, abs=0.05)
    assert class_chances(estimated, between, (1, 2, 3))[0, 0] > class_chances(equal, between, (1, 2, 3))[0, 0] + 0.1


def test_given_shares_are_taken_as_they_are():
    settings = HeadSettings(l2=1e-3, class_of_subclass=(1, 2, 3), shares=(6.0, 3.0, 1.0))

    assert fit_head(drawn(ONE_EACH), image_of(), settings).shares == pytest.approx((0.6, 0.3, 0.1))


def test_subclasses_are_learnt_and_classes_are_said():
    settings = HeadSettings(l2=1e-3, class_of_subclass=(1, 1, 2), shares="equal")
    new = drawn([(1, 100), (2, 100)], seed=3)

    chances = class_chances(fit_head(drawn(ONE_EACH), image_of(), settings), new.features, (1, 1, 2))

    assert chances.shape == (200, 2)
    assert (chances.argmax(axis=1) == np.array([0, 0, 1])[new.subclass]).mean() > 0.97


def test_standardisation_folded_into_scores_says_the_same():
    features = torch.randn(50, 6) * torch.tensor([1.0, 10, 0.1, 5, 1, 1]) + 3
    scale, scores = Standardisation.of(features), LinearScores(weight=torch.randn(3, 6), bias=torch.randn(3))

    folded = scale.folded_into(scores)

    assert torch.allclose(folded.of(features), scores.of(scale.apply(features)), atol=1e-4)


def test_maps_of_many_and_of_few_channels_count_the_same():
    features = torch.randn(500, 10, generator=torch.Generator().manual_seed(2))

    scaled = Standardisation.of(features, (2, 8)).apply(features)

    first, second = (part.square().sum(dim=1).mean() for part in (scaled[:, :2], scaled[:, 2:]))
    assert float(first) == pytest.approx(5.0, rel=0.01)
    assert float(second) == pytest.approx(5.0, rel=0.01)


def test_feature_that_never_changes_does_no_harm():
    features = torch.cat([torch.randn(50, 2), torch.ones(50, 1)], dim=1)

    assert bool(Standardisation.of(features).apply(features).isfinite().all())


def test_left_out_examples_are_judged_by_heads_that_have_not_seen_them():
    examples = drawn([(0, 20), (0, 20), (1, 20), (1, 20), (2, 20)])
    examples.features[examples.example == 1] = CENTRES[1]  # drawn as the first class, looks like the second

    found = leave_out(examples, image_of(), SETTINGS)

    assert sorted(found.example.tolist()) == [0, 1, 2, 3], "the only example of a class is never left out"
    assert found.said[found.example == 1].tolist() == [2]
    assert found.right[found.example == 1].tolist() == [0.0]


def test_left_out_of_single_examples_is_empty():
    found = leave_out(drawn(ONE_EACH), image_of(), SETTINGS)

    assert len(found.example) == 0
    assert found.mean_right == 0.0
