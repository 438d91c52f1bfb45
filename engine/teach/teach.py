"""Teaching: a raster and examples go in, a checkpoint that maps the raster, and others, comes out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ...models.card import ModelCard
from ..contract.events import Event, Note, Progress, Stage
from ..contract.teach import ESTIMATED
from ..raster.raster_info import gdal_session
from ..system.errors import Cancelled
from .agreement import Agreement
from .examples.example_layer import read_examples
from .features.example_samples import tiles_of
from .features.feature_store import BACKGROUND_GRID, FeatureStore
from .lesson import check_out, learn, open_source, save_lesson

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
        encoder: Name or file of the encoder; empty for the one that ships.
        bands: 1-based bands that are red, green, blue, and further ones; empty finds the three.
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
    encoder: str = ""
    bands: tuple[int, ...] = ()
    shares: str = ESTIMATED
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
    check_out(spec.out, overwrite=spec.overwrite)
    with gdal_session(CACHE_BYTES):
        source = open_source(spec.raster, spec.encoder, spec.bands)
        examples = read_examples(spec.examples, source.info.grid, field=spec.field, layer=spec.layer)
        for note in examples.notes:
            emit(Note("warning", note.message))
        with FeatureStore(source, should_stop=should_stop) as store:
            _tell_progress(store, len(tiles_of(examples, store)) + BACKGROUND_GRID**2, emit)
            lesson = learn(examples, store, shares=spec.shares, unclassified_below=spec.unclassified_below)
    for note in lesson.notes:
        emit(Note("warning", note.message))
    if should_stop():
        raise Cancelled
    origin = {"raster": source.info.name, "examples": spec.examples.name, "created": spec.created}
    agreement = lesson.agreement()
    card = save_lesson(spec.out, lesson, agreement, source, origin)
    return Taught(card=card, agreement=agreement, notes=tuple(n.message for n in (*examples.notes, *lesson.notes)))


def _tell_progress(store: FeatureStore, total: int, emit: Callable[[Event], None]) -> None:
    store.on_tile = lambda: emit(Progress(Stage.PREPARE, min(store.computed, total), total, "tiles"))
