"""Every ErrorCode as a title and a remedy in the user's language."""

from dataclasses import dataclass

from ...engine.contract.events import ErrorCode, Failure, Progress, Stage
from .i18n import tr


@dataclass(frozen=True)
class UserMessage:
    """What the user reads when a run did not end well.

    Attributes:
        title: A few words.
        text: The engine's sentence: what was found, what was expected, what to do.
        remedy: What to do in QGIS, where the engine cannot know it.
        is_error: False where the user asked for what happened.
    """

    title: str
    text: str
    remedy: str = ""
    is_error: bool = True

    @property
    def full_text(self) -> str:
        """Title, sentence and remedy in one paragraph."""
        body = " ".join(part for part in (self.text, self.remedy) if part)
        return f"{self.title}: {body}" if body else self.title


def explain(failure: Failure) -> UserMessage:
    """Return the message for a failure."""
    title, remedy = _texts()[failure.code]
    return UserMessage(title, failure.message.strip(), remedy, is_error=failure.code is not ErrorCode.CANCELLED)


def task_title(text: str) -> str:
    """Return a text for the task manager, whose messages QGIS shows as HTML."""
    return text.replace("<", "‹").replace(">", "›")


def stage_name(stage: Stage) -> str:
    """Return the name of a stage, as the user sees it."""
    return {
        Stage.PREPARE: tr("Preparing"),
        Stage.CLASSIFY: tr("Classifying"),
        Stage.ASSEMBLE: tr("Assembling the map"),
        Stage.POLYGONIZE: tr("Making polygons"),
        Stage.REPORT: tr("Measuring areas"),
        Stage.TRAIN: tr("Training"),
        Stage.EVALUATE: tr("Evaluating"),
    }[stage]


def unit_name(unit: str) -> str:
    """Return the plural name of what a stage counts."""
    return {"tiles": tr("tiles"), "strips": tr("strips"), "steps": tr("steps")}.get(unit, unit)


def progress_text(event: Progress) -> str:
    """Return the line under the progress bar: stage, count, time left."""
    parts = [stage_name(event.stage)]
    if event.total > 1:
        count = tr("{done} of {total} {unit}")
        parts.append(count.format(done=event.done, total=event.total, unit=unit_name(event.unit)))
    if event.eta_s is not None:
        parts.append(tr("about {time} left").format(time=duration(event.eta_s)))
    return " · ".join(parts)


def duration(seconds: float) -> str:
    """Return a time span in words, rounded as an estimate deserves."""
    if seconds < 60:
        return tr("{n} s").format(n=max(1, round(seconds)))
    minutes = round(seconds / 60)
    if minutes < 60:
        return tr("{n} min").format(n=minutes)
    return tr("{h} h {m} min").format(h=minutes // 60, m=minutes % 60)


def _texts() -> dict:
    # Built on demand, not at import: the translator is installed later than this module is read.
    # The engine's sentence says what to do; the remedy adds where in QGIS that is done.
    in_results = tr("Folder and name are set under “Results”.")
    in_advanced = tr("Checkpoints are chosen under “Advanced”.")
    export = tr("Or right-click the layer ▸ Export ▸ Save As…, and use the new GeoTIFF.")
    return {
        ErrorCode.JOB_INVALID: (tr("This run cannot be done"), ""),
        ErrorCode.RASTER_NOT_FOUND: (
            tr("Raster not found"),
            tr("Check that the layer's file is still where the project expects it."),
        ),
        ErrorCode.RASTER_UNREADABLE: (tr("Raster cannot be read"), export),
        ErrorCode.RASTER_UNSUITABLE: (tr("Raster does not fit"), export),
        ErrorCode.BANDS_UNSUITABLE: (tr("Bands do not fit"), tr("Bands are chosen under “Advanced”.")),
        ErrorCode.READ_FAILED: (
            tr("Part of the raster is damaged"),
            tr("“Advanced” has a box that leaves unreadable blocks empty."),
        ),
        ErrorCode.OUTPUT_EXISTS: (tr("Results of that name exist"), in_results),
        ErrorCode.OUTPUT_IS_INPUT: (tr("The result would replace the input"), in_results),
        ErrorCode.OUTPUT_NOT_WRITABLE: (tr("Cannot write there"), in_results),
        ErrorCode.DISK_FULL: (tr("The disk is full"), in_results),
        ErrorCode.CHECKPOINT_MISSING: (tr("There is no checkpoint"), in_advanced),
        ErrorCode.CHECKPOINT_DAMAGED: (tr("The checkpoint is damaged"), in_advanced),
        ErrorCode.CHECKPOINT_UNSUITABLE: (tr("The checkpoint does not fit"), in_advanced),
        ErrorCode.DEVICE_UNAVAILABLE: (tr("Device not available"), tr("“Automatic” takes the best one there is.")),
        ErrorCode.OUT_OF_MEMORY: (
            tr("Not enough memory"),
            tr("Choose the preset “Low memory”, or close other programs."),
        ),
        ErrorCode.DATA_INVALID: (tr("The data cannot be used"), ""),
        ErrorCode.ENVIRONMENT_MISSING: (tr("The engine is not set up"), ""),
        ErrorCode.ENGINE_DIED: (
            tr("The engine stopped unexpectedly"),
            tr("Often memory ran out: try the preset “Low memory”. The message log has the details."),
        ),
        ErrorCode.RASTER_CHANGED: (tr("The raster has changed"), ""),
        ErrorCode.JOB_BUSY: (tr("This run is already going on"), ""),
        ErrorCode.CANCELLED: (tr("Cancelled"), ""),
        ErrorCode.INTERNAL: (
            tr("Something went wrong"),
            tr("The message log (UHR Land Cover) has the details; please report them."),
        ),
    }
