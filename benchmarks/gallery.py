"""Pictures for a gallery: images of places that trained nothing, a starter's map, and what was drawn by hand.

    python benchmarks/gallery.py --data DATA --checkpoint resources/checkpoints/isdnet-starter.safetensors

The images were listed here before any map was looked at; all may be shown. Grey in the drawing is what the labeller
could not tell, or did not draw. The figure printed beside a name is the share of drawn pixels that the map has right.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from PIL import Image
from starters import LEGEND, checkpoint_classifier

from uhr_landcover.models.legend import IGNORE_INDEX
from uhr_landcover.models.training.chips import read_pair

OUT = Path(__file__).resolve().parents[1] / "docs" / "images" / "gallery"
OPEN2 = (
    "noaa_C26047181", "naip_midwest_03", "naip_midwest_05", "naip_midwest_10", "naip_midwest_16", "nrcan_nb_1",
    "nrcan_tiled_1", "YELL_2019",
)  # fmt: skip
DUBAI = ("tile2_005", "tile2_008")
SIDE_PX, GAP_PX, QUALITY = 320, 8, 88
NOT_DRAWN, PAPER = (128, 128, 128), (255, 255, 255)


def main() -> None:
    """Write one picture an image."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--checkpoint", type=Path, required=True)
    args = parser.parse_args()
    OUT.mkdir(parents=True, exist_ok=True)
    classify = checkpoint_classifier(args.checkpoint)
    for path, mask in _pairs(args.data):
        image, labels = read_pair(path, mask, LEGEND)
        found = classify(image)
        drawn = (labels != LEGEND.unknown_id) & (labels != IGNORE_INDEX)
        _strip(image, found, labels, drawn).save(OUT / f"{path.stem}.jpg", quality=QUALITY)
        print(f"{path.stem}: {(found == labels)[drawn].mean():.2f}", flush=True)


def _pairs(data: Path) -> list[tuple[Path, Path]]:
    open2, dubai = data / "open2", data / "open" / "dubai_mbrsc"
    pairs = [(open2 / "images" / f"{name}.png", open2 / "masks" / f"{name}.png") for name in OPEN2]
    return pairs + [(dubai / "images" / f"{n}.jpg", dubai / "masks_deepglobe" / f"{n}.png") for n in DUBAI]


def _strip(image: np.ndarray, found: np.ndarray, labels: np.ndarray, drawn: np.ndarray) -> Image.Image:
    """Return image, map and drawing side by side, each `SIDE_PX` high."""
    colours = np.zeros((256, 3), np.uint8)
    for c in LEGEND.classes:
        colours[c.class_id] = c.color
    drawing = np.where(drawn[..., None], colours[labels], np.array(NOT_DRAWN, np.uint8))
    width = round(SIDE_PX * image.shape[1] / image.shape[0])
    strip = Image.new("RGB", (3 * width + 2 * GAP_PX, SIDE_PX), PAPER)
    for i, part in enumerate((image, colours[found], drawing)):
        how = Image.Resampling.NEAREST if i else Image.Resampling.LANCZOS
        strip.paste(Image.fromarray(part).resize((width, SIDE_PX), how), (i * (width + GAP_PX), 0))
    return strip


if __name__ == "__main__":
    main()
