"""The golden check on cases of other sizes than ours: made from our own networks, then spoilt."""

import hashlib
import json
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
sys.path.insert(0, str(GOLDEN))

import glnet_case  # noqa: E402
import isdnet_case  # noqa: E402
from fill import golden_image, golden_labels  # noqa: E402

GLNET = {
    "h": 150, "w": 131, "size_g": 96, "size_p": 72, "image_seed": 3, "weight_seed_model": 4,
    "weight_seed_global_fixed": 5, "n_class": 5, "sub_batch": 4, "stride": 5, "patches_kept": [1, 7],
}  # fmt: skip
ISDNET = {"h": 88, "w": 120, "image_seed": 6, "weight_seed": 7, "gain": 3.0, "stride_raw": 2, "stride_full": 3}


def write_case(path, facts, arrays):
    path.with_suffix(".json").write_text(json.dumps(facts))
    np.savez(path.with_suffix(".npz"), **arrays)
    return path.with_suffix(".json")


def failing(rows):
    return {name for name, *_, ok in rows if not ok}


def numpy_of(tensors):
    return {name: t.numpy() for name, t in tensors.items()}


@torch.inference_mode()
def test_isdnet_case_of_another_size_is_understood_and_a_wrong_one_fails(tmp_path):
    network = isdnet_case.golden_network(ISDNET)
    pixels = golden_image(88, 120, 6)
    image = isdnet_case.normalize(torch.from_numpy(pixels).permute(2, 0, 1)[None], isdnet_case.IMAGENET)
    raw, logits = network.raw_logits(image)[0], network(image)[0]
    classes = logits.argmax(0).numpy().astype(np.uint8)
    facts = {
        **ISDNET,
        "image_sha256": hashlib.sha256(pixels.tobytes()).hexdigest(),
        "argmax_hist": np.bincount(classes.ravel(), minlength=7).tolist(),
        "argmax_sha256": hashlib.sha256(classes.tobytes()).hexdigest(),
    }
    arrays = {
        "raw_logits": raw[:, 1::2, 1::2].numpy(),
        "logits_strided": logits[:, 1::3, 1::3].numpy(),
        "argmax_strided": classes[::3, ::3],
    }

    good = isdnet_case.check_isdnet(write_case(tmp_path / "isdnet_other", facts, arrays))
    spoilt = {**arrays, "logits_strided": arrays["logits_strided"] + 0.002, "more": np.zeros(3)}
    spoilt["argmax_strided"] = (arrays["argmax_strided"] + 1) % 7
    wrong_facts = {**facts, "image_sha256": "0", "argmax_hist": facts["argmax_hist"][::-1], "colour": "blue"}
    bad = isdnet_case.check_isdnet(write_case(tmp_path / "isdnet_wrong", wrong_facts, spoilt))

    assert len(good) == 6
    assert failing(good) == set()
    assert failing(bad) == {
        "unknown entry colour", "unknown array more", "image_sha256", "argmax histogram", "logits_strided",
        "argmax_strided",
    }  # fmt: skip


@pytest.mark.slow
@torch.inference_mode()
def test_glnet_case_of_other_sizes_is_understood_and_a_wrong_one_fails(tmp_path, monkeypatch):
    made = {}
    build = glnet_case.golden_network

    def once(path, facts):
        made.setdefault(path, build(path, facts))
        network = made[path]
        for name in ("scores", "look_at_patches"):  # what the check puts in place of methods
            network.__dict__.pop(name, None)
        return network

    monkeypatch.setattr(glnet_case, "golden_network", once)
    pixels = golden_image(150, 131, 3)
    image = torch.from_numpy(pixels).permute(2, 0, 1)[None].float() / 255
    g, g2l, both = (once(p, GLNET) for p in ("global", "global_to_local", "global_and_local"))
    two, three = g2l.scores(image)[0], both.scores(image)[0]
    arrays = numpy_of({
        "m1_global_logits": g.view_logits(image)[0],
        "m1_pred_global": g.scores(image)[0].argmax(0)[::5, ::5].byte(),
        "m2_ensemble_scores_strided": two[:, 2::5, 2::5],
        "m3_ensemble_scores_strided": three[:, 2::5, 2::5],
        "m3_ensemble_pred_strided": three.argmax(0)[::5, ::5].byte(),
    })  # fmt: skip
    starts = [[r / 150, c / 131] for r in (0, 20, 39, 58, 78) for c in (0, 20, 39, 59)]
    grid = both.grid_of(image)
    facts = {
        **GLNET,
        "n_patches": len(grid.corners),
        "coords": [[r / 150, c / 131] for r, c in grid.corners],
        "ratio": [72 / 150, 72 / 131],
        "label_sha256": hashlib.sha256(golden_labels(150, 131, 1003, 5).tobytes()).hexdigest(),
        "stats": {"m3": {"ensemble_argmax_hist": np.bincount(three.argmax(0).ravel(), minlength=5).tolist()}},
    }
    assert facts["coords"] == starts

    good = glnet_case.check_glnet(write_case(tmp_path / "glnet_other", facts, arrays))
    spoilt = {**arrays, "m3_ensemble_scores_strided": arrays["m2_ensemble_scores_strided"], "m4": np.zeros(1)}
    spoilt["m2_ensemble_scores_strided"] = arrays["m2_ensemble_scores_strided"][:, :-1]
    bad = glnet_case.check_glnet(
        write_case(tmp_path / "glnet_wrong", {**facts, "n_patches": 9, "ratio": [0.5, 0.5]}, spoilt)
    )

    assert len(good) == 12
    assert failing(good) == set()
    assert failing(bad) == {
        "n_patches", "ratio", "m2_ensemble_scores_strided", "m3_ensemble_scores_strided", "unknown array m4",
    }  # fmt: skip
