"""Algorithms on examples: a model from a few of them, and a map made with such a model in one go."""

import os
import shutil
import tempfile
from typing import Any, Dict, List

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputFile,
    QgsProcessingOutputNumber,
    QgsProcessingOutputRasterLayer,
    QgsProcessingOutputVectorLayer,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
)

from ...engine.contract.job import JobResult, Method, OutputSpec, SegmentationJob
from ...engine.contract.names import default_stem
from ...engine.contract.teach import EQUAL, ESTIMATED
from ..base.i18n import tr
from ..form.job_builder import raster_path
from ..process.task import overall_percent, write_job
from ..results.naming import layer_title
from .base import EngineAlgorithm, run_engine, stage_percent
from .styling import LegendPostProcessor, load_result

MODEL_END = "_taught.safetensors"
ENDINGS = ["gpkg", "shp", "geojson", "fgb"]
TEACHING_SHARE = 0.3
"""Share of the progress bar for teaching, where a map follows."""


class ExamplesAlgorithm(EngineAlgorithm):
    """An algorithm that teaches a model."""

    ICON = "teach.svg"

    def declare_examples(self) -> None:
        """Declare image and examples."""
        self.addParameter(QgsProcessingParameterRasterLayer("INPUT", tr("Image")))
        kinds = [QgsProcessing.TypeVectorAnyGeometry]
        self.addParameter(QgsProcessingParameterFeatureSource("EXAMPLES", tr("Examples"), kinds))
        self.addParameter(
            QgsProcessingParameterField(
                "FIELD", tr("Field of the class (empty: found)"), None, "EXAMPLES", optional=True
            )
        )
        number = QgsProcessingParameterNumber
        self.add_advanced(
            QgsProcessingParameterBoolean("EQUAL", tr("Take classes to be equally common"), False),
            number(
                "UNCLASSIFIED_BELOW", tr("Unclassified below this probability"), number.Double, 0.0, False, 0.0, 0.99
            ),
        )

    def check(self, parameters, context) -> None:
        """Refuse an image that is no file."""
        raster_path(self.layer(parameters, context))

    def prepare(self, parameters, context) -> None:
        """Take the image's file: layers belong to the main thread."""
        self._raster = raster_path(self.layer(parameters, context))

    def teach(self, parameters, context, feedback, out: str, share: float) -> Dict[str, Any]:
        """Teach a model and tell what left-out examples say; called in a worker thread.

        Args:
            parameters: As Processing gives them.
            context: Likewise.
            feedback: Likewise.
            out: Checkpoint to make; one that is there is replaced.
            share: Share of the progress bar for it.
        """
        path, layer = self.parameterAsCompatibleSourceLayerPathAndLayerName(
            parameters, "EXAMPLES", context, ENDINGS, "gpkg", feedback
        )
        shares = EQUAL if self.parameterAsBool(parameters, "EQUAL", context) else ESTIMATED
        below = self.parameterAsDouble(parameters, "UNCLASSIFIED_BELOW", context)
        arguments = ["teach", self._raster, path, "--out", out, "--overwrite", "--shares", shares]
        options = {"--layer": layer, "--field": self.text(parameters, "FIELD", context)}
        arguments += [word for option, value in options.items() if value for word in (option, value)]
        if below:
            arguments += ["--unclassified-below", repr(below)]
        taught = run_engine(arguments, feedback, lambda event: share * stage_percent(event))
        feedback.pushInfo(taught["sentence"])
        return taught


