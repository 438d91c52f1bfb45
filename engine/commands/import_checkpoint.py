"""`import-checkpoint FILE.pth --method …`: convert a public checkpoint; see models/public_formats.py.

A process of its own with limited memory, since the file may come from anybody.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from ..system.run_context import RunContext

MEMORY_LIMIT_BYTES = 12 * 1024**3
STAGES = ("global", "global_to_local", "global_and_local")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("file", type=Path, help="the downloaded file; for GLNet the one of the last stage")
    parser.add_argument("--method", choices=("glnet", "isdnet"), required=True)
    parser.add_argument("--out", type=Path, required=True, help="checkpoint to write (.safetensors)")
    parser.add_argument("--path", choices=STAGES, default="global_and_local", help="GLNet: inference path to make")
    parser.add_argument("--global-file", type=Path, help="GLNet, both directions: the file of the global stage")


def execute(args: argparse.Namespace, context: RunContext) -> dict[str, Any]:
    """Read the public file, check every name and shape, write our format."""
    from ...models.checkpoint import save_checkpoint
    from ...models.public_formats import import_glnet, import_isdnet
    from ..system.guard import refuse_inputs

    refuse_inputs([args.out], [path for path in (args.file, args.global_file) if path])
    _limit_memory()
    if args.method == "isdnet":
        checkpoint = import_isdnet(args.file)
    else:
        files = {args.path: args.file}
        if args.global_file:
            files["global"] = args.global_file
        checkpoint = import_glnet(files, args.path)
    save_checkpoint(args.out, checkpoint.network, checkpoint.card, half=False, training_parts=True)
    return {"checkpoint": str(args.out), "files": [str(args.out)]}


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows has no such limit; the file's own sizes were checked
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = MEMORY_LIMIT_BYTES if hard == resource.RLIM_INFINITY else min(MEMORY_LIMIT_BYTES, hard)
    resource.setrlimit(resource.RLIMIT_AS, (limit, hard))
