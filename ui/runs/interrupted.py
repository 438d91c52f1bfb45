"""Interrupted jobs in the output folder: offered to be taken up again, or deleted."""

from dataclasses import dataclass
from typing import Any, Dict, Iterable, Optional, Tuple

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QGroupBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ...engine.contract.job import JobError, SegmentationJob
from ..base.buttons import Button
from ..base.i18n import tr
from ..base.numbers import size_text
from ..base.widgets import WrappingLabel, column_layout

MOST_SHOWN = 3


@dataclass(frozen=True)
class InterruptedJob:
    """A run that did not come to its end, and what it left.

    Attributes:
        name: File stem of its results.
        directory: Folder of its results.
        job: What it was asked to do; None if that cannot be read any more.
        done: Tiles finished.
        total: Tiles in all; 0 if unknown.
        size_bytes: What it takes on disk.
        is_running: True while a process works on it.
    """

    name: str
    directory: str
    job: Optional[SegmentationJob] = None
    done: int = 0
    total: int = 0
    size_bytes: int = 0
    is_running: bool = False

    @staticmethod
    def from_dict(data: Dict[str, Any]) -> "InterruptedJob":
        """Build one from an entry of the engine's `jobs` list."""
        try:
            job = SegmentationJob.from_dict(data["job"])
        except (KeyError, JobError):
            job = None
        return InterruptedJob(
            name=str(data["name"]),
            directory=str(data["directory"]),
            job=job,
            done=int(data.get("tiles_done") or 0),
            total=int(data.get("tiles") or 0),
            size_bytes=int(data.get("size_bytes") or 0),
            is_running=bool(data.get("running")),
        )


class InterruptedPanel(QGroupBox):
    """A line with two buttons for each interrupted job; takes no room when there are none.

    Signals:
        resume_requested: The InterruptedJob to go on with.
        delete_requested: The InterruptedJob to throw away.
    """

    resume_requested = pyqtSignal(object)
    delete_requested = pyqtSignal(object)

    def __init__(self) -> None:
        super().__init__(tr("Interrupted runs"))
        self._layout = column_layout(self)
        self.jobs: Tuple[InterruptedJob, ...] = ()
        self.hide()

    def show_jobs(self, jobs: Iterable[InterruptedJob]) -> None:
        """Show these jobs in place of what was shown before."""
        self.jobs = tuple(job for job in jobs if not job.is_running)
        while self._layout.count():
            row = self._layout.takeAt(0).widget()
            row.hide()  # deletion waits for the event loop; until then it would be drawn over the new row
            row.deleteLater()
        for job in self.jobs[:MOST_SHOWN]:
            self._layout.addWidget(self._row(job))
        self.setVisible(bool(self.jobs))

    def button(self, index: int, what: str) -> QPushButton:
        """Return the "resume" or "delete" button of a job."""
        return self._layout.itemAt(index).widget().findChild(QPushButton, what)

    def _row(self, job: InterruptedJob) -> QWidget:
        row = QWidget()
        layout = QVBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(WrappingLabel(_text(job)))
        tip = tr("Go on where the run stopped; what is finished is not done again")
        resume = Button(tr("Resume"), tip, "mActionPlay.svg")
        resume.setObjectName("resume")
        resume.setEnabled(job.job is not None)
        resume.clicked.connect(lambda: self.resume_requested.emit(job))
        tip = tr("Throw away what the run has done so far")
        delete = Button(tr("Delete"), tip, "mActionDeleteSelected.svg")
        delete.setObjectName("delete")
        delete.clicked.connect(lambda: self.delete_requested.emit(job))
        buttons = QHBoxLayout()
        buttons.addWidget(resume)
        buttons.addWidget(delete)
        buttons.addStretch(1)
        layout.addLayout(buttons)
        return row


def _text(job: InterruptedJob) -> str:
    parts = [job.name]
    if job.total:
        parts.append(tr("{done} of {total} tiles").format(done=job.done, total=job.total))
    if job.size_bytes:
        parts.append(tr("{size} on disk").format(size=size_text(job.size_bytes)))
    return " · ".join(parts)
