"""The checkpoint files that the authors of GLNet and ISDNet published: read strictly, and written back.

Their files are pickles. They are opened with weights-only unpickling (nothing in them is executed) after their sizes
were checked; a caller that handles files of strangers runs this in a process of its own with limited memory.
"""

from __future__ import annotations

import pickle  # nosec B403 - for the class of the error that torch raises; nothing is unpickled here
import zipfile
from collections.abc import Mapping
from pathlib import Path

import torch
from torch import Tensor

from .card import ModelCard
from .checkpoint import Checkpoint, stored_state
from .errors import CheckpointDamaged, CheckpointError, CheckpointMissing
from .files import whole_file
from .legend import load_legend
from .network import SegmentationNetwork
from .preprocess import IMAGENET, UNIT
from .registry import build_network

MAX_FILE_BYTES = 2 * 1024**3
ISDNET_ALIASES = {
    "refine_head.stdc_net.x2.0.0.": "refine_head.stdc_net.features.0.",
    "refine_head.stdc_net.x4.0.1.": "refine_head.stdc_net.features.1.",
    "refine_head.stdc_net.x8.0.2.": "refine_head.stdc_net.features.2.",
    "refine_head.stdc_net.x8.0.3.": "refine_head.stdc_net.features.3.",
    "refine_head.stdc_net.x16.0.4.": "refine_head.stdc_net.features.4.",
    "refine_head.stdc_net.x16.0.5.": "refine_head.stdc_net.features.5.",
}
"""ISDNet's file holds its shallow branch twice; the second names are these."""

GLNET_PATHS = {
    "global": ("global",),
    "global_to_local": ("global_to_local",),
    "global_and_local": ("global", "global_and_local"),
}
"""GLNet inference path → the public files it needs, by the stage that made them."""


