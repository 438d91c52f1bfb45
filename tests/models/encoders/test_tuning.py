"""The network that trains an encoder on land cover."""

import pytest
import torch

from uhr_landcover.models.card import ModelCard
from uhr_landcover.models.checkpoint import load_checkpoint, save_checkpoint
from uhr_landcover.models.encoders.stored import encoder_path
from uhr_landcover.models.errors import CheckpointError
from uhr_landcover.models.legend import load_legend
from uhr_landcover.models.preprocess import IMAGENET
from uhr_landcover.models.pretrained import load_backbones
from uhr_landcover.models.registry import build_network


def make_network(**settings):
    torch.manual_seed(0)
    network = build_network("encoder", {"head_width": 8, **settings}, num_classes=7)
    load_backbones(network, encoder_path("efficientnet-lite0"))
    return network


@pytest.mark.parametrize("size", [(32, 64), (96, 160)])
def test_forward_gives_logits_of_the_images_size(size):
    assert make_network().eval()(torch.rand(2, 3, *size)).shape == (2, 7, *size)


def test_joined_logits_are_those_of_a_convolution_over_the_joined_maps():
    network = make_network(dropout=0.0).eval()
    image = torch.rand(1, 3, 64, 64)
    maps = network.encoder(image)
    joined = torch.cat(
        [torch.nn.functional.avg_pool2d(maps[0], 2), maps[1]]
        + [torch.nn.functional.interpolate(m, size=(16, 16), mode="bilinear") for m in maps[2:]],
        dim=1,
    )
    weight = torch.cat([project.weight for project in network.project], dim=1)

    hidden = torch.nn.functional.conv2d(joined, weight, network.project[1].bias).relu()
    expected = network.classify(network.mix(hidden).relu())

    torch.testing.assert_close(network.joined_logits(image), expected, atol=1e-5, rtol=1e-4)


def test_training_leaves_frozen_stages_and_batch_statistics_alone():
    network = make_network(frozen_stages=2).train()
    before = {k: v.clone() for k, v in network.encoder.state_dict().items()}
    optimizer = torch.optim.AdamW(network.parameters(), lr=1e-2)

    network.training_loss(torch.rand(2, 3, 64, 64), torch.randint(1, 7, (2, 64, 64)))["total"].backward()
    optimizer.step()

    after = network.encoder.state_dict()
    changed = {k for k in before if not torch.equal(before[k], after[k])}
    assert changed
    assert not any("running" in k or k.startswith(("stem", "stages.0.", "stages.1.")) for k in changed)
    assert any(k.startswith("stages.2.") for k in changed)


def test_training_loss_without_labels_is_zero():
    loss = make_network().train().training_loss(torch.rand(1, 3, 64, 64), torch.full((1, 64, 64), 255))["total"]

    assert loss.item() == 0.0


def test_checkpoint_of_a_tuning_gives_the_same_logits(tmp_path):
    network = make_network().eval()
    card = ModelCard(
        name="t", title="T", method="encoder", config=network.config, legend=load_legend("deepglobe"),
        normalization=IMAGENET, tile_px=256, halo_px=32,
    )  # fmt: skip
    save_checkpoint(tmp_path / "t.safetensors", network, card, half=False)
    image = torch.rand(1, 3, 64, 64)

    loaded = load_checkpoint(tmp_path / "t.safetensors").network.eval()

    with torch.inference_mode():
        assert torch.equal(loaded(image), network(image))


def test_unknown_settings_are_refused():
    with pytest.raises(CheckpointError, match=r"Unknown settings \['depth'\]"):
        build_network("encoder", {"depth": 3}, num_classes=7)
