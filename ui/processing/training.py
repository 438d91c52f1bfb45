"""Algorithms that lead to a checkpoint: samples from digitised polygons, and training from nothing."""

import os
import shlex
import uuid
from typing import Any, Dict, List

from qgis.core import (
    QgsProcessingException,
    QgsProcessingOutputFile,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterEnum,
    QgsProcessingParameterField,
    QgsProcessingParameterFile,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterMapLayer,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterLayer,
    QgsProcessingUtils,
    QgsRasterLayer,
    QgsVectorLayer,
)

from ..base.i18n import tr
from ..form.area_layer import ALL_FIELDS, area_file
from ..form.job_builder import JobRefused, raster_path
from ..model_store.info import list_methods, starter_path
from ..model_store.store import ModelRefused, add_model
from .base import (
    SAVING_PATIENCE,
    EngineAlgorithm,
    checkpoint_parameter,
    device_parameter,
    metres,
    run_engine,
    stage_percent,
    whole_number,
)

RESTART_ADVICE = "begin anew in this one with --restart"
"""End of what the engine says of a folder that holds a training with other settings."""


class TrainingAlgorithm(EngineAlgorithm):
    """What the algorithms around training share."""

    ICON = "train.svg"

    def group(self) -> str:
        """Return the group in the toolbox."""
        return tr("Training")

    def groupId(self) -> str:
        """Return the stable id of the group."""
        return "training"

    def declare_start(self) -> None:
        """Declare which checkpoint is meant."""
        starters = [tr("Starter of {method}").format(method=info.title) for info in list_methods()]
        self.addParameter(
            QgsProcessingParameterEnum("METHOD", tr("Checkpoint that ships with the plugin"), starters, defaultValue=0)
        )
        self.addParameter(checkpoint_parameter(tr("Other checkpoint, in its place")))

    def start(self, parameters, context) -> str:
        """Return the path of the checkpoint that is meant.

        Raises:
            JobRefused: If it is not there.
        """
        method = list_methods()[self.parameterAsEnum(parameters, "METHOD", context)].key
        path = self.parameterAsFile(parameters, "CHECKPOINT", context) or starter_path(method)
        if not os.path.isfile(path):
            raise JobRefused(tr("There is no checkpoint '{path}'. Choose a .safetensors file.").format(path=path))
        return path

    def declare_effort(self) -> None:
        """Declare where training runs, and how long."""
        number = QgsProcessingParameterNumber
        minutes = number("MAX_MINUTES", tr("Stop after minutes (0: when done)"), number.Type.Double, 0.0, False, 0.0)
        minutes.setMetadata({"widget_wrapper": {"decimals": 1}})
        self.addParameter(minutes)
        self.add_advanced(
            device_parameter(),
            whole_number("THREADS", tr("Processor threads (0: all)"), 0),
            QgsProcessingParameterBoolean("RESTART", tr("Begin anew where the folder holds a training"), False),
            QgsProcessingParameterBoolean("ADD_TO_MODELS", tr("Add it to the models of the panel"), True),
        )

    def effort(self, parameters, context) -> List[str]:
        """Return the arguments for what `declare_effort` declares."""
        return [
            *("--device", self.text(parameters, "DEVICE", context) or "auto"),
            *("--threads", str(self.parameterAsInt(parameters, "THREADS", context))),
            *("--max-minutes", repr(self.parameterAsDouble(parameters, "MAX_MINUTES", context))),
            *(["--restart"] if self.parameterAsBool(parameters, "RESTART", context) else []),
        ]

    def words(self, parameters, name: str, context) -> List[str]:
        """Return a text parameter as the words of it; quotes keep blanks together.

        Raises:
            JobRefused: If a quote is not closed.
        """
        try:
            return shlex.split(self.text(parameters, name, context))
        except ValueError as error:
            raise JobRefused(
                tr("A quote is not closed in '{text}'.").format(text=self.text(parameters, name, context))
            ) from error

    def folder(self, parameters, name: str, context) -> str:
        """Return a folder parameter.

        Raises:
            JobRefused: If a folder is named that is not there.
        """
        path = self.parameterAsFile(parameters, name, context)
        if path and not os.path.isdir(path):
            raise JobRefused(tr("There is no folder '{path}'.").format(path=path))
        return os.path.abspath(path) if path else ""

    def train(self, arguments: List[str], parameters, context, feedback) -> Dict[str, Any]:
        """Run a command that trains; return the outputs."""
        out = os.path.abspath(self.parameterAsString(parameters, "OUTPUT", context))
        command = [*arguments, "--out", out, *self.effort(parameters, context)]
        try:
            data = run_engine(command, feedback, stage_percent, SAVING_PATIENCE)
        except QgsProcessingException as error:
            # The engine speaks of its command line; here there is a box.
            box = tr("tick “Begin anew where the folder holds a training”")
            raise QgsProcessingException(str(error).replace(RESTART_ADVICE, box)) from error
        made = data.get("checkpoint")
        if not data.get("finished", True):
            feedback.pushWarning(_stopped(data, out))
        if made and self.parameterAsBool(parameters, "ADD_TO_MODELS", context):
            try:
                feedback.pushInfo(tr("Added to the models as '{path}'.").format(path=add_model(made)))
            except ModelRefused as error:
                feedback.pushWarning(str(error))
        return {"OUTPUT": out, "CHECKPOINT_FILE": made}