class TeachAlgorithm(ExamplesAlgorithm):
    """Image and examples in, model out."""

    ID = "teach"

    def displayName(self) -> str:
        """Return the name in the toolbox."""
        return tr("Teach a model from examples")

    def tags(self) -> List[str]:
        """Return words the toolbox finds it by."""
        return tr("teach,examples,training,supervised,classification,land cover").split(",")

    def shortHelpString(self) -> str:
        """Return what the dialog shows beside the parameters."""
        return tr(
            "Makes a model from a few points, lines or polygons drawn on an image, without a graphics card. "
            "The class is read from class_id, class_name, from the fields of the Semi-Automatic Classification "
            "Plugin or of ArcGIS, or from the field that you name.\n\n"
            "The log says how many examples are recognised when they are left out. That is not the accuracy of a map."
        )

    def declare(self) -> None:
        """Declare parameters and outputs."""
        self.declare_examples()
        self.addParameter(
            QgsProcessingParameterFileDestination("OUTPUT", tr("Model"), tr("Model") + " (*.safetensors)")
        )
        self.addOutput(QgsProcessingOutputNumber("EXAMPLES_LEFT_OUT", tr("Examples that were left out once")))
        self.addOutput(QgsProcessingOutputNumber("EXAMPLES_RIGHT", tr("Of these recognised")))

    def process(self, parameters, context, feedback) -> Dict[str, Any]:
        """Teach; called in a worker thread."""
        out = self.parameterAsFileOutput(parameters, "OUTPUT", context)
        out = out if out.endswith(".safetensors") else out + ".safetensors"
        taught = self.teach(parameters, context, feedback, out, 1.0)
        agreement = taught["agreement"]
        return {
            "OUTPUT": taught["checkpoint"],
            "EXAMPLES_LEFT_OUT": agreement["examples"],
            "EXAMPLES_RIGHT": agreement["right"],
        }


class TeachAndMapAlgorithm(ExamplesAlgorithm):
    """Image and examples in, map out."""

    ID = "teachandmap"

    def displayName(self) -> str:
        """Return the name in the toolbox."""
        return tr("Map an image from examples")

    def tags(self) -> List[str]:
        """Return words the toolbox finds it by."""
        return tr("teach,examples,training,supervised,classification,land cover").split(",")

    def shortHelpString(self) -> str:
        """Return what the dialog shows beside the parameters."""
        return tr(
            "Makes a model from a few points, lines or polygons drawn on an image and maps the whole image with it: "
            "a classified GeoTIFF, polygons, the area of each class and the model, in a folder."
        )

    def declare(self) -> None:
        """Declare parameters and outputs."""
        self.declare_examples()
        self.addParameter(QgsProcessingParameterBoolean("OVERWRITE", tr("Replace results of the same name"), False))
        self.addParameter(QgsProcessingParameterFolderDestination("OUTPUT", tr("Folder for the results")))
        for output in (
            QgsProcessingOutputRasterLayer("CLASSES", tr("Land cover (raster)")),
            QgsProcessingOutputVectorLayer("POLYGONS", tr("Land cover (polygons)")),
            QgsProcessingOutputFile("MODEL", tr("Model")),
        ):
            self.addOutput(output)

    def process(self, parameters, context, feedback) -> Dict[str, Any]:
        """Teach and map; called in a worker thread."""
        folder = os.path.abspath(self.parameterAsString(parameters, "OUTPUT", context))
        os.makedirs(folder, exist_ok=True)
        stem = default_stem(self._raster)
        model = self.teach(parameters, context, feedback, os.path.join(folder, stem + MODEL_END), TEACHING_SHARE)
        replace = self.parameterAsBool(parameters, "OVERWRITE", context)
        job = SegmentationJob(
            raster=self._raster,
            output=OutputSpec(directory=folder, name=stem, overwrite=replace),
            method=Method.TAUGHT,
            checkpoint=model["checkpoint"],
        )
        result = JobResult.from_dict(_mapped(job, feedback))
        load_result(
            context, result.class_raster, layer_title("classes", job), "CLASSES",
            LegendPostProcessor("classes", result, job),
        )  # fmt: skip
        polygons = next((result.vectors[f] for f in ENDINGS if f in result.vectors), None)
        return {
            "OUTPUT": folder,
            "CLASSES": result.class_raster,
            "POLYGONS": polygons,
            "MODEL": model["checkpoint"],
        }


def _mapped(job: SegmentationJob, feedback) -> Dict[str, Any]:
    """Run a job; return the data of its result."""
    folder = tempfile.mkdtemp(prefix="uhr-landcover-")
    start = 100.0 * TEACHING_SHARE
    try:
        return run_engine(
            ["run", write_job(job, folder)],
            feedback,
            lambda event: start + (1 - TEACHING_SHARE) * overall_percent(event),
        )
    finally:
        shutil.rmtree(folder, ignore_errors=True)
