"""Checkpoints that are ONNX files: the card is found inside, beside, or made from foreign metadata."""

from __future__ import annotations

import dataclasses
import hashlib
from dataclasses import dataclass
from pathlib import Path

from ..card import ModelCard
from ..errors import CheckpointDamaged, CheckpointError
from .deepness import deepness_facts
from .facts import NetworkFacts, check_facts, facts_of_card, guessed_facts, legend_of_facts
from .forms import AnswerForm, ImageForm, image_form
from .graph import OnnxGraph, read_graph
from .mlm import find_item, mlm_facts
from .network import OnnxNetwork
from .probe import Trial, try_network
from .session import OnnxSession

METHOD = "onnx"

CARD_KEY = "uhr_landcover_card"
"""Under which an ONNX file of ours holds its card."""

CARD_END = ".card.json"
"""Ends the name of a card that lies beside its network: NET.onnx has NET.card.json."""

MAX_CARD_BYTES = 4 * 1024**2


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedNetwork:
    """An ONNX network with all that could be found out about it.

    Attributes:
        graph: What its file holds.
        session: It, ready to run.
        form: How it takes images.
        channels: Bands it takes.
        trial: What a trial told.
        answer: The output with the classes; the first that may be, where that is not said.
        facts: What its metadata say.
        guess: The same, and guesses for what they leave out.
    """

    graph: OnnxGraph
    session: OnnxSession
    form: ImageForm
    channels: int
    trial: Trial
    answer: AnswerForm
    facts: NetworkFacts
    guess: NetworkFacts

    @property
    def missing(self) -> tuple[str, ...]:
        """What must be known and is not said, in words."""
        names = [a.name for a in self.trial.answers]
        is_open = len(names) > 1 and not self.facts.output
        which = (f"which of its outputs ({', '.join(names)}) holds the classes",) if is_open else ()
        return (*self.facts.missing, *which)


def card_path(network: Path) -> Path:
    """Return where the card beside an ONNX file lies."""
    return network.with_name(network.stem + CARD_END)


def open_network(path: Path, said: NetworkFacts | None = None) -> OpenedNetwork:
    """Open an ONNX file, try it on a small image and gather what is known of it.

    Args:
        path: The file.
        said: What a person says of it, which goes before all else.

    Raises:
        CheckpointError: If it cannot be used, saying why.
    """
    said = said or NetworkFacts()
    graph = read_graph(path)
    form = image_form(graph)
    known = said.over(_card_facts(graph) or NetworkFacts())
    channels = form.channels or len(known.bands) or 3
    # Before anything runs: metadata may say that this network does something else.
    known = known.over(_foreign_facts(graph, channels, known.output))
    session = OnnxSession(path)
    trial = try_network(graph, session, form, channels)
    answer = _chosen(trial, known.output, graph)
    if known.meaning:
        answer = dataclasses.replace(answer, meaning=known.meaning)
    guess = known.over(guessed_facts(path.stem, channels, answer.num_classes, form.height, bands=known.bands))
    return OpenedNetwork(
        graph=graph,
        session=session,
        form=form,
        channels=channels,
        trial=trial,
        answer=answer,
        facts=known,
        guess=guess,
    )


