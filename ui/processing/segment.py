"""The dock's "Segment image" and its estimate line as algorithms: the same form, the same job."""

import os
import shutil
import tempfile
from typing import Any, Dict, Optional, Sequence

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingOutputFile,
    QgsProcessingOutputNumber,
    QgsProcessingOutputRasterLayer,
    QgsProcessingOutputString,
    QgsProcessingOutputVectorLayer,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFolderDestination,
    QgsRasterLayer,
)
from qgis.PyQt.QtCore import Qt

from ...engine.contract import events
from ...engine.contract.job import JobResult, SegmentationJob
from ...engine.contract.names import AREA_POLYGONS, DEFAULT_STEM_END, OLD_REFINED_PATCHES, REFINED_PATCHES, default_stem
from ..base.i18n import tr
from ..form.area_layer import area_file
from ..form.job_builder import JobRefused, build_job, raster_path, with_name, with_polygons
from ..image.raster_export import (
    ExportFailed,
    ExportPlan,
    RasterExport,
    needs_export,
    plan_export,
    rendered_name,
)
from ..process.task import overall_percent, write_job
from ..results.naming import layer_title
from ..results.sources import plain_name, source_of
from .base import explained, metres, run_engine, stage_percent
from .job_parameters import FORMATS, JobAlgorithm
from .styling import LegendPostProcessor, load_result, polygon_layers

RENDERING_SHARE = 0.3
"""Share of the progress bar for rendering a layer that is no file."""


