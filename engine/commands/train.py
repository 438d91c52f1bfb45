"""`train CONFIG.toml`: train a network; see models/training/loop.py."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import api
from ..system.run_context import RunContext

if TYPE_CHECKING:
    from ...models.training.loop import TrainingOutcome


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
    return outcome_data(api.train(args.config, training_run(args), context, data=args.data), args.out)


def training_run(args: argparse.Namespace) -> api.TrainingRun:
    """Return what the arguments of `add_run_arguments`, and `out`, say."""
    return api.TrainingRun(
        out=args.out, device=args.device, threads=args.threads, max_minutes=args.max_minutes, restart=args.restart
    )


def outcome_data(outcome: TrainingOutcome, folder: Path) -> dict[str, Any]:
    """Return the data of the command's result."""
    data = {"step": outcome.step, "steps": outcome.steps, "finished": outcome.is_finished}
    files = {"checkpoint": str(outcome.checkpoint), "files": [str(outcome.checkpoint)]} if outcome.checkpoint else {}
    return {**data, **files, **({} if outcome.is_finished else {"text": _stopped_text(outcome, folder)})}


def _stopped_text(outcome: TrainingOutcome, folder: Path) -> str:
    made = f" What was trained so far is the model {outcome.checkpoint}." if outcome.checkpoint else ""
    return (
        f"Stopped after {outcome.step} of {outcome.steps} steps.{made} Run the same command again to go on; the state "
        f"is in {folder}.\n"
    )
