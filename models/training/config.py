"""Configuration of a training run, read from a TOML file; recipes/ holds some."""

from __future__ import annotations

import tomllib
from dataclasses import MISSING, Field, dataclass, field, fields, replace
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from .. import card_values as values
from ..errors import DataError

APPEARANCES = ("isdnet", "any_sensor")
SCHEDULES = ("poly", "cosine")
ROTATIONS = ("right_angles", "half_right_angles", "any", "none")

DATA_FOLDER = "{data}"
"""Stands for a folder that the command line names (`train … --data FOLDER`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceConfig:
    """Where training pixels come from.

    Attributes:
        kind: "pairs" (a folder of images and masks), "tiles" (labelled tiles of many places with a table, see
            models/training/tile_sets) or "scenes" (generated landscapes).
        folder: Folder of the pairs, relative to the configuration file; "{data}" is the one named when training.
        images: Name of the image folder inside; empty finds it.
        masks: Name of the mask folder inside; empty finds it.
        group: Regular expression that names a scene's group, so that one place stays on one side of the split.
        validate: Groups held out to follow the training.
        test: Groups held out for the figures on the card.
        split: Named list of scenes, for tiles of places (resources/splits), in place of groups.
        polygons: Folder of label polygons that fill what the masks of tiles leave unknown, relative to the
            configuration file; empty for none.
        resolutions_m: Finest and coarsest metres per pixel of crops of tiles.
        class_shares: Class name → share of the crops of tiles that are cut around it; empty for all classes alike.
        place_shares: Place → factor on the share of its tiles; 1 where not named.
        share: Share of the training samples, relative to the other sources.
        seeds: Seeds of generated landscapes to train on; validation and test use their own, see `validate_seeds`.
        validate_seeds: Seeds held out.
        size_px: Side of a generated landscape.
        ignore_unknown: Leave the unknown class out of loss and metrics (unlabelled rather than unknowable).
        zoom: Factor on the augmentation's scales, where the ground resolution differs from the card's.
    """

    kind: str = "pairs"
    folder: str = ""
    images: str = ""
    masks: str = ""
    group: str = ""
    validate: tuple[str, ...] = ()
    test: tuple[str, ...] = ()
    split: str = ""
    polygons: str = ""
    resolutions_m: tuple[float, float] = (0.4, 1.25)
    class_shares: dict[str, float] = field(default_factory=dict)
    place_shares: dict[str, float] = field(default_factory=dict)
    share: float = 1.0
    seeds: tuple[int, ...] = ()
    validate_seeds: tuple[int, ...] = ()
    size_px: int = 1536
    ignore_unknown: bool = False
    zoom: float = 1.0

    def __post_init__(self) -> None:
        if self.kind not in ("pairs", "tiles", "scenes"):
            raise DataError(f"Source kind {self.kind!r} is unknown; use 'pairs', 'tiles' or 'scenes'.")
        if self.kind != "scenes" and not self.folder:
            raise DataError(f"A source of kind {self.kind!r} needs a folder.")
        if self.kind == "tiles" and not self.split:
            raise DataError("A source of kind 'tiles' needs a split of places, e.g. split = \"open2\".")
        if len(self.resolutions_m) != 2 or not 0 < self.resolutions_m[0] <= self.resolutions_m[1]:
            raise DataError(f"resolutions_m = {self.resolutions_m} is not a range of metres per pixel.")
        if self.kind == "scenes" and not self.seeds:
            raise DataError("A source of kind 'scenes' needs seeds, e.g. seeds = [1, 2, 3].")


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingConfig:
    """A whole training run.

    Attributes:
        name: Identifier of the checkpoint.
        method: "glnet", "ppn" or "isdnet".
        network: Settings of the network (widths …).
        sources: Where the pixels come from.
        legend: Legend of the classes: a name, or a JSON file relative to the configuration file.
        start_from: Checkpoint to fine-tune, relative to the configuration file; empty starts afresh.
        backbone_weights: Files of pretrained backbone weights, relative to the configuration file; what was taken
            from them stands in the card.
        backbone_lr: Factor on the learning rate of backbones that were filled from such a file.
        teacher: Checkpoint whose classes unlabelled pixels get where it is sure, relative to the configuration file;
            empty for none.
        teacher_sure_from: Probability from which on the teacher is sure.
        normalization: "imagenet", "signed" or "unit", see models/preprocess.py.
        seed: Seed of weights, samples and augmentation.
        crop_px: Side of a training crop.
        batch: Crops per pass.
        accumulate: Passes per step of the optimiser.
        steps: Steps in all.
        optimizer: "sgd", "adam" or "adamw".
        lr: Highest learning rate.
        min_lr: Learning rate at the end.
        warmup_steps: Steps of linear rise from 0.
        weight_decay: Weight decay.
        momentum: Momentum of SGD.
        schedule: "poly" (polynomial decay) or "cosine".
        poly_power: Exponent of the polynomial decay.
        phases: "joint" trains everything in every step; "paper" follows the network's order of phases (PPN only).
        epoch_steps: Steps of an epoch, for the order of phases.
        warm_up_epochs: Epochs of PPN's global branch alone.
        clip_norm: Largest norm of the gradient; 0 for no limit.
        mixed_precision: Compute in bfloat16 where it is safe.
        ema_decay: Decay of the averaged weights that are saved; 0 saves the last ones.
        scales: Smallest and largest random scale.
        rotations: "right_angles", "half_right_angles", "any" or "none"; see augment.py.
        vertical_flip: Also flip upside down.
        photometric: Random brightness, contrast, saturation, hue.
        appearance: "isdnet" (the ranges of ISDNet's recipe) or "any_sensor" (strong colour, haze, blur and noise, see
            models/training/tile_sets/appearance.py).
        class_mix: Share of the crops into which parts of another one are pasted, by class (tile_sets/class_mix.py).
        balance: Share of crops that are centred on a pixel of a class drawn uniformly.
        class_balance: Strength with which pixels of frequent classes are left out of the loss; 0 for none, 1 for all
            classes alike (see labels/class_balanced_labels.py).
        max_class_share: A crop is drawn again, up to ten times, while one class covers more than this.
        validate_every: Steps between validations.
        save_every_minutes: Minutes between saved states.
        tile_px: Tile side for the card and for validation.
        halo_px: Halo for the card and for validation.
        mirrors_rim: Whether images get mirrored context of the halo's width, for the card and for validation.
        ground_resolution_m: Metres per pixel, for the card.
        card: Further entries of the card: title, licence, data, notice, limits.
    """

    name: str
    method: str = "isdnet"
    network: dict[str, Any] = field(default_factory=dict)
    sources: tuple[SourceConfig, ...] = ()
    legend: str = "deepglobe"
    start_from: str = ""
    backbone_weights: tuple[str, ...] = ()
    backbone_lr: float = 1.0
    teacher: str = ""
    teacher_sure_from: float = 0.8
    normalization: str = "imagenet"
    seed: int = 1
    crop_px: int = 512
    batch: int = 4
    accumulate: int = 1
    steps: int = 2000
    optimizer: str = "adamw"
    lr: float = 1e-3
    min_lr: float = 1e-6
    warmup_steps: int = 50
    weight_decay: float = 0.01
    momentum: float = 0.9
    schedule: str = "poly"
    poly_power: float = 0.9
    phases: str = "joint"
    epoch_steps: int = 100
    warm_up_epochs: int = 10
    clip_norm: float = 0.0
    mixed_precision: bool = False
    ema_decay: float = 0.0
    scales: tuple[float, float] = (0.75, 1.5)
    rotations: str = "right_angles"
    vertical_flip: bool = True
    photometric: bool = True
    appearance: str = "isdnet"
    class_mix: float = 0.0
    balance: float = 0.5
    class_balance: float = 0.0
    max_class_share: float = 0.75
    validate_every: int = 250
    save_every_minutes: float = 3.0
    tile_px: int = 1024
    halo_px: int = 128
    mirrors_rim: bool = False
    ground_resolution_m: float = 0.5
    card: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.sources:
            raise DataError("The training configuration names no [[sources]].")
        for name in ("crop_px", "batch", "accumulate", "steps", "validate_every"):
            if getattr(self, name) < 1:
                raise DataError(f"'{name}' is {getattr(self, name)}; it must be at least 1.")
        if self.optimizer not in ("sgd", "adam", "adamw"):
            raise DataError(f"Optimizer {self.optimizer!r} is unknown; use 'sgd', 'adam' or 'adamw'.")
        if self.phases not in ("joint", "paper") or (self.phases == "paper" and self.method != "ppn"):
            raise DataError(f"phases = {self.phases!r} does not fit {self.method!r}; only PPN has an order of phases.")
        if self.rotations not in ROTATIONS:
            raise DataError(f"rotations = {self.rotations!r} is unknown; use one of {', '.join(ROTATIONS)}.")
        for name, known in (("appearance", APPEARANCES), ("schedule", SCHEDULES)):
            if getattr(self, name) not in known:
                raise DataError(f"{name} = {getattr(self, name)!r} is unknown; use one of {', '.join(known)}.")
        if not 0 < self.scales[0] <= self.scales[1]:
            raise DataError(f"scales = {self.scales} is not a range of positive factors.")


def read_training_config(path: Path, data_folder: Path | None = None) -> TrainingConfig:
    """Return the configuration of a TOML file.

    Args:
        path: The file.
        data_folder: Folder to put where a source says "{data}".

    Raises:
        DataError: If the file is missing, not TOML, or holds unknown entries or values of the wrong kind.
    """
    try:
        data = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise DataError(f"There is no training configuration {path}.") from error
    except (OSError, ValueError, RecursionError) as error:
        raise DataError(f"{path} is not a readable TOML file: {error}.") from error
    tables = data.pop("sources", [])
    if not isinstance(tables, list):
        raise DataError(f"sources of {path} is no list of tables; begin each with [[sources]].")
    sources = tuple(SourceConfig(**_known(s, SourceConfig, "sources")) for s in tables)
    if data_folder is not None:
        named = str(Path(data_folder).resolve())
        sources = tuple(replace(s, folder=named) if s.folder == DATA_FOLDER else s for s in sources)
    return TrainingConfig(sources=sources, **_known(data, TrainingConfig, "the file"))


def _known(data: Any, cls: type, where: str) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise DataError(f"{where} holds {str(data)[:40]!r}; expected a table of entries.")
    table = {f.name: f for f in fields(cls)}
    if unknown := sorted(set(data) - set(table)):
        raise DataError(f"Unknown entries {unknown} in {where}; known are {sorted(table)}.")
    lacking = [name for name, f in table.items() if name not in data and name != "sources" and _is_required(f)]
    if lacking:
        raise DataError(f"{where} lacks {', '.join(lacking)}; each is needed.")
    kinds = get_type_hints(cls)
    return {k: _entry(v, kinds[k], k) for k, v in data.items()}


def _entry(value: Any, kind: Any, name: str) -> Any:
    """Return an entry as its field's type says.

    Raises:
        DataError: If it is of another kind.
    """
    readers = {str: values.text, int: values.whole, float: values.number, bool: values.truth}
    parts = get_args(kind)
    try:
        if get_origin(kind) is tuple:
            found = values.items(value, readers[parts[0]])
            if parts[-1] is not Ellipsis and len(found) != len(parts):
                raise ValueError(f"it has {len(found)} values, expected {len(parts)}")
            return found
        if get_origin(kind) is dict:
            table = values.plain_object(value)
            return {k: readers[parts[1]](v) for k, v in table.items()} if parts[1] in readers else table
        return readers[kind](value)
    except (ValueError, TypeError) as error:
        raise DataError(f"{name} = {str(value)[:40]!r} does not fit: {error}.") from error


def _is_required(entry: Field[Any]) -> bool:
    return entry.default is MISSING and entry.default_factory is MISSING
