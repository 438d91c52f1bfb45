"""Titles of results in the project: what they are, of which image, by which method, when."""

import os

from qgis.PyQt.QtCore import QDateTime, QLocale, Qt

from ...engine.contract.job import SegmentationJob
from ..base.i18n import tr
from ..model_store.info import list_methods

SEPARATOR = " · "


def run_title(job: SegmentationJob) -> str:
    """Return the title of a run, such as "valley · ISDNet · 28/11/2026 10:12"."""
    return SEPARATOR.join(part for part in (image_title(job), method_title(job), moment_text(job.created)) if part)


def image_title(job: SegmentationJob) -> str:
    """Return the name of a job's image."""
    return os.path.splitext(os.path.basename(job.raster))[0]


def layer_title(kind: str, job: SegmentationJob) -> str:
    """Return the title of a layer: what it is first, which is what a narrow panel of layers shows.

    Args:
        kind: "classes", "polygons", "confidence", "probabilities" or "patches".
        job: What the run was asked to do.
    """
    return SEPARATOR.join((kind_title(kind), run_title(job)))


def kind_title(kind: str) -> str:
    """Return what a kind of result is called."""
    return {
        "classes": tr("Land cover"),
        "polygons": tr("Polygons"),
        "confidence": tr("Confidence (per cent)"),
        "probabilities": tr("Probabilities of all classes"),
        "patches": tr("Refined patches"),
    }[kind]


def method_title(job: SegmentationJob) -> str:
    """Return the name of a job's method."""
    return next((info.title for info in list_methods() if info.key == job.method.value), job.method.value)


def moment_text(created: str) -> str:
    """Return a time stamp as people of this country write it; as it is where it is none."""
    moment = QDateTime.fromString(created, Qt.DateFormat.ISODate)
    if not moment.isValid():
        return created
    return QLocale().toString(moment.toLocalTime(), QLocale.FormatType.ShortFormat)
