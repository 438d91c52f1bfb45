"""A starter as it ships: the weights of a trained checkpoint rounded to 8 significant bits, for a small zip.

    python tools/ship_starter.py runs/NAME/NAME.safetensors resources/checkpoints/NAME.safetensors

The three lowest bits of 16 are zero then, which the zip does not store. Biases and batch statistics keep their bits.
"""

import argparse
from pathlib import Path

import torch

from uhr_landcover.models.checkpoint import load_checkpoint, save_checkpoint

ZEROED_BITS = 3


def main():
    """Write a rounded checkpoint with the card of the trained one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    checkpoint = load_checkpoint(args.checkpoint)
    with torch.no_grad():
        for parameter in checkpoint.network.parameters():
            if parameter.ndim > 1:
                parameter.copy_(rounded(parameter))
    save_checkpoint(args.out, checkpoint.network, checkpoint.card)
    print(f"{args.out}: {checkpoint.card.title}, {args.out.stat().st_size / 1e6:.1f} MB")


def rounded(values):
    """Return float32 values at the nearest 16-bit number whose lowest bits are zero."""
    step = 1 << ZEROED_BITS
    bits = values.to(torch.float16).view(torch.int16).to(torch.int32)  # sign and magnitude: rounding the magnitude
    return ((bits + step // 2) // step * step).to(torch.int16).view(torch.float16).to(torch.float32)


if __name__ == "__main__":
    main()
