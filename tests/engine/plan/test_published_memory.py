"""What networks are planned to take of a GPU, and what their tensors take."""

from __future__ import annotations

import pytest
import torch
from fakes import fake_card
from stand_in_gpu import stand_in_gpu

from uhr_landcover.engine.contract.job import Preset
from uhr_landcover.engine.plan.needs import device_need
from uhr_landcover.engine.plan.presets import PRESETS
from uhr_landcover.models.checkpoint import load_checkpoint, starter_path
from uhr_landcover.models.inference.form import MAP_SETTINGS, prepare_for_inference, trace_classify
from uhr_landcover.models.inference.prediction import predict
from uhr_landcover.models.registry import build_network

LIMITS_MB = {"glnet": 900, "ppn": 600, "isdnet": 700}


@pytest.mark.parametrize("method", LIMITS_MB)
def test_published_size_fits_a_card_of_2_gb_with_preset_memory(method):
    preset_settings = PRESETS[Preset.MEMORY]
    with torch.device("meta"):
        network = build_network(method, {}, num_classes=7).eval()

    need = trace_classify(
        network,
        fake_card(tile_px=2448),
        (2448, 2448),
        precision="float16",
        batch=preset_settings.max_batch,
        patch_batch=preset_settings.patch_batch,
        row_strips=preset_settings.row_strips,
        winograd=False,
    )

    assert need.weight_bytes < device_need(need) <= LIMITS_MB[method] * 10**6


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU")
@pytest.mark.parametrize("row_strips", [1, 8])
@pytest.mark.parametrize("method", LIMITS_MB)
def test_tensors_of_a_pass_are_those_that_were_planned(method, row_strips):
    checkpoint, preset_settings = load_checkpoint(starter_path(method)), PRESETS[Preset.MEMORY]
    settings = {"patch_batch": preset_settings.patch_batch, "row_strips": row_strips}
    side = checkpoint.card.tile_px
    planned = trace_classify(
        checkpoint.network, checkpoint.card, (side, side), precision="float16", batch=2, winograd=False, **settings
    )  # fmt: skip
    pixels, valid = torch.zeros(2, 3, side, side, dtype=torch.uint8), torch.ones(2, side, side, dtype=torch.bool)

    with stand_in_gpu() as memory:
        device = torch.device("cuda:0")
        network = prepare_for_inference(
            checkpoint.network, device, torch.float16, {**MAP_SETTINGS, **settings}, winograd=False
        )
        memory.peak = 0
        with torch.inference_mode(), torch.autocast("cuda", torch.float16):
            pixels, valid = pixels.to(device), valid.to(device)
            predict(network, pixels, valid, checkpoint.card.normalization, confidence=True)

    assert 0.97 * memory.peak <= planned.live_bytes + planned.weight_bytes <= 1.03 * memory.peak
