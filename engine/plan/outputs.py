"""Outputs of a run: their names, and whether they can be written."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..contract import names as shared
from ..contract.job import Method, SegmentationJob, VectorFormat
from ..contract.text import size_text
from ..system.errors import ErrorCode, OutputError
from ..system.files import folder_bytes
from ..system.guard import refuse_inputs
from ..system.host import free_disk_bytes
from ..system.side_files import refuse_in_use, side_files
from ..tiles.journal import read_journal

SHAPEFILE_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputNames:
    """The results of a run, as paths in one folder.

    Attributes:
        directory: The folder.
        stem: Name that all results begin with.
        vector_formats: Polygon formats.
        confidence: Whether there is a raster of confidence.
        refined_patches: Whether there is a layer of the patches that PPN chose to refine.
    """

    directory: Path
    stem: str
    vector_formats: tuple[VectorFormat, ...]
    confidence: bool = False
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
        refined_patches=job.output.refined_patches and job.method is Method.PPN,
    )


def check_outputs(
    names: OutputNames,
    files_read: Sequence[str],
    *,
    overwrite: bool,
    needed_bytes: int,
    layer_per_class: bool = False,
) -> None:
    """Refuse, before any pixel is computed, what could not be written in the end.

    Args:
        names: The results.
        files_read: Files that the run reads: of the raster, members of a mosaic included, of the area, of the model.
        overwrite: Whether existing results may be replaced.
        needed_bytes: Disk space the run needs, from its beginning.
        layer_per_class: Whether classes get files of their own, in formats that hold one layer a file.

    Raises:
        OutputError: If a result would replace the input or an older result, or folder or space are lacking.
    """
    own = read_journal(names.job_directory / shared.JOURNAL).publishing  # put in place by this run, then interrupted
    paths = names.all_paths()
    refuse_inputs(paths, files_read)
    existing = [p for p in _existing(names, paths, layer_per_class) if p.name not in own]
    if existing and not overwrite:
        raise OutputError(
            ErrorCode.OUTPUT_EXISTS,
            f"{existing[0].name} is already in {names.directory}. Choose another name or folder, or allow overwriting.",
        )
    folder = next((p for p in existing if p.is_dir() and not p.is_symlink()), None)
    if folder:
        raise OutputError(ErrorCode.OUTPUT_NOT_WRITABLE, f"There is a folder named {folder}. Choose another name.")
    _make_directory(names.directory)
    _refuse_held(existing)
    for path in existing:
        refuse_in_use(path)
    free = free_disk_bytes(names.directory) + folder_bytes(names.job_directory)
    if free < needed_bytes:
        raise OutputError(
            ErrorCode.DISK_FULL,
            f"The run needs about {size_text(needed_bytes)} in {names.directory}, where {size_text(free)} are free. "
            "Make room or choose another folder.",
        )


def _existing(names: OutputNames, paths: Sequence[Path], layer_per_class: bool) -> list[Path]:
    """Return what lies where a run is going to write, side files and the files of single classes included."""
    found = [p for path in paths for p in (path, *side_files(path)) if os.path.lexists(p)]
    if layer_per_class and names.directory.is_dir():
        vectors = [names.vector(kind) for kind in names.vector_formats if kind is not VectorFormat.GEOPACKAGE]
        begins = {(f"{v.stem}_", v.suffix) for v in vectors}
        entries = sorted(names.directory.iterdir())
        found += [e for e in entries if any(e.name.startswith(b) and e.suffix == suffix for b, suffix in begins)]
    return list(dict.fromkeys(found))


def _refuse_held(existing: Sequence[Path]) -> None:
    """Refuse results that another program holds open: only Windows hinders, and only there this rename says so."""
    for path in existing:
        try:
            path.rename(path)
        except OSError as error:
            raise OutputError(
                ErrorCode.OUTPUT_NOT_WRITABLE,
                f"{path.name} cannot be replaced: {error.strerror}. Close programs that have it open, or choose "
                "another name.",
            ) from error


def _make_directory(directory: Path) -> None:
    try:
        directory.mkdir(parents=True, exist_ok=True)
        probe = directory / f".uhr-write-test-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise OutputError(
            ErrorCode.OUTPUT_NOT_WRITABLE,
            f"Nothing can be written in {directory}: {error.strerror}. Choose another folder.",
        ) from error
