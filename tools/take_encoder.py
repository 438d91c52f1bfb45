"""Encoder weights out of a checkpoint that tuned them: 16 bits, with a card of their own.

Run it when `recipes/NAME.toml` has been trained:

    python tools/take_encoder.py runs/NAME/NAME.safetensors resources/encoders/NAME.safetensors
"""

import argparse
from pathlib import Path

from uhr_landcover.models.checkpoint import load_checkpoint
from uhr_landcover.models.encoders.card import EncoderCard
from uhr_landcover.models.encoders.stored import save_encoder
from uhr_landcover.models.encoders.tuning import EncoderTuning

LEFT_OUT_OF_METRICS = ("confusion_matrix", "scenes")
"""The checkpoint's card holds them; a card in a file that ships stays short."""


def main():
    """Write the encoder of a tuning."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    checkpoint = load_checkpoint(args.checkpoint)
    if not isinstance(checkpoint.network, EncoderTuning):
        parser.error(
            f"{args.checkpoint.name} is a {checkpoint.card.method} network; expected the tuning of an encoder."
        )
    card = save_encoder(args.out, checkpoint.network.encoder, encoder_card(checkpoint.card))
    print(f"{args.out}: {card.title}, {args.out.stat().st_size / 1e6:.1f} MB")


def encoder_card(card):
    """Return the card of the encoder that a tuning's checkpoint holds."""
    return EncoderCard(
        name=card.name,
        title=card.title,
        architecture="",  # the file's writer fills it in
        normalization=card.normalization,
        licence=card.licence,
        source=f"tuned by this project's recipe {card.name}.toml from efficientnet-lite0",
        data=card.data,
        recipe=card.recipe,
        metrics={
            part: {k: v for k, v in figures.items() if k not in LEFT_OUT_OF_METRICS}
            for part, figures in card.metrics.items()
        },
    )


if __name__ == "__main__":
    main()
