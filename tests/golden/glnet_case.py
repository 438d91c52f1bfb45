"""Compares our GLNet, all three paths, with a golden case of the public implementation."""

import hashlib
import json

import torch
from checks import Checks
from fill import fill_state_dict, golden_image, golden_labels

from uhr_landcover.models.glnet.config import GLNetConfig
from uhr_landcover.models.glnet.network import build_glnet
from uhr_landcover.models.layers.patching import add_patch_scores, crop_for_patches, empty_scores
from uhr_landcover.models.preprocess import UNIT, normalize

SCORE_TOLERANCE = 2e-4
GAIN = 1.5
ENTRIES = {
    "h", "w", "size_g", "size_p", "image_seed", "weight_seed_model", "weight_seed_global_fixed", "gain", "n_class",
    "sub_batch", "stride", "stats", "scores", "patches_kept", "n_patches", "coords", "ratio", "image_sha256",
    "label_sha256",
}  # fmt: skip
MAP_NAMES = [f"c{k}" for k in (5, 4, 3, 2)] + [f"ps{step}_{i}" for step in range(3) for i in range(4)]


def check_glnet(case, tolerance=SCORE_TOLERANCE, fold=None):
    """Return (name, error, tolerance, ok) for every output of the case at ``case`` (its .json path).

    ``fold`` turns a network into an equivalent one with a ``scores`` method; only aggregated scores are compared then.
    """
    facts = json.loads(case.read_text(encoding="utf-8"))
    pixels = golden_image(facts["h"], facts["w"], facts["image_seed"])
    image = normalize(torch.from_numpy(pixels).permute(2, 0, 1)[None], UNIT)
    labels = golden_labels(facts["h"], facts["w"], facts["image_seed"] + 1000, facts["n_class"])
    checks = Checks(case, facts, ENTRIES, tolerance, labels)
    for name, values in (("image_sha256", pixels), ("label_sha256", labels)):
        if name in facts:
            checks.equal(name, hashlib.sha256(values.tobytes()).hexdigest() == facts[name])
    with torch.inference_mode():
        if fold is not None:
            for prefix, path in (("m2", "global_to_local"), ("m3", "global_and_local")):
                checks.scores(prefix, "ensemble", fold(golden_network(path, facts)).scores(image)[0])
            return checks.rows
        _check_global(golden_network("global", facts), image, checks)
        _check_global_to_local(golden_network("global_to_local", facts), image, checks)
        _check_global_and_local(golden_network("global_and_local", facts), image, checks)
    return checks.finished()


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
    shared, ps3 = network.fpn_global(network.resnet_global(network.global_view(image)))
    _check_view("m1", network, image, shared, ps3, checks)
    checks.classes("m1_pred_global", network.scores(image)[0], label="m1 scores()")


def _check_global_to_local(network, image, checks):
    grid = network.grid_of(image)
    checks.grid(grid)
    shared, ps3 = network.view_maps(image)
    _check_view("m2", network, image, shared, ps3, checks)
    local = _check_local("m2", network, image, grid, shared, ps3, checks)
    logits = network.patch_logits(local, ps3, grid, range(len(grid)))
    checks.patches("m2", "ensemble", logits)
    _check_scores(network, image, "m2", checks)


def _check_global_and_local(network, image, checks):
    grid = network.grid_of(image)
    context = network.fixed_fpn_global.share(network.fixed_resnet_global(network.global_view(image)))
    _check_local("m3", network, image, grid, context, None, checks)
    merged, halves = network.look_at_patches(image, grid, range(len(grid)))
    names = [name.replace("_", "_ext_") if "_" in name else f"{name}_ext" for name in MAP_NAMES]
    checks.maps("m3", "ext", zip(names, merged.flat(), strict=True))
    shared, ps3 = network.view_maps(image, merged)
    _check_view("m3", network, image, shared, ps3, checks)
    checks.patches("m3", "ensemble", network.patch_logits(halves, ps3, grid, range(len(grid))))
    network.look_at_patches = lambda *args: (merged, halves)  # the same patches again: spare the time
    _check_scores(network, image, "m3", checks)


def _check_view(mode, network, image, shared, ps3, checks):
    logits = network.fpn_global.classify(ps3)
    checks.maps(mode, "global_", [*zip(MAP_NAMES, shared.flat(), strict=True), ("ps3", ps3), ("out", logits)])
    checks.close(f"{mode}_global_logits", logits[0])
    checks.statistics(mode, "global_logits", logits)
    whole = torch.nn.functional.interpolate(logits, size=image.shape[-2:], mode="nearest")[0]
    checks.classes(f"{mode}_pred_global", whole)
    checks.accuracy(mode, "global", whole)


def _check_scores(network, image, mode, checks):
    scores = network.scores(image)
    checks.scores(mode, "ensemble", scores[0])
    network.scores = lambda image: scores.clone()
    checks.classes(f"{mode}_ensemble_pred_strided", network(image)[0], label=f"{mode} forward()")


def _check_local(mode, network, image, grid, context, ps3, checks):
    """Check the local branch and return its ps3 of every patch."""
    every, features, distances = [], [], []
    for indices in network._sub_batches(range(len(grid))):
        shared, local = network.local_maps(image, grid, indices, context)
        logits = network.fpn_local.classify(local)
        if not every:
            maps = [*zip(MAP_NAMES, shared.flat(), strict=True), ("ps3", local), ("out", logits)]
            checks.maps(mode, "local_first_subbatch", maps)
        if ps3 is not None:
            crop = crop_for_patches(ps3, grid, indices, tuple(local.shape[-2:]))
            distances.append(float(torch.nn.functional.mse_loss(local, crop)))
        every.append(logits)
        features.append(local)
    checks.numbers(f"{mode} fmreg_mse", distances, checks.facts.get("stats", {}).get(mode, {}).get("fmreg_mse"))
    logits, scores = torch.cat(every), empty_scores(image, network.num_classes)
    add_patch_scores(scores, grid, range(len(grid)), logits)
    checks.patches(mode, "local", logits)
    checks.scores(mode, "local", scores[0])
    return torch.cat(features)
