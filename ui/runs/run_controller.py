"""Runs of the panel, one at a time: started, watched, cancelled, resumed; others wait. Main thread only."""

import os
from dataclasses import dataclass, replace
from typing import Callable, List, Optional, Tuple

from qgis.core import Qgis, QgsApplication, QgsCoordinateReferenceSystem, QgsProject
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...engine.contract import events
from ...engine.contract.job import JobError, JobResult, SegmentationJob
from ...engine.contract.names import job_folder, stem_of_job_folder
from ..base import messages
from ..base.i18n import tr
from ..base.message_bar import Messenger, log
from ..dock import LandCoverDock
from ..model_store.info import model_in_use
from ..process.engine_client import EngineClient
from ..process.quiet_command import QuietCommand
from ..process.task import SegmentTask, overall_percent
from ..results.naming import run_title
from ..results.results import ResultsController
from .history import History
from .interrupted import InterruptedJob
from .preview import Preview

STOP_WAIT_MS = 15_000


@dataclass(frozen=True)
class Request:
    """A run that was asked for.

    Attributes:
        job: What to do.
        crs: CRS the user has given the source layer where its file says another; None if it says the same.
    """

    job: SegmentationJob
    crs: Optional[QgsCoordinateReferenceSystem] = None


class RunController(QObject):
    """Runs jobs and tells the dock how far they are.

    Args:
        dock: The panel.
        messenger: Where to tell how it went.
        results: What shows a finished run.
        history: Where finished runs are remembered.
        make_client: Returns the engine's client; None while there is no engine.

    Signals:
        started: A run begins.
        ended: A run has come to its end, well or not.
    """

    started = pyqtSignal()
    ended = pyqtSignal()

    def __init__(
        self,
        dock: LandCoverDock,
        messenger: Messenger,
        results: ResultsController,
        history: History,
        make_client: Callable[[], Optional[EngineClient]],
    ) -> None:
        super().__init__()
        self._dock = dock
        self._messenger = messenger
        self._results = results
        self._history = history
        self._make_client = make_client
        self._preview = Preview()
        self._task: Optional[SegmentTask] = None
        self._listing: Optional[QuietCommand] = None
        self._project_left = False
        self._request: Optional[Request] = None
        self._waiting: List[Request] = []
        self._preview_path = ""
        dock.running.cancel_wanted.connect(self.cancel)
        dock.running.remove_wanted.connect(self.remove_waiting)
        dock.running.preview_toggled.connect(self._show_preview)
        dock.form.interrupted.resume_requested.connect(self.resume)
        dock.form.interrupted.delete_requested.connect(self.delete)
        QgsProject.instance().cleared.connect(self._project_cleared)

    @property
    def is_running(self) -> bool:
        """True while a run is in progress."""
        return self._task is not None

    def reserved(self) -> List[Tuple[str, str]]:
        """Return folder and name of the runs that are under way or wait."""
        requests = [*([self._request] if self._task else []), *self._waiting]
        return [(r.job.output.directory, r.job.output.name) for r in requests if r is not None]

    def start(self, job: SegmentationJob, client: EngineClient, crs: Optional[QgsCoordinateReferenceSystem]) -> None:
        """Start a run; while another is under way it waits until that has ended.

        Args:
            job: What to do.
            client: The engine.
            crs: CRS the user has given the source layer where its file says another; None if it says the same.
        """
        if self.is_running:
            self._waiting.append(Request(job, crs))
            self._show_waiting()
            self._dock.show_page("running")
            return
        self._begin(Request(job, crs), client)

    def remove_waiting(self, place: int) -> None:
        """Take a run off the queue."""
        del self._waiting[place]
        self._show_waiting()

    def _begin(self, request: Request, client: EngineClient) -> None:
        self._request = request
        task = self._task = SegmentTask(request.job, client)
        self._project_left, self._preview_path = False, ""
        task.happened.connect(self._on_event)
        task.ended.connect(self._on_end)
        self._dock.show_run(run_title(request.job))
        self.started.emit()
        log(tr("Run started: {job}").format(job=task.job.to_json()))
        QgsApplication.taskManager().addTask(task)

    def _begin_next(self) -> None:
        """Start the run that has waited longest."""
        client = self._make_client() if self._waiting else None
        if client is not None:
            request = self._waiting.pop(0)
            self._show_waiting()
            self._begin(request, client)

    def _show_waiting(self) -> None:
        self._dock.running.show_waiting([run_title(request.job) for request in self._waiting])

    def cancel(self) -> None:
        """Ask the run to stop; the dock comes back when it has."""
        if self._task is not None:
            self._dock.running.show_stopping()
            self._task.cancel()

    def resume(self, interrupted: InterruptedJob) -> None:
        """Go on with an interrupted run: the engine finds what is finished by itself."""
        client = self._make_client()
        if client is not None and interrupted.job is not None:
            self.start(interrupted.job, client, None)

    def delete(self, interrupted: InterruptedJob) -> None:
        """Throw an interrupted run away."""
        self._ask_jobs(interrupted.directory, "--delete", interrupted.name)

    def look_for_interrupted(self, directory: str) -> None:
        """Show the interrupted runs of a folder; where there is no engine or no folder there are none to show."""
        directory = os.path.abspath(os.path.expanduser(directory)) if directory else ""
        if not _may_hold_jobs(directory):
            self._forget_listing()
            self._dock.form.interrupted.show_jobs(())
            return
        self._ask_jobs(directory)

    def shut_down(self) -> None:
        """End the run and let go of everything."""
        QgsProject.instance().cleared.disconnect(self._project_cleared)
        self._forget_listing(wait=True)
        self._preview.remove()
        self._waiting = []
        task, self._task = self._task, None
        if task is not None:
            task.happened.disconnect(self._on_event)
            task.ended.disconnect(self._on_end)
            task.stop_now()
            task.cancel()
            task.waitForFinished(STOP_WAIT_MS)
            self._tell_what_stays(task.job)

    def _on_event(self, event: events.Event) -> None:
        if self._task is None:
            return
        if isinstance(event, events.Progress) and not self._task.isCanceled():
            self._dock.show_progress(overall_percent(event), messages.progress_text(event))
            if event.stage is events.Stage.REPORT:
                self._preview.remove()  # the engine is about to delete the folder: an open file would hinder it
        elif isinstance(event, events.Preview):
            self._preview_path = event.path
            self._show_preview(self._dock.running.preview.isChecked())
        elif isinstance(event, events.PlanReady):
            log(tr("Plan: {plan}").format(plan=event.plan))
        elif isinstance(event, events.Note):
            log(event.message, Qgis.MessageLevel.Warning if event.level == "warning" else Qgis.MessageLevel.Info)
            if event.level == "warning":
                self._dock.running.show_warning(event.message)

    def _show_preview(self, wanted: bool) -> None:
        if not wanted:
            self._preview.remove()
        elif self._task is not None and self._preview_path and not self._project_left:
            job = self._task.job
            model, look = model_in_use(job.method.value, job.checkpoint), self._dock.result.look.current()
            self._preview.show(self._preview_path, model, self._request.crs, look)

    def _on_end(self, outcome: object) -> None:
        task, self._task = self._task, None
        self._preview.remove()
        self._dock.show_no_run()
        self.ended.emit()
        self.look_for_interrupted(task.job.output.directory)
        self._take(outcome, task.job)
        self._begin_next()

    def _take(self, outcome: object, job: SegmentationJob) -> None:
        """Show what a run came to."""
        if isinstance(outcome, events.Failure):
            self.fail(_in_the_dock_s_words(outcome, job))
            return
        try:
            result = JobResult.from_dict(outcome.data)
        except (JobError, TypeError) as error:
            self.fail(events.Failure(events.ErrorCode.INTERNAL, str(error)))
            return
        self._history.add(job, result)
        self._dock.history.show_runs(self._history.runs())
        self._results.show(
            result, job, self._request.crs, in_this_project=not self._project_left, turn=not self._waiting
        )

    def _tell_what_stays(self, job: SegmentationJob) -> None:
        """Name the hidden folder of a run that the end of the plugin stopped."""
        folder = os.path.join(job.output.directory, job_folder(job.output.name))
        if os.path.isdir(folder):
            text = tr(
                "The run was stopped. What is finished is kept in the hidden folder “{folder}”: choose “Resume” in the "
                "panel to go on, or “Delete” to be rid of it."
            )
            self._messenger.say(tr("Land cover"), text.format(folder=folder), Qgis.MessageLevel.Warning)

    def fail(self, failure: events.Failure) -> None:
        """Show why there is no result."""
        self._dock.form.show_failure(self._messenger.fail(failure))

    def _ask_jobs(self, directory: str, *options: str) -> None:
        self._forget_listing()
        client = self._make_client()
        if client is None:
            return
        self._listing = QuietCommand(["jobs", directory, *options], client)
        self._listing.ended.connect(self._on_jobs)
        self._listing.begin()

    def _forget_listing(self, *, wait: bool = False) -> None:
        command, self._listing = self._listing, None
        if command is not None:
            command.cancel(wait=wait)

    def _on_jobs(self, outcome: object) -> None:
        self._listing = None
        if isinstance(outcome, events.Failure):
            log(outcome.message, Qgis.MessageLevel.Warning)
            return
        if "deleted" in outcome.data:
            self.look_for_interrupted(str(outcome.data["deleted"]["directory"]))
            return
        found = []
        for entry in outcome.data.get("jobs", ()):
            try:
                found.append(InterruptedJob.from_dict(entry))
            except (KeyError, TypeError, ValueError):
                continue
        self._dock.form.interrupted.show_jobs(found)

    def _project_cleared(self) -> None:
        self._project_left = True


def _in_the_dock_s_words(failure: events.Failure, job: SegmentationJob) -> events.Failure:
    """Return a sentence about interrupted runs without the command line, which the dock has buttons for."""
    if failure.code in (events.ErrorCode.OUTPUT_EXISTS, events.ErrorCode.RASTER_CHANGED):
        found, advice, _ = failure.message.partition(" Delete it with: jobs")
        return replace(failure, message=found) if advice else failure
    if failure.code is not events.ErrorCode.CANCELLED:
        return failure
    text = tr("The run was cancelled.")
    if _may_hold_jobs(job.output.directory):
        text += " " + tr("What is finished is kept: “Resume” goes on from there.")
    return replace(failure, message=text)


def _may_hold_jobs(directory: str) -> bool:
    """Look at names only: asking the engine costs a process."""
    try:
        return any(stem_of_job_folder(name) for name in os.listdir(directory))
    except OSError:
        return False
