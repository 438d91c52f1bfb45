"""What the published sizes are planned to take of a small GPU with the preset that spares memory."""

from __future__ import annotations

import pytest
import torch
from fakes import fake_card

from uhr_landcover.engine.job import Preset
from uhr_landcover.engine.needs import device_need
from uhr_landcover.engine.network_form import trace_classify
from uhr_landcover.engine.presets import TRADES
from uhr_landcover.models.registry import build_network

LIMITS_MB = {"glnet": 900, "ppn": 600, "isdnet": 700}


@pytest.mark.parametrize("method", LIMITS_MB)
def test_published_size_fits_a_card_of_2_gb_with_preset_memory(method):
    trade = TRADES[Preset.MEMORY]
    with torch.device("meta"):
        network = build_network(method, {}, num_classes=7).eval()

    need = trace_classify(
        network,
        fake_card(tile_px=2448),
        (2448, 2448),
        precision="float16",
        batch=trade.max_batch,
        patch_batch=trade.patch_batch,
        row_strips=trade.row_strips,
        quickened=False,
    )

    assert need.weight_bytes < device_need(need) <= LIMITS_MB[method] * 10**6
