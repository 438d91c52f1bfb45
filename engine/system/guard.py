"""Guard of a command's inputs: no result may replace a file that the command reads, whatever the two are called."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from .errors import ErrorCode, OutputError


def refuse_inputs(outputs: Iterable[Path], inputs: Sequence[str | Path], *, folders: Iterable[Path] = ()) -> None:
    """Refuse results that would replace an input, through links, hard links or another spelling of its name too.

    Args:
        outputs: Files that will be written.
        inputs: Files that are read; names that are no files, such as GDAL's own, do no harm.
        folders: Folders that will be replaced with all that is in them.

    Raises:
        OutputError: Naming the result and the input.
    """
    read = {spelling: Path(name) for name in inputs for spelling in _spellings(Path(name))}
    marks = {mark: Path(name) for name in inputs if (mark := _mark(Path(name))) is not None}
    for path in outputs:
        mark = _mark(path)
        hit = next((read[s] for s in _spellings(path) if s in read), None) or (marks.get(mark) if mark else None)
        if hit is not None:
            raise _refusal(path, hit)
    for folder in folders:
        inside = {s.rstrip(os.sep) + os.sep for s in _spellings(folder)}
        hit = next((read[s] for s in read if any((s + os.sep).startswith(i) for i in inside)), None)
        if hit is not None:
            raise _refusal(folder, hit)


def _spellings(path: Path) -> set[str]:
    """Return what a name leads to and where it stands itself, in the form in which file systems compare names."""
    own_place = os.path.join(os.path.realpath(path.parent), path.name)
    return {_compared(os.path.realpath(path)), _compared(own_place)}


def _compared(path: str) -> str:
    # Case and composed letters: some file systems tell them apart and some do not; a shared disk may be either.
    return unicodedata.normalize("NFC", os.path.normcase(path)).casefold()


def _mark(path: Path) -> tuple[int, int] | None:
    """Return what is the same for all names of a file, hard links too; None if there is no such file."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino


def _refusal(path: Path, hit: Path) -> OutputError:
    return OutputError(
        ErrorCode.OUTPUT_IS_INPUT,
        f"The result {path.name} would replace {hit.name}, which is read. Choose another name or folder.",
    )
