"""1×1 convolutions that step over pixels, against torch's own and against gradients worked out in float64."""

import os
import subprocess
import sys

import pytest
import torch
from torch import nn

from uhr_landcover.models.layers.blocks import ConvBNReLU
from uhr_landcover.models.layers.pointwise import pointwise_conv

GRADIENTS = """
import torch
from uhr_landcover.models.layers.pointwise import pointwise_conv
torch.set_num_threads(1)
torch.manual_seed(0)
image = (torch.relu(torch.randn(2, 4, 16, 16)) + 0.5).to(memory_format=torch.channels_last)
worst = 0.0
for _ in range(100):
    conv = pointwise_conv(4, 32, 2)
    output = conv(image)
    wanted = torch.randn_like(output)
    output.backward(wanted)
    exact = torch.einsum("nohw,nchw->oc", wanted.double(), image[:, :, ::2, ::2].double())
    worst = max(worst, float((conv.weight.grad[:, :, 0, 0].double() - exact).abs().max() / exact.abs().max()))
print(worst)
"""


@pytest.mark.parametrize("size", [(16, 16), (17, 31), (1, 3)], ids=str)
@pytest.mark.parametrize("stride", [1, 2, 3])
def test_pointwise_conv_gives_what_a_strided_convolution_gives(size, stride):
    torch.manual_seed(0)
    x = torch.randn(2, 6, *size).to(memory_format=torch.channels_last)
    conv, plain = pointwise_conv(6, 9, stride, bias=True), nn.Conv2d(6, 9, 1, stride)
    plain.load_state_dict(conv.state_dict())

    torch.testing.assert_close(conv(x), plain(x), rtol=1e-6, atol=1e-6)


def test_pointwise_conv_of_few_channels_has_right_gradients_without_avx512():
    """The kernel that oneDNN takes on such processors is wrong for strided 1×1 convolutions (docs)."""
    environment = {**os.environ, "ONEDNN_MAX_CPU_ISA": "AVX2"}

    done = subprocess.run(
        [sys.executable, "-c", GRADIENTS], capture_output=True, text=True, env=environment, timeout=120
    )

    assert done.returncode == 0, done.stderr
    assert float(done.stdout) < 1e-5


def test_convolution_block_with_a_1x1_kernel_steps_without_a_strided_convolution():
    block = ConvBNReLU(8, 16, 1, stride=2)

    assert block.conv.stride == (1, 1)
    assert block(torch.randn(2, 8, 9, 12)).shape == (2, 16, 5, 6)
