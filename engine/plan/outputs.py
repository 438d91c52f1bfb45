"""Outputs of a run: the names of its results."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from ..contract import names as shared
from ..contract.job import Method, SegmentationJob, VectorFormat

SHAPEFILE_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputNames:
    """The results of a run, as paths in one folder.

    Attributes:
        directory: The folder.
        stem: Name that all results begin with.
        vector_formats: Polygon formats.
        confidence: Whether there is a raster of confidence.
        probabilities: Whether there is a raster of the probabilities of all classes.
        refined_patches: Whether there is a layer of the patches that PPN chose to refine.
    """

    directory: Path
    stem: str
    vector_formats: tuple[VectorFormat, ...]
    confidence: bool = False
    probabilities: bool = False
    refined_patches: bool = False

    @property
    def class_raster(self) -> Path:
        """The classified GeoTIFF."""
        return self._path(shared.CLASS_RASTER)

    @property
    def attribute_table(self) -> Path:
        """Class names and attribute table of the class raster."""
        return self._path(shared.ATTRIBUTE_TABLE)

    @property
    def raster_style(self) -> Path:
        """QGIS style of the class raster."""
        return self._path(shared.RASTER_STYLE)

    @property
    def confidence_raster(self) -> Path:
        """The winner's probability in per cent."""
        return self._path(shared.CONFIDENCE_RASTER)

    @property
    def confidence_style(self) -> Path:
        """QGIS style of the raster of confidence."""
        return self._path(shared.CONFIDENCE_STYLE)

    @property
    def probability_raster(self) -> Path:
        """Probabilities of all classes."""
        return self._path(shared.PROBABILITY_RASTER)

    @property
    def vector_style(self) -> Path:
        """QGIS style of the polygons."""
        return self._path(shared.POLYGON_STYLE)

    @property
    def area_csv(self) -> Path:
        """Table of the areas."""
        return self._path(shared.AREA_TABLE)

    @property
    def report(self) -> Path:
        """The HTML page about the run."""
        return self._path(shared.REPORT)

    @property
    def recipe(self) -> Path:
        """The job, which makes these results again."""
        return self._path(shared.RECIPE)

    @property
    def patches(self) -> Path:
        """Patches that PPN chose to refine."""
        return self._path(shared.REFINED_PATCHES)

    @property
    def job_directory(self) -> Path:
        """Working folder, on the same file system as the results."""
        return self.directory / shared.job_folder(self.stem)

    def vector(self, kind: VectorFormat) -> Path:
        """Return the polygon file of a format."""
        return self._path(f"{shared.POLYGONS}.{kind.value}")

    def all_paths(self) -> list[Path]:
        """Return every file a run may make; those of a Shapefile one by one."""
        vectors = [self.vector(kind) for kind in self.vector_formats]
        parts = [v.with_suffix(s) for v in vectors if v.suffix == ".shp" for s in SHAPEFILE_PARTS]
        others = [v for v in vectors if v.suffix != ".shp"]
        fixed = [self.class_raster, self.attribute_table, self.raster_style, self.area_csv, self.recipe, self.report]
        patches = [self.patches] if self.refined_patches else []
        fixed += [style.with_suffix(".sld") for style in (self.raster_style, *([self.vector_style] if vectors else []))]
        fixed += [self.confidence_raster, self.confidence_style] if self.confidence else []
        fixed += [self.probability_raster] if self.probabilities else []
        return [*fixed, *others, *parts, *([self.vector_style] if vectors else []), *patches]

    def _path(self, ending: str) -> Path:
        return self.directory / f"{self.stem}{ending}"

    def inside(self, directory: Path) -> OutputNames:
        """Return the same names in another folder."""
        return replace(self, directory=directory)


def name_outputs(job: SegmentationJob) -> OutputNames:
    """Return the names of a job's results."""
    stem = job.output.name or shared.default_stem(job.raster)
    return OutputNames(
        directory=Path(job.output.directory),
        stem=stem,
        vector_formats=job.output.vector_formats,
        confidence=job.output.confidence,
        probabilities=job.output.probabilities,
        refined_patches=job.output.refined_patches and job.method is Method.PPN,
    )