class SamplesAlgorithm(TrainingAlgorithm):
    """Chips for training from a raster and what somebody digitised on it."""

    ID = "samples"

    def displayName(self) -> str:
        """Return the name in the toolbox."""
        return tr("Make training samples")

    def tags(self) -> list:
        """Return words the toolbox finds it by."""
        return tr("training,samples,chips,labels,digitised,mask").split(",")

    def shortHelpString(self) -> str:
        """Return what the dialog shows beside the parameters."""
        return tr(
            "Cuts an image and its land cover into samples for “Fine-tune a checkpoint”. The land cover is a polygon "
            "layer whose field class_id or class_name (or the field you choose) says the class, or a raster of class "
            "ids or of the legend's colours. What nobody digitised is left out.\n\n"
            "Run it for several images in batch, each into a folder of its own."
        )

    def declare(self) -> None:
        """Declare parameters and outputs."""
        self.addParameter(QgsProcessingParameterRasterLayer("INPUT", tr("Image")))
        self.addParameter(QgsProcessingParameterMapLayer("LABELS", tr("Land cover (polygons or raster)")))
        self.addParameter(QgsProcessingParameterField("FIELD", tr("Field of the class"), None, "LABELS", optional=True))
        self.addParameter(whole_number("CHIP_PX", tr("Side of a sample in pixels"), 512, 64))
        self.add_advanced(
            metres("RESOLUTION", tr("Ground resolution (m; 0: the image's)")),
            QgsProcessingParameterFile(
                "LEGEND", tr("Legend (JSON; empty: DeepGlobe's)"), extension="json", optional=True
            ),
            QgsProcessingParameterBoolean("OVERWRITE", tr("Replace an older folder of samples"), False),
        )
        self.addParameter(QgsProcessingParameterFolderDestination("OUTPUT", tr("Folder for the samples")))
        self.addOutput(QgsProcessingOutputNumber("SAMPLES", tr("Number of samples")))

    def check(self, parameters, context) -> None:
        """Refuse what is no file."""
        raster_path(self.layer(parameters, context))
        labels = self.parameterAsLayer(parameters, "LABELS", context)
        if isinstance(labels, QgsRasterLayer):
            raster_path(labels)
        elif not isinstance(labels, QgsVectorLayer):
            raise JobRefused(tr("The land cover cannot be read. Choose a polygon layer or a raster."))

    def prepare(self, parameters, context) -> None:
        """Take the paths of the layers."""
        labels, part = self._labels(parameters, context)
        out = os.path.abspath(self.parameterAsString(parameters, "OUTPUT", context))
        resolution = self.parameterAsDouble(parameters, "RESOLUTION", context)
        legend = self.parameterAsFile(parameters, "LEGEND", context)
        field = self.text(parameters, "FIELD", context)
        self._out = out
        self._arguments = [
            *("prepare", out, "--pair", raster_path(self.layer(parameters, context)), labels),
            *("--chip-px", str(self.parameterAsInt(parameters, "CHIP_PX", context))),
            *(["--layer", part] if part else []),
            *(["--field", field] if field else []),
            *(["--legend", legend] if legend else []),
            *(["--resolution-m", repr(resolution)] if resolution else []),
            *(["--overwrite"] if self.parameterAsBool(parameters, "OVERWRITE", context) else []),
        ]

    def process(self, parameters, context, feedback) -> Dict[str, Any]:
        """Cut the samples; called in a worker thread."""
        data = run_engine(self._arguments, feedback, stage_percent)
        return {"OUTPUT": self._out, "SAMPLES": sum(data.get("chips", {}).values())}

    def _labels(self, parameters, context) -> tuple:
        layer = self.parameterAsLayer(parameters, "LABELS", context)
        if isinstance(layer, QgsRasterLayer):
            return raster_path(layer), ""
        copy = os.path.join(QgsProcessingUtils.tempFolder(), f"labels-{uuid.uuid4().hex}", "labels.gpkg")
        georeferenced = self.layer(parameters, context).crs().isValid()
        field = self.text(parameters, "FIELD", context) or ALL_FIELDS
        return area_file(layer, False, copy, field, needs_crs=georeferenced)


