"""The recipes of the papers and of the authors' code run to their end, on tiny data and with narrow widths."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from uhr_landcover.models.checkpoint import load_checkpoint
from uhr_landcover.models.training import loop as training
from uhr_landcover.models.training.config import read_training_config
from uhr_landcover.models.training.loop import train
from uhr_landcover.models.training.splits import load_split

RECIPES = Path(training.__file__).resolve().parents[2] / "recipes"
CHAINS = [
    ["glnet-deepglobe-paper-1-global", "glnet-deepglobe-paper-2-g2l", "glnet-deepglobe-paper-3-both"],
    ["glnet-deepglobe-code-1-global", "glnet-deepglobe-code-2-g2l", "glnet-deepglobe-code-3-both"],
    ["ppn-deepglobe-paper"],
    ["isdnet-deepglobe-paper"],
    ["isdnet-deepglobe-code"],
]
"""Recipes in the order of their stages."""

WIDTHS = {
    "glnet": {
        "global_px": 64, "patch_px": 64, "depth": 18, "backbone_widths": (4, 4, 8, 8), "pyramid_width": 8,
        "detail_width": 4, "sub_batch": 4,
    },
    "ppn": {
        "global_px": 64, "global_depth": 18, "global_widths": (4, 4, 8, 8), "refine_widths": (4, 4, 8, 8),
        "proposal_widths": (4, 4, 8), "pyramid_width": 8, "detail_width": 4, "aggregation_width": 8,
    },
    "isdnet": {"deep_widths": (8, 8, 8, 8), "shallow_widths": (8, 8, 8, 8), "channels": 16, "head_channels": 8},
}  # fmt: skip
COLORS = np.array([(0, 0, 0), (0, 255, 255), (255, 255, 0), (255, 0, 255), (0, 255, 0), (0, 0, 255), (255, 255, 255)])
"""DeepGlobe's mask colours by class."""


@pytest.fixture
def deepglobe(tmp_path):
    """One scene of each part of the split, as DeepGlobe is downloaded."""
    rng = np.random.default_rng(0)
    folder = tmp_path / "land-train"
    folder.mkdir()
    for names in load_split("deepglobe").values():
        ids = rng.integers(0, 7, (4, 4)).repeat(24, 0).repeat(24, 1)
        image = np.clip(40 * ids[..., None] + rng.normal(0, 8, (96, 96, 3)), 0, 255).astype(np.uint8)
        Image.fromarray(image).save(folder / f"{names[0]}_sat.jpg")
        Image.fromarray(COLORS[ids].astype(np.uint8)).save(folder / f"{names[0]}_mask.png")
    return folder


def tiny(name, data, start):
    config = read_training_config(RECIPES / f"{name}.toml", data)
    steps = 4 if config.phases == "paper" else 2
    return replace(
        config, network={**config.network, **WIDTHS[config.method]}, steps=steps, validate_every=steps, crop_px=96,
        accumulate=min(config.accumulate, 2), epoch_steps=1, warm_up_epochs=1, tile_px=96, halo_px=8, start_from=start,
    )  # fmt: skip


def test_every_recipe_of_a_paper_or_its_code_is_in_a_chain():
    assert {p.stem for p in RECIPES.glob("*-deepglobe-*.toml")} == {name for chain in CHAINS for name in chain}


@pytest.mark.parametrize("chain", CHAINS, ids=lambda c: c[-1])
def test_recipe_trains_to_its_end(chain, deepglobe, tmp_path):
    start = ""
    for name in chain:
        original = read_training_config(RECIPES / f"{name}.toml", deepglobe)
        config = tiny(name, deepglobe, start)
        path = train(config, base=tmp_path, out=tmp_path / name).checkpoint
        start = str(path)

        card = load_checkpoint(path).card
        assert bool(original.start_from) == bool(config.start_from)
        assert Path(original.start_from).stem == Path(config.start_from).stem
        assert card.recipe["trained_steps"] == config.steps
        assert set(card.metrics) == {"land-train, validate", "land-train, test"}
        assert all(m["accuracy"] is not None for m in card.metrics.values())


@pytest.mark.parametrize(
    ("recipe", "setting", "value"),
    [
        ("glnet-deepglobe-paper-1-global", "lr", 1e-4),
        ("glnet-deepglobe-code-1-global", "lr", 5e-5),
        ("isdnet-deepglobe-paper", "lr", 1e-3),
        ("isdnet-deepglobe-code", "lr", 1e-2),
    ],
)
def test_paper_and_code_differ_where_they_do(recipe, setting, value):
    assert getattr(read_training_config(RECIPES / f"{recipe}.toml"), setting) == value


def test_glnets_focal_exponent_is_the_papers_or_the_codes():
    def exponent(name):
        return read_training_config(RECIPES / f"{name}.toml").network.get("focal_gamma", 3.0)

    assert {exponent(name) for name in CHAINS[0]} == {6.0}
    assert {exponent(name) for name in CHAINS[1]} == {3.0}