def card_of(opened: OpenedNetwork) -> ModelCard:
    """Return the card of a network, guesses included.

    Raises:
        CheckpointError: If what is said of it contradicts it.
    """
    facts, answer = opened.guess, opened.answer
    check_facts(facts, answer, opened.channels, opened.graph.path.name)
    tile = opened.form.height or opened.form.width or _multiple(facts.tile_px, opened.trial.size_divisor)
    halo = facts.halo_px if facts.halo_px is not None else tile // 8
    return ModelCard(
        name=facts.name,
        title=facts.name,
        method=METHOD,
        config={
            "output": answer.name,
            "meaning": answer.meaning.value,
            "threshold": 0.5 if facts.threshold is None else facts.threshold,
            "producer": opened.graph.producer,
        },
        legend=legend_of_facts(facts),
        bands=facts.bands,
        ground_resolution_m=facts.ground_resolution_m or 1.0,
        tile_px=tile,
        halo_px=min(halo, (tile - 1) // 2),
        normalization=facts.normalization,
        raw_values=bool(facts.raw_values),
        licence=facts.licence or "unspecified",
        weights_sha256=_digest(opened.graph),
    )


def network_of(opened: OpenedNetwork, card: ModelCard) -> OnnxNetwork:
    """Return a network as the engine runs it."""
    network = OnnxNetwork(
        opened.session,
        skeleton=opened.graph.skeleton,
        form=opened.form,
        answer=opened.answer,
        num_classes=card.legend.num_classes,
        in_channels=opened.channels,
        sides=(opened.trial.size_divisor, opened.trial.min_side_px),
        threshold=float(card.config["threshold"]),
        config=card.config,
    )
    # The outer half of a margin, where the network sees least around a pixel, has no part in the map: so a network
    # that looks no farther gives the classes of a run on the whole raster.
    network.blend_px = card.halo_px // 2
    return network


def load(path: Path) -> tuple[ModelCard, OnnxNetwork]:
    """Return the card and the network of an ONNX file.

    Raises:
        CheckpointMissing: If there is no such file.
        CheckpointDamaged: If it is no ONNX file.
        CheckpointError: If it cannot be used, or does not say what must be known.
    """
    opened = open_network(path)
    if opened.missing:
        raise CheckpointError(
            f"{path.name} does not say {_listed(opened.missing)}. Describe it once: {how_to_describe(opened)}"
        )
    card = card_of(opened)
    return card, network_of(opened, card).eval()


def how_to_describe(opened: OpenedNetwork) -> str:
    """Return the command that says what a network does not, with examples for the values."""
    classes = ",".join(c.name.replace(" ", "-") for c in opened.guess.classes) or "forest,water"
    parts = {
        "its classes": f"--classes {classes}",
        "how values": "--scale unit",
        "its ground": "--resolution 0.5",
        "which of": f"--output {opened.answer.name}",
    }
    options = [option for start, option in parts.items() if any(m.startswith(start) for m in opened.missing)]
    return f"describe {opened.graph.path.name} {' '.join(options)} --write"


def read_card(path: Path) -> ModelCard:
    """Return the card of an ONNX file; errors as in `load`."""
    return load(path)[0]


def _card_facts(graph: OnnxGraph) -> NetworkFacts | None:
    beside = card_path(graph.path)
    if beside.is_file():
        if beside.stat().st_size > MAX_CARD_BYTES:
            raise CheckpointDamaged(f"The card {beside.name} has more than {MAX_CARD_BYTES} bytes; it is none.")
        return facts_of_card(ModelCard.from_json(beside.read_text(encoding="utf-8", errors="replace")))
    if CARD_KEY in graph.metadata:
        return facts_of_card(ModelCard.from_json(graph.metadata[CARD_KEY]))
    return None


def _foreign_facts(graph: OnnxGraph, channels: int, output: str) -> NetworkFacts:
    names = [p.name for p in graph.outputs]
    place = names.index(output) if output in names else 0
    deepness = deepness_facts(graph.metadata, channels, place) or NetworkFacts()
    item = find_item(graph.path, graph.metadata)
    return deepness.over(mlm_facts(item, output, graph.path.name)) if item else deepness


def _chosen(trial: Trial, wanted: str, graph: OnnxGraph) -> AnswerForm:
    name = graph.path.name
    if not trial.answers:
        shapes = ", ".join(f"{n}: {' × '.join(map(str, s))}" for n, s in trial.others.items())
        kind = "it finds objects and gives boxes" if _finds_objects(graph, trial) else "none is a map of the image"
        raise CheckpointError(
            f"{name} does not classify pixels: of its outputs ({shapes}) {kind}. Choose a network for semantic "
            "segmentation."
        )
    names = [a.name for a in trial.answers]
    if wanted:
        if wanted not in names:
            raise CheckpointError(f"{name} has no output {wanted!r} with classes of pixels; it has {', '.join(names)}.")
        return trial.answers[names.index(wanted)]
    return trial.answers[0]


def _finds_objects(graph: OnnxGraph, trial: Trial) -> bool:
    """Return whether a network looks like one of those that give boxes: a list of them, or their overlaps removed."""
    lists = [s for s in trial.others.values() if len(s) in (2, 3) and max(s[-2:], default=0) > min(s[-2:], default=0)]
    return "NonMaxSuppression" in graph.operators or bool(lists)


def _multiple(side: int, divisor: int) -> int:
    return max(divisor, -(-side // divisor) * divisor)


def _listed(things: tuple[str, ...]) -> str:
    return things[0] if len(things) == 1 else f"{', '.join(things[:-1])} and {things[-1]}"


def _digest(graph: OnnxGraph) -> str:
    digest = hashlib.sha256()
    for file in (graph.path, *graph.data_files):
        with file.open("rb") as stream:
            digest.update(hashlib.file_digest(stream, "sha256").digest())
    text = digest.hexdigest()
    return "-".join(text[i : i + 8] for i in range(0, len(text), 8))
