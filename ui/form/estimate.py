"""What a run would need, told while the form is being filled in: asked of the engine in the background."""

from dataclasses import dataclass, replace
from typing import Any, Callable, Dict, List, Optional

from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ...engine.contract import events
from ...engine.contract.job import JobError, SegmentationJob
from ..base.i18n import tr
from ..base.messages import duration
from ..base.numbers import size_text
from ..process.engine_client import EngineClient
from ..process.quiet_command import QuietCommand
from .job_builder import JobRefused

PAUSE_MS = 700
"""How long the form must rest before the engine is asked: each question starts a process."""


@dataclass(frozen=True)
class Estimate:
    """What the line under the form says.

    Attributes:
        text: The sentence; empty for none.
        fits: False if the run would not fit this machine.
    """

    text: str = ""
    fits: bool = True


class Estimator(QObject):
    """Asks the engine for a plan when the form has come to rest; a stale answer is dropped.

    Args:
        build_job: Returns the job of the form as it is now; may raise JobRefused or JobError.
        make_client: Returns the engine's client; None while no engine is ready.

    Signals:
        estimated: The Estimate for the form as it is.
    """

    estimated = pyqtSignal(object)

    def __init__(
        self, build_job: Callable[[], SegmentationJob], make_client: Callable[[], Optional[EngineClient]]
    ) -> None:
        super().__init__()
        self._build_job = build_job
        self._make_client = make_client
        self._task: Optional[QuietCommand] = None
        self._asked: Optional[SegmentationJob] = None
        self._untimed: Optional[events.Result] = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self._ask)

    def form_changed(self) -> None:
        """Ask anew once the form rests."""
        self._timer.start()

    def forget(self) -> None:
        """Wait for no answer any more; the next question is asked whatever was answered before."""
        self._timer.stop()
        self._drop()
        self._asked = None

    def shut_down(self) -> None:
        """End a question under way."""
        self._timer.stop()
        self._drop(wait=True)

    def _ask(self) -> None:
        client = self._make_client()
        if client is None:
            return
        try:
            job = replace(self._build_job(), created="")
        except (JobRefused, JobError):
            # The input card says why, or the click on the button will.
            self.forget()
            self.estimated.emit(Estimate())
            return
        if job == self._asked:
            return
        self._drop()
        self.estimated.emit(Estimate(tr("Estimating …")))  # in place of what is true no longer
        self._asked = job
        self._begin(["plan"], client, self._on_plan)

    def _begin(self, arguments: List[str], client: EngineClient, on_end: Callable[[object], None]) -> None:
        self._task = QuietCommand(arguments, client, self._asked)
        self._task.ended.connect(on_end)
        self._task.begin()

    def _drop(self, *, wait: bool = False) -> None:
        task, self._task = self._task, None
        if task is not None:
            task.cancel(wait=wait)

    def _on_plan(self, outcome: object) -> None:
        """Tell the plan; where nothing like it was ever timed on this machine, have a few tiles timed."""
        self._task = None
        plan = {} if isinstance(outcome, events.Failure) else (outcome.data.get("plans") or [{}])[0]
        client = self._make_client()
        if not plan or plan.get("predicted_seconds") is not None or _lacking(plan) or client is None:
            self._on_end(outcome)
            return
        self.estimated.emit(estimate_of(plan, tr("a few tiles are being timed …")))
        self._untimed = outcome
        self._begin(["plan", "--calibrate"], client, self._on_timed)

    def _on_timed(self, outcome: object) -> None:
        # Tiles that cannot be timed are no reason to keep silent about the rest.
        self._on_end(self._untimed if isinstance(outcome, events.Failure) else outcome)

    def _on_end(self, outcome: object) -> None:
        self._task = None
        if isinstance(outcome, events.Failure):
            silent = outcome.code in (events.ErrorCode.CANCELLED, events.ErrorCode.ENVIRONMENT_MISSING)
            self.estimated.emit(Estimate() if silent else Estimate(outcome.message.strip(), fits=False))
            return
        plans = outcome.data.get("plans") or [{}]
        self.estimated.emit(estimate_of(plans[0]))


def estimate_of(plan: Dict[str, Any], time_text: str = "") -> Estimate:
    """Return the sentence for a plan, such as "Needs 1.1 GB of 8 GB, about 4 min, 0.9 GB disk.".

    Args:
        plan: What the engine answered.
        time_text: What to say of the time in place of the plan's figure.
    """
    parts = [_memory(plan), time_text or _time(plan), _disk(plan)]
    text = tr("Needs {parts}.").format(parts=", ".join(part for part in parts if part))
    lacking = _lacking(plan)
    return Estimate(" ".join([text, *lacking]), fits=not lacking)


def _memory(plan: Dict[str, Any]) -> str:
    needed = size_text(plan.get("predicted_host_bytes", 0))
    total = plan.get("total_host_bytes")
    host = (tr("{needed} of {total} memory") if total else tr("{needed} memory")).format(
        needed=needed, total=size_text(total or 0)
    )
    if not plan.get("predicted_device_bytes"):
        return host
    needed, total = size_text(plan["predicted_device_bytes"]), plan.get("total_device_bytes")
    device = tr("{needed} of {total} on the graphics card") if total else tr("{needed} on the graphics card")
    return host + ", " + device.format(needed=needed, total=size_text(total or 0))


def _time(plan: Dict[str, Any]) -> str:
    seconds = plan.get("predicted_seconds")
    if seconds is None:
        return tr("time unknown until the first run")
    return tr("about {time}").format(time=duration(seconds))


def _disk(plan: Dict[str, Any]) -> str:
    text = tr("at most {size} disk") if _is_bound(plan) else tr("{size} disk")
    return text.format(size=size_text(plan.get("predicted_disk_bytes", 0)))


def _is_bound(plan: Dict[str, Any]) -> bool:
    """Return whether the plan's disk space is only a bound; a run that it exceeds looks at a few tiles first."""
    return plan.get("disk_is_measured") is False


def _lacking(plan: Dict[str, Any]) -> List[str]:
    """Return a sentence for each thing there is too little of."""
    found = []
    for needed, free, sentence in (
        (
            "predicted_disk_bytes",
            "free_disk_bytes",
            tr("Only {free} are free on that disk: choose another folder or make room."),
        ),
        (
            "predicted_host_bytes",
            "free_host_bytes",
            tr("Only {free} of memory are free: choose “Low memory” or close other programs."),
        ),
        (
            "predicted_device_bytes",
            "free_device_bytes",
            tr("Only {free} are free on the graphics card: choose “Low memory” or the processor."),
        ),
    ):
        if needed == "predicted_disk_bytes" and _is_bound(plan):
            continue
        if plan.get(free) and plan.get(needed, 0) > plan[free]:  # 0 is for unknown
            found.append(sentence.format(free=size_text(plan[free])))
    return found