class SegmentAlgorithm(JobAlgorithm):
    """The dock's "Segment image"."""

    ID = "segment"
    ICON = "segment.svg"

    def displayName(self) -> str:
        """Return the name in the toolbox."""
        return tr("Segment raster into land cover")

    def tags(self) -> list:
        """Return words the toolbox finds it by."""
        words = tr("classification,segmentation,land cover,deep learning,neural network,polygonize").split(",")
        return [*words, "GLNet", "PPN", "GRNet", "ISDNet"]

    def shortHelpString(self) -> str:
        """Return what the dialog shows beside the parameters."""
        return tr(
            "Classifies a raster of any size into land cover with a deep network made for ultra-high-resolution "
            "images, and writes a classified GeoTIFF, polygons, the area of each class (CSV) and the recipe of the "
            "run into a folder.\n\n"
            "The preset trades speed for memory; the map is the same. Patches below the smallest size join the "
            "neighbour they share most border with; borders are simplified once for both neighbours, so the polygons "
            "keep covering the ground without gaps.\n\n"
            "An image that is no file (WMS, XYZ tiles, memory) is rendered first: give a rectangle and the ground "
            "resolution to render it with. Mind the terms of the service.\n\n"
            "A run that was cancelled or broke off is resumed where it stopped when it is started again with the same "
            "parameters and folder.\n\n"
            "The starter checkpoints are for trying out."
        )

    def declare(self) -> None:
        """Declare parameters and outputs."""
        self.declare_input()
        self.declare_polygons()
        self.declare_results()
        self.declare_model()
        self.add_advanced(
            explained(
                metres("RENDER_RESOLUTION", tr("Ground resolution to render with (m per pixel)")),
                tr("For images that are no files: WMS, XYZ tiles, memory. They need a rectangle, too."),
            ),
            QgsProcessingParameterBoolean("RESTART", tr("Begin anew where an interrupted run could be resumed"), False),
        )
        self.addParameter(QgsProcessingParameterFolderDestination("OUTPUT", tr("Folder for the results")))
        for output in (
            QgsProcessingOutputRasterLayer("CLASSES", tr("Land cover (raster)")),
            QgsProcessingOutputVectorLayer("POLYGONS", tr("Land cover (polygons)")),
            QgsProcessingOutputRasterLayer("CONFIDENCE_RASTER", tr("Confidence")),
            QgsProcessingOutputRasterLayer("PROBABILITY_RASTER", tr("Probabilities of all classes")),
            QgsProcessingOutputVectorLayer("PATCHES", tr("Patches that PPN refined")),
            QgsProcessingOutputFile("AREAS", tr("Areas (CSV)")),
            QgsProcessingOutputFile("RECIPE", tr("Recipe")),
            QgsProcessingOutputFile("REPORT_FILE", tr("Report")),
            QgsProcessingOutputNumber("TILES", tr("Tiles classified")),
            QgsProcessingOutputNumber("SECONDS", tr("Seconds taken")),
            QgsProcessingOutputNumber("WARNINGS", tr("Number of warnings")),
        ):
            self.addOutput(output)

    def check(self, parameters, context) -> None:
        """Refuse what cannot become a job."""
        layer, draft = self.layer(parameters, context), self.draft(parameters, context)
        if not self.parameterAsString(parameters, "OUTPUT", context):
            raise JobRefused(tr("No output folder is chosen. Choose the folder that shall receive the results."))
        if needs_export(layer):
            self._export_plan(parameters, context, layer)
        else:
            build_job(draft, layer, self.map_extent(parameters, context))

    def prepare(self, parameters, context) -> None:
        """Make the job, or what it takes to make the image first; layers belong to the main thread."""
        layer, draft = self.layer(parameters, context), self.draft(parameters, context)
        extent = self.map_extent(parameters, context)
        self._export: Optional[RasterExport] = None
        self._job: Optional[SegmentationJob] = None
        self._load = self.parameterAsBool(parameters, "LOAD", context)
        if needs_export(layer):
            self._export = RasterExport(layer, self._export_plan(parameters, context, layer))
            draft, extent = with_name(draft, draft.output.name or rendered_name(layer) + DEFAULT_STEM_END), None
        else:
            draft = with_name(draft, draft.output.name or default_stem(raster_path(layer)))
            build_job(draft, layer, extent)  # refused before anything is written
        polygons, selected = self.polygons(parameters, "AREA", context)
        if polygons is not None:
            folder = os.path.abspath(draft.output.directory)
            copy = os.path.join(folder, draft.output.name + AREA_POLYGONS)
            draft = with_polygons(draft, area_file(polygons, selected, copy, needs_crs=layer.crs().isValid()))
        self._draft = draft
        if self._export is None:
            self._job = build_job(draft, layer, extent)

    def process(self, parameters, context, feedback) -> Dict[str, Any]:
        """Run the job; called in a worker thread."""
        rendered = self._export is not None
        job = self._render(self._draft, feedback) if rendered else self._job
        os.makedirs(job.output.directory, exist_ok=True)
        start = 100.0 * RENDERING_SHARE if rendered else 0.0

        def percent(event: events.Progress) -> float:
            return start + (100.0 - start) / 100.0 * overall_percent(event)

        options = ["--restart"] if self.parameterAsBool(parameters, "RESTART", context) else []
        result = JobResult.from_dict(_run_job("run", job, feedback, percent, options))
        vectors = [result.vectors[f] for f in FORMATS if f in result.vectors]
        if self._load:
            self._load_on_completion(context, result, job, vectors)
        return {
            "OUTPUT": job.output.directory,
            "CLASSES": result.class_raster,
            "POLYGONS": vectors[0] if vectors else None,
            "CONFIDENCE_RASTER": result.confidence_raster or None,
            "PROBABILITY_RASTER": result.probability_raster or None,
            "PATCHES": _patches(result) or None,
            "AREAS": result.area_csv,
            "RECIPE": result.recipe,
            "REPORT_FILE": result.report or None,
            "TILES": result.tiles,
            "SECONDS": result.seconds,
            "WARNINGS": len(result.warnings),
        }

    def _export_plan(self, parameters, context, layer: QgsRasterLayer) -> ExportPlan:
        resolution = self.parameterAsDouble(parameters, "RENDER_RESOLUTION", context)
        return plan_export(layer, self.extent(parameters, context), resolution)

    def _render(self, draft: SegmentationJob, feedback) -> SegmentationJob:
        """Render the layer beside the results, where the recipe finds it again; return the job on the file."""
        directory = os.path.abspath(os.path.expanduser(draft.output.directory))
        path = os.path.join(directory, draft.output.name + "_image.tif")
        os.makedirs(directory, exist_ok=True)
        feedback.setProgressText(tr("Rendering the image"))
        if self._export.is_made(path) and not draft.output.overwrite:
            feedback.pushInfo(tr("'{path}' was rendered before and is used again.").format(path=path))
        elif os.path.exists(path) and not draft.output.overwrite:
            raise JobRefused(
                tr("'{path}' exists. Choose another name or folder, or allow results to be replaced.").format(path=path)
            )
        else:
            # Direct: between two requests the thread that renders has no event loop for a queued call.
            feedback.canceled.connect(self._export.cancel, Qt.ConnectionType.DirectConnection)
            try:
                self._export.write(path, lambda p: feedback.setProgress(p * RENDERING_SHARE), feedback.isCanceled)
            except ExportFailed as error:
                raise QgsProcessingException(str(error)) from error
        return build_job(draft, QgsRasterLayer(path, draft.output.name, "gdal"))

    def _load_on_completion(
        self, context: QgsProcessingContext, result: JobResult, job: SegmentationJob, vectors: list
    ) -> None:
        for path, kind, output in (
            (result.class_raster, "classes", "CLASSES"),
            (result.confidence_raster, "confidence", "CONFIDENCE_RASTER"),
            (result.probability_raster, "probabilities", "PROBABILITY_RASTER"),
            (source_of(_patches(result)), "patches", "PATCHES"),
        ):
            load_result(context, path, layer_title(kind, job), output, LegendPostProcessor(kind, result, job))
        for source, name in polygon_layers(vectors[0]) if vectors else ():
            title = layer_title("polygons", job) if name == plain_name(vectors[0]) else name
            load_result(context, source, title, "POLYGONS", LegendPostProcessor("polygons", result, job))


