"""Checkpoints of ours: one safetensors file that holds the weights and, as metadata, the model card.

Safetensors is data without code: opening a file never runs anything. The card is untrusted text and is checked
field by field.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import json
import os
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode

from .card import ModelCard
from .errors import CheckpointDamaged, CheckpointError, CheckpointMissing
from .network import SegmentationNetwork
from .registry import build_network

CHECKPOINT_DIR = Path(__file__).resolve().parent.parent / "resources" / "checkpoints"
CARD_KEY = "uhr_landcover_card"
MAX_FILE_BYTES = 4 * 1024**3
MAX_HEADER_BYTES = 16 * 1024**2


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A network with its weights, in evaluation mode on the CPU, and its card."""

    card: ModelCard
    network: SegmentationNetwork


def starter_path(method: str) -> Path:
    """Return where the starter checkpoint of a method ships."""
    return CHECKPOINT_DIR / f"{method}-starter.safetensors"


def read_card(path: str | Path) -> ModelCard:
    """Return the model card of a checkpoint without loading its weights.

    Raises:
        CheckpointMissing: If there is no such file.
        CheckpointDamaged: If the file is not one of our checkpoints or is broken.
    """
    with _opened(Path(path)) as file:
        return _card_of(file, Path(path))


def load_checkpoint(path: str | Path) -> Checkpoint:
    """Return a checkpoint's network, ready for inference, and its card.

    Raises:
        CheckpointMissing: If there is no such file.
        CheckpointDamaged: If weights are missing, surplus, misshapen, not finite or altered since they were saved.
        CheckpointError: If the card asks for a network that cannot be built.
    """
    path = Path(path)
    with _opened(path) as file:
        card = _card_of(file, path)
        shapes = {name: tuple(file.get_slice(name).get_shape()) for name in file.keys()}  # noqa: SIM118 - not a dict
        with torch.device("meta"), _Undrawn():  # shapes are compared before any memory is taken
            network = build_network(card.method, card.config, num_classes=card.legend.num_classes)
        _check_shapes(shapes, network, path)
        weights = {name: file.get_tensor(name) for name in shapes}
    if card.weights_sha256 != weights_digest(weights):
        raise CheckpointDamaged(
            f"The weights in {path.name} are not those its card was written for. Get the file again."
        )
    if any(v.is_floating_point() and not bool(v.isfinite().all()) for v in weights.values()):
        raise CheckpointDamaged(f"{path.name} holds weights that are not finite; it cannot be used.")
    network = build_network(card.method, card.config, num_classes=card.legend.num_classes)
    network.load_state_dict({k: v.float() if v.is_floating_point() else v for k, v in weights.items()}, strict=False)
    return Checkpoint(card, network.eval())


def save_checkpoint(
    path: str | Path,
    network: SegmentationNetwork,
    card: ModelCard,
    *,
    half: bool = True,
    training_parts: bool = False,
) -> ModelCard:
    """Write weights and card to one file; return the card with the digest of its weights.

    Args:
        path: Destination; it appears only when complete.
        network: Network to save.
        card: Card to store.
        half: Store floating-point weights in 16 bits (batch statistics stay in 32).
        training_parts: Also keep the parts that only training needs (auxiliary heads).
    """
    path = Path(path)
    state = stored_state(network) if training_parts else inference_state(network)
    weights = {k: _stored(k, v, half) for k, v in state.items()}
    card = dataclasses.replace(card, config=network.config, weights_sha256=weights_digest(weights))
    temporary = path.with_name(f".{path.name}.tmp")
    path.parent.mkdir(parents=True, exist_ok=True)
    save_file(weights, temporary, metadata={CARD_KEY: card.to_json()})
    temporary.chmod(0o644)  # safetensors makes files that only their owner can read
    with temporary.open("rb+") as file:
        os.fsync(file.fileno())
    temporary.replace(path)
    return card


def inference_state(network: SegmentationNetwork) -> dict[str, Tensor]:
    """Return the part of a network's state that inference needs."""
    return {k: v for k, v in stored_state(network).items() if not k.startswith(network.training_only_prefixes)}


def stored_state(network: SegmentationNetwork) -> dict[str, Tensor]:
    """Return a network's state without the batch counters, which nothing reads."""
    return {k: v for k, v in network.state_dict().items() if not k.endswith("num_batches_tracked")}


def weights_digest(weights: dict[str, Tensor]) -> str:
    """Return a SHA-256 over names, types, shapes and values, in hyphenated groups of eight digits."""
    digest = hashlib.sha256()
    for name in sorted(weights):
        value = weights[name].detach().cpu().contiguous()
        digest.update(f"{name}|{value.dtype}|{tuple(value.shape)}|".encode())
        digest.update(value.view(-1).view(torch.uint8).numpy().tobytes() if value.numel() else b"")
    text = digest.hexdigest()
    return "-".join(text[i : i + 8] for i in range(0, len(text), 8))


class _Undrawn(TorchFunctionMode):
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


def _stored(name: str, value: Tensor, half: bool) -> Tensor:
    value = value.detach().cpu().contiguous()
    if half and value.is_floating_point() and not name.endswith(("running_var", "running_mean")):
        return value.to(torch.float16)
    return value.clone()


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[safe_open]:
    if not path.is_file():
        raise CheckpointMissing(f"There is no checkpoint at {path}. Choose a .safetensors file made by this software.")
    _check_header(path)
    try:
        with safe_open(path, framework="pt", device="cpu") as file:
            yield file
    except (SafetensorError, OSError) as error:
        raise CheckpointDamaged(f"{path.name} is not a readable safetensors file: {error}.") from error


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


def _card_of(file: safe_open, path: Path) -> ModelCard:
    text = (file.metadata() or {}).get(CARD_KEY)
    if text is None:
        raise CheckpointError(f"{path.name} holds weights but no model card; it was not made by this software.")
    return ModelCard.from_json(text)


def _check_shapes(found: dict[str, tuple[int, ...]], network: SegmentationNetwork, path: Path) -> None:
    known = {k: tuple(v.shape) for k, v in stored_state(network).items()}
    missing = sorted(set(inference_state(network)) - set(found))
    surplus = sorted(set(found) - set(known))
    misshapen = sorted(k for k in set(found) & set(known) if found[k] != known[k])
    if missing or surplus or misshapen:
        parts = [
            f"{label}: {json.dumps(names)}"
            for label, names in (("missing", missing), ("not expected", surplus), ("of another shape", misshapen))
            if names
        ]
        raise CheckpointDamaged(f"The weights in {path.name} do not fit its card; {'; '.join(parts)}.")
