"""What a forward pass needs, traced without allocating it; large layers in strips."""

from __future__ import annotations

import subprocess
import sys

import pytest
import torch
from torch import nn

from uhr_landcover.models.checkpoint import load_checkpoint, starter_path
from uhr_landcover.models.inference import memory
from uhr_landcover.models.inference.form import trace_classify
from uhr_landcover.models.inference.memory import trace_forward
from uhr_landcover.models.layers.strips import in_row_strips
from uhr_landcover.models.network import SegmentationNetwork
from uhr_landcover.models.registry import build_network

SMALL = {"deep_widths": [16, 16, 16, 16], "shallow_widths": [16, 16, 32, 32], "channels": 16, "head_channels": 16}


class TwoLayers(SegmentationNetwork):
    """3 → 8 → 2 channels, 1 × 1: three maps, of which at most two are alive."""

    def __init__(self):
        super().__init__(num_classes=2, in_channels=3, config={})
        self.first, self.second = nn.Conv2d(3, 8, 1, bias=False), nn.Conv2d(8, 2, 1, bias=False)

    def forward(self, image):
        return self.second(self.first(image))


def forward_on(shape):
    return lambda network: network(torch.empty(shape, device="meta"))


def test_trace_counts_what_is_alive_at_once():
    need = trace_forward(TwoLayers(), forward_on((1, 3, 10, 10)))

    # While the second layer works its input and result live, and the image, which the caller holds.
    assert need.live_bytes == (3 + 8 + 2) * 100 * 4
    assert need.largest_bytes == 8 * 100 * 4
    assert (need.weight_bytes, need.added_bytes) == ((24 + 16) * 4, 0)


def test_trace_in_16_bits_counts_what_autocast_makes():
    need = trace_forward(TwoLayers(), forward_on((1, 3, 10, 10)), "float16")

    # The image stays in 32 bits beside its copy in 16; with the first result and the copied weights that is the peak.
    assert need.live_bytes == 3 * 100 * 4 + 3 * 100 * 2 + 24 * 2 + 8 * 100 * 2


@pytest.mark.parametrize("method", ["isdnet", "ppn", "glnet"])
def test_trace_leaves_the_network_as_it_was(method):
    network = build_network(method, {}, num_classes=7).eval() if method != "isdnet" else isdnet()
    before = {name: value.clone() for name, value in list(network.state_dict().items())[:20]}

    need = trace_forward(network, forward_on((1, 3, 1024, 1024)), patch_batch=1)

    assert need.live_bytes > 3 * 1024 * 1024 * 4
    assert all(torch.equal(network.state_dict()[name], value) for name, value in before.items())


def test_fewer_patches_and_more_strips_need_less():
    ppn = build_network("ppn", {}, num_classes=7).eval()
    one, six = (trace_forward(ppn, forward_on((1, 3, 2448, 2448)), patch_batch=n).live_bytes for n in (1, 6))
    whole, strips = (trace_forward(isdnet(), forward_on((1, 3, 2048, 2048)), row_strips=n).live_bytes for n in (1, 8))

    assert one < six / 2
    assert strips < whole


@pytest.mark.parametrize("method", ["isdnet", "ppn", "glnet"])
def test_trace_loads_neither_torchs_compiler_nor_its_algebra(method):
    """It would take 60 MB and a second of processor time from every plan."""
    code = (
        "import sys\n"
        "from uhr_landcover.models.inference.form import trace_classify\n"
        "from uhr_landcover.models.checkpoint import load_checkpoint, starter_path\n"
        f"c = load_checkpoint(starter_path({method!r}))\n"
        "for precision in ('float32', 'float16'):\n"
        "    trace_classify(c.network, c.card, (512, 512), precision=precision, batch=2, patch_batch=1, row_strips=4)\n"
        "print({'torch._dynamo', 'sympy'} & set(sys.modules))\n"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.stdout.strip() == "set()"


@pytest.mark.parametrize("precision", ["float32", "float16"])
@pytest.mark.parametrize("method", ["isdnet", "ppn", "glnet"])
def test_trace_gives_what_torchs_own_shapes_give(method, precision, monkeypatch):
    checkpoint = load_checkpoint(starter_path(method))

    def traced():
        settings = {"precision": precision, "batch": 2, "patch_batch": 3, "row_strips": 2}
        return trace_classify(checkpoint.network, checkpoint.card, (520, 776), **settings)

    ours = traced()
    monkeypatch.setattr(memory, "shape_result", lambda func, args, kwargs: None)

    assert ours == traced()


def isdnet():
    torch.manual_seed(0)
    return build_network("isdnet", SMALL, num_classes=7).eval()


@pytest.mark.parametrize("strips", [2, 3, 8])
def test_isdnet_in_strips_gives_the_same_classes(strips):
    network, image = isdnet(), torch.rand(1, 3, 520, 136)
    with torch.inference_mode():
        whole = network.raw_logits(image)
        network.row_strips = strips
        parts = network.raw_logits(image)

    assert (parts - whole).abs().max() <= 1e-5 * whole.abs().max()


def test_strips_that_reach_too_little_would_be_seen():
    """The check above can fail: with no overlap the cut edges show."""
    layer, image = nn.Conv2d(1, 1, 3, padding=1), torch.rand(1, 1, 64, 8)
    with torch.inference_mode():
        whole = layer(image)
        good = in_row_strips(layer, image, strips=4, reach=1, reduction=1)
        bad = in_row_strips(layer, image, strips=4, reach=0, reduction=1)

    assert torch.allclose(good, whole, atol=1e-6)
    assert not torch.allclose(bad, whole, atol=1e-3)
