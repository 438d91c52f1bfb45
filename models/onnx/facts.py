"""Facts about a foreign network that a model card needs: gathered from its metadata, from people, and guessed."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, fields

from ..card import ModelCard, Normalization
from ..errors import CheckpointError
from ..legend import LandCoverClass, Legend, spread_color
from .forms import AnswerForm, Meaning

DEFAULT_TILE_PX = 512
DEFAULT_HALO_SHARE = 1 / 8
"""Margin of a tile that is not written, relative to its side, where nothing is said."""

COMMON_BANDS = {1: ("gray",), 3: ("red", "green", "blue"), 4: ("red", "green", "blue", "nir")}
"""What so many bands are most often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassFact:
    """A class as a foreign network names it.

    Attributes:
        name: Name for people.
        color: Red, green, blue; None if it has none.
    """

    name: str
    color: tuple[int, int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkFacts:
    """What is known of a network; empty, 0 or None where nothing is.

    Attributes:
        source: Where this is from, for people.
        name: Short identifier.
        classes: Classes in the order of the network's numbers.
        legend: The legend that these classes are, if it is known.
        bands: Names of the bands in their order.
        normalization: Input scaling, on the scale of 8 bits or of the raster's own values.
        raw_values: Whether that is the scale of the raster's own values.
        ground_resolution_m: Metres per pixel.
        tile_px: Side of a tile.
        halo_px: Margin of a tile that is not written.
        output: Name of the output with the classes.
        meaning: What its numbers mean.
        threshold: Probability from which a pixel is of the class of a network with one probability.
        licence: Licence of the weights.
        notes: Sentences on what was guessed.
    """

    source: str = ""
    name: str = ""
    classes: tuple[ClassFact, ...] = ()
    legend: Legend | None = None
    bands: tuple[str, ...] = ()
    normalization: Normalization | None = None
    raw_values: bool | None = None
    ground_resolution_m: float = 0.0
    tile_px: int = 0
    halo_px: int | None = None
    output: str = ""
    meaning: Meaning | None = None
    threshold: float | None = None
    licence: str = ""
    notes: tuple[str, ...] = ()

    def over(self, others: NetworkFacts) -> NetworkFacts:
        """Return these facts, completed from others where nothing is known."""
        own = {f.name: getattr(self, f.name) for f in fields(self)}
        known = {name: value for name, value in own.items() if not _is_unknown(name, value)}
        known["notes"] = (*self.notes, *others.notes)
        if self.normalization:  # the scale goes with it
            known["raw_values"] = bool(self.raw_values)
        if self.classes:
            known["legend"] = self.legend
        return dataclasses.replace(others, **known)

    @property
    def missing(self) -> tuple[str, ...]:
        """What a card needs that nobody has said, in words."""
        needed = {
            "its classes": self.classes,
            "how values are scaled": self.normalization,
            "its ground resolution": self.ground_resolution_m,
        }
        return tuple(words for words, value in needed.items() if not value)


def _is_unknown(name: str, value: object) -> bool:
    return value is None or value in ("", ()) or (name in ("ground_resolution_m", "tile_px") and not value)


def facts_of_card(card: ModelCard) -> NetworkFacts:
    """Return what a card of ours says, as it lies in or beside an ONNX file."""
    meaning = card.config.get("meaning")
    return NetworkFacts(
        source="a model card of this software",
        name=card.name,
        classes=tuple(ClassFact(name=c.name, color=c.color) for c in card.legend.classes),
        legend=card.legend,
        bands=card.bands,
        normalization=card.normalization,
        raw_values=card.raw_values,
        ground_resolution_m=card.ground_resolution_m,
        tile_px=card.tile_px,
        halo_px=card.halo_px,
        output=str(card.config.get("output", "")),
        meaning=Meaning(meaning) if meaning else None,
        threshold=card.config.get("threshold"),
        licence=card.licence,
    )


def guessed_facts(
    stem: str, channels: int, classes: int | None, tile_px: int | None, *, bands: tuple[str, ...] = ()
) -> NetworkFacts:
    """Return what may be assumed of a network that says nothing.

    Args:
        stem: Name of its file, without the ending.
        channels: Bands it takes.
        classes: Classes it tells apart, if that shows.
        tile_px: Side of the images that it takes, if that is fixed.
        bands: Names of the bands, where they are known.
    """
    notes = ()
    if not bands:
        bands = COMMON_BANDS.get(channels) or tuple(f"band {i}" for i in range(1, channels + 1))
        notes = (f"The network does not name its bands; {', '.join(bands)} are assumed.",)
    names = ("background", "class 1") if classes == 2 else tuple(f"class {i}" for i in range(classes or 0))
    return NetworkFacts(
        source="a guess",
        name=stem,
        classes=tuple(ClassFact(name=name) for name in names),
        bands=bands,
        normalization=Normalization(mean=(0.0,) * channels, std=(255.0,) * channels),
        raw_values=False,
        tile_px=tile_px or DEFAULT_TILE_PX,
        notes=notes,
    )


def legend_of_facts(facts: NetworkFacts) -> Legend:
    """Return the legend of a network; classes without a colour get one that differs from the others."""
    if facts.legend is not None:
        return facts.legend
    classes = (
        LandCoverClass(class_id=i, name=c.name, color=c.color or spread_color(i)) for i, c in enumerate(facts.classes)
    )
    return Legend(name=facts.name, title=facts.name, classes=tuple(classes), unknown_id=None)


def check_facts(facts: NetworkFacts, answer: AnswerForm, channels: int, file_name: str) -> None:
    """Raise CheckpointError if facts contradict what a network takes and gives."""
    classes = answer.num_classes
    if classes is not None and len(facts.classes) != classes:
        raise CheckpointError(
            f"{file_name} gives {answer.channels} numbers for a pixel, but {len(facts.classes)} classes are named for "
            f"it ({', '.join(c.name for c in facts.classes)}); expected {classes} names. Name its classes: describe "
            f"{file_name} --classes A,B,… --write"
        )
    if len(facts.bands) != channels:
        raise CheckpointError(
            f"{file_name} takes images of {channels} bands, but {len(facts.bands)} are named for it "
            f"({', '.join(facts.bands)}). Name its bands: describe {file_name} --bands A,B,… --write"
        )
