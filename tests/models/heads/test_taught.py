import dataclasses

import numpy as np
import pytest
import torch

from uhr_landcover.models.card import ModelCard
from uhr_landcover.models.checkpoint import load_checkpoint
from uhr_landcover.models.encoders.stored import load_encoder
from uhr_landcover.models.errors import CheckpointError
from uhr_landcover.models.heads.feature_reader import FeatureReader, features_at
from uhr_landcover.models.heads.linear_head import LinearScores
from uhr_landcover.models.heads.taught import TaughtConfig, TaughtNetwork
from uhr_landcover.models.heads.taught_checkpoint import save_taught, taught_network
from uhr_landcover.models.heads.taught_head import TaughtHead
from uhr_landcover.models.legend import LandCoverClass, Legend
from uhr_landcover.models.registry import build_network

LEGEND = Legend(
    name="taught",
    title="three",
    classes=tuple(LandCoverClass(class_id=i, name=n, color=(i, i, i)) for i, n in enumerate(["none", "a", "b"])),
)
TWO = TaughtConfig(class_of_subclass=(1, 2))


@pytest.fixture(scope="module")
def reader():
    return FeatureReader(load_encoder("efficientnet-lite0"))


def some_head(reader, subclasses, seed=1):
    random = torch.Generator().manual_seed(seed)
    weight = torch.randn(subclasses, sum(reader.channels), generator=random) * 0.02
    return TaughtHead(scores=LinearScores(weight=weight, bias=torch.arange(subclasses) * 0.1), shares=(0.5, 0.5))


def some_image(height=64, width=96):
    return np.random.default_rng(3).integers(0, 256, (3, height, width)).astype(np.uint8)


def normalized(reader, image):
    mean, std = (torch.tensor(v).view(1, 3, 1, 1) for v in dataclasses.astuple(reader.normalization))
    return (torch.from_numpy(image)[None].float() - mean) / std


@torch.no_grad()
def logits_of(network, reader, image):
    return network(normalized(reader, image))


def test_scores_of_cells_are_linear_in_the_joined_features(reader):
    head, image = some_head(reader, 2), some_image()
    network = taught_network(reader, head, TWO, 3)

    with torch.no_grad():
        found = network.head(network.features(normalized(reader, image)))[0].flatten(1).t()

    rows, cols = (c.ravel() for c in np.meshgrid(np.arange(16), np.arange(24), indexing="ij"))
    features = features_at(reader.maps(image, np.ones(image.shape[1:], bool)), rows, cols)
    assert torch.allclose(found, head.scores.of(torch.from_numpy(features)), atol=2e-3)


def test_logits_have_the_size_of_the_image(reader):
    assert logits_of(taught_network(reader, some_head(reader, 2), TWO, 3), reader, some_image()).shape == (1, 3, 64, 96)


def test_score_of_a_class_is_the_log_of_the_sum_of_its_subclasses():
    network = TaughtNetwork(num_classes=3, config=TaughtConfig(class_of_subclass=(1, 1, 2)))
    scores = torch.tensor([[1.0, 1.0, 1.5]])[:, :, None, None]

    found = network.class_scores(scores).flatten()

    assert found[1:].tolist() == pytest.approx([1 + np.log(2), 1.5])
    assert int(found.argmax()) == 1


@pytest.mark.parametrize(("below", "winner"), [(0.0, 2), (0.5, 2), (0.7, 0)])
def test_unclassified_wins_where_no_class_is_likely_enough(below, winner):
    config = TaughtConfig(class_of_subclass=(1, 2), unclassified_below=below)
    scores = torch.tensor([[0.0, np.log(1.5)]])[:, :, None, None]  # chances 0.4 and 0.6

    found = TaughtNetwork(num_classes=3, config=config).class_scores(scores).flatten()

    assert int(found.argmax()) == winner


def test_checkpoint_brings_the_same_logits_back(reader, tmp_path):
    network = taught_network(reader, some_head(reader, 3), TaughtConfig(class_of_subclass=(1, 1, 2)), 3)
    card = ModelCard(name="m", title="m", method="taught", config={}, legend=LEGEND, normalization=reader.normalization)
    saved = save_taught(tmp_path / "m.safetensors", network, card)

    loaded = load_checkpoint(tmp_path / "m.safetensors")

    assert loaded.card == saved
    first, second = (logits_of(n, reader, some_image()) for n in (loaded.network, network))
    assert torch.equal(first, second)


def test_form_for_inference_says_the_same(reader):
    network = taught_network(reader, some_head(reader, 2), TWO, 3)

    plain, folded = (logits_of(n, reader, some_image()) for n in (network, network.for_inference()))

    assert torch.allclose(plain, folded, atol=1e-2)


@pytest.mark.parametrize(
    ("config", "sentence"),
    [
        ({"class_of_subclass": [1, 3]}, "subclasses of 2 classes expected"),
        ({"class_of_subclass": [0, 1]}, "from 1 on"),
        ({"class_of_subclass": [1, 2], "unclassified_below": 1.5}, "0 to 1"),
        ({"class_of_subclass": [1, 2], "encoder": "vit"}, "no encoder architecture"),
        ({"class_of_subclass": [1, 2], "colour": 1}, "settings"),
    ],
    ids=["gap", "class 0", "probability", "encoder", "unknown"],
)
def test_config_that_does_not_fit_is_refused(config, sentence):
    with pytest.raises(CheckpointError, match=sentence):
        build_network("taught", config, num_classes=3)
