"""From the form, the map and the project to a job: what only the running QGIS can add."""

import os
from dataclasses import replace
from itertools import count
from typing import Iterable, Iterator

from qgis.core import QgsProject, QgsRasterLayer
from qgis.gui import QgsMapCanvas

from ...engine.contract.job import SegmentationJob
from ...engine.contract.names import default_stem, job_folder
from ..dock import LandCoverDock
from ..results.interrupted import InterruptedJob
from .area_layer import area_file
from .area_section import CANVAS, POLYGONS
from .job_builder import DockState, JobRefused, build_job, free_name, raster_path


class FormJob:
    """Makes the job that the form describes.

    Args:
        dock: The panel.
        canvas: The map, whose extent may be the area.
    """

    def __init__(self, dock: LandCoverDock, canvas: QgsMapCanvas) -> None:
        self._dock = dock
        self._canvas = canvas

    def build(self) -> SegmentationJob:
        """Return the job of a run, under a name that is free; may write the area's polygons beside the results.

        Raises:
            JobRefused: If the layer or the form cannot become a job.
            JobError: If a value is out of range.
        """
        layer = self._dock.current_layer()
        state = self._with_extent(self._dock.state())
        directory = os.path.abspath(os.path.expanduser(state.output_dir)) if state.output_dir else ""
        stem = state.name or default_stem(raster_path(layer))
        if self._dock.area.chosen_kind() == POLYGONS and directory:
            name = next(n for n in _names(directory, stem) if not has_job_folder(directory, n))
            copy = os.path.join(directory, f"{name}_area.gpkg")
            return build_job(self._with_polygons(replace(state, name=name), copy), layer)
        return _under_a_free_name(state, layer, directory, stem, self._dock.interrupted.jobs)

    def sketch(self, folder: str) -> SegmentationJob:
        """Return the job for an estimate; writes in the folder for temporary files only.

        Raises:
            JobRefused, JobError: As `build`.
        """
        state = self._with_extent(self._dock.state())
        if self._dock.area.chosen_kind() == POLYGONS:
            state = self._with_polygons(state, os.path.join(folder, "area.gpkg"))
        return build_job(state, self._dock.current_layer())

    def _with_extent(self, state: DockState) -> DockState:
        if self._dock.area.chosen_kind() != CANVAS:
            return state
        extent, crs = self._canvas.extent(), self._canvas.mapSettings().destinationCrs()
        bounds = (extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum())
        return replace(state, extent=bounds, extent_crs=crs.authid() or crs.toWkt())

    def _with_polygons(self, state: DockState, copy: str) -> DockState:
        area = self._dock.area
        layer = self._dock.current_layer()
        georeferenced = layer is None or layer.crs().isValid()
        path, name = area_file(area.chosen_layer(), area.selected_only.isChecked(), copy, needs_crs=georeferenced)
        return replace(state, area_polygons=path, area_layer=name)


def suggested_name(layer: QgsRasterLayer) -> str:
    """Return the file stem of the results where the user gives none; empty if there is no usable layer."""
    try:
        return default_stem(raster_path(layer))
    except JobRefused:
        return ""


def default_folder() -> str:
    """Return the folder for results that is offered first."""
    home = QgsProject.instance().homePath() or os.path.expanduser("~")
    return os.path.join(home, "landcover")


def has_job_folder(directory: str, name: str) -> bool:
    """Return True if an interrupted or running job of that name lies in the folder."""
    return os.path.isdir(os.path.join(directory, job_folder(name)))


def same_request(one: SegmentationJob, other: SegmentationJob) -> bool:
    """Return True if two jobs ask for the same, whenever they were asked for."""
    return replace(one, created="") == replace(other, created="")


def _under_a_free_name(
    state: DockState, layer: QgsRasterLayer, directory: str, stem: str, interrupted: Iterable[InterruptedJob]
) -> SegmentationJob:
    """Return the job; one that was interrupted keeps its name, so that the engine goes on with it."""
    for name in _names(directory, stem):
        job = build_job(replace(state, name=name), layer)
        before = [i.job for i in interrupted if i.job and i.name == name and i.directory == directory]
        if not has_job_folder(directory, name) or any(same_request(job, old) for old in before):
            return job
    raise AssertionError("names have no end")


def _names(directory: str, stem: str) -> Iterator[str]:
    """Yield the names under which no result lies in the folder: the stem, then the stem with a number."""
    for number in count(1):
        name = stem if number == 1 else f"{stem}_{number}"
        if free_name(directory, name) == name:
            yield name
