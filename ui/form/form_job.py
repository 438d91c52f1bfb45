"""Job of the form as it is now: what only the running QGIS can add, map, layers and free names."""

import os
from dataclasses import replace
from itertools import count
from typing import Callable, Collection, Iterator, Optional, Tuple

from qgis.core import QgsRasterLayer
from qgis.gui import QgsMapCanvas

from ...engine.contract.job import SegmentationJob
from ...engine.contract.names import AREA_POLYGONS, default_stem, job_folder
from .area_layer import area_file
from .area_section import CANVAS, POLYGONS
from .form import SegmentForm
from .job_builder import (
    JobRefused,
    MapExtent,
    build_job,
    free_name,
    raster_path,
    with_name,
    with_polygons,
)


class FormJob:
    """Makes the job that the form describes.

    Args:
        form: The form.
        canvas: The map, whose extent may be the area.
        reserved: Returns the (folder, name) of runs that are under way or wait: their results come to lie there.
    """

    def __init__(
        self, form: SegmentForm, canvas: QgsMapCanvas, reserved: Callable[[], Collection[Tuple[str, str]]] = lambda: ()
    ) -> None:
        self._form = form
        self._canvas = canvas
        self._reserved = reserved

    def build(self) -> SegmentationJob:
        """Return the job of a run, under a name that is free; may write the area's polygons beside the results.

        Raises:
            JobRefused: If the layer or the form cannot become a job.
            JobError: If a value is out of range.
        """
        layer, draft = self._form.current_layer(), self._form.draft()
        directory = os.path.abspath(os.path.expanduser(draft.output.directory))
        stem = draft.output.name or default_stem(raster_path(layer))
        if self._form.area.chosen_kind() == POLYGONS:
            name = next(n for n in self._names(directory, stem) if not has_job_folder(directory, n))
            copy = os.path.join(directory, name + AREA_POLYGONS)
            return build_job(self._with_polygons(with_name(draft, name), copy), layer)
        return self._under_a_free_name(draft, layer, directory, stem)

    def sketch(self, folder: str) -> SegmentationJob:
        """Return the job for an estimate; writes in the folder for temporary files only.

        Raises:
            JobRefused, JobError: As `build`.
        """
        draft = self._form.draft()
        if self._form.area.chosen_kind() == POLYGONS:
            draft = self._with_polygons(draft, os.path.join(folder, "area.gpkg"))
        return build_job(draft, self._form.current_layer(), self._extent())

    def _under_a_free_name(
        self, draft: SegmentationJob, layer: QgsRasterLayer, directory: str, stem: str
    ) -> SegmentationJob:
        """Return the job; one that was interrupted keeps its name, so that the engine goes on with it."""
        interrupted = self._form.interrupted.jobs
        for name in self._names(directory, stem):
            job = build_job(with_name(draft, name), layer, self._extent())
            before = [i.job for i in interrupted if i.job and i.name == name and i.directory == directory]
            if not has_job_folder(directory, name) or any(same_request(job, old) for old in before):
                return job
        raise AssertionError("names have no end")

    def _names(self, directory: str, stem: str) -> Iterator[str]:
        """Yield the names under which no result lies in the folder or will: the stem, then it with a number."""
        reserved = set(self._reserved())
        for number in count(1):
            name = stem if number == 1 else f"{stem}_{number}"
            if free_name(directory, name) == name and (directory, name) not in reserved:
                yield name

    def _extent(self) -> Optional[MapExtent]:
        if self._form.area.chosen_kind() != CANVAS:
            return self._form.area.extent()
        extent, crs = self._canvas.extent(), self._canvas.mapSettings().destinationCrs()
        bounds = (extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum())
        return MapExtent(bounds, crs.authid() or crs.toWkt())

    def _with_polygons(self, draft: SegmentationJob, copy: str) -> SegmentationJob:
        area, layer = self._form.area, self._form.current_layer()
        needs_crs = layer is None or layer.crs().isValid()
        return with_polygons(
            draft, area_file(area.chosen_layer(), area.selected_only.isChecked(), copy, needs_crs=needs_crs)
        )


def suggested_name(layer: QgsRasterLayer) -> str:
    """Return the file stem of the results where the user gives none; empty if there is no usable layer."""
    try:
        return default_stem(raster_path(layer))
    except JobRefused:
        return ""


def has_job_folder(directory: str, name: str) -> bool:
    """Return True if an interrupted or running job of that name lies in the folder."""
    return os.path.isdir(os.path.join(directory, job_folder(name)))


def same_request(one: SegmentationJob, other: SegmentationJob) -> bool:
    """Return True if two jobs ask for the same, whenever they were asked for."""
    return replace(one, created="") == replace(other, created="")