def read_public_state(path: str | Path) -> dict[str, Tensor]:
    """Return the tensors of a public checkpoint file, without `module.` prefixes.

    Accepts a plain state dict (also in the legacy, non-zip file format) or a dict that holds one under "state_dict".

    Raises:
        CheckpointMissing: If there is no such file.
        CheckpointDamaged: If it is too large, cut off, no checkpoint, or holds anything but plain data and tensors.
    """
    path = Path(path)
    _check_sizes(path)
    try:
        data = torch.load(path, map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as error:
        raise CheckpointDamaged(
            f"{path.name} holds more than weights and was not opened, because such a file can run code: "
            f"{str(error).splitlines()[0]} Ask its author for a file that holds the state dict alone."
        ) from error
    except (RuntimeError, EOFError, OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise CheckpointDamaged(f"{path.name} is not a readable torch file (or was cut off): {error}.") from error
    if isinstance(data, dict) and isinstance(data.get("state_dict"), Mapping):
        data = data["state_dict"]
    if not isinstance(data, Mapping) or not data or not all(isinstance(v, Tensor) for v in data.values()):
        raise CheckpointDamaged(f"{path.name} holds no state dict; expected a mapping from names to tensors.")
    for name, tensor in data.items():
        _check_tensor(str(name), tensor, path)
    return {str(k).removeprefix("module."): v for k, v in data.items()}


def _check_tensor(name: str, tensor: Tensor, path: Path) -> None:
    """Refuse a tensor that is larger than what the file holds of it, before anybody copies it.

    A view of stride 0 repeats one number as often as it claims: terabytes of a file of a kilobyte.
    """
    is_plain = tensor.layout is torch.strided and tensor.device.type == "cpu" and not tensor.is_quantized
    if not is_plain:
        raise CheckpointDamaged(f"{path.name} holds {name[:80]!r} as no plain tensor; expected weights on the CPU.")
    claimed, held = tensor.numel() * tensor.element_size(), tensor.untyped_storage().nbytes()
    if claimed > held:
        raise CheckpointDamaged(
            f"{path.name} claims {claimed:,} bytes for {name[:80]!r} and holds {held:,}. It was made to do harm; ask "
            "its author for a file that holds the state dict alone."
        )


def import_isdnet(path: str | Path) -> Checkpoint:
    """Return the public ISDNet checkpoint as one of ours, with every part it holds.

    Raises:
        CheckpointDamaged: If the file cannot be read, or names or shapes differ from the published ones (all listed).
    """
    state = _without_aliases(read_public_state(path))
    num_classes = _classes(state, "refine_head.conv_seg.conv_out.bias", path)
    network = _filled("isdnet", {}, num_classes, state, Path(path).name)
    return Checkpoint(_card("isdnet", "ISDNet (public checkpoint)", network, path), network)


def import_glnet(files: Mapping[str, str | Path], inference_path: str = "global_and_local") -> Checkpoint:
    """Return public GLNet checkpoints as one of ours.

    Args:
        files: Stage → file: "global" (`fpn_deepglobe_global.pth`), "global_to_local" (`…_global2local.pth`),
            "global_and_local" (`…_local2global.pth`).
        inference_path: Which path to make; "global_and_local" needs the files of "global" and "global_and_local".

    Raises:
        CheckpointError: If a file that the path needs is not given.
        CheckpointDamaged: If a file cannot be read, or names or shapes differ from the published ones; all are listed.
    """
    if inference_path not in GLNET_PATHS:
        raise CheckpointError(f"GLNet has no path {inference_path!r}; known are {', '.join(GLNET_PATHS)}.")
    needed = GLNET_PATHS[inference_path]
    if missing := [stage for stage in needed if stage not in files]:
        raise CheckpointError(
            f"GLNet's path {inference_path!r} also needs the public file of stage {', '.join(missing)}."
        )
    states = {stage: read_public_state(files[stage]) for stage in needed}
    main = states[needed[-1]]
    num_classes = _classes(main, "ensemble_conv.bias", files[needed[-1]])
    every = _every_glnet_key(num_classes)
    for stage, state in states.items():
        if unknown := sorted(set(state) - every):
            raise CheckpointDamaged(f"{Path(files[stage]).name} has entries that GLNet lacks: {unknown}.")
    config = {"path": inference_path}
    wanted = stored_state(_empty("glnet", config, num_classes))
    picked = {k: v for k, v in main.items() if k in wanted}
    for name in ("resnet_global.", "fpn_global."):
        fixed = {f"fixed_{k}": v for k, v in states[needed[0]].items() if k.startswith(name) and f"fixed_{k}" in wanted}
        picked.update(fixed)
    network = _filled("glnet", config, num_classes, picked, " and ".join(Path(files[s]).name for s in needed))
    return Checkpoint(
        _card("glnet", f"GLNet, {inference_path} (public checkpoint)", network, files[needed[-1]]), network
    )


def export_public(checkpoint: Checkpoint) -> dict[str, Tensor]:
    """Return the state of a checkpoint in the public layout of its method.

    ISDNet gets its alias names back. GLNet's frozen first-stage branch is a file of its own in the public layout:
    use `export_public_glnet_global` for it.

    Raises:
        CheckpointError: If the method has no public layout.
    """
    state = {k: v.detach().clone() for k, v in checkpoint.network.state_dict().items()}
    if checkpoint.card.method == "isdnet":
        for alias, name in ISDNET_ALIASES.items():
            state.update({alias + k.removeprefix(name): v for k, v in list(state.items()) if k.startswith(name)})
        return state
    if checkpoint.card.method == "glnet":
        return {f"module.{k}": v for k, v in state.items() if not k.startswith("fixed_")}
    raise CheckpointError(
        f"There is no public checkpoint layout for {checkpoint.card.method}; only GLNet and ISDNet have one."
    )


def export_public_glnet_global(checkpoint: Checkpoint) -> dict[str, Tensor]:
    """Return the frozen first-stage branch of a G⇄L GLNet as the public "global" file."""
    state = checkpoint.network.state_dict()
    return {
        f"module.{k.removeprefix('fixed_')}": v.detach().clone() for k, v in state.items() if k.startswith("fixed_")
    }


def _check_sizes(path: Path) -> None:
    if not path.is_file():
        raise CheckpointMissing(f"There is no file {path}. Choose the downloaded checkpoint (.pth).")
    size = path.stat().st_size
    unpacked = size
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            names = [entry.filename for entry in archive.infolist()]
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if len(names) != len(set(names)):
            raise CheckpointDamaged(f"{path.name} holds two entries of one name; it was tampered with.")
    if max(size, unpacked) > MAX_FILE_BYTES:
        raise CheckpointDamaged(
            f"{path.name} unpacks to {unpacked / 2**30:.1f} GB; the public checkpoints stay below "
            f"{MAX_FILE_BYTES / 2**30:.0f} GB."
        )


def _without_aliases(state: dict[str, Tensor]) -> dict[str, Tensor]:
    kept = dict(state)
    for key, value in state.items():
        for alias, name in ISDNET_ALIASES.items():
            if not key.startswith(alias):
                continue
            original = state.get(name + key.removeprefix(alias))
            if original is not None and (original.shape != value.shape or not torch.equal(original, value)):
                raise CheckpointDamaged(f"{key} and {name + key.removeprefix(alias)} should be equal but differ.")
            kept.setdefault(name + key.removeprefix(alias), value)
            del kept[key]
    return kept


def _classes(state: Mapping[str, Tensor], key: str, path: str | Path) -> int:
    if key not in state or state[key].ndim != 1 or not 1 <= state[key].numel() <= 254:
        raise CheckpointDamaged(f"{Path(path).name} has no usable {key}, which tells the number of classes.")
    return state[key].numel()


def _empty(method: str, config: dict, num_classes: int) -> SegmentationNetwork:
    with torch.device("meta"):
        return build_network(method, config, num_classes=num_classes)


def _every_glnet_key(num_classes: int) -> set[str]:
    keys: set[str] = set()
    for path in GLNET_PATHS:
        keys |= {k for k in _empty("glnet", {"path": path}, num_classes).state_dict() if not k.startswith("fixed_")}
    return keys


def _filled(method: str, config: dict, num_classes: int, state: dict[str, Tensor], where: str) -> SegmentationNetwork:
    """Return a network holding ``state``; names and shapes are compared before any memory is taken."""
    blank = _empty(method, config, num_classes)
    known = {k: tuple(v.shape) for k, v in blank.state_dict().items()}
    optional = blank.training_only_prefixes
    missing = [
        k for k in known if k not in state and not k.endswith("num_batches_tracked") and not k.startswith(optional)
    ]
    unexpected = sorted(set(state) - set(known))
    misshapen = [
        f"{k} is {list(state[k].shape)}, expected {list(known[k])}"
        for k in known
        if k in state and tuple(state[k].shape) != known[k] and not k.endswith("num_batches_tracked")
    ]
    if missing or unexpected or misshapen:
        lists = (("missing", sorted(missing)), ("not expected", unexpected), ("of another shape", misshapen))
        text = "; ".join(f"{label}: {names}" for label, names in lists if names)
        raise CheckpointDamaged(f"The weights in {where} are not those of the published {method}: {text}.")
    network = build_network(method, config, num_classes=num_classes)
    network.load_state_dict({k: v for k, v in state.items() if tuple(v.shape) == known[k]}, strict=False)
    return network.eval()


def _card(method: str, title: str, network: SegmentationNetwork, path: str | Path) -> ModelCard:
    legend = load_legend("deepglobe")
    if network.num_classes != legend.num_classes:
        raise CheckpointError(
            f"{Path(path).name} has {network.num_classes} classes; the DeepGlobe legend has {legend.num_classes}. "
            "Only the DeepGlobe checkpoints can be imported."
        )
    return ModelCard(
        name=f"{method}-deepglobe",
        title=title,
        method=method,
        config=network.config,
        legend=legend,
        normalization=UNIT if method == "glnet" else IMAGENET,
        licence="as stated by the authors of the file; the DeepGlobe data are for research only",
        data=("DeepGlobe land cover, as published by the authors of the network.",),
        recipe={"imported_from": Path(path).name},
    )


def write_public_state(path: str | Path, state: dict[str, Tensor]) -> Path:
    """Write a state dict as a torch file that appears only when complete; return its path."""
    path = Path(path)
    with whole_file(path) as temporary:
        torch.save(state, temporary)
    return path
