"""Evaluation of a network on scenes with known labels."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..card import Normalization
from ..inference.whole_image import ImageTiling, classify_image
from ..legend import Legend
from ..network import SegmentationNetwork
from .metrics import ConfusionMatrix
from .samples import Scene


def evaluate_scenes(
    network: SegmentationNetwork,
    scenes: Iterable[Scene],
    *,
    normalization: Normalization,
    legend: Legend,
    tile_px: int,
    halo_px: int,
    mirrors_rim: bool = False,
    report: Callable[[str], None] = lambda name: None,
) -> ConfusionMatrix:
    """Return the confusion matrix over all pixels of all scenes.

    Args:
        network: Network in evaluation mode.
        scenes: Scenes with labels.
        normalization: Input scaling of the network.
        legend: Classes of labels and network.
        tile_px: Side of the read window.
        halo_px: Margin of the window that is not kept.
        mirrors_rim: Whether the images' rims get mirrored context of the halo's width.
        report: Called with the name of each finished scene.
    """
    matrix = ConfusionMatrix(legend.num_classes, legend.unknown_id)
    tiling = ImageTiling(tile_px=tile_px, halo_px=halo_px, mirrors_rim=mirrors_rim)
    for scene in scenes:
        image, labels = scene.load()
        matrix.add(labels, classify_image(network, image, normalization, tiling))
        report(scene.name)
    return matrix
