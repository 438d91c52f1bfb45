"""`train CONFIG.toml`: train a network; see models/training/loop.py."""

from __future__ import annotations

import argparse
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..contract.events import Stage
from ..system.errors import Cancelled
from ..system.run_context import RunContext

if TYPE_CHECKING:
    from ...models.training.config import TrainingConfig
    from ...models.training.loop import TrainingOutcome, TrainingProgress


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("config", type=Path, help="TOML file that says what to train on, and how")
    parser.add_argument("--out", type=Path, required=True, help="folder for state, curves and checkpoint")
    parser.add_argument("--data", type=Path, help='folder of images and masks, where the file says "{data}"')
    add_run_arguments(parser)


def add_run_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that every command has that trains."""
    parser.add_argument("--device", default="auto", help="auto, cpu, cuda or cuda:N")
    parser.add_argument("--threads", type=int, default=0, help="processor threads; 0 leaves the choice to torch")
    parser.add_argument("--max-minutes", type=float, default=0.0, help="stop after this time; run again to go on")
    parser.add_argument("--restart", action="store_true", help="begin anew where the folder holds an older run")


def execute(args: argparse.Namespace, context: RunContext) -> dict[str, Any]:
    """Train until done, out of time or cancelled."""
    from ...models.training.config import read_training_config

    return run(read_training_config(args.config, args.data), args.config.resolve().parent, args, context)


def run(config: TrainingConfig, base: Path, args: argparse.Namespace, context: RunContext) -> dict[str, Any]:
    """Train as configured; return the data of the command's result.

    Args:
        config: What to do.
        base: Folder that the configuration's relative paths start from.
        args: The arguments of `add_run_arguments`, and `out`.
        context: Receives progress and validation results; asked before every step whether to stop.
    """
    context.progress(Stage.PREPARE, 0, 1, "steps")  # before torch is loaded, which takes seconds
    from ...models.training.loop import train
    from ..system.device import choose_device, working_threads

    def report(progress: TrainingProgress) -> None:
        if progress.note:
            context.warn(progress.note)
            return
        eta_s = None if math.isnan(progress.eta_s) else round(progress.eta_s, 1)
        context.progress(Stage.TRAIN, progress.step, progress.steps, "steps", eta_s)
        if progress.mean_iou is not None:
            text = f"step {progress.step}: loss {progress.loss:.3f}, mean IoU {progress.mean_iou:.3f}"
            context.inform(text)

    with working_threads(args.threads):
        outcome = train(
            config,
            base=base,
            out=args.out,
            device=choose_device(args.device).name,
            max_minutes=args.max_minutes,
            report=report,
            should_stop=context.should_stop,
            restart=args.restart,
        )
    if outcome.checkpoint is None and context.should_stop():
        raise Cancelled
    data = {"step": outcome.step, "steps": outcome.steps, "finished": outcome.is_finished}
    files = {"checkpoint": str(outcome.checkpoint), "files": [str(outcome.checkpoint)]} if outcome.checkpoint else {}
    return {**data, **files, **({} if outcome.is_finished else {"text": _stopped_text(outcome, args.out)})}


def _stopped_text(outcome: TrainingOutcome, folder: Path) -> str:
    made = f" What was trained so far is the model {outcome.checkpoint}." if outcome.checkpoint else ""
    return (
        f"Stopped after {outcome.step} of {outcome.steps} steps.{made} Run the same command again to go on; the state "
        f"is in {folder}.\n"
    )
