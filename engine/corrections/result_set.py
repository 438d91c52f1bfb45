"""Result set: the files of a finished map, found by its class raster."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

from ..contract import names as shared
from ..contract.job import OutputSpec, SegmentationJob, VectorFormat
from ..plan.outputs import OutputNames
from ..raster.classes.class_raster import ClassRaster
from ..system.errors import InvalidJob

CORRECTED_TAG = "UHR_CORRECTIONS"
"""Metadata item of a corrected class raster: how many corrections are in it."""


@dataclass(frozen=True, kw_only=True)
class ResultSet:
    """A finished map.

    Attributes:
        names: Its files, those that are there.
        output: How they were made, as far as the recipe beside them tells.
        is_corrected: Whether the class raster has corrections in it.
    """

    names: OutputNames
    output: OutputSpec
    is_corrected: bool

    @property
    def corrections(self) -> Path:
        """Layer of the corrections."""
        return self._beside(shared.CORRECTIONS)

    @property
    def uncorrected(self) -> Path:
        """Class raster without corrections, kept beside the corrected one."""
        return self._beside(shared.UNCORRECTED)

    @property
    def base(self) -> Path:
        """Class raster that corrections start from."""
        return self.uncorrected if self.is_corrected else self.names.class_raster

    def _beside(self, ending: str) -> Path:
        return self.names.directory / f"{self.names.stem}{ending}"


def find_results(class_raster: Path) -> ResultSet:
    """Return the files of a map.

    Args:
        class_raster: Its class raster.

    Raises:
        InvalidJob: If the raster is no map that can be corrected.
        RasterError: If it cannot be read.
    """
    path = class_raster.resolve()
    if not path.name.endswith(shared.CLASS_RASTER) or path.name.endswith(shared.UNCORRECTED):
        raise InvalidJob(f"{path.name} is no class raster of a map. Name the .tif file of the results.")
    with ClassRaster(path) as raster:
        corrected = CORRECTED_TAG in raster.tags
        if raster.values is not None:
            raise InvalidJob(f"{path.name} was not made by this program; only its own maps can be corrected.")
    stem = path.name.removesuffix(shared.CLASS_RASTER)
    bare = OutputNames(directory=path.parent, stem=stem, vector_formats=())
    formats = tuple(kind for kind in VectorFormat if bare.vector(kind).exists())
    names = OutputNames(
        directory=path.parent, stem=stem, vector_formats=formats, confidence=bare.confidence_raster.exists()
    )
    results = ResultSet(names=names, output=_output(names), is_corrected=corrected)
    if corrected and not results.uncorrected.exists():
        raise InvalidJob(
            f"{path.name} is corrected, and {results.uncorrected.name}, the map without corrections, is gone. Put it "
            "back, or classify again."
        )
    return results


def _output(names: OutputNames) -> OutputSpec:
    """Return how the results were made; plain settings where the recipe does not tell."""
    with contextlib.suppress(OSError, UnicodeError, ValueError):
        return SegmentationJob.from_json(names.recipe.read_text(encoding="utf-8")).output
    return OutputSpec(directory=str(names.directory))
