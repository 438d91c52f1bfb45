"""Compares our ISDNet with a golden case of the public implementation."""

import hashlib
import json

import torch
from checks import Checks
from fill import fill_state_dict, golden_image

from uhr_landcover.models.isdnet.network import ISDNet
from uhr_landcover.models.layers.laplacian import laplacian_residuals
from uhr_landcover.models.preprocess import IMAGENET, normalize

SCORE_TOLERANCE = 1e-3
ENTRIES = {
    "h", "w", "image_seed", "weight_seed", "gain", "n_class", "stride_raw", "stride_full", "raw", "logits", "stats",
    "argmax_hist", "argmax_sha256", "image_sha256",
}  # fmt: skip


def check_isdnet(case):
    """Return (name, error, tolerance, ok) for every output of the case at ``case`` (its .json path)."""
    facts = json.loads(case.read_text(encoding="utf-8"))
    checks = Checks(case, facts, ENTRIES, SCORE_TOLERANCE)
    pixels = golden_image(facts["h"], facts["w"], facts["image_seed"])
    if "image_sha256" in facts:
        checks.equal("image_sha256", hashlib.sha256(pixels.tobytes()).hexdigest() == facts["image_sha256"])
    network = golden_network(facts)
    with torch.inference_mode():
        image = normalize(torch.from_numpy(pixels).permute(2, 0, 1)[None], IMAGENET)
        raw, logits = network.raw_logits(image), network(image)
        for name, values in _intermediate(network, image).items():
            checks.absolute_sum(name, values, facts.get("stats", {}).get(name))
    checks.absolute_sum("raw", raw, facts.get("raw"))
    checks.absolute_sum("logits", logits, facts.get("logits"))
    r, s = facts["stride_raw"], facts["stride_full"]
    error = checks.close("raw_logits", raw[0][:, r // 2 :: r, r // 2 :: r])
    checks.close("logits_strided", logits[0][:, s // 2 :: s, s // 2 :: s])
    checks.classes("argmax_strided", logits[0], stride=s)
    checks.histogram("argmax", logits[0], facts, "", error)
    return checks.finished()


def golden_network(facts):
    """Return a network of the published widths with the weights of the case."""
    network = ISDNet(num_classes=facts.get("n_class", 7)).eval()
    shapes = {key: value.shape for key, value in network.state_dict().items()}
    network.load_state_dict(fill_state_dict(shapes, facts["gain"], facts["weight_seed"]))
    return network


def _intermediate(network, image):
    """Return the maps on the way by the names of the recorded statistics."""
    seen, head = {}, network.refine_head
    hooks = [
        network.backbone.register_forward_pre_hook(lambda _, args: seen.update(deep_input=args[0].clone())),
        *(_sum_hook(getattr(head, name), name, seen) for name in ("fuse8", "fuse16")),
    ]
    maps = network._deep_maps(image)
    deep = network.decode_head(maps)
    residuals = laplacian_residuals(image)
    shallow8, shallow16 = head.stdc_net(residuals)
    out16, context16 = head.fuse16(shallow16, deep)
    out8, context8 = head.fuse8(shallow8, out16)
    for hook in hooks:
        hook.remove()
    named = {f"deep_c{i}": m for i, m in enumerate(maps, start=2)}
    return named | {
        "aspp_feat": deep, "aux_global_logits": network.decode_head.classify(deep), "high_residual_input": residuals,
        "shallow8": shallow8, "shallow16": shallow16, "deep_input": seen["deep_input"],
        "fuse16_s": seen["fuse16"] - context16, "fuse16_c": context16, "fuse16_out": out16,
        "fuse8_s": seen["fuse8"] - context8, "fuse8_c": context8, "fuse8_out": out8,
    }  # fmt: skip


def _sum_hook(fusion, name, seen):
    """Note what a fusion smooths: the sum of its spatial and its context features."""
    return fusion.smooth.register_forward_pre_hook(lambda _, args: seen.update({name: args[0].clone()}))
