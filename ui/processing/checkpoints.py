"""Algorithms on a checkpoint that is there: going on training it, and measuring it."""

import os
from typing import Any, Dict, List

from qgis.core import (
    QgsProcessingException,
    QgsProcessingOutputFile,
    QgsProcessingOutputNumber,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ..base.i18n import tr
from .base import device_parameter, run_engine, stage_percent, whole_number
from .training import TrainingAlgorithm


class FineTuneAlgorithm(TrainingAlgorithm):
    """A checkpoint adapted to one's own images."""

    ID = "finetune"

    def displayName(self) -> str:
        """Return the name in the toolbox."""
        return tr("Fine-tune a checkpoint")

    def tags(self) -> list:
        """Return words the toolbox finds it by."""
        return tr("training,fine-tune,transfer learning,adapt,checkpoint").split(",")

    def shortHelpString(self) -> str:
        """Return what the dialog shows beside the parameters."""
        return tr(
            "Goes on training a checkpoint on your own images, so that it knows your area and your classes. The data "
            "is a folder of samples (“Make training samples”) or of images and masks.\n\n"
            "Scenes are held out by group, never by crop: a pattern says which part of a file name is the group, e.g. "
            "tile(\\d+)_, and the groups to hold out are listed, separated by blanks. With other classes than the "
            "checkpoint's give a legend; their part of the network starts afresh.\n\n"
            "The log says after the first step how long it will take. On a processor without a graphics card a step of "
            "four samples takes some seconds, so set a time limit: stopped by it or by you, what was trained so far is "
            "a model. Use it, or run again with the same folder to go on, also with more steps."
        )

    def declare(self) -> None:
        """Declare parameters and outputs."""
        file, number, text = QgsProcessingParameterFile, QgsProcessingParameterNumber, QgsProcessingParameterString
        self.declare_start()
        self.addParameter(file("DATA", tr("Folder of samples, or of images and masks"), behavior=file.Behavior.Folder))
        self.addParameter(whole_number("STEPS", tr("Steps"), 500, 1))
        self.declare_effort()
        self.add_advanced(
            text("NAME", tr("Name (empty: that of the folder)"), optional=True),
            file("LEGEND", tr("Legend of other classes (JSON)"), extension="json", optional=True),
            text("GROUP", tr("Pattern of a scene's group"), optional=True),
            text("VAL", tr("Groups held out to follow it"), optional=True),
            text("TEST", tr("Groups held out for the card"), optional=True),
            whole_number("BATCH", tr("Samples at a time"), 4, 1),
            number("LEARNING_RATE", tr("Learning rate"), number.Type.Double, 3e-4, False, 1e-8, 1.0),
            text("LICENCE", tr("Licence of the new weights"), optional=True),
        )
        self.addParameter(QgsProcessingParameterFolderDestination("OUTPUT", tr("Folder for the training")))
        self.addOutput(QgsProcessingOutputFile("CHECKPOINT_FILE", tr("Checkpoint")))

    def check(self, parameters, context) -> None:
        """Refuse files and folders that are not there."""
        self._arguments(parameters, context)

    def process(self, parameters, context, feedback) -> Dict[str, Any]:
        """Train; called in a worker thread."""
        return self.train(self._arguments(parameters, context), parameters, context, feedback)

    def _arguments(self, parameters, context) -> List[str]:
        options = {
            "--name": self.text(parameters, "NAME", context),
            "--legend": self.parameterAsFile(parameters, "LEGEND", context),
            "--group": self.text(parameters, "GROUP", context),
            "--licence": self.text(parameters, "LICENCE", context),
        }
        lists = {"--val": self.words(parameters, "VAL", context), "--test": self.words(parameters, "TEST", context)}
        return [
            *("fine-tune", self.start(parameters, context), "--data", self.folder(parameters, "DATA", context)),
            *("--steps", str(self.parameterAsInt(parameters, "STEPS", context))),
            *("--batch", str(self.parameterAsInt(parameters, "BATCH", context))),
            *("--lr", repr(self.parameterAsDouble(parameters, "LEARNING_RATE", context))),
            *(f"{option}={value}" for option, value in options.items() if value),
            *(word for option, values in lists.items() if values for word in (option, *values)),
        ]


class EvaluateAlgorithm(TrainingAlgorithm):
    """How good a checkpoint is, on images with known land cover."""

    ID = "evaluate"
    ICON = "evaluate.svg"

    def displayName(self) -> str:
        """Return the name in the toolbox."""
        return tr("Measure a checkpoint against masks")

    def tags(self) -> list:
        """Return words the toolbox finds it by."""
        return tr("accuracy,validation,confusion matrix,IoU,F1,checkpoint").split(",")

    def shortHelpString(self) -> str:
        """Return what the dialog shows beside the parameters."""
        return tr(
            "Maps every image of a folder that also has a mask and compares: confusion matrix, intersection over union "
            "(IoU) and F1 of each class, accuracy. The figures are written as JSON, and as a table (.md) beside it.\n\n"
            "Measure on scenes that the checkpoint was not trained on: name their groups, separated by blanks."
        )

    def declare(self) -> None:
        """Declare parameters and outputs."""
        file, text, number = QgsProcessingParameterFile, QgsProcessingParameterString, QgsProcessingOutputNumber
        self.declare_start()
        self.addParameter(file("DATA", tr("Folder of images and masks"), behavior=file.Behavior.Folder))
        self.addParameter(text("GROUP", tr("Pattern of a scene's group, e.g. tile(\\d+)_"), optional=True))
        self.addParameter(text("ONLY", tr("Groups to measure (empty: all)"), optional=True))
        self.add_advanced(
            text("IMAGES", tr("Name of the folder of images"), optional=True),
            text("MASKS", tr("Name of the folder of masks"), optional=True),
            QgsProcessingParameterBoolean("IGNORE_UNKNOWN", tr("Leave pixels of the unknown class out"), False),
            device_parameter(),
        )
        self.addParameter(QgsProcessingParameterFileDestination("OUTPUT", tr("Figures"), tr("Figures") + " (*.json)"))
        for output in (
            QgsProcessingOutputFile("TABLE", tr("Table (Markdown)")),
            number("MEAN_IOU", tr("Mean IoU of the classes that occur")),
            number("MEAN_F1", tr("Mean F1 of the classes that occur")),
            number("ACCURACY", tr("Accuracy")),
            number("SCENES", tr("Scenes measured")),
        ):
            self.addOutput(output)

    def check(self, parameters, context) -> None:
        """Refuse files and folders that are not there."""
        self._arguments(parameters, context)

    def process(self, parameters, context, feedback) -> Dict[str, Any]:
        """Measure; called in a worker thread."""
        path = os.path.abspath(self.parameterAsFileOutput(parameters, "OUTPUT", context))
        data = run_engine([*self._arguments(parameters, context), "--out", path], feedback, stage_percent)
        if not os.path.isfile(path):
            raise QgsProcessingException(tr("The figures were not written to '{path}'.").format(path=path))
        feedback.pushInfo(data.get("text", ""))
        return {
            "OUTPUT": path,
            "TABLE": os.path.splitext(path)[0] + ".md",
            "MEAN_IOU": data["mean_iou"],
            "MEAN_F1": data["mean_f1"],
            "ACCURACY": data["accuracy"],
            "SCENES": len(data["scenes"]),
        }

    def _arguments(self, parameters, context) -> List[str]:
        options = {
            "--images": self.text(parameters, "IMAGES", context),
            "--masks": self.text(parameters, "MASKS", context),
            "--group": self.text(parameters, "GROUP", context),
        }
        only = self.words(parameters, "ONLY", context)
        return [
            *("evaluate", self.start(parameters, context), "--data", self.folder(parameters, "DATA", context)),
            *("--device", self.text(parameters, "DEVICE", context) or "auto"),
            *(f"{option}={value}" for option, value in options.items() if value),
            *(["--only", *only] if only else []),
            *(["--ignore-unknown"] if self.parameterAsBool(parameters, "IGNORE_UNKNOWN", context) else []),
        ]