class EstimateAlgorithm(JobAlgorithm):
    """What a run would need, without running: the dock's estimate line in figures."""

    ID = "estimate"
    ICON = "estimate.svg"

    def displayName(self) -> str:
        """Return the name in the toolbox."""
        return tr("Estimate memory, time and disk of a run")

    def tags(self) -> list:
        """Return words the toolbox finds it by."""
        return tr("plan,memory,time,disk,tiles,land cover").split(",")

    def shortHelpString(self) -> str:
        """Return what the dialog shows beside the parameters."""
        return tr(
            "Says what “Segment raster into land cover” would need with the same parameters: memory of computer and "
            "graphics card, disk space, tiles, and the time where this computer has run the model before. Nothing is "
            "classified and nothing is written."
        )

    def declare(self) -> None:
        """Declare parameters and outputs."""
        self.declare_input()
        self.declare_polygons()
        self.declare_model()
        number = QgsProcessingOutputNumber
        for output in (
            number("HOST_BYTES", tr("Memory (bytes)")),
            number("DEVICE_BYTES", tr("Memory of the graphics card (bytes)")),
            number("DISK_BYTES", tr("Disk space (bytes)")),
            number("SECONDS", tr("Seconds; none where they are not known")),
            number("TILES", tr("Tiles")),
            QgsProcessingOutputString("SUMMARY", tr("In words")),
        ):
            self.addOutput(output)

    def check(self, parameters, context) -> None:
        """Refuse what cannot become a job."""
        self._planned(parameters, context)

    def prepare(self, parameters, context) -> None:
        """Make the job in the main thread: layers belong to it."""
        layer, draft = self.layer(parameters, context), self._planned(parameters, context)
        polygons, selected = self.polygons(parameters, "AREA", context)
        self._folder = tempfile.mkdtemp(prefix="uhr-landcover-")
        try:
            if polygons is not None:
                copy = os.path.join(self._folder, "area.gpkg")
                draft = with_polygons(draft, area_file(polygons, selected, copy, needs_crs=layer.crs().isValid()))
            self._job = build_job(draft, layer, self.map_extent(parameters, context))
        except Exception:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise

    def process(self, parameters, context, feedback) -> Dict[str, Any]:
        """Plan; called in a worker thread."""
        try:
            data = _run_job("plan", self._job, feedback, stage_percent)
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)
        plan = data["plans"][0]
        feedback.pushInfo(data["text"])
        return {
            "HOST_BYTES": plan["predicted_host_bytes"],
            "DEVICE_BYTES": plan["predicted_device_bytes"],
            "DISK_BYTES": plan["predicted_disk_bytes"],
            "SECONDS": plan.get("predicted_seconds"),
            "TILES": plan["tiles"],
            "SUMMARY": data["text"],
        }

    def _planned(self, parameters, context) -> SegmentationJob:
        draft = self.draft(parameters, context)
        build_job(draft, self.layer(parameters, context), self.map_extent(parameters, context))
        return draft


def _patches(result: JobResult) -> str:
    """Return the file of the patches that PPN refined; empty if there is none."""
    return next((path for path in result.files if path.endswith((REFINED_PATCHES, OLD_REFINED_PATCHES))), "")


def _run_job(command: str, job: SegmentationJob, feedback, percent, options: Sequence[str] = ()) -> Dict[str, Any]:
    """Run `run` or `plan` on a job file that is gone afterwards."""
    folder = tempfile.mkdtemp(prefix="uhr-landcover-")
    try:
        return run_engine([command, *options, write_job(job, folder)], feedback, percent)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
