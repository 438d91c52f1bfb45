"""Lesson: what examples on a raster teach a head, ready to be shown, checked and saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from ...models.card import ModelCard
from ...models.encoders.stored import load_encoder
from ...models.errors import DataError
from ...models.heads.background import Background
from ...models.heads.feature_reader import FeatureReader
from ...models.heads.head_map import HeadMap
from ...models.heads.left_out import LeftOut, leave_out
from ...models.heads.taught import TaughtConfig
from ...models.heads.taught_checkpoint import save_taught, taught_network
from ...models.heads.taught_head import ExampleFeatures, HeadSettings, TaughtHead, fit_head
from ...models.legend import Legend
from ..contract.teach import ESTIMATED
from ..raster.raster_info import RasterInfo, read_info
from ..raster.scaling import choose_scale
from ..system.errors import ErrorCode, OutputError
from ..tiles.stretch_choice import choose_stretch
from .agreement import Agreement, agreement_of
from .examples.example_layer import ExampleNote, Examples
from .features.example_samples import sample_examples
from .features.feature_store import FeatureSource, FeatureStore, plan_feature_tiles
from .features.further_bands import SEEN, channel_names, further_scaling
from .taught_card import taught_card

DEFAULT_ENCODER = "efficientnet-lite0"
DEFAULT_L2 = 0.1
DEFAULT_RESOLUTION_M = 1.0

Shares = str | Mapping[str, float]
"""How common classes are taken to be: "estimated", "equal", or a share for each class name."""


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """A head and what it was fitted to.

    Attributes:
        examples: The examples.
        samples: Their features.
        background: Features spread over the raster.
        settings: How the head was fitted.
        head: The head.
        config: Settings of the network that it makes.
        resolution_m: Metres per pixel at which the raster is looked at.
        notes: What was wrong with examples.
    """

    examples: Examples
    samples: ExampleFeatures
    background: Background
    settings: HeadSettings
    head: TaughtHead
    config: TaughtConfig
    resolution_m: float
    notes: tuple[ExampleNote, ...]

    @property
    def legend(self) -> Legend:
        """Classes of the map."""
        return self.examples.classes.legend

    @cached_property
    def left_out(self) -> LeftOut:
        """What heads say of examples that they were not fitted to."""
        return leave_out(self.samples, self.background, self.settings)

    def head_map(self, channels: Sequence[int]) -> HeadMap:
        """Return the head at work on feature maps of so many channels."""
        return HeadMap(self.head, self.config, channels)

    def agreement(self) -> Agreement:
        """Return how many left-out examples are recognised."""
        return agreement_of(self.left_out, [c.name for c in self.legend.classes])


def open_source(raster: str, encoder: str = "", bands: tuple[int, ...] = ()) -> FeatureSource:
    """Return a raster and the encoder that looks at it.

    Args:
        raster: Path or GDAL name.
        encoder: Name or file of the encoder; empty for the one that ships.
        bands: 1-based bands that are red, green, blue, and further ones; empty finds the three.

    Raises:
        RasterError: If the raster cannot be used.
        CheckpointError: If the encoder cannot.
    """
    names = channel_names(raster, bands)
    info = read_info(raster, names, bands)
    stretch = choose_stretch(info)
    scaling = further_scaling(info, stretch)
    reader = FeatureReader(load_encoder(encoder or DEFAULT_ENCODER), scaling, names[len(SEEN) :])
    scale = choose_scale(info.grid.ground_resolution_m, teaching_resolution(info))
    return FeatureSource(info=info, stretch=stretch, tiles=plan_feature_tiles(info, scale, reader), reader=reader)


def teaching_resolution(info: RasterInfo) -> float:
    """Return the ground resolution at which a raster is looked at: its own, but no finer than a metre."""
    found = info.grid.ground_resolution_m
    return DEFAULT_RESOLUTION_M if found is None else max(DEFAULT_RESOLUTION_M, float(np.mean(found)))


def learn(
    examples: Examples, store: FeatureStore, *, shares: Shares = ESTIMATED, unclassified_below: float = 0.0
) -> Lesson:
    """Fit a head to examples.

    Args:
        examples: What was drawn.
        store: Features of the raster.
        shares: How common classes are taken to be.
        unclassified_below: Pixels whose best class is less likely become "unclassified".

    Raises:
        DataError: If a class has no example with data, or shares do not fit the classes.
        Cancelled: If asked to stop.
    """
    sampled = sample_examples(examples, store)
    settings = HeadSettings(
        l2=DEFAULT_L2,
        class_of_subclass=examples.classes.class_of_subclass,
        shares=shares if isinstance(shares, str) else _given_shares(shares, examples.classes.legend),
    )
    notes = _notes_on_data(examples, sampled.without_data)
    background = store.background()
    if not len(background.features):
        background = Background(sampled.samples.features, background.channels)
    return Lesson(
        examples=examples,
        samples=sampled.samples,
        background=background,
        settings=settings,
        head=fit_head(sampled.samples, background, settings),
        config=TaughtConfig(
            encoder=store.source.reader.card.architecture,
            bands=len(store.source.reader.bands),
            class_of_subclass=settings.class_of_subclass,
            unclassified_below=unclassified_below,
        ),
        resolution_m=teaching_resolution(store.source.info),
        notes=notes,
    )


def save_lesson(
    path: Path, lesson: Lesson, agreement: Agreement, source: FeatureSource, origin: Mapping[str, Any]
) -> ModelCard:
    """Write a lesson as a checkpoint; return its card.

    Args:
        path: Checkpoint to make.
        lesson: The lesson.
        agreement: What left-out examples say.
        source: Raster and encoder.
        origin: Raster, examples and time, for the card.

    Raises:
        OutputError: If it cannot be written.
    """
    network = taught_network(source.reader, lesson.head, lesson.config, lesson.legend.num_classes)
    card = taught_card(
        name=path.stem, examples=lesson.examples, agreement=agreement, head=lesson.head, reader=source.reader,
        resolution_m=lesson.resolution_m,
        origin={**origin, "l2": lesson.settings.l2, "prior": _prior_text(lesson.settings.shares)},
    )  # fmt: skip
    try:
        return save_taught(path, network, card)
    except OSError as error:
        raise OutputError(
            ErrorCode.OUTPUT_NOT_WRITABLE, f"The model cannot be written to {path}: {error}. Choose another folder."
        ) from error


def check_out(path: Path, *, overwrite: bool) -> None:
    """Refuse a name that is no checkpoint's, or taken.

    Raises:
        OutputError: With one sentence.
    """
    if path.suffix != ".safetensors":
        raise OutputError(ErrorCode.OUTPUT_NOT_WRITABLE, f"{path.name} is no name of a model; end it in .safetensors.")
    if path.exists() and not overwrite:
        raise OutputError(
            ErrorCode.OUTPUT_EXISTS, f"{path} is already there. Choose another name, or allow overwriting."
        )


def _given_shares(shares: Mapping[str, float], legend: Legend) -> tuple[float, ...]:
    by_name = {name.casefold(): float(share) for name, share in shares.items()}
    names = [c.name for c in legend.classes[1:]]
    lacking = [name for name in names if name.casefold() not in by_name]
    if lacking:
        raise DataError(f"No share is given for {', '.join(lacking)}. Give one for each class, or none.")
    return tuple(by_name[name.casefold()] for name in names)


def _prior_text(shares: str | tuple[float, ...]) -> str:
    return shares if isinstance(shares, str) else "given"


def _notes_on_data(examples: Examples, without_data: np.ndarray) -> tuple[ExampleNote, ...]:
    """Return a note on examples without data; refuse if a class has no other."""
    if not len(without_data):
        return ()
    has_data = ~np.isin(np.arange(len(examples.shapes)), without_data)
    gone = sorted(set(examples.class_ids.tolist()) - set(examples.class_ids[has_data].tolist()))
    if gone:
        name = examples.classes.legend.classes[gone[0]].name
        raise DataError(f"All examples of {name} lie where the raster has no data. Draw one where there is an image.")
    ids = tuple(examples.ids[without_data].tolist())
    message = f"{len(ids)} of the examples lie where the raster has no data (feature {ids[0]} …) and were left out."
    return (ExampleNote(message=message, examples=ids),)
