"""Evaluation of a network on scenes with known labels."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from ..card import Normalization
from ..inference.whole_image import ImageTiling, classify_image
from ..legend import Legend
from ..network import SegmentationNetwork
from .metrics import ConfusionMatrix
from .samples import Scene


@dataclass(frozen=True, kw_only=True, eq=False)
class CommonIds:
    """Classes that labels and network are compared in.

    Attributes:
        of_labels: ``(256,)`` uint8 common class of each label; 255 leaves it out.
        of_network: ``(256,)`` uint8 the same of each class of the network.
        num_classes: Number of common classes.
        unknown_id: Common class that is left out of means; None for none.
    """

    of_labels: np.ndarray
    of_network: np.ndarray
    num_classes: int
    unknown_id: int | None

    @staticmethod
    def same(legend: Legend) -> CommonIds:
        """Return the classes of one legend, for labels and network alike."""
        ids = np.arange(256, dtype=np.uint8)
        return CommonIds(of_labels=ids, of_network=ids, num_classes=legend.num_classes, unknown_id=legend.unknown_id)


def evaluate_scenes(
    network: SegmentationNetwork,
    scenes: Iterable[Scene],
    *,
    normalization: Normalization,
    legend: Legend,
    tile_px: int,
    halo_px: int,
    mirrors_rim: bool = False,
    common: CommonIds | None = None,
    report: Callable[[str], None] = lambda name: None,
) -> ConfusionMatrix:
    """Return the confusion matrix over all pixels of all scenes.

    Args:
        network: Network in evaluation mode.
        scenes: Scenes with labels.
        normalization: Input scaling of the network.
        legend: Classes of the network and, without `common`, of the labels.
        tile_px: Side of the read window.
        halo_px: Margin of the window that is not kept.
        mirrors_rim: Whether the images' rims get mirrored context of the halo's width.
        common: What both count as, where labels have another legend; None where it is the same.
        report: Called with the name of each finished scene.
    """
    common = common or CommonIds.same(legend)
    matrix = ConfusionMatrix(common.num_classes, common.unknown_id)
    tiling = ImageTiling(tile_px=tile_px, halo_px=halo_px, mirrors_rim=mirrors_rim)
    for scene in scenes:
        image, labels = scene.load()
        matrix.add(common.of_labels[labels], common.of_network[classify_image(network, image, normalization, tiling)])
        report(scene.name)
    return matrix
