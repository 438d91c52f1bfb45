"""The last runs, kept in the user's profile so that they can be looked at and repeated."""

import json
import os
import tempfile
from dataclasses import dataclass
from typing import Any, Dict, List, Tuple

from qgis.core import QgsApplication

from ...engine.contract.job import JobError, JobResult, SegmentationJob
from ..base.message_bar import log

FILE_NAME = "uhr_landcover_history.json"
MOST = 50


@dataclass(frozen=True)
class Run:
    """One finished run.

    Attributes:
        job: What was asked.
        result: What came of it.
    """

    job: SegmentationJob
    result: JobResult

    @property
    def name(self) -> str:
        """File stem of the results."""
        return os.path.splitext(os.path.basename(self.result.class_raster))[0]

    @property
    def is_there(self) -> bool:
        """True while the class raster lies where it was made."""
        return os.path.isfile(self.result.class_raster)


class History:
    """The last runs, newest first.

    Args:
        path: File that keeps them; empty for the one in the profile.
    """

    def __init__(self, path: str = "") -> None:
        self._path = path or os.path.join(QgsApplication.qgisSettingsDirPath(), FILE_NAME)

    def runs(self) -> Tuple[Run, ...]:
        """Return the runs; entries that cannot be understood are left out."""
        found = []
        for entry in self._read():
            try:
                found.append(Run(SegmentationJob.from_dict(entry["job"]), JobResult.from_dict(entry["result"])))
            except (JobError, KeyError, TypeError):
                continue
        return tuple(found)

    def add(self, job: SegmentationJob, result: JobResult) -> None:
        """Put a run in front; the oldest beyond the limit is dropped."""
        entry = {"job": job.to_dict(), "result": result.to_dict()}
        same = result.class_raster
        others = [e for e in self._read() if not _is_result(e, same)]
        self._write([entry, *others][:MOST])

    def remove(self, run: Run) -> None:
        """Forget a run; its files stay."""
        self._write([e for e in self._read() if not _is_result(e, run.result.class_raster)])

    def _read(self) -> List[Dict[str, Any]]:
        try:
            with open(self._path, encoding="utf-8") as file:
                entries = json.load(file)
        except (OSError, ValueError, RecursionError):
            return []
        return [e for e in entries if isinstance(e, dict)] if isinstance(entries, list) else []

    def _write(self, entries: List[Dict[str, Any]]) -> None:
        folder = os.path.dirname(self._path)
        try:
            os.makedirs(folder, exist_ok=True)
            handle, part = tempfile.mkstemp(prefix=".uhr-history-", dir=folder)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(entries, file, ensure_ascii=False, indent=1)
            os.replace(part, self._path)
        except OSError as error:
            log(f"{self._path}: {error.strerror}")  # a run is not worth less for not being remembered


def _is_result(entry: Dict[str, Any], class_raster: str) -> bool:
    result = entry.get("result")
    return isinstance(result, dict) and result.get("class_raster") == class_raster
