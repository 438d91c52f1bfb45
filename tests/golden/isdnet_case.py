"""Compares our ISDNet with a golden case of the public implementation."""

import json

import numpy as np
import torch
from fill import fill_state_dict, golden_image

from uhr_landcover.models.isdnet import ISDNet
from uhr_landcover.models.preprocess import IMAGENET, normalize

SCORE_TOLERANCE = 1e-3
CLASS_TOLERANCE = 1e-3


def check_isdnet(case):
    """Return (name, error, tolerance, ok) for every output of the case at ``case`` (its .json path)."""
    facts = json.loads(case.read_text(encoding="utf-8"))
    expected = np.load(case.with_suffix(".npz"))
    network = ISDNet().eval()
    shapes = {key: value.shape for key, value in network.state_dict().items()}
    network.load_state_dict(fill_state_dict(shapes, facts["gain"], facts["weight_seed"]))
    image = torch.from_numpy(golden_image(facts["h"], facts["w"], facts["image_seed"])).permute(2, 0, 1)[None]
    with torch.inference_mode():
        image = normalize(image, IMAGENET)
        raw, logits = network.raw_logits(image)[0], network(image)[0]

    r, s = facts["stride_raw"], facts["stride_full"]
    rows = [
        _row("raw_logits", raw[:, r // 2 :: r, r // 2 :: r], expected["raw_logits"]),
        _row("logits_strided", logits[:, s // 2 :: s, s // 2 :: s], expected["logits_strided"]),
    ]
    classes = logits.argmax(0)[::s, ::s].numpy()
    wrong = float((classes != expected["argmax_strided"]).mean())
    return [*rows, ("argmax_strided", wrong, CLASS_TOLERANCE, wrong <= CLASS_TOLERANCE)]


def _row(name, ours, theirs):
    error = float(np.abs(ours.numpy() - theirs).max())
    return (name, error, SCORE_TOLERANCE, error <= SCORE_TOLERANCE)
