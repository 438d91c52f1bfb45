"""Writes an assessment's files under one name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ...maps.area_report import write_csv, write_json
from ...system.files import write_atomically
from ...system.staging import Staging
from ..assessment import Assessment
from .iso19157 import quality_metadata
from .json_form import assessment_data
from .page import assessment_page
from .tables import CLASS_HEADER, MATRIX_HEADER, class_rows, matrix_rows


@dataclass(frozen=True, slots=True)
class ReportFiles:
    """Files that belong to one name.

    Attributes:
        stem: Path without an ending.
    """

    stem: Path

    @property
    def table(self) -> Path:
        """One row a class."""
        return self._with(".csv")

    @property
    def matrix(self) -> Path:
        """One row for every pair of classes."""
        return self._with("_matrix.csv")

    @property
    def data(self) -> Path:
        """Everything, as JSON."""
        return self._with(".json")

    @property
    def page(self) -> Path:
        """The page to read."""
        return self._with(".html")

    @property
    def metadata(self) -> Path:
        """Data quality as ISO 19157 XML."""
        return self._with(".xml")

    def all(self) -> tuple[Path, ...]:
        """Return every file."""
        return self.table, self.matrix, self.data, self.page, self.metadata

    def _with(self, ending: str) -> Path:
        return self.stem.with_name(self.stem.name + ending)


def write_report(assessment: Assessment, files: ReportFiles, staging: Staging) -> None:
    """Write tables, JSON and page where they wait to be published together."""
    names = [c.name for c in assessment.classes]
    write_csv(CLASS_HEADER, class_rows(assessment), staging.path(files.table))
    write_csv(MATRIX_HEADER, matrix_rows(names, assessment.accuracy), staging.path(files.matrix))
    write_json(assessment_data(assessment), staging.path(files.data))
    write_atomically(staging.path(files.page), assessment_page(assessment))
    write_atomically(staging.path(files.metadata), quality_metadata(assessment))


def stem_of(out: Path) -> Path:
    """Return the name that was asked for without an ending of one of its files."""
    return out.with_suffix("") if out.suffix.lower() in (".csv", ".json", ".html") else out
