"""What a plan loads."""

import pytest
import torch
from torch import nn

from uhr_landcover.engine.contract.job import Method, OutputSpec, SegmentationJob
from uhr_landcover.engine.plan.planning import checkpoint_of
from uhr_landcover.models.checkpoint import load_checkpoint, starter_path


@pytest.mark.parametrize("method", [Method.GLNET, Method.PPN, Method.ISDNET])
@torch.inference_mode()
def test_a_run_holds_one_copy_of_the_weights_and_says_the_same(method, tmp_path):
    job = SegmentationJob(raster="a.tif", method=method, output=OutputSpec(directory=str(tmp_path)))
    image = torch.rand(1, 3, 256, 256, generator=torch.Generator().manual_seed(0))
    published = load_checkpoint(starter_path(method.value)).network.for_inference()

    network = checkpoint_of(job).network

    assert not any(isinstance(m, nn.BatchNorm2d) for m in network.modules())
    assert torch.equal(network.for_inference()(image), published(image))
