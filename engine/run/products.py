"""Products of a run, made of its tiles: rasters, polygons, tables, styles and the report, under working names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..contract.events import Stage
from ..contract.job import JobResult
from ..maps.class_totals import ClassTotals
from ..maps.confidence_writer import write_confidence_raster, write_confidence_style
from ..maps.probability_writer import write_probability_raster
from ..maps.raster_writer import VERSION_TAG, RasterSpec, write_class_raster
from ..plan.fingerprint import inputs_mark
from ..plan.outputs import OutputNames
from ..plan.run_plan import RunPlan
from ..system.files import write_atomically
from ..system.run_context import RunContext
from ..system.trace import span
from ..system.version import package_version
from ..tiles.shards import ShardStore
from ..vectors.refined_patches import PatchNotes, write_patches
from .classification import Classified
from .job_folder import JobFolder

WEIGHTS_TAG = "UHR_WEIGHTS_SHA256"

INPUTS_TAG = "UHR_INPUTS"
"""Metadata item of a result that tells whether raster and model are still those that it was made of."""

if TYPE_CHECKING:
    from ..maps.area_report import AreaRow


def make_products(plan: RunPlan, folder: JobFolder, classified: Classified, context: RunContext) -> list[AreaRow]:
    """Make all results but the report under their working names; return the table of areas.

    Args:
        plan: The run.
        folder: Its folder; what an earlier process has made there is not made again.
        classified: The finished tiles.
        context: Receives progress; asked between strips whether to stop.

    Raises:
        Cancelled: If asked to stop; finished stages stay.
        OutputError: If a result cannot be written.
    """
    products = Products(plan, folder.staged, folder.work, context)
    totals: list[ClassTotals] = []  # of this process; one that went on has to measure the raster
    folder.stage("assemble", lambda: totals.append(products.class_raster(classified.shards)))
    if plan.outputs.confidence:
        folder.stage("confidence", lambda: products.confidence(classified.shards))
    if plan.outputs.probabilities:
        folder.stage("probabilities", lambda: products.probabilities(classified.shards))
    folder.stage("polygonize", products.polygons)
    patches = classified.patches
    if patches is not None:
        finished = sorted(folder.journal.state.shards)
        folder.stage("refined patches", lambda: products.patches(patches, finished))
    return products.description(totals[0] if totals else None)


def write_run_report(plan: RunPlan, folder: JobFolder, result: JobResult, rows: Sequence[AreaRow]) -> None:
    """Write the page about a run under its working name, if it is asked for; its files are those that lie there."""
    if not plan.job.output.report:
        return
    from ..maps.report import RunFacts, write_report

    staged = folder.staged
    files = tuple(str(plan.outputs.directory / p.name) for p in sorted(staged.directory.iterdir()))
    facts = RunFacts(
        job=plan.job,
        card=plan.checkpoint.card,
        grid=plan.info.grid,
        rows=rows,
        class_raster=staged.class_raster,
    )
    with span("report"):
        write_report(staged.report, replace(result, files=files), facts)


@dataclass(frozen=True)
class Products:
    """Makes the results of a run; each method is a stage, complete when it returns.

    Attributes:
        plan: The run.
        staged: Names under which the results are made.
        work: Folder for temporary files.
        context: Receives progress; asked between strips whether to stop.
    """

    plan: RunPlan
    staged: OutputNames
    work: Path
    context: RunContext

    def class_raster(self, shards: ShardStore) -> ClassTotals:
        """Put the tiles together to the class raster; return the totals of its classes."""
        return write_class_raster(
            self.staged.class_raster, self._spec(), self.plan.checkpoint.card.legend, shards.read, self.context
        )

    def confidence(self, shards: ShardStore) -> None:
        """Put the tiles together to the raster of probabilities, and write its style."""
        write_confidence_raster(self.staged.confidence_raster, self._spec(), shards.read_confidence, self.context)
        write_confidence_style(self.staged.confidence_style)

    def probabilities(self, shards: ShardStore) -> None:
        """Put the tiles together to the raster of all probabilities."""
        legend = self.plan.checkpoint.card.legend
        path = self.staged.probability_raster
        write_probability_raster(path, self._spec(), legend, shards.read_probabilities, self.context)

    def polygons(self) -> None:
        """Make the polygons of the class raster, with their styles."""
        self.context.check_stop()
        output = self.plan.job.output
        if not output.vector_formats:
            return
        from ..vectors.vectorize import write_vectors

        write_vectors(
            self.staged.class_raster,
            self.plan.checkpoint.card.legend,
            {kind: self.staged.vector(kind) for kind in output.vector_formats},
            output.polygons,
            layer_name=self.staged.vector(output.vector_formats[0]).stem,
            confidence_raster=self.staged.confidence_raster if self.staged.confidence else None,
            context=self.context,
        )

    def patches(self, notes: PatchNotes, finished: Sequence[int]) -> None:
        """Write the layer of refined patches, from the notes of the finished tiles."""
        self.context.check_stop()
        grid, created = self.plan.info.grid, self.plan.job.created
        write_patches(notes.read(finished), grid, self.staged.patches, self.work, created)

    def description(self, totals: ClassTotals | None = None) -> list[AreaRow]:
        """Write the table of areas, the styles and the recipe; return the rows of the table.

        Args:
            totals: Totals of the class raster, the same as reading it again would give; None to read it.
        """
        from ..maps.area_report import area_rows, measure_areas, write_area_csv
        from ..maps.sld import write_raster_sld
        from ..maps.styles import write_raster_style

        self.context.progress(Stage.REPORT, 0, 1, "steps")
        legend = self.plan.checkpoint.card.legend
        with span("table"):
            if totals is None:
                rows = measure_areas(self.staged.class_raster, legend, self.context)
            else:
                rows = area_rows(legend, totals.pixels, totals.area_m2, None)
        write_area_csv(rows, self.staged.area_csv)
        write_raster_style(legend, self.staged.raster_style)
        write_raster_sld(legend, self.staged.raster_style.with_suffix(".sld"))
        write_atomically(self.staged.recipe, self.plan.job.to_json())
        self.context.progress(Stage.REPORT, 1, 1, "steps")
        return rows

    def _spec(self) -> RasterSpec:
        return RasterSpec(
            grid=self.plan.info.grid,
            area=self.plan.tiles.area,
            tags=_tags(self.plan),
            layout=self.plan.job.output.raster_format,
        )


def _tags(plan: RunPlan) -> dict[str, str]:
    """Provenance that stays the same when a run is repeated."""
    card, execution = plan.checkpoint.card, plan.execution
    tags = {
        VERSION_TAG: package_version(),
        "UHR_MODEL": card.name,
        "UHR_METHOD": card.method,
        WEIGHTS_TAG: card.weights_sha256,
        "UHR_TILE_PX": str(execution.tile_px),
        "UHR_HALO_PX": str(execution.halo_px),
        "UHR_BLEND_PX": str(plan.tiles.x.blend_px or plan.tiles.y.blend_px),
        "UHR_PRECISION": execution.precision,
        "UHR_CREATED": plan.job.created,
        INPUTS_TAG: inputs_mark(plan.job, plan.info, card),
    }
    return {key: value for key, value in tags.items() if value}
