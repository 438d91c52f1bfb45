"""Several rasters in one go: each is a job of its own through `pipeline.run`, with the network loaded once."""

from __future__ import annotations

import dataclasses
import os
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ...models.checkpoint import Checkpoint
from ..contract.events import ErrorCode, Event, Progress
from ..contract.job import JobError, SegmentationJob
from ..contract.names import default_stem
from ..maps.raster_writer import VERSION_TAG
from ..plan.fingerprint import inputs_mark
from ..plan.outputs import name_outputs
from ..plan.planning import checkpoint_of
from ..raster.opening import open_raster, tags_of
from ..raster.raster_info import read_info
from ..system.errors import Cancelled, InvalidJob, RasterError, UhrError, as_expected, code_of
from ..system.run_context import RunContext
from .pipeline import run
from .products import INPUTS_TAG, WEIGHTS_TAG

RASTER_SUFFIXES = (".tif", ".tiff", ".vrt", ".jp2", ".img", ".png", ".jpg", ".jpeg", ".ecw", ".sid", ".ntf", ".bil")
"""What is taken from a folder."""

LIST_SUFFIXES = (".txt", ".lst")
"""Files that list rasters, one a line."""


class RastersFailed(UhrError):
    """Some of several rasters could not be classified; the others are done."""


def list_rasters(inputs: Sequence[str]) -> list[str]:
    """Return the rasters that are meant by files, folders and lists of files, each once, in order.

    Folders give the rasters that lie directly in them, by name, without results of earlier runs. Lists hold one path a
    line, from the list's own folder; lines that are empty or begin with # do not count.

    Raises:
        InvalidJob: If a folder or list names no raster.
    """
    found: list[str] = []
    for name in inputs:
        path = Path(name)
        if path.is_dir():
            found += _in_folder(path)
        elif path.suffix.lower() in LIST_SUFFIXES:
            found += _in_list(path)
        else:
            found.append(name)
    return list({os.path.realpath(name) if os.path.exists(name) else name: name for name in found}.values())


def is_many(inputs: Sequence[str]) -> bool:
    """Return whether command-line arguments mean more than a single raster, whatever they turn out to hold."""
    return len(inputs) > 1 or Path(inputs[0]).is_dir() or Path(inputs[0]).suffix.lower() in LIST_SUFFIXES


def result_names(rasters: Sequence[str], prefix: str = "") -> list[str]:
    """Return a name for the results of each raster, no two alike on any file system.

    Rasters of one name are told apart by their folder, then by their ending, then by a number.

    Args:
        rasters: Their paths.
        prefix: Put before every name.
    """
    names: list[str] = []
    stems = [default_stem(raster) for raster in rasters]
    for raster, stem in zip(rasters, stems, strict=True):
        path = Path(raster)
        folder, ending = path.absolute().parent.name, path.suffix.lstrip(".").lower()
        others = [f"{folder}_{stem}", f"{folder}_{ending}_{stem}", *(f"{stem}_{n}" for n in range(2, len(rasters) + 2))]
        # Every raster of a shared name gets a longer one, so that names do not depend on the others' order.
        is_shared = [s.casefold() for s in stems].count(stem.casefold()) > 1
        taken = {name.casefold() for name in names}
        candidates = [f"{prefix}_{c}" if prefix else c for c in (others if is_shared else [stem, *others])]
        names.append(next(c for c in candidates if c.casefold() not in taken))
    return names


def run_many(jobs: Sequence[SegmentationJob], context: RunContext, *, restart: bool = False) -> dict[str, Any]:
    """Run jobs of one checkpoint one after the other; a job that fails does not stop the others.

    Jobs whose results are there, made by the same job from the same raster and model, are not run again, unless they
    may replace results. A raster or model of the same name that was replaced is another one, whatever its time.

    Args:
        jobs: The jobs; method and checkpoint are those of the first.
        context: Receives events, of which those of progress tell which raster it is; a stop ends all.
        restart: Throw away what interrupted runs have finished.

    Returns:
        ``rasters``: for each its path, "done" or "skipped", and the data of its JobResult; ``files``: all files.

    Raises:
        RastersFailed: After all are done, if some failed, with the sentences of these.
        CheckpointError: If the network cannot be loaded.
        Cancelled: If asked to stop.
    """
    checkpoint = checkpoint_of(jobs[0])
    rows: list[dict[str, Any]] = []
    failed: list[tuple[str, Exception]] = []
    for number, job in enumerate(jobs, 1):
        name, place = Path(job.raster).name, f"raster {number} of {len(jobs)}"
        if not restart and _is_finished(job, checkpoint):
            context.inform(f"{place.capitalize()}: {name} was finished before.")
            rows.append({"raster": job.raster, "status": "skipped", "result": None})
            continue
        context.inform(f"{place.capitalize()}: {name}")
        try:
            result = run(job, _placed(context, place), checkpoint=checkpoint, restart=restart)
        except Cancelled:
            raise
        except Exception as error:
            failed.append((name, error))
            context.warn(f"{name} failed: {_sentence(error)}")
            continue
        rows.append({"raster": job.raster, "status": "done", "result": result.to_dict()})
    if failed:
        raise _failure(failed, len(jobs))
    files = [file for row in rows if row["result"] for file in row["result"]["files"]]
    count = sum(row["status"] == "done" for row in rows)
    text = f"{count} of {len(jobs)} rasters classified, {len(jobs) - count} were finished before.\n"
    return {"rasters": rows, "files": files, "text": text}


