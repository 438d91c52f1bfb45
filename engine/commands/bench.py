"""`bench`: frames per second and memory of a network alone, as the papers measure; see models/inference/timing.py."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ..contract.events import Stage
from ..system.run_context import RunContext

MIB = 1024**2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--method", choices=("glnet", "ppn", "isdnet"), help="published size, random weights")
    what.add_argument("--checkpoint", type=Path, help="one of our checkpoints (.safetensors)")
    parser.add_argument("--config", default="{}", help="with --method: network settings as JSON")
    parser.add_argument("--size", type=int, nargs=2, default=(2448, 2448), metavar=("W", "H"))
    parser.add_argument("--warmups", type=int, default=20)
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--device", default="auto")
    parser.add_argument("--precision", choices=("float32", "bfloat16", "float16"), default="float32")


def execute(args: argparse.Namespace, context: RunContext) -> dict[str, Any]:
    """Time the network."""
    from ...models.inference.timing import time_network
    from ..system.device import choose_device

    name, network = _network(args)
    device = choose_device(args.device)

    def on_run(done: int) -> None:
        context.progress(Stage.EVALUATE, done, args.runs, "runs")

    timing = time_network(
        network,
        size_px=tuple(args.size),
        device=device.name,
        precision=args.precision,
        warmups=args.warmups,
        runs=max(args.runs, 1),
        should_stop=context.should_stop,
        on_run=on_run,
    )
    context.check_stop()
    figures = {"network": name, "size_px": list(args.size), "device": device.title, "precision": args.precision}
    memory = [f"{getattr(timing, f) / MIB:.0f}" for f in ("allocated_bytes", "reserved_bytes", "process_bytes")]
    text = (
        f"{name} on {device.title}, {args.size[0]} × {args.size[1]} px, {args.precision}: {timing.fps:.3g} images/s "
        f"(median of {timing.runs} runs after {args.warmups} warm-ups)\n"
        f"Memory in MiB: {memory[0]} allocated, {memory[1]} reserved on the GPU; {memory[2]} of the process\n"
    )
    return {**figures, "warmups": args.warmups, **asdict(timing), "text": text}


def _network(args: argparse.Namespace) -> tuple[str, Any]:
    from ...models.checkpoint import load_checkpoint
    from ...models.errors import CheckpointError
    from ...models.registry import build_network

    if args.checkpoint:
        checkpoint = load_checkpoint(args.checkpoint)
        return checkpoint.card.name, checkpoint.network
    try:
        config = json.loads(args.config)
    except ValueError as error:
        raise CheckpointError(f"--config is not JSON: {error}.") from error
    return f"{args.method} (random weights)", build_network(args.method, config, num_classes=7)
