"""Cards of strangers: what breaks a report, a table or a page is refused when the card is read, or made harmless."""

from __future__ import annotations

import json

import pytest
from fakes import fake_card
from fault_support import segment_with

from uhr_landcover.models.card import ModelCard
from uhr_landcover.models.errors import CheckpointDamaged

GOOD = json.loads(fake_card().to_json())


def card_of(**changes) -> ModelCard:
    return ModelCard.from_json(json.dumps({**GOOD, **changes}))


WRONG = {
    "mean NaN": {"normalization": {"mean": [float("nan")] * 3, "std": [1.0] * 3}},
    "std infinite": {"normalization": {"mean": [0.0] * 3, "std": [float("inf")] * 3}},
    "std zero": {"normalization": {"mean": [0.0] * 3, "std": [0.0] * 3}},
    "mean as text": {"normalization": {"mean": "123", "std": "123"}},
    "resolution NaN": {"ground_resolution_m": float("nan")},
    "resolution true": {"ground_resolution_m": True},
    "tile infinite": {"tile_px": float("inf")},
    "tile with a fraction": {"tile_px": 512.5},
    "tile as text": {"tile_px": "512"},
    "tile of a thousand digits": {"tile_px": 10**1000},
    "title number": {"title": 5},
    "title empty": {"title": " \n"},
    "title endless": {"title": "x" * 201},
    "name null": {"name": None},
    "bands as text": {"bands": "rgb"},
    "data as text": {"data": "trained on everything"},
    "limits of numbers": {"limits": [1, 2]},
    "config list": {"config": []},
    "metrics null": {"metrics": None},
    "legend list": {"legend": []},
    "legend id infinite": {
        "legend": {**GOOD["legend"], "classes": [{"id": float("inf"), "name": "a", "color": [1, 2, 3]}]}
    },
    "legend with a gap": {"legend": {**GOOD["legend"], "classes": GOOD["legend"]["classes"][::2]}},
    "another format": {"format": "uhr-landcover-card/9"},
}


@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG)
def test_card_with_a_value_that_does_harm_is_refused_by_a_sentence(change):
    with pytest.raises(CheckpointDamaged, match="model card cannot be read: "):
        card_of(**change)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "[" * 100_000, '{"format": "uhr-landcover-card/1"}'])
def test_text_that_is_no_card_is_refused_by_a_sentence(text):
    with pytest.raises(CheckpointDamaged, match="model card cannot be read: "):
        ModelCard.from_json(text)


def test_free_parts_of_a_card_too_deep_or_too_large_are_refused():
    deep: dict = {}
    for _ in range(30):
        deep = {"x": deep}

    with pytest.raises(CheckpointDamaged, match="levels deep"):
        card_of(recipe=deep)
    with pytest.raises(CheckpointDamaged, match="values at most"):
        card_of(metrics={"x": [0] * 60_000})


def test_figures_that_are_not_finite_become_unknown():
    text = json.dumps({**GOOD, "metrics": {"a, test": {"mean_iou": float("nan"), "accuracy": float("inf")}}})

    card = ModelCard.from_json(text)

    assert card.metrics == {"a, test": {"mean_iou": None, "accuracy": None}}
    assert "NaN" not in card.to_json()


def test_texts_of_a_card_lose_control_characters_and_half_characters():
    card = card_of(title="A\x00B\x1b[31m\nC", notice="half \ud800", limits=["\x07bell"])

    assert (card.title, card.notice, card.limits) == ("A B [31m C", "half ?", (" bell",))


def test_run_with_the_strangest_card_ends_with_a_report(make_raster, tmp_path):
    import numpy as np

    strange = "<script>alert(1)</script> & \"'\u2028"
    card = {
        "title": strange, "notice": strange, "licence": strange, "limits": (strange,), "data": (strange,),
        "metrics": {
            "a, test": {"classes": ["x", 5, {"class_name": ["y"], "pixels": 1, "iou": "high"}], "mean_iou": 1e308,
                        "accuracy": 1e308},
            "b, test": {"classes": {"no": "list"}},
            f"{strange}, test": 5,
        },
    }  # fmt: skip
    raster = make_raster(np.full((3, 40, 50), 90, np.uint8))

    result = segment_with(card, raster, tmp_path / "out", output={"report": True})

    page = (tmp_path / "out" / "scene_landcover_report.html").read_text(encoding="utf-8")
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert result.model_notice == strange
