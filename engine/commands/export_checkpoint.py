"""`export-checkpoint OURS.safetensors --out FILE.pth`: write the layout that the authors' code reads."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ..system.run_context import RunContext


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("checkpoint", type=Path, help="one of our checkpoints (.safetensors)")
    parser.add_argument("--out", type=Path, required=True, help="file to write (.pth)")
    parser.add_argument("--global-out", type=Path, help="GLNet, both directions: file for the frozen global stage")


def execute(args: argparse.Namespace, context: RunContext) -> dict[str, Any]:
    """Convert and write."""
    from ...models.checkpoint import load_checkpoint
    from ...models.public_formats import export_public, export_public_glnet_global, write_public_state
    from ..system.guard import refuse_inputs

    refuse_inputs([path for path in (args.out, args.global_out) if path], [args.checkpoint])
    checkpoint = load_checkpoint(args.checkpoint)
    files = [str(write_public_state(args.out, export_public(checkpoint)))]
    if args.global_out:
        files.append(str(write_public_state(args.global_out, export_public_glnet_global(checkpoint))))
    return {"files": files}
