"""`export-checkpoint OURS.safetensors --out FILE`: as ONNX, as a catalogue's item, or in the authors' own layout."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from ..system.run_context import RunContext


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("checkpoint", type=Path, help="one of our checkpoints (.safetensors)")
    parser.add_argument(
        "--out", type=Path, required=True,
        help="file to write: .onnx, also for Deepness and onnxruntime; .json, a STAC item of the checkpoint; .pth, "
        "what the authors' code reads",
    )  # fmt: skip
    parser.add_argument("--tile-px", type=int, default=0, help="ONNX: side of the images (default: the card's)")
    parser.add_argument("--global-out", type=Path, help="GLNet, both directions: file for the frozen global stage")


def execute(args: argparse.Namespace, context: RunContext) -> dict[str, Any]:
    """Convert and write."""
    from ...models.checkpoint import load_checkpoint
    from ...models.public_formats import export_public, export_public_glnet_global, write_public_state
    from ..system.guard import refuse_inputs

    refuse_inputs([path for path in (args.out, args.global_out) if path], [args.checkpoint])
    if args.out.suffix.lower() == ".json":
        return {"files": [_write_item(args.checkpoint, args.out)]}
    checkpoint = load_checkpoint(args.checkpoint)
    if args.out.suffix.lower() == ".onnx":
        from ...models.onnx.export.checkpoint_export import export_onnx

        export_onnx(args.out, checkpoint, args.tile_px)
        return {"files": [str(args.out)]}
    files = [str(write_public_state(args.out, export_public(checkpoint)))]
    if args.global_out:
        files.append(str(write_public_state(args.global_out, export_public_glnet_global(checkpoint))))
    return {"files": files}


def _write_item(checkpoint: Path, out: Path) -> str:
    from ...models.checkpoint import read_card
    from ...models.onnx.export.mlm_item import mlm_item
    from ..system.files import write_atomically

    card = read_card(checkpoint)
    framework = "ONNX" if checkpoint.suffix.lower() == ".onnx" else "PyTorch"
    item = mlm_item(card, checkpoint.name, framework=framework)
    write_atomically(out, json.dumps(item, indent=2, ensure_ascii=False) + "\n")
    return str(out)
