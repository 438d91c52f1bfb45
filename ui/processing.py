"""The Processing provider: parameters and one job each; the engine does the work."""

import os
import shutil
import tempfile
from dataclasses import replace

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputFile,
    QgsProcessingOutputRasterLayer,
    QgsProcessingOutputVectorLayer,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFile,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
    QgsProcessingProvider,
)
from qgis.PyQt.QtGui import QIcon

from ..engine import events
from ..engine.job import JobError, JobResult, Preset, SegmentationJob, VectorFormat
from . import messages
from .engine_client import EngineClient
from .engine_finder import EngineFinder
from .environment import PACKAGE_DIR
from .i18n import tr
from .job_builder import DockState, JobRefused, build_job
from .model_info import list_methods
from .settings import PluginSettings
from .task import overall_percent, write_job

PROVIDER_ID = "uhr_landcover"
FORMATS = tuple(f.value for f in VectorFormat)
PRESETS = tuple(p.value for p in Preset)


def plugin_icon(name: str) -> QIcon:
    """Return an icon of the plugin."""
    return QIcon(os.path.join(PACKAGE_DIR, "resources", "icons", name))


class LandCoverProvider(QgsProcessingProvider):
    """The plugin's algorithms in the toolbox, the model designer and `qgis_process`."""

    def id(self) -> str:
        """Return the stable id."""
        return PROVIDER_ID

    def name(self) -> str:
        """Return the name in the toolbox."""
        return "UHR Land Cover"

    def icon(self) -> QIcon:
        """Return the provider's icon."""
        return plugin_icon("uhr_landcover.svg")

    def loadAlgorithms(self) -> None:
        """Add the algorithms."""
        self.addAlgorithm(SegmentAlgorithm())


class SegmentAlgorithm(QgsProcessingAlgorithm):
    """The dock's "Segment layer" as an algorithm: the same form, the same job."""

    def createInstance(self) -> QgsProcessingAlgorithm:
        """Return a fresh instance for one run."""
        return SegmentAlgorithm()

    def name(self) -> str:
        """Return the stable id."""
        return "segment"

    def displayName(self) -> str:
        """Return the name in the toolbox."""
        return tr("Segment raster into land cover")

    def group(self) -> str:
        """Return the group in the toolbox."""
        return tr("Land cover")

    def groupId(self) -> str:
        """Return the stable id of the group."""
        return "landcover"

    def tags(self) -> list:
        """Return words the toolbox finds it by."""
        words = tr("classification,segmentation,land cover,deep learning,neural network,polygonize").split(",")
        return [*words, "GLNet", "PPN", "GRNet", "ISDNet"]

    def icon(self) -> QIcon:
        """Return the algorithm's icon."""
        return plugin_icon("segment.svg")

    def shortHelpString(self) -> str:
        """Return what the dialog shows beside the parameters."""
        return tr(
            "Classifies a raster of any size into land cover with a deep network made for ultra-high-resolution "
            "images, and writes a classified GeoTIFF, polygons, the area of each class (CSV) and the recipe of the "
            "run into a folder.\n\n"
            "The preset trades speed for memory; the map is the same. Patches below the smallest size join the "
            "neighbour they share most border with; borders are simplified once for both neighbours, so the polygons "
            "keep covering the ground without gaps.\n\n"
            "The starter checkpoints are for trying out."
        )

    def initAlgorithm(self, configuration=None) -> None:
        """Declare parameters and outputs."""
        methods = [info.title for info in list_methods()]
        self.addParameter(QgsProcessingParameterRasterLayer("INPUT", tr("Image")))
        self.addParameter(QgsProcessingParameterEnum("METHOD", tr("Method"), methods, defaultValue=0))
        presets = [tr("Fast"), tr("Balanced"), tr("Low memory")]
        self.addParameter(QgsProcessingParameterEnum("PRESET", tr("Preset"), presets, defaultValue=1))
        formats = ["GeoPackage", "Shapefile", "GeoJSON", "FlatGeobuf"]
        self.addParameter(
            QgsProcessingParameterEnum(
                "FORMATS", tr("Polygons"), formats, allowMultiple=True, optional=True, defaultValue=[0, 1]
            )
        )
        self.addParameter(QgsProcessingParameterString("NAME", tr("Name of the results"), optional=True))
        self._add_advanced()
        self.addParameter(QgsProcessingParameterFolderDestination("OUTPUT", tr("Folder for the results")))
        self.addOutput(QgsProcessingOutputRasterLayer("CLASSES", tr("Land cover (raster)")))
        self.addOutput(QgsProcessingOutputVectorLayer("POLYGONS", tr("Land cover (polygons)")))
        self.addOutput(QgsProcessingOutputFile("AREAS", tr("Areas (CSV)")))
        self.addOutput(QgsProcessingOutputFile("RECIPE", tr("Recipe")))

    def checkParameterValues(self, parameters, context):
        """Refuse, with the reason, what cannot become a job."""
        ok, reason = super().checkParameterValues(parameters, context)
        if not ok:
            return ok, reason
        try:
            self._job(parameters, context)
        except (JobRefused, JobError) as error:
            return False, str(error)
        return True, ""

    def prepareAlgorithm(self, parameters, context, feedback) -> bool:
        """Make the job, in the main thread: layers belong to it."""
        try:
            self._prepared = self._job(parameters, context)
        except (JobRefused, JobError) as error:
            raise QgsProcessingException(str(error)) from error
        return True

    def processAlgorithm(self, parameters, context, feedback) -> dict:
        """Run the job; called in a worker thread."""
        job = self._prepared
        os.makedirs(job.output.directory, exist_ok=True)
        result = run_job(job, feedback)
        vectors = [result.vectors[f] for f in FORMATS if f in result.vectors]
        self._load_on_completion(context, result, vectors)
        return {
            "OUTPUT": job.output.directory,
            "CLASSES": result.class_raster,
            "POLYGONS": vectors[0] if vectors else None,
            "AREAS": result.area_csv,
            "RECIPE": result.recipe,
        }

    def _load_on_completion(self, context: QgsProcessingContext, result: JobResult, vectors: list) -> None:
        # The .qml files beside the results give the layers their colours.
        if not self._load or context.project() is None:
            return
        found = [(result.class_raster, tr("Land cover (raster)"), "CLASSES")]
        found += [(path, tr("Land cover (polygons)"), "POLYGONS") for path in vectors[:1]]
        for path, title, output in found:
            details = QgsProcessingContext.LayerDetails(title, context.project(), output)
            context.addLayerToLoadOnCompletion(path, details)

    def _add_advanced(self) -> None:
        number = QgsProcessingParameterNumber
        double = number.Type.Double
        parameters = (
            QgsProcessingParameterExtent("EXTENT", tr("Area"), optional=True),
            number("MIN_AREA", tr("Smallest patch (m²)"), double, 0.0, minValue=0.0),
            number("SIMPLIFY", tr("Smooth borders (m)"), double, 0.0, minValue=0.0),
            QgsProcessingParameterString("DEVICE", tr("Device: auto, cpu, cuda or cuda:N"), "auto"),
            QgsProcessingParameterFile(
                "CHECKPOINT", tr("Checkpoint (empty: the starter)"), extension="safetensors", optional=True
            ),
            QgsProcessingParameterString("BANDS", tr("Red, green and blue band, e.g. 3,2,1"), optional=True),
            QgsProcessingParameterBoolean("SKIP_UNREADABLE", tr("Leave unreadable blocks empty"), False),
            QgsProcessingParameterBoolean("OVERWRITE", tr("Replace results of that name"), False),
            QgsProcessingParameterBoolean("LOAD", tr("Add the results to the project"), True),
        )
        for parameter in parameters:
            # Not scoped: the flag was renamed inside its enum in QGIS 3.36, this name works in all.
            parameter.setFlags(parameter.flags() | QgsProcessingParameterDefinition.FlagAdvanced)
            self.addParameter(parameter)

    def _job(self, parameters, context) -> SegmentationJob:
        layer = self.parameterAsRasterLayer(parameters, "INPUT", context)
        self._load = self.parameterAsBool(parameters, "LOAD", context)
        state = DockState(
            method=list_methods()[self.parameterAsEnum(parameters, "METHOD", context)].key,
            preset=PRESETS[self.parameterAsEnum(parameters, "PRESET", context)],
            output_dir=self.parameterAsString(parameters, "OUTPUT", context),
            name=self.parameterAsString(parameters, "NAME", context).strip(),
            device=self.parameterAsString(parameters, "DEVICE", context).strip() or "auto",
            checkpoint=self.parameterAsFile(parameters, "CHECKPOINT", context),
            bands=parse_bands(self.parameterAsString(parameters, "BANDS", context)),
            vector_formats=tuple(FORMATS[i] for i in self.parameterAsEnums(parameters, "FORMATS", context)),
            minimum_mapping_unit_m2=self.parameterAsDouble(parameters, "MIN_AREA", context),
            simplify_m=self.parameterAsDouble(parameters, "SIMPLIFY", context),
            skip_unreadable=self.parameterAsBool(parameters, "SKIP_UNREADABLE", context),
            overwrite=self.parameterAsBool(parameters, "OVERWRITE", context),
        )
        if parameters.get("EXTENT"):
            extent = self.parameterAsExtent(parameters, "EXTENT", context, layer.crs() if layer else None)
            bounds = (extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum())
            state = replace(state, extent=bounds)
        return build_job(state, layer)


