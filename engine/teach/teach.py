"""Teaching: a raster and examples go in, a checkpoint that maps the raster, and others, comes out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ...models.card import ModelCard
from ...models.encoders.stored import load_encoder
from ...models.errors import DataError
from ...models.heads.feature_reader import FeatureReader
from ...models.heads.left_out import leave_out
from ...models.heads.taught import TaughtConfig
from ...models.heads.taught_checkpoint import save_taught, taught_network
from ...models.heads.taught_head import ExampleFeatures, HeadSettings, fit_head
from ..contract.events import Event, Note, Progress, Stage
from ..plan.planning import choose_stretch
from ..raster.raster_info import RasterInfo, gdal_session, read_info
from ..raster.scaling import Scale, choose_scale
from ..system.errors import Cancelled, ErrorCode, OutputError
from .agreement import Agreement, agreement_of
from .examples import Examples, read_examples
from .feature_source import FeatureSource, RasterFeatures, plan_feature_tiles, sample_features
from .positions import sample_positions
from .taught_card import taught_card

BANDS = ("red", "green", "blue")
DEFAULT_ENCODER = "efficientnet-lite0"
DEFAULT_L2 = 0.1
DEFAULT_RESOLUTION_M = 1.0
CACHE_BYTES = 256 * 1024**2


@dataclass(frozen=True, slots=True, kw_only=True)
class TeachSpec:
    """What is taught, and how.

    Attributes:
        raster: Image.
        examples: Vector file.
        out: Checkpoint to make.
        field: Column of the class; empty finds it.
        layer: Layer of the vector file; empty takes the first.
        encoder: Name or file of the encoder.
        bands: 1-based bands that are red, green, blue; empty finds them.
        shares: "estimated" or "equal" shares of the classes.
        unclassified_below: Pixels whose best class is less likely become "unclassified"; 0 for none.
        overwrite: Whether an older checkpoint may be replaced.
        created: ISO 8601 time stamp, for the card.
    """

    raster: str
    examples: Path
    out: Path
    field: str = ""
    layer: str = ""
    encoder: str = DEFAULT_ENCODER
    bands: tuple[int, ...] = ()
    shares: str = "estimated"
    unclassified_below: float = 0.0
    overwrite: bool = False
    created: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taught:
    """What teaching made.

    Attributes:
        card: Card of the checkpoint.
        agreement: What left-out examples say.
        notes: Sentences on what was left out or mended.
    """

    card: ModelCard
    agreement: Agreement
    notes: tuple[str, ...]


def teach(spec: TeachSpec, emit: Callable[[Event], None], should_stop: Callable[[], bool]) -> Taught:
    """Teach a checkpoint.

    Raises:
        DataError: If the examples cannot be used.
        UhrError: If the raster cannot be read or the checkpoint not be written.
        Cancelled: If asked to stop; nothing is left behind.
    """
    _check_out(spec)
    with gdal_session(CACHE_BYTES):
        info = read_info(spec.raster, BANDS, spec.bands)
        examples = read_examples(spec.examples, info.grid, field=spec.field, layer=spec.layer)
        for note in examples.notes:
            emit(Note("warning", note))
        reader = FeatureReader(load_encoder(spec.encoder))
        resolution_m = teaching_resolution(info)
        scale = choose_scale(info.grid.ground_resolution_m, resolution_m)
        source = FeatureSource(
            info=info, stretch=choose_stretch(info), tiles=plan_feature_tiles(info, scale, reader), reader=reader
        )
        samples, found = _sampled(source, examples, scale, emit, should_stop)
    settings = HeadSettings(l2=DEFAULT_L2, class_of_subclass=examples.classes.class_of_subclass, shares=spec.shares)
    head = fit_head(samples, found.background, settings)
    names = [c.name for c in examples.classes.legend.classes]
    agreement = agreement_of(leave_out(samples, found.background, settings), names)
    if should_stop():
        raise Cancelled
    config = TaughtConfig(
        encoder=reader.card.architecture,
        bands=len(BANDS),
        class_of_subclass=settings.class_of_subclass,
        unclassified_below=spec.unclassified_below,
    )
    network = taught_network(reader, head, config, len(names))
    card = taught_card(
        name=spec.out.stem, examples=examples, agreement=agreement, head=head, reader=reader,
        resolution_m=resolution_m, origin=_origin(spec, info, settings),
    )  # fmt: skip
    return Taught(card=_saved(spec.out, network, card), agreement=agreement, notes=examples.notes)


def teaching_resolution(info: RasterInfo) -> float:
    """Return the ground resolution at which a raster is looked at: its own, but no finer than a metre."""
    found = info.grid.ground_resolution_m
    return DEFAULT_RESOLUTION_M if found is None else max(DEFAULT_RESOLUTION_M, float(np.mean(found)))


def _sampled(
    source: FeatureSource,
    examples: Examples,
    scale: Scale,
    emit: Callable[[Event], None],
    should_stop: Callable[[], bool],
) -> tuple[ExampleFeatures, RasterFeatures]:
    positions = sample_positions(examples.shapes, scale.x, scale.y, source.reader.cell_px)
    found = sample_features(
        source, positions, lambda done, total: emit(Progress(Stage.PREPARE, done, total, "tiles")), should_stop
    )
    example = positions.example[found.kept]
    samples = ExampleFeatures(features=found.features, subclass=examples.subclass[example], example=example)
    _check_data(examples, samples, emit)
    return samples, found


def _check_data(examples: Examples, samples: ExampleFeatures, emit: Callable[[Event], None]) -> None:
    """Tell of examples without data; refuse if a class has no other."""
    has_data = np.isin(np.arange(len(examples.shapes)), samples.example)
    if has_data.all():
        return
    names = [c.name for c in examples.classes.legend.classes]
    gone = sorted(set(examples.class_ids.tolist()) - set(examples.class_ids[has_data].tolist()))
    if gone:
        raise DataError(
            f"All examples of {names[gone[0]]} lie where the raster has no data. Draw one where there is an image."
        )
    ids = examples.ids[~has_data].tolist()
    emit(Note("warning", f"{len(ids)} examples lie where the raster has no data (feature {ids[0]} …); left out."))


def _origin(spec: TeachSpec, info: RasterInfo, settings: HeadSettings) -> dict[str, Any]:
    return {
        "raster": info.name,
        "examples": spec.examples.name,
        "created": spec.created,
        "l2": settings.l2,
        "prior": spec.shares,
    }


def _check_out(spec: TeachSpec) -> None:
    if spec.out.suffix != ".safetensors":
        raise OutputError(
            ErrorCode.OUTPUT_NOT_WRITABLE, f"{spec.out.name} is no name of a model; end it in .safetensors."
        )
    if spec.out.exists() and not spec.overwrite:
        raise OutputError(
            ErrorCode.OUTPUT_EXISTS, f"{spec.out} is already there. Choose another name, or allow overwriting."
        )


def _saved(out: Path, network: Any, card: ModelCard) -> ModelCard:
    try:
        return save_taught(out, network, card)
    except OSError as error:
        raise OutputError(
            ErrorCode.OUTPUT_NOT_WRITABLE, f"The model cannot be written to {out}: {error}. Choose another folder."
        ) from error
