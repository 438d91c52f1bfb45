"""ISDNet around each of its deep branches; the two new backbones against the public implementation."""

import hashlib

import pytest
import torch
from golden.fill import fill_state_dict, golden_image

from uhr_landcover.models.card import ModelCard
from uhr_landcover.models.checkpoint import load_checkpoint, save_checkpoint
from uhr_landcover.models.errors import CheckpointError
from uhr_landcover.models.isdnet.config import DEEP_BRANCH_SIZES, ISDNetConfig
from uhr_landcover.models.isdnet.deep_branches import DEEP_BRANCHES
from uhr_landcover.models.isdnet.network import ISDNet
from uhr_landcover.models.layers.hrnet import HRNet
from uhr_landcover.models.layers.segformer import MixTransformer
from uhr_landcover.models.legend import load_legend
from uhr_landcover.models.preprocess import IMAGENET
from uhr_landcover.models.pretrained import load_backbones
from uhr_landcover.models.registry import build_network

COMPACT_WIDTHS = {
    "resnet18": (8, 16, 16, 16),
    "resnet18_v1b": (8, 16, 16, 16),
    "hrnet18_concat": (8, 8, 8, 16, 16),
    "hrnet18": (8, 8, 8, 16, 16),
    "segformer_b0": (8, 16, 20, 16),
    "efficientnet-lite0": (24, 40, 112, 320),
    "efficientnet-lite0-s16": (24, 40, 112),
}
COMPACT = {"shallow_widths": (8, 8, 16, 16), "channels": 16, "head_channels": 8, "aspp_dilations": (2, 4, 6)}
TERMS = {"main", "deep", "context8", "context16", "fcn", "super_resolution", "distillation", "total"}
NEVER_LEARN = {"hrnet18": ("backbone.stage4.2.fuse_layers.0.", "backbone.stage4.2.fuse_layers.1.")}
"""What the authors' HRNet setting leaves unused: the last fusion towards the two finest maps."""

PUBLIC = {
    "hrnet": (
        HRNet,
        0.5,
        "cbbc3c2202ef8cdbd39c8450cb66a5aef3cf14e740aad99f3d83fc9ede18a801",
        [
            ((18, 19, 13), 1.10221, (0.92511, 0.91738, 0.57444)),
            ((36, 10, 7), 1.60109, (0.0, 1.40148, 1.92081)),
            ((72, 5, 4), 0.99905, (0.0, 0.0, 0.80553)),
            ((144, 3, 2), 0.61086, (1.66385, 0.0, 0.57072)),
        ],
    ),
    "mix_transformer": (
        MixTransformer,
        1.0,
        "71dc6b9a2c68130e8af9eed128817e9a513f318ce57681d84a14a3930c928835",
        [
            ((32, 19, 13), 0.65361, (-0.96476, -0.33496, 1.57832)),
            ((64, 10, 7), 0.64928, (1.51618, 0.16745, -0.34324)),
            ((160, 5, 4), 0.62354, (0.20648, -0.14129, -1.67832)),
            ((256, 3, 2), 0.64596, (-0.82396, -0.1521, 0.66998)),
        ],
    ),
}
"""Backbone → class, gain of the weight rule, digest of the names and shapes, outputs: shape, mean magnitude, middle
values of three channels. Recorded from mmsegmentation 0.30.0 with the weights and the image of tests/golden/fill.py."""


def compact(name, num_classes=5):
    torch.manual_seed(0)
    config = ISDNetConfig(deep_branch=name, deep_widths=COMPACT_WIDTHS[name], **COMPACT)
    return ISDNet(num_classes=num_classes, config=config)


@pytest.fixture(params=list(DEEP_BRANCHES))
def name(request):
    return request.param


