"""Request of a checkpoint's accuracy on images with masks."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..contract.events import Stage
from ..system.run_context import QUIET, RunContext

if TYPE_CHECKING:
    from ...models.legend import Legend
    from ...models.training.evaluate import CommonIds
    from ...models.training.metrics import ConfusionMatrix


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluateSpec:
    """Evaluation to do.

    Attributes:
        checkpoint: The checkpoint, .safetensors.
        data: Folder of images and masks.
        images: Name of the image folder inside; empty finds it.
        masks: Name of the mask folder inside; empty finds it.
        group: Regular expression of a scene's group in its name.
        only: Groups to measure; empty for all.
        split: Named list of scenes, of which the test part is measured; empty for none.
        legend: Legend of the masks, a name or a JSON file; empty for the checkpoint's.
        crosswalk: CSV with the columns map,class,common: what classes of the network (map) and of the masks
            (reference) count as; None for none.
        ignore_unknown: Leave pixels of the unknown class out.
        device: "auto", "cpu", "cuda" or "cuda:N".
        out: File of figures: JSON and, beside it, tables as Markdown. None writes nothing.
    """

    checkpoint: Path
    data: Path
    images: str = ""
    masks: str = ""
    group: str = ""
    only: tuple[str, ...] = ()
    split: str = ""
    legend: str = ""
    crosswalk: Path | None = None
    ignore_unknown: bool = False
    device: str = "auto"
    out: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """What was measured.

    Attributes:
        checkpoint: Name of the checkpoint.
        scenes: Scenes that were compared.
        class_names: Names of the classes that both are compared in, in the order of the matrix.
        matrix: Pixels of each reference class (rows) that were given each class (columns); IoU, F1 and accuracy.
    """

    checkpoint: str
    scenes: tuple[str, ...]
    class_names: tuple[str, ...]
    matrix: ConfusionMatrix

    def to_dict(self) -> dict[str, Any]:
        """Return the figures as JSON-ready data."""
        return {
            "checkpoint": self.checkpoint,
            "scenes": list(self.scenes),
            **self.matrix.to_dict(list(self.class_names)),
        }

    def to_markdown(self) -> str:
        """Return the figures as tables for people."""
        return self.matrix.to_markdown(list(self.class_names))


def evaluate(spec: EvaluateSpec, context: RunContext = QUIET) -> Evaluation:
    """Map every scene of a folder with a checkpoint and compare with its mask.

    Raises:
        CheckpointError: If the checkpoint is missing or damaged.
        DataError: If the folder holds no pairs of image and mask, or a mask other classes.
        OutputError: If the figures would replace what is read.
        Cancelled: If asked to stop.
    """
    from ...models.checkpoint import load_checkpoint
    from ...models.legend import load_legend
    from ...models.training.evaluate import evaluate_scenes
    from ..system.device import choose_device

    _refuse_inputs(spec)
    checkpoint = load_checkpoint(spec.checkpoint)
    card = checkpoint.card
    reference = load_legend(spec.legend) if spec.legend else card.legend
    names, common = _common(spec, card.legend, reference)
    scenes = _scenes(spec, reference)
    done: list[str] = []

    def report(name: str) -> None:
        context.check_stop()
        done.append(name)
        context.progress(Stage.EVALUATE, len(done), len(scenes), "scenes")

    matrix = evaluate_scenes(
        checkpoint.network.to(choose_device(spec.device).name),
        scenes,
        normalization=card.normalization,
        legend=card.legend,
        tile_px=card.tile_px,
        halo_px=card.halo_px,
        mirrors_rim=card.mirrors_rim,
        common=common,
        report=report,
    )
    found = Evaluation(checkpoint=card.name, scenes=tuple(done), class_names=names, matrix=matrix)
    if spec.out:
        _write(found, spec.out)
    return found


def _refuse_inputs(spec: EvaluateSpec) -> None:
    from ..raster.input_files import legend_files
    from ..system.guard import refuse_inputs

    if spec.out:
        tables = [*legend_files(spec.legend), *([spec.crosswalk] if spec.crosswalk else [])]
        inputs = [spec.checkpoint, spec.split, *tables, *(p for p in spec.data.rglob("*") if p.is_file())]
        refuse_inputs([spec.out.with_suffix(ending) for ending in (".json", ".md")], inputs)


def _common(spec: EvaluateSpec, legend: Legend, reference: Legend) -> tuple[tuple[str, ...], CommonIds | None]:
    """Return the names of the classes that network and masks are compared in, and what both count as."""
    from ...models.training.evaluate import CommonIds
    from ..change.class_matching import match_classes

    if not spec.legend and not spec.crosswalk:
        return tuple(c.name for c in legend.classes), None
    common = match_classes(legend, reference, spec.crosswalk, ("map", "reference"))
    unknown = None if legend.unknown_id is None else int(common.old[legend.unknown_id])
    ids = CommonIds(of_labels=common.new, of_network=common.old, num_classes=len(common.names), unknown_id=unknown)
    return tuple(common.names), ids


def _write(found: Evaluation, out: Path) -> None:
    from ..system.files import write_atomically

    out.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(out.with_suffix(".json"), json.dumps(found.to_dict(), indent=1, ensure_ascii=False) + "\n")
    write_atomically(out.with_suffix(".md"), found.to_markdown())


def _scenes(spec: EvaluateSpec, legend: Legend) -> list[Any]:
    from ...models.training.config import SourceConfig
    from ...models.training.samples import open_source

    source = SourceConfig(
        folder=str(spec.data.resolve()),
        images=spec.images,
        masks=spec.masks,
        group=spec.group,
        test=spec.only,
        split=spec.split,
        ignore_unknown=spec.ignore_unknown,
    )
    opened = open_source(source, legend, Path())
    return list(opened.test or opened.train)
