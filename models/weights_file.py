"""Safetensors files: weights with one text of metadata, written whole or not at all, checked before they are read."""

from __future__ import annotations

import contextlib
import hashlib
import json
import struct
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode

from .errors import CheckpointDamaged, CheckpointMissing
from .files import whole_file

MAX_FILE_BYTES = 4 * 1024**3
MAX_HEADER_BYTES = 16 * 1024**2


@contextlib.contextmanager
def opened_weights(path: Path) -> Iterator[safe_open]:
    """Open a safetensors file for reading.

    Raises:
        CheckpointMissing: If there is no such file.
        CheckpointDamaged: If the file is broken or of another kind.
    """
    if not path.is_file():
        raise CheckpointMissing(f"There is no checkpoint at {path}. Choose a .safetensors file made by this software.")
    _check_header(path)
    try:
        with safe_open(path, framework="pt", device="cpu") as file:
            yield file
    except (SafetensorError, OSError) as error:
        raise CheckpointDamaged(f"{path.name} is not a readable safetensors file: {error}.") from error


def write_weights(path: Path, weights: dict[str, Tensor], metadata: dict[str, str]) -> None:
    """Write weights and metadata to a file that appears only when complete."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(path) as temporary:
        save_file(weights, temporary, metadata=metadata)


def shapes_in(file: safe_open) -> dict[str, tuple[int, ...]]:
    """Return the shape of every tensor of an opened file."""
    return {name: tuple(file.get_slice(name).get_shape()) for name in file.keys()}  # noqa: SIM118 - not a dict


def check_weights(weights: dict[str, Tensor], digest: str, file_name: str) -> None:
    """Raise CheckpointDamaged if weights are not those that a card was written for, or not finite."""
    if digest != weights_digest(weights):
        raise CheckpointDamaged(
            f"The weights in {file_name} are not those its card was written for. Get the file again."
        )
    if any(v.is_floating_point() and not bool(v.isfinite().all()) for v in weights.values()):
        raise CheckpointDamaged(f"{file_name} holds weights that are not finite; it cannot be used.")


def check_shapes(
    found: Mapping[str, tuple[int, ...]],
    needed: Mapping[str, tuple[int, ...]],
    known: Mapping[str, tuple[int, ...]],
    file_name: str,
) -> None:
    """Raise CheckpointDamaged, listing all that does not fit, unless a file's tensors fit a network.

    Args:
        found: Shapes in the file.
        needed: Shapes that must be there.
        known: Shapes that may be there.
        file_name: For the message.
    """
    findings = {
        "missing": set(needed) - set(found),
        "not expected": set(found) - set(known),
        "of another shape": {k for k in set(found) & set(known) if found[k] != known[k]},
    }
    if any(findings.values()):
        parts = [f"{label}: {json.dumps(sorted(names))}" for label, names in findings.items() if names]
        raise CheckpointDamaged(f"The weights in {file_name} do not fit its card; {'; '.join(parts)}.")


def weights_digest(weights: Mapping[str, Tensor]) -> str:
    """Return a SHA-256 over names, types, shapes and values, in hyphenated groups of eight digits."""
    digest = hashlib.sha256()
    for name in sorted(weights):
        value = weights[name].detach().cpu().contiguous()
        digest.update(f"{name}|{value.dtype}|{tuple(value.shape)}|".encode())
        digest.update(value.view(-1).view(torch.uint8).numpy().tobytes() if value.numel() else b"")
    text = digest.hexdigest()
    return "-".join(text[i : i + 8] for i in range(0, len(text), 8))


def stored_value(name: str, value: Tensor, half: bool) -> Tensor:
    """Return a tensor as it is stored: 16 bits if wanted, batch statistics always as they are."""
    value = value.detach().cpu().contiguous()
    if half and value.is_floating_point() and not name.endswith(("running_var", "running_mean")):
        return value.to(torch.float16)
    return value.clone()


def read_value(value: Tensor) -> Tensor:
    """Return a stored tensor as networks hold it: floating point in 32 bits."""
    return value.float() if value.is_floating_point() else value


def stored_state(network: nn.Module) -> dict[str, Tensor]:
    """Return a network's state without the batch counters, which nothing reads."""
    return {k: v for k, v in network.state_dict().items() if not k.endswith("num_batches_tracked")}


class UndrawnWeights(TorchFunctionMode):
    """Leaves out the drawing of random weights.

    On tensors without data torch would load its compiler for it: 70 MB, and more than a second at every start.
    """

    def __torch_function__(
        self, func: Callable[..., Any], types: Any, args: tuple = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        kwargs = kwargs or {}
        if getattr(func, "__module__", "") == nn.init.__name__ or func in (Tensor.normal_, Tensor.uniform_):
            return args[0] if args else kwargs["tensor"]
        return func(*args, **kwargs)


def _check_header(path: Path) -> None:
    """Refuse absurd sizes before a parser allocates anything."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(8)
    header = struct.unpack("<Q", head)[0] if len(head) == 8 else 0
    if not 2 <= header <= min(MAX_HEADER_BYTES, size - 8) or size > MAX_FILE_BYTES:
        raise CheckpointDamaged(
            f"{path.name} is not a checkpoint of this software (or was cut off); expected a .safetensors file. "
            "Public .pth files are converted with 'import-checkpoint'."
        )
