"""Teaching: a raster and examples go in, a checkpoint that maps the raster, and others, comes out."""

from __future__ import annotations

from dataclasses import dataclass

from ...models.card import ModelCard
from ..contract.events import Stage
from ..raster.raster_info import gdal_session
from ..system.run_context import QUIET, RunContext
from .agreement import Agreement
from .examples.example_layer import read_examples
from .features.example_samples import tiles_of
from .features.feature_store import BACKGROUND_GRID, FeatureStore
from .lesson import check_out, learn, open_source, save_lesson
from .request import TeachSpec

CACHE_BYTES = 256 * 1024**2


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


def teach(spec: TeachSpec, context: RunContext = QUIET) -> Taught:
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
            context.warn(note.message)
        with FeatureStore(source, should_stop=context.should_stop) as store:
            _tell_progress(store, len(tiles_of(examples, store)) + BACKGROUND_GRID**2, context)
            lesson = learn(examples, store, shares=spec.shares, unclassified_below=spec.unclassified_below)
    for note in lesson.notes:
        context.warn(note.message)
    context.check_stop()
    origin = {"raster": source.info.name, "examples": spec.examples.name, "created": spec.created}
    agreement = lesson.agreement()
    card = save_lesson(spec.out, lesson, agreement, source, origin)
    return Taught(card=card, agreement=agreement, notes=tuple(n.message for n in (*examples.notes, *lesson.notes)))


def _tell_progress(store: FeatureStore, total: int, context: RunContext) -> None:
    store.on_tile = lambda: context.progress(Stage.PREPARE, min(store.computed, total), total)
