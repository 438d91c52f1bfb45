"""Request of a fine-tuned model: a checkpoint goes on training on images and masks of its user."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..system.run_context import QUIET, RunContext
from .train import TrainingRun, train

if TYPE_CHECKING:
    from ...models.card import ModelCard
    from ...models.training.config import TrainingConfig
    from ...models.training.loop import TrainingOutcome

LARGEST_CROP_PX = 512

OWN_NOTICE = (
    "Fine-tuned by its user from a model for trying out: look at its figures, or assess the map, before you rely on it."
)
"""The warning in the card of a model whose origin has one; ui/model_store/card.py says it in other languages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FineTuneSpec:
    """Fine-tuning to do.

    Attributes:
        checkpoint: Checkpoint to start from, a starter for example.
        data: Folder of images and masks, or of prepared chips.
        name: Name of the new checkpoint; empty for that of the folder of the run.
        legend: Name or JSON file of other classes; empty for those of the checkpoint.
        group: Regular expression of a scene's group in its name.
        validate: Groups held out to follow the training.
        test: Groups held out for the figures on the card.
        steps: Steps in all.
        batch: Crops a step.
        lr: Learning rate.
        licence: Licence of the new weights, for the card.
    """

    checkpoint: Path
    data: Path
    name: str = ""
    legend: str = ""
    group: str = ""
    validate: tuple[str, ...] = ()
    test: tuple[str, ...] = ()
    steps: int = 500
    batch: int = 4
    lr: float = 3e-4
    licence: str = "unspecified"


def fine_tune(spec: FineTuneSpec, run: TrainingRun, context: RunContext = QUIET) -> TrainingOutcome:
    """Go on training a checkpoint; see `train` for what is returned and raised.

    Raises:
        OutputError: If the new checkpoint would replace the one that it starts from.
    """
    from ...models.checkpoint import read_card
    from ..raster.input_files import legend_files
    from ..system.guard import refuse_inputs

    config = _config(spec, run.out, read_card(spec.checkpoint))
    made = [run.out / f"{config.name}.safetensors", *(run.out / name for name in ("state.pt", "curves.csv"))]
    refuse_inputs(made, [spec.checkpoint, *legend_files(spec.legend)])
    return train(config, run, context)


def _config(spec: FineTuneSpec, out: Path, card: ModelCard) -> TrainingConfig:
    from ...models.preprocess import UNIT
    from ...models.training.config import SourceConfig, TrainingConfig

    source = SourceConfig(folder=str(spec.data.resolve()), group=spec.group, validate=spec.validate, test=spec.test)
    legend = str(Path(spec.legend).resolve()) if spec.legend.endswith(".json") else spec.legend
    return TrainingConfig(
        name=spec.name or out.name,
        method=card.method,
        sources=(source,),
        legend=legend or card.legend.name,
        start_from=str(spec.checkpoint.resolve()),
        normalization="unit" if card.normalization == UNIT else "imagenet",
        crop_px=card.tile_px if card.method != "isdnet" else min(card.tile_px, LARGEST_CROP_PX),
        batch=spec.batch,
        steps=spec.steps,
        lr=spec.lr,
        clip_norm=5.0,
        ema_decay=0.99,
        validate_every=max(1, spec.steps // 5),
        tile_px=card.tile_px,
        halo_px=card.halo_px,
        mirrors_rim=card.mirrors_rim,
        ground_resolution_m=card.ground_resolution_m,
        card={
            "title": spec.name or out.name,
            "licence": spec.licence,
            "data": [
                f"Fine-tuned on {spec.data.name} by the user; started from '{card.title}' ({card.name}), trained on:",
                *card.data,
            ],
            "notice": OWN_NOTICE if card.notice else "",
        },
    )
