"""Every ErrorCode as a title and a remedy in the user's language."""

from dataclasses import dataclass

from ..engine.events import ErrorCode, Failure, Progress, Stage
from .i18n import tr


@dataclass(frozen=True)
class UserMessage:
    """What the user reads when a run did not end well.

    Attributes:
        title: A few words.
        text: Sentences: what was found, and what to do.
        is_error: False where the user asked for what happened.
    """

    title: str
    text: str
    is_error: bool = True


def explain(failure: Failure) -> UserMessage:
    """Return the message for a failure; the engine's own sentence stands before the remedy."""
    title, remedy = _texts()[failure.code]
    text = " ".join(part for part in (failure.message.strip(), remedy) if part)
    return UserMessage(title, text, is_error=failure.code is not ErrorCode.CANCELLED)


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
    return {
        ErrorCode.JOB_INVALID: (tr("This run cannot be done"), tr("Change the settings and try again.")),
        ErrorCode.RASTER_NOT_FOUND: (
            tr("Raster not found"),
            tr("Check that the layer's file is still where the project expects it."),
        ),
        ErrorCode.RASTER_UNREADABLE: (
            tr("Raster cannot be read"),
            tr("Open it in another program, or export the layer to a new GeoTIFF and use that one."),
        ),
        ErrorCode.RASTER_UNSUITABLE: (
            tr("Raster does not fit"),
            tr("Export the layer to a GeoTIFF with Raster ▸ Conversion or Projections and use that one."),
        ),
        ErrorCode.BANDS_UNSUITABLE: (
            tr("Bands do not fit"),
            tr("Choose the red, green and blue band under Advanced, or another layer."),
        ),
        ErrorCode.READ_FAILED: (
            tr("Part of the raster is damaged"),
            tr("Get the file again, or leave unreadable blocks empty (Advanced)."),
        ),
        ErrorCode.OUTPUT_EXISTS: (tr("Results of that name exist"), tr("Choose another name or output folder.")),
        ErrorCode.OUTPUT_IS_INPUT: (
            tr("The result would replace the input"),
            tr("Choose another name or output folder."),
        ),
        ErrorCode.OUTPUT_NOT_WRITABLE: (
            tr("Cannot write there"),
            tr("Choose an output folder in which you may create files."),
        ),
        ErrorCode.DISK_FULL: (tr("The disk is full"), tr("Free some space or choose a folder on another disk.")),
        ErrorCode.CHECKPOINT_MISSING: (
            tr("There is no checkpoint"),
            tr("Choose a checkpoint file under Advanced, or another method."),
        ),
        ErrorCode.CHECKPOINT_DAMAGED: (
            tr("The checkpoint is damaged"),
            tr("Get the file again, or choose another one under Advanced."),
        ),
        ErrorCode.CHECKPOINT_UNSUITABLE: (
            tr("The checkpoint does not fit"),
            tr("Choose the method it was trained for, or another checkpoint."),
        ),
        ErrorCode.DEVICE_UNAVAILABLE: (
            tr("Device not available"),
            tr("Choose “Automatic” or “CPU” as device."),
        ),
        ErrorCode.OUT_OF_MEMORY: (
            tr("Not enough memory"),
            tr("Choose the preset “Low memory”, or close other programs."),
        ),
        ErrorCode.DATA_INVALID: (tr("The data cannot be used"), ""),
        ErrorCode.ENVIRONMENT_MISSING: (
            tr("The engine is not set up"),
            tr("Open “Engine” in the Land Cover panel: it says what is missing."),
        ),
        ErrorCode.ENGINE_DIED: (
            tr("The engine stopped unexpectedly"),
            tr("Often memory ran out: try the preset “Low memory”. The log has the details."),
        ),
        ErrorCode.CANCELLED: (tr("Cancelled"), tr("Nothing was added.")),
        ErrorCode.INTERNAL: (tr("Something went wrong"), tr("The log has the details; please report them.")),
    }