def _placed(context: RunContext, place: str) -> RunContext:
    """Return a context whose progress tells which raster it is of."""

    def emit(event: Event) -> None:
        if isinstance(event, Progress):
            event = dataclasses.replace(event, unit=f"{event.unit} of {place}")
        context.emit(event)

    return RunContext(emit, context.should_stop)


def _is_finished(job: SegmentationJob, checkpoint: Checkpoint) -> bool:
    names = name_outputs(job)
    if job.output.overwrite or names.job_directory.exists():
        return False
    try:
        made = SegmentationJob.from_json(names.recipe.read_text(encoding="utf-8"))
        return _essence(made) == _essence(job) and _is_of_same_inputs(job, checkpoint, names.class_raster)
    except (OSError, UnicodeDecodeError, JobError, UhrError):
        return False


def _is_of_same_inputs(job: SegmentationJob, checkpoint: Checkpoint, class_raster: Path) -> bool:
    """Return whether raster, area and model are those that a map was made of, whatever their times say."""
    card = checkpoint.card
    with open_raster(class_raster) as raster:
        tags = tags_of(raster)
    if INPUTS_TAG in tags:
        return tags[INPUTS_TAG] == inputs_mark(job, read_info(job.raster, card.bands, job.bands), card)
    # Version 0.1 noted the weights alone.
    is_newer = class_raster.stat().st_mtime >= os.stat(job.raster).st_mtime
    return is_newer and tags.get(WEIGHTS_TAG, card.weights_sha256) == card.weights_sha256


def _essence(job: SegmentationJob) -> SegmentationJob:
    """Return a job without what does not change its results."""
    output = dataclasses.replace(job.output, name=name_outputs(job).stem, overwrite=False)
    # Speed and device are no reason to do it again.
    return dataclasses.replace(job, output=output, created="", preset="balanced", device="auto")


def _in_folder(folder: Path) -> list[str]:
    found = sorted(p for p in folder.iterdir() if p.suffix.lower() in RASTER_SUFFIXES and p.is_file())
    rasters = [str(p) for p in found if not p.name.startswith(".") and not _is_result(p)]
    if not rasters:
        raise InvalidJob(f"The folder {folder} has no rasters ({', '.join(RASTER_SUFFIXES)}). Name another folder.")
    return rasters


def _is_result(path: Path) -> bool:
    try:
        with open_raster(path) as raster:
            return VERSION_TAG in tags_of(raster)
    except RasterError:
        return False  # its own run will say what is wrong with it


def _in_list(path: Path) -> list[str]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidJob(
            f"The list {path} cannot be read: {error}. Name a text file with one raster a line."
        ) from error
    names = [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
    if not names:
        raise InvalidJob(f"The list {path} names no rasters. Write one path a line.")
    # GDAL's own names, of archives and servers, are no paths.
    return [str(path.parent / name) if (path.parent / name).exists() else name for name in names]


def _sentence(error: Exception) -> str:
    error = as_expected(error)
    return str(error) if code_of(error) is not ErrorCode.INTERNAL else f"Unexpected error: {error!r}"


def _failure(failed: Sequence[tuple[str, Exception]], count: int) -> RastersFailed:
    sentences = " ".join(f"{name}: {_sentence(error)}" for name, error in failed)
    done = count - len(failed)
    others = f" The other {done} are done and will be skipped when this is run again." if done else ""
    error = RastersFailed(code_of(failed[0][1]), f"{len(failed)} of {count} rasters failed. {sentences}{others}")
    for _, cause in failed:
        if code_of(cause) is ErrorCode.INTERNAL:
            error.add_note("".join(traceback.format_exception(cause)))
    return error
