"""What must hold for every network that can be built, whatever its method, path, deep branch and widths."""

import pytest
import torch
from torch import nn
from torch.utils._python_dispatch import TorchDispatchMode

from uhr_landcover.models.checkpoint import load_checkpoint, starter_path
from uhr_landcover.models.isdnet.config import DEEP_BRANCH_SIZES
from uhr_landcover.models.registry import build_network, list_methods

GLNET_PATHS = ("global", "global_to_local", "global_and_local")
TINY_GLNET = {"global_px": 64, "patch_px": 64, "depth": 18, "backbone_widths": [4, 4, 8, 8]}
TINY_PPN = {"global_px": 64, "global_depth": 18, "global_widths": [4, 4, 8, 8], "refine_widths": [4, 4, 8, 8]}
TINY = {
    **{
        f"glnet {path}": ("glnet", {**TINY_GLNET, "path": path, "pyramid_width": 8, "detail_width": 8})
        for path in GLNET_PATHS
    },
    "ppn": ("ppn", {**TINY_PPN, "proposal_widths": [4, 4, 8], "pyramid_width": 8}),
    **{
        f"isdnet {name}": (
            "isdnet",
            {
                "deep_branch": name,
                "deep_widths": [m * -(-4 // m) for m in sizes.multiples],
                "shallow_widths": [4, 4, 8, 8],
                "channels": 16,
                "head_channels": 4,
                "aspp_dilations": [2, 4, 6],
            },
        )
        for name, sizes in DEEP_BRANCH_SIZES.items()
    },
    "encoder": ("encoder", {"head_width": 8}),
}
PUBLISHED = {
    **{f"glnet {path}": ("glnet", {"path": path}) for path in GLNET_PATHS},
    "ppn": ("ppn", {}),
    **{f"isdnet {name}": ("isdnet", {"deep_branch": name}) for name in DEEP_BRANCH_SIZES},
    "encoder": ("encoder", {}),
    "taught": ("taught", {}),
}
TAUGHT = {"taught"}
"""Methods whose head is solved for, not trained by gradients."""


class StridedPointwise(TorchDispatchMode):
    """Collects the convolutions with 1×1 kernels that step over pixels, wherever in the code they are called."""

    def __init__(self):
        super().__init__()
        self.found = []

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        if func is torch.ops.aten.convolution.default and set(args[1].shape[2:]) == {1} and set(args[3]) != {1}:
            self.found.append(tuple(args[1].shape))
        return func(*args, **(kwargs or {}))


def strided_1x1(network):
    return [
        name
        for name, m in network.named_modules()
        if isinstance(m, nn.Conv2d) and m.kernel_size == (1, 1) and m.stride != (1, 1)
    ]


def with_seen_images(network):
    """Give the batch statistics other values than those of an untrained network, which GLNet's later stages refuse."""
    for m in network.modules():
        if isinstance(m, nn.BatchNorm2d):
            m.running_mean.fill_(0.1)
    return network


def test_every_method_is_in_these_tables():
    assert {method for method, _ in PUBLISHED.values()} == set(list_methods())
    assert {method for method, _ in TINY.values()} == set(list_methods()) - TAUGHT


@pytest.mark.parametrize(("method", "config"), [*PUBLISHED.values(), *TINY.values()], ids=[*PUBLISHED, *TINY])
def test_network_holds_no_strided_1x1_convolution(method, config):
    """torch gets their gradients wrong on some processors (docs/torch-strided-1x1.md)."""
    with torch.device("meta"):
        network = build_network(method, config, num_classes=5)

    assert strided_1x1(network) == []
    assert strided_1x1(network.for_inference()) == []


@pytest.mark.parametrize(("method", "config"), TINY.values(), ids=TINY)
def test_training_step_of_one_image_gives_finite_gradients_without_strided_1x1_convolutions(method, config):
    torch.manual_seed(0)
    network = with_seen_images(build_network(method, config, num_classes=5)).train()
    image = torch.randn(1, 3, 64, 128).to(memory_format=torch.channels_last)
    labels = torch.randint(0, 5, (1, 64, 128))

    with StridedPointwise() as convolutions:
        for terms in network.training_terms(image, labels):
            terms["total"].backward()

    gradients = [p.grad for p in network.parameters() if p.grad is not None]
    assert convolutions.found == []
    assert gradients
    assert all(bool(g.isfinite().all()) for g in gradients)


@pytest.mark.parametrize("method", ["glnet", "ppn", "isdnet"])
def test_starter_trained_on_one_image_still_classifies(method):
    network = load_checkpoint(starter_path(method)).network.train()
    image = torch.randn(1, 3, 128, 128)
    labels = torch.randint(0, 7, (1, 128, 128))
    optimizer = torch.optim.SGD(network.parameters(), lr=1e-3)

    for terms in network.training_terms(image, labels):
        terms["total"].backward()
    optimizer.step()

    with torch.inference_mode():
        assert bool(network.eval()(image).isfinite().all())


@pytest.mark.parametrize("name", [name for name in TINY if name.startswith("isdnet")])
def test_isdnet_takes_the_sizes_that_the_public_code_takes(name):
    method, config = TINY[name]
    network = build_network(method, config, num_classes=5).eval()

    with torch.inference_mode():
        logits = network(torch.rand(1, 3, 251, 333))

    assert logits.shape == (1, 5, 251, 333)
    assert bool(logits.isfinite().all())
