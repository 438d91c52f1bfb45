"""Result of a run, as it is told to whoever asked for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..contract.job import JobResult
from ..plan.run_plan import RunPlan
from ..system.host import peak_memory_bytes
from .classification import Classified
from .run_clock import RunClock

if TYPE_CHECKING:
    from ..maps.area_report import AreaRow

AREA_COLUMNS = ("class_id", "class_name", "pixels", "area_m2", "share")


@dataclass(frozen=True, kw_only=True)
class RunRecord:
    """What a run has come to so far.

    Attributes:
        plan: The run.
        classified: Its finished tiles.
        rows: Its table of areas.
        clock: Its clock.
        warnings: Sentences, in the order they came up.
    """

    plan: RunPlan
    classified: Classified
    rows: Sequence[AreaRow]
    clock: RunClock
    warnings: Sequence[str]

    def result(self, files: Sequence[Path]) -> JobResult:
        """Return the result as of now.

        Args:
            files: Final names of all files that were made.
        """
        names, card = self.plan.outputs, self.plan.checkpoint.card
        return JobResult(
            class_raster=str(names.class_raster),
            vectors={kind.value: str(_first_file(names.vector(kind), files)) for kind in names.vector_formats},
            files=tuple(str(f) for f in files),
            area_csv=str(names.area_csv),
            confidence_raster=str(names.confidence_raster) if names.confidence else "",
            probability_raster=str(names.probability_raster) if names.probabilities else "",
            recipe=str(names.recipe),
            report=str(names.report) if self.plan.job.output.report else "",
            legend=card.legend.to_dict(),
            model_name=card.name,
            model_notice=card.notice,
            device=self.plan.execution.device_title,
            seconds=self.clock.seconds,
            tiles=self.classified.report.tiles,
            resumed_tiles=self.classified.report.resumed,
            peak_host_bytes=peak_memory_bytes(),
            peak_device_bytes=self.classified.peak_device_bytes,
            areas=tuple({name: getattr(row, name) for name in AREA_COLUMNS} for row in self.rows),
            warnings=tuple(self.warnings),
        )


def _first_file(path: Path, files: Sequence[Path]) -> Path:
    """Return the file of a polygon format; the first one where classes or parts have files of their own."""
    parts = sorted(f for f in files if f.suffix == path.suffix and f.name.startswith(path.stem))
    return path if path in parts or not parts else parts[0]
