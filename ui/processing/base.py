"""What all Processing algorithms share: how they are listed, and how one engine command is run."""

import os
from typing import Any, Callable, Dict, List, Optional, Tuple

from qgis.core import (
    NULL,
    QgsProcessingAlgorithm,
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingFeedback,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterDistance,
    QgsProcessingParameterFile,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
    QgsProcessingUtils,
    QgsRasterLayer,
    QgsUnitTypes,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QCoreApplication, QThread, QUrl
from qgis.PyQt.QtGui import QIcon

from ...engine.contract import events
from ...engine.contract.job import JobError
from ..base import messages
from ..base.i18n import tr
from ..base.widgets import plugin_icon
from ..form.job_builder import JobRefused
from ..process.engine_client import EngineClient, Grace
from ..process.engine_finder import EngineFinder
from ..process.environment import PACKAGE_DIR
from ..process.task import overall_percent
from ..settings import PluginSettings

PATIENCE = Grace(line_s=1.3, terminate_s=0.3)
"""Who cancels an algorithm waits two seconds at most; what was finished by then is kept by the engine."""

SAVING_PATIENCE = Grace(line_s=60.0, terminate_s=5.0)
"""A training that is stopped ends its step, which can take many seconds on a processor, and saves state and model."""

USER_GUIDE = os.path.join(PACKAGE_DIR, "docs", "user-guide.md")


class EngineAlgorithm(QgsProcessingAlgorithm):
    """An algorithm whose work is done by the engine.

    Subclasses name themselves in the class attributes, declare parameters in `declare`, refuse what
    cannot be run in `check`, take what belongs to the main thread in `prepare`, and run in `process`.
    """

    ID = ""
    ICON = "uhr_landcover.svg"

    def createInstance(self) -> QgsProcessingAlgorithm:
        """Return a fresh instance for one run."""
        return type(self)()

    def name(self) -> str:
        """Return the stable id."""
        return self.ID

    def group(self) -> str:
        """Return the group in the toolbox."""
        return tr("Land cover")

    def groupId(self) -> str:
        """Return the stable id of the group."""
        return "landcover"

    def icon(self) -> QIcon:
        """Return the algorithm's icon."""
        return plugin_icon(self.ICON)

    def helpUrl(self) -> str:
        """Return where the user guide is; empty where it is not installed."""
        return QUrl.fromLocalFile(USER_GUIDE).toString() if os.path.isfile(USER_GUIDE) else ""

    def canExecute(self) -> Tuple[bool, str]:
        """Refuse, with what to do, where no interpreter for the engine is found."""
        finder = EngineFinder(PluginSettings())
        return (True, "") if finder.find() is not None else (False, finder.help_text())

    def initAlgorithm(self, configuration=None) -> None:
        """Declare parameters and outputs."""
        self.declare()

    def checkParameterValues(self, parameters, context) -> Tuple[bool, str]:
        """Refuse, with the reason, what cannot be run."""
        ok, reason = super().checkParameterValues(parameters, context)
        if not ok:
            return ok, reason
        try:
            self.check(without_null(parameters), context)
        except (JobRefused, JobError) as error:
            return False, str(error)
        return True, ""

    def prepareAlgorithm(self, parameters, context, feedback) -> bool:
        """Take what belongs to the main thread: layers."""
        try:
            self.prepare(without_null(parameters), context)
        except (JobRefused, JobError) as error:
            raise QgsProcessingException(str(error)) from error
        return True

    def processAlgorithm(self, parameters, context, feedback) -> Dict[str, Any]:
        """Run; called in a worker thread."""
        try:
            return self.process(without_null(parameters), context, feedback)
        except (JobRefused, JobError) as error:
            raise QgsProcessingException(str(error)) from error

    def declare(self) -> None:
        """Declare parameters and outputs."""
        raise NotImplementedError

    def check(self, parameters, context) -> None:
        """Raise JobRefused or JobError for what cannot be run."""

    def prepare(self, parameters, context) -> None:
        """Take from layers what the run needs."""

    def process(self, parameters, context, feedback) -> Dict[str, Any]:
        """Run and return the outputs."""
        raise NotImplementedError

    def add_advanced(self, *parameters: QgsProcessingParameterDefinition) -> None:
        """Declare parameters that most people leave alone."""
        for parameter in parameters:
            # Not scoped: the flag was renamed inside its enum in QGIS 3.36, this name works in all.
            parameter.setFlags(parameter.flags() | QgsProcessingParameterDefinition.FlagAdvanced)
            self.addParameter(parameter)

    def layer(self, parameters, context) -> Optional[QgsRasterLayer]:
        """Return the raster layer INPUT."""
        return self.parameterAsRasterLayer(parameters, "INPUT", context)

    def polygons(self, parameters, name: str, context) -> Tuple[Optional[QgsVectorLayer], bool]:
        """Return a layer of polygons, and whether only what is selected in it is wanted."""
        value = parameters.get(name)
        if not is_given(parameters, name):
            return None, False
        selected = isinstance(value, QgsProcessingFeatureSourceDefinition) and value.selectedFeaturesOnly
        if isinstance(value, QgsProcessingFeatureSourceDefinition):
            # parameterAsVectorLayer knows nothing of these in QGIS 3.22.
            text, _ = value.source.valueAsString(context.expressionContext())
            layer = QgsProcessingUtils.mapLayerFromString(text, context)
        else:
            layer = self.parameterAsVectorLayer(parameters, name, context)
        if not isinstance(layer, QgsVectorLayer):
            raise JobRefused(tr("The polygons cannot be read. Choose a polygon layer or file."))
        return layer, selected

    def text(self, parameters, name: str, context) -> str:
        """Return a text parameter without surrounding blanks."""
        return self.parameterAsString(parameters, name, context).strip()


def without_null(parameters) -> Dict[str, Any]:
    """Return the parameters with None for NULL, which batches put where there is no value and which reads as "0"."""
    return {name: None if value == NULL else value for name, value in parameters.items()}


def is_given(parameters, name: str) -> bool:
    """Return whether an optional parameter has a value."""
    return parameters.get(name) not in (None, "")


def explained(parameter: QgsProcessingParameterDefinition, text: str) -> QgsProcessingParameterDefinition:
    """Return a parameter with a sentence that the dialog shows as its tooltip, and `qgis_process help` prints."""
    parameter.setHelp(text)
    return parameter


def metres(name: str, title: str) -> QgsProcessingParameterDistance:
    """Return a parameter for a length on the ground; the dialog offers other units and converts them."""
    parameter = QgsProcessingParameterDistance(name, title, 0.0, "", False, 0.0)
    # Not scoped: the enum moved to another class in QGIS 3.30, this name works in all.
    parameter.setDefaultUnit(QgsUnitTypes.DistanceMeters)
    parameter.setMetadata({"widget_wrapper": {"decimals": 3}})
    return parameter


def square_metres(name: str, title: str) -> QgsProcessingParameterNumber:
    """Return a parameter for an area on the ground, in m²."""
    number = QgsProcessingParameterNumber
    parameter = number(name, title, number.Type.Double, 0.0, False, 0.0)
    parameter.setMetadata({"widget_wrapper": {"decimals": 2}})
    return parameter


def whole_number(name: str, title: str, default: int, least: int = 0) -> QgsProcessingParameterNumber:
    """Return a parameter for a count."""
    number = QgsProcessingParameterNumber
    return number(name, title, number.Type.Integer, default, False, least)


def device_parameter() -> QgsProcessingParameterString:
    """Return the parameter for the device."""
    parameter = QgsProcessingParameterString("DEVICE", tr("Device: auto, cpu, cuda or cuda:N"), "auto")
    parameter.setMetadata({"widget_wrapper": {"value_hints": ["auto", "cpu", "cuda"]}})
    return parameter


def checkpoint_parameter(title: str, optional: bool = True) -> QgsProcessingParameterFile:
    """Return the parameter for a checkpoint file."""
    return QgsProcessingParameterFile("CHECKPOINT", title, extension="safetensors", optional=optional)


def run_engine(
    arguments: List[str],
    feedback: QgsProcessingFeedback,
    percent: Callable[[events.Progress], float] = overall_percent,
    patience: Grace = PATIENCE,
) -> Dict[str, Any]:
    """Run one engine command in the calling thread; return the data of its result.

    Args:
        arguments: Sub-command and its arguments.
        feedback: Receives progress, plan and notes; asked whether to stop.
        percent: How far the whole command is at a progress event.
        patience: How long a child that was asked to stop is waited for.

    Raises:
        QgsProcessingException: If it does not come to a result; the message is for the user.
    """
    finder = EngineFinder(PluginSettings())
    interpreter = finder.find()
    if interpreter is None:
        raise QgsProcessingException(finder.help_text())
    feedback.pushDebugInfo(
        tr("Engine: {python}, command {command}").format(python=interpreter.path, command=" ".join(arguments))
    )
    client = EngineClient(interpreter.path, finder.environ(), patience)
    outcome = client.run(arguments, _Teller(feedback, percent), _stop_question(feedback))
    if isinstance(outcome, events.Failure):
        if outcome.details:
            feedback.pushDebugInfo(outcome.details)
        raise QgsProcessingException(failure_text(outcome))
    return outcome.data


def _stop_question(feedback: QgsProcessingFeedback) -> Callable[[], bool]:
    """Return what the engine's client asks every tenth of a second.

    QGIS runs batches in the main thread: the window would be frozen, and its Cancel button dead,
    unless events are handled meanwhile.
    """
    application = QCoreApplication.instance()
    if application is None or QThread.currentThread() is not application.thread():
        return feedback.isCanceled

    def should_stop() -> bool:
        QCoreApplication.processEvents()
        return feedback.isCanceled()

    return should_stop


def failure_text(failure: events.Failure) -> str:
    """Return a failure as Processing shows it: without remedies that name places of the panel."""
    message = messages.explain(failure)
    if failure.code in (events.ErrorCode.ENGINE_DIED, events.ErrorCode.OUT_OF_MEMORY):
        return message.full_text
    return f"{message.title}: {message.text}"


def stage_percent(event: events.Progress) -> float:
    """Return how far a command of one stage is."""
    return 100.0 * min(1.0, event.done / event.total) if event.total else 0.0


class _Teller:
    """Passes the engine's events on to Processing's feedback."""

    def __init__(self, feedback: QgsProcessingFeedback, percent: Callable[[events.Progress], float]) -> None:
        self._feedback = feedback
        self._percent = percent
        self._stage: Optional[events.Stage] = None

    def __call__(self, event: events.Event) -> None:
        feedback = self._feedback
        if isinstance(event, events.Progress):
            feedback.setProgress(self._percent(event))
            if event.stage is not self._stage:  # every text is a line in the log
                self._stage = event.stage
                feedback.setProgressText(messages.progress_text(event))
        elif isinstance(event, events.PlanReady):
            feedback.pushDebugInfo(tr("Plan: {plan}").format(plan=event.plan))
        elif isinstance(event, events.Note) and event.level == "warning":
            feedback.pushWarning(event.message)
        elif isinstance(event, events.Note):
            feedback.pushInfo(event.message)