@pytest.mark.parametrize("backbone", list(PUBLIC))
def test_backbone_has_the_public_names_shapes_and_outputs(backbone):
    build, gain, digest, expected = PUBLIC[backbone]
    network = build().eval()
    shapes = {k: tuple(v.shape) for k, v in network.state_dict().items()}
    lines = "".join(f"{k} {list(shapes[k])}\n" for k in sorted(shapes))
    network.load_state_dict(fill_state_dict(shapes, gain, 7))
    image = torch.from_numpy(golden_image(76, 52, 11)).permute(2, 0, 1)[None].float() / 64 - 2

    with torch.inference_mode():
        maps = network(image)

    assert hashlib.sha256(lines.encode()).hexdigest() == digest
    for found, (shape, magnitude, middle) in zip(maps, expected, strict=True):
        c, h, w = shape
        values = found[0, :: c // 3, h // 2, w // 2][:3].tolist()
        assert tuple(found.shape[1:]) == shape
        assert float(found.abs().mean()) == pytest.approx(magnitude, abs=1e-4)
        assert values == pytest.approx(middle, abs=1e-4)


def test_every_branch_is_named_with_compact_widths_here():
    assert set(COMPACT_WIDTHS) == set(DEEP_BRANCHES) == set(DEEP_BRANCH_SIZES)


@pytest.mark.parametrize("size", [(64, 64), (72, 104), (136, 64)], ids=str)
def test_forward_any_legal_size_gives_logits_of_that_size(name, size):
    logits = compact(name).eval()(torch.randn(2, 3, *size))

    assert logits.shape == (2, 5, *size)
    assert bool(logits.isfinite().all())


def test_deep_feature_has_the_stride_of_the_table(name):
    network = compact(name).eval()

    deep = network.decode_head(network._deep_maps(torch.randn(1, 3, 256, 384)))

    stride = DEEP_BRANCH_SIZES[name].stride
    assert deep.shape == (1, 16, 256 // stride, 384 // stride)


def test_training_loss_has_all_terms_and_reaches_every_parameter(name):
    network = compact(name).train()
    labels = torch.randint(0, 5, (2, 128, 192))
    with torch.no_grad():  # the relation gains start at 0, which hides the relation networks from the gradient
        for fusion in (network.refine_head.fuse8, network.refine_head.fuse16):
            fusion.g1.fill_(0.5)
            fusion.g2.fill_(0.5)

    terms = network.training_loss(torch.randn(2, 3, 128, 192), labels)
    terms["total"].backward()

    unused = NEVER_LEARN.get(name, ("-",))
    learning = {k: p.grad for k, p in network.named_parameters() if not k.startswith(unused)}
    assert set(terms) == TERMS
    assert all(bool(term.isfinite()) for term in terms.values())
    assert [k for k, grad in learning.items() if grad is None] == []


def test_save_then_load_gives_the_same_branch_and_logits(tmp_path, name):
    legend = load_legend()
    network = compact(name, legend.num_classes).eval()
    card = ModelCard(name="t", title="T", method="isdnet", config={}, legend=legend, normalization=IMAGENET)
    image = torch.randn(1, 3, 64, 72)
    save_checkpoint(tmp_path / "a.safetensors", network, card, half=False)

    loaded = load_checkpoint(tmp_path / "a.safetensors")

    assert loaded.card.config["deep_branch"] == name
    assert torch.equal(loaded.network(image), network(image))


def test_branch_without_widths_has_the_published_ones(name):
    with torch.device("meta"):
        network = build_network("isdnet", {"deep_branch": name}, num_classes=7)

    assert tuple(network.config["deep_widths"]) == DEEP_BRANCH_SIZES[name].widths


@pytest.mark.parametrize(
    ("branch", "parameters"), [("hrnet18_concat", 9_562_260), ("segformer_b0", 3_319_392)], ids=["W18", "B0"]
)
def test_published_backbone_has_the_published_parameters(branch, parameters):
    with torch.device("meta"):
        backbone = ISDNet(config=ISDNetConfig(deep_branch=branch)).backbone

    assert sum(p.numel() for p in backbone.parameters()) == parameters


def test_config_of_an_old_checkpoint_means_resnet18():
    old = {"deep_widths": [32, 64, 128, 192], "shallow_widths": [16, 32, 128, 256], "channels": 64, "head_channels": 32}

    config = ISDNetConfig.from_dict({**old, "aspp_dilations": [12, 24, 36]})

    assert (config.deep_branch, config.deep_widths) == ("resnet18", (32, 64, 128, 192))


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"deep_branch": "vgg"}, "no deep branch 'vgg'; known are resnet18, resnet18_v1b, hrnet18"),
        ({"deep_branch": ["resnet18"]}, "no deep branch"),
        ({"deep_branch": "hrnet18_concat", "deep_widths": [8, 8, 8, 8]}, "hrnet18_concat needs 5 widths"),
        ({"deep_branch": "segformer_b0", "deep_widths": [8, 8, 8, 8]}, r"multiples of \(1, 2, 5, 8\)"),
        ({"deep_widths": [8, 8, 8]}, "resnet18 needs 4 widths"),
        ({"deep_widths": [8, 8, 8, "many"]}, "resnet18 needs 4 widths"),
        ({"deep_widths": [8, 8, 8, -8]}, "resnet18 needs 4 widths"),
        ({"shallow_widths": [8, 8, 16]}, "four shallow widths"),
    ],
    ids=["unknown", "list", "hrnet", "heads", "three", "text", "negative", "shallow"],
)
def test_impossible_settings_are_refused_with_what_would_fit(settings, sentence):
    with pytest.raises(CheckpointError, match=sentence):
        build_network("isdnet", settings, num_classes=5)


def test_stochastic_depth_leaves_sums_out_in_training_only():
    torch.manual_seed(1)
    network = MixTransformer(COMPACT_WIDTHS["segformer_b0"])
    image = torch.randn(1, 3, 32, 32)

    with torch.inference_mode():
        resting = {round(float(network.eval()(image)[3].abs().sum()), 2) for _ in range(3)}
        training = {round(float(network.train()(image)[3].abs().sum()), 2) for _ in range(24)}

    assert len(resting) == 1
    assert len(training) > 2


@pytest.mark.parametrize("branch", ["hrnet18_concat", "segformer_b0"])
def test_a_backbone_file_with_public_names_fills_the_branch(tmp_path, branch):
    source, network = compact(branch), compact(branch)
    state = {k: torch.rand_like(v) for k, v in source.backbone.state_dict().items() if v.is_floating_point()}
    torch.save({"state_dict": state | {"head.weight": torch.zeros(3, 3)}}, tmp_path / "backbone.pth")

    (row,) = load_backbones(network, tmp_path / "backbone.pth")

    own = network.backbone.state_dict()
    assert (row.backbone, row.loaded, row.fresh) == ("backbone", len(state), ())
    assert all(torch.equal(own[k], v) for k, v in state.items())