class TrainAlgorithm(TrainingAlgorithm):
    """Training from nothing, as a recipe says."""

    ID = "train"

    def displayName(self) -> str:
        """Return the name in the toolbox."""
        return tr("Train a network")

    def tags(self) -> list:
        """Return words the toolbox finds it by."""
        return tr("training,deep learning,recipe,checkpoint").split(",")

    def shortHelpString(self) -> str:
        """Return what the dialog shows beside the parameters."""
        return tr(
            "Trains a network from nothing as a recipe (TOML) says. Recipes for GLNet, PPN and ISDNet are in the "
            "project's repository. This takes hours on a graphics card and is hardly possible without one; to adapt a "
            "checkpoint to your own area take “Fine-tune a checkpoint”.\n\n"
            "Stopped by you or by the time limit, what was trained so far is a model: use it, or run again with the "
            "same folder to go on."
        )

    def declare(self) -> None:
        """Declare parameters and outputs."""
        file, folder = QgsProcessingParameterFile, QgsProcessingParameterFile.Behavior.Folder
        self.addParameter(file("CONFIG", tr("Recipe"), extension="toml"))
        self.addParameter(file("DATA", tr("Folder of images and masks"), behavior=folder, optional=True))
        self.declare_effort()
        self.addParameter(QgsProcessingParameterFolderDestination("OUTPUT", tr("Folder for the training")))
        self.addOutput(QgsProcessingOutputFile("CHECKPOINT_FILE", tr("Checkpoint")))

    def check(self, parameters, context) -> None:
        """Refuse a recipe or folder that is not there."""
        recipe = self.parameterAsFile(parameters, "CONFIG", context)
        if not os.path.isfile(recipe):
            raise JobRefused(tr("There is no recipe '{path}'. Choose a .toml file.").format(path=recipe))
        self.folder(parameters, "DATA", context)

    def process(self, parameters, context, feedback) -> Dict[str, Any]:
        """Train; called in a worker thread."""
        data = self.folder(parameters, "DATA", context)
        recipe = self.parameterAsFile(parameters, "CONFIG", context)
        arguments = ["train", os.path.abspath(recipe), *(["--data", data] if data else [])]
        return self.train(arguments, parameters, context, feedback)


def _stopped(data: Dict[str, Any], folder: str) -> str:
    """Return what a training came to that has not done all its steps, and the ways on."""
    text = tr("Stopped after {step} of {steps} steps. Run again with the folder “{folder}” to go on.")
    told = text.format(step=data["step"], steps=data["steps"], folder=folder)
    if not data.get("checkpoint"):
        return told
    return told + " " + tr("What was trained so far is the model “{path}”.").format(path=data["checkpoint"])
