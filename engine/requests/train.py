"""Request of a training run, from a configuration or from a model that is there."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..contract.events import Stage
from ..system.errors import Cancelled
from ..system.run_context import QUIET, RunContext

if TYPE_CHECKING:
    from ...models.training.config import TrainingConfig
    from ...models.training.loop import TrainingOutcome, TrainingProgress


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingRun:
    """Where and how long to train.

    Attributes:
        out: Folder for state, curves and checkpoint; a run that lies there goes on.
        device: "auto", "cpu", "cuda" or "cuda:N".
        threads: Processor threads; 0 leaves the choice to torch.
        max_minutes: Stop after this time; 0 for no limit. The same request goes on.
        restart: Begin anew where the folder holds an older run.
    """

    out: Path
    device: str = "auto"
    threads: int = 0
    max_minutes: float = 0.0
    restart: bool = False


def train(
    config: TrainingConfig | Path, run: TrainingRun, context: RunContext = QUIET, *, data: Path | None = None
) -> TrainingOutcome:
    """Train a network until all steps are done, the time is over, or somebody asks to stop.

    Args:
        config: What to train on, and how; or a TOML file that says it. Relative paths start from the file's folder,
            else from the current one.
        run: Where and how long.
        context: Receives progress, figures and warnings; asked before every step whether to stop.
        data: Folder of images and masks, where the file says "{data}".

    Returns:
        The steps that were done, and the checkpoint, which has the figures of its test scenes on its card.

    Raises:
        DataError: If configuration or data do not fit.
        CheckpointError: If the model to start from does not fit.
        Cancelled: If asked to stop before the first step was done.
    """
    context.progress(Stage.PREPARE, 0, 1, "steps")  # before torch is loaded, which takes seconds
    from ...models.training.config import TrainingConfig, read_training_config
    from ...models.training.loop import train as train_network
    from ..system.device import choose_device, working_threads

    base = Path.cwd()
    if not isinstance(config, TrainingConfig):
        base = Path(config).resolve().parent
        config = read_training_config(Path(config), data)
    with working_threads(run.threads):
        outcome = train_network(
            config,
            base=base,
            out=run.out,
            device=choose_device(run.device).name,
            max_minutes=run.max_minutes,
            report=lambda progress: _tell(progress, context),
            should_stop=context.should_stop,
            restart=run.restart,
        )
    if outcome.checkpoint is None and context.should_stop():
        raise Cancelled
    return outcome


def _tell(progress: TrainingProgress, context: RunContext) -> None:
    if progress.note:
        context.warn(progress.note)
        return
    eta_s = None if math.isnan(progress.eta_s) else round(progress.eta_s, 1)
    context.progress(Stage.TRAIN, progress.step, progress.steps, "steps", eta_s)
    if progress.mean_iou is not None:
        context.inform(f"step {progress.step}: loss {progress.loss:.3f}, mean IoU {progress.mean_iou:.3f}")