def parse_bands(text: str) -> tuple:
    """Return band numbers from a text such as "3,2,1"; empty for an empty text.

    Raises:
        JobRefused: If the text is something else.
    """
    try:
        return tuple(int(part) for part in text.split(",")) if text.strip() else ()
    except ValueError as error:
        raise JobRefused(tr("Bands '{text}' are not numbers; expected e.g. 3,2,1.").format(text=text)) from error


def run_job(job: SegmentationJob, feedback: QgsProcessingFeedback) -> JobResult:
    """Run a job in the engine, in the calling thread.

    Raises:
        QgsProcessingException: If it does not come to a result; the message is for the user.
    """
    finder = EngineFinder(PluginSettings())
    interpreter = finder.find()
    if interpreter is None:
        raise QgsProcessingException(finder.help_text())
    folder = tempfile.mkdtemp(prefix="uhr-landcover-")
    try:
        client = EngineClient(interpreter.path, finder.environ())
        path = write_job(job, folder)
        outcome = client.run(["run", path], lambda event: _tell(event, feedback), feedback.isCanceled)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if isinstance(outcome, events.Failure):
        if outcome.details:
            feedback.pushDebugInfo(outcome.details)
        raise QgsProcessingException(messages.explain(outcome).full_text)
    return JobResult.from_dict(outcome.data)


def _tell(event: events.Event, feedback: QgsProcessingFeedback) -> None:
    if isinstance(event, events.Progress):
        feedback.setProgress(overall_percent(event))
        feedback.setProgressText(messages.stage_name(event.stage))
    elif isinstance(event, events.Note) and event.level == "warning":
        feedback.pushWarning(event.message)
    elif isinstance(event, events.Note):
        feedback.pushInfo(event.message)
