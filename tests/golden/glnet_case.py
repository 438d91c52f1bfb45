"""Compares our GLNet, all three paths, with a golden case of the public implementation."""

import hashlib
import json

import numpy as np
import torch
from fill import fill_state_dict, golden_image

from uhr_landcover.models.glnet import build_glnet
from uhr_landcover.models.glnet_base import GLNetConfig
from uhr_landcover.models.patching import add_patch_scores, empty_scores
from uhr_landcover.models.preprocess import UNIT, normalize

SCORE_TOLERANCE = 2e-4
CLASS_TOLERANCE = 1e-3
GAIN = 1.5


def check_glnet(case, tolerance=SCORE_TOLERANCE, fold=None):
    """Return (name, error, tolerance, ok) for every output of the case at ``case`` (its .json path).

    ``fold`` turns a network into an equivalent one with a ``scores`` method; only aggregated scores are compared then.
    """
    facts = json.loads(case.read_text(encoding="utf-8"))
    expected = np.load(case.with_suffix(".npz"))
    pixels = golden_image(facts["h"], facts["w"], facts["image_seed"])
    image = normalize(torch.from_numpy(pixels).permute(2, 0, 1)[None], UNIT)
    checks = _Checks(facts, expected, tolerance)
    if "image_sha256" in facts:
        checks.equal("image_sha256", hashlib.sha256(pixels.tobytes()).hexdigest() == facts["image_sha256"])
    with torch.inference_mode():
        if fold is not None:
            for prefix, path in (("m2", "global_to_local"), ("m3", "global_and_local")):
                checks.scores(f"{prefix}_ensemble", fold(golden_network(path, facts)).scores(image)[0])
            return checks.rows
        _check_global(golden_network("global", facts), image, checks)
        _check_global_to_local(golden_network("global_to_local", facts), image, checks)
        _check_global_and_local(golden_network("global_and_local", facts), image, checks)
    return checks.rows


def golden_network(path, facts):
    """Return a network of the published widths with the weights of the case."""
    config = GLNetConfig(path=path, global_px=facts["size_g"], patch_px=facts["size_p"], sub_batch=facts["sub_batch"])
    network = build_glnet(num_classes=facts["n_class"], config=config).eval()
    shapes = {key: value.shape for key, value in network.state_dict().items()}
    fixed = {key.removeprefix("fixed_"): shape for key, shape in shapes.items() if key.startswith("fixed_")}
    own = {key: shape for key, shape in shapes.items() if not key.startswith("fixed_")}
    state = fill_state_dict(own, facts.get("gain", GAIN), facts["weight_seed_model"])
    fixed = fill_state_dict(fixed, facts.get("gain", GAIN), facts["weight_seed_global_fixed"])
    network.load_state_dict(state | {f"fixed_{key}": value for key, value in fixed.items()})
    return network


def _check_global(network, image, checks):
    checks.close("m1_global_logits", network.view_logits(image)[0])
    checks.classes("m1_pred_global", network.scores(image)[0])


def _check_global_to_local(network, image, checks):
    grid = network.grid_of(image)
    checks.grid(grid)
    shared, ps3 = network.view_maps(image)
    checks.maps("m2", "global_", shared.flat())
    logits = network.fpn_global.classify(ps3)
    checks.close("m2_global_logits", logits[0])
    checks.classes("m2_pred_global", _repeat(logits, image)[0])
    _check_local(network, image, grid, shared, "m2", checks)
    for q in checks.facts["patches_kept"]:
        _, local = network.local_maps(image, grid, [q], shared)
        checks.close(f"m2_ensemble_patch{q}", network.patch_logits(local, ps3, grid, [q])[0])
    _check_scores(network, image, "m2", checks)


def _check_global_and_local(network, image, checks):
    grid = network.grid_of(image)
    context = network.fixed_fpn_global.share(network.fixed_resnet_global(network.global_view(image)))
    _check_local(network, image, grid, context, "m3", checks)
    merged, halves = network.look_at_patches(image, grid, range(len(grid)))
    checks.maps("m3", "ext", merged.flat())
    _, ps3 = network.view_maps(image, merged)
    logits = network.fpn_global.classify(ps3)
    checks.close("m3_global_logits", logits[0])
    checks.classes("m3_pred_global", _repeat(logits, image)[0])
    for q in checks.facts["patches_kept"]:
        checks.close(f"m3_ensemble_patch{q}", network.patch_logits(halves, ps3, grid, [q])[0])
    network.look_at_patches = lambda *args: (merged, halves)  # the same patches again: spare the time
    _check_scores(network, image, "m3", checks)


def _check_scores(network, image, prefix, checks):
    scores = network.scores(image)
    checks.scores(f"{prefix}_ensemble", scores[0])
    network.scores = lambda image: scores
    checks.classes(f"{prefix}_ensemble_pred_strided", network(image)[0], label=f"{prefix} forward()")


def _check_local(network, image, grid, context, prefix, checks):
    scores = empty_scores(image, network.num_classes)
    for index in range(len(grid)):
        _, local = network.local_maps(image, grid, [index], context)
        logits = network.fpn_local.classify(local)
        add_patch_scores(scores, grid, [index], logits)
        if index in checks.facts["patches_kept"]:
            checks.close(f"{prefix}_local_patch{index}", logits[0])
    checks.scores(f"{prefix}_local", scores[0])


def _repeat(logits, image):
    return torch.nn.functional.interpolate(logits, size=image.shape[-2:], mode="nearest")


class _Checks:
    """Rows of the comparison; a value that the case does not hold is not compared."""

    def __init__(self, facts, expected, tolerance):
        self.facts, self.expected, self.tolerance, self.rows = facts, expected, tolerance, []

    def close(self, name, ours, label=None):
        if name in self.expected:
            error = float(np.abs(ours.numpy() - self.expected[name]).max())
            self.rows.append((label or name, error, self.tolerance, error <= self.tolerance))

    def classes(self, name, scores, label=None):
        if name in self.expected:
            s = self.facts["stride"]
            wrong = float((scores.argmax(0)[::s, ::s].numpy() != self.expected[name]).mean())
            self.rows.append((label or name, wrong, CLASS_TOLERANCE, wrong <= CLASS_TOLERANCE))

    def scores(self, name, scores):
        s = self.facts["stride"]
        self.close(f"{name}_scores_strided", scores[:, s // 2 :: s, s // 2 :: s])
        self.classes(f"{name}_pred_strided", scores)

    def equal(self, name, same):
        self.rows.append((name, 0.0 if same else 1.0, 0.0, same))

    def grid(self, grid):
        if "coords" not in self.facts:
            return
        corners = [[top / grid.height, left / grid.width] for top, left in grid.corners]
        self.equal("coords", np.allclose(corners, self.facts["coords"], atol=1e-12))

    def maps(self, prefix, group, maps):
        """Compare mean absolute values of 16 maps with the recorded sums, to find where a difference begins."""
        recorded = self.facts.get("stats", {}).get(prefix, {}).get(group)
        if not recorded:
            return
        ending = "_ext" if group == "ext" else ""
        names = [f"c{k}{ending}" for k in (5, 4, 3, 2)]
        names += [f"ps{step}{ending}_{i}" for step in range(3) for i in range(4)]
        for name, ours in zip(names, maps, strict=True):
            error = abs(float(ours.double().abs().sum()) / recorded[name]["absum"] - 1)
            self.rows.append((f"{prefix} {name}", error, 1e-5, error <= 1e-5))
