"""Files that appear under their final names only when all of them are complete.

For commands that make a few files anywhere; a segmentation run has its own working folder (see outputs.py).
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from .errors import ErrorCode, OutputError
from .shards import sync


class Staging:
    """Working folders beside the destinations; leaving without `publish` removes all that was made.

    Args:
        destinations: Final names.
        overwrite: Whether existing files may be replaced.

    Raises:
        OutputError: If a destination exists and may not be replaced, or its folder cannot be written.
    """

    def __init__(self, *destinations: Path, overwrite: bool = False) -> None:
        self._folders: dict[Path, Path] = {}
        for path in destinations:
            if path.exists() and not overwrite:
                raise OutputError(
                    ErrorCode.OUTPUT_EXISTS, f"{path} is already there. Choose another name, or allow overwriting."
                )
        try:
            for path in destinations:
                folder = path.resolve().parent
                if folder not in self._folders:
                    folder.mkdir(parents=True, exist_ok=True)
                    self._folders[folder] = Path(tempfile.mkdtemp(prefix=".uhr-", dir=folder))
        except OSError as error:
            self._remove()
            raise OutputError(
                ErrorCode.OUTPUT_NOT_WRITABLE,
                f"Nothing can be written in {path.parent}: {error.strerror}. Choose another folder.",
            ) from error

    def __enter__(self) -> Staging:
        return self

    def __exit__(self, *_: object) -> None:
        self._remove()

    def path(self, destination: Path) -> Path:
        """Return where to make a file meanwhile; side files may be made beside it."""
        return self._folders[destination.resolve().parent] / destination.name

    def publish(self) -> list[Path]:
        """Sync everything that was made, give it its final name and return the names."""
        placed = []
        for folder, work in self._folders.items():
            for path in sorted(work.iterdir()):
                sync(path)
                try:
                    placed.append(path.replace(folder / path.name))
                except OSError as error:
                    raise OutputError(
                        ErrorCode.OUTPUT_NOT_WRITABLE,
                        f"{path.name} cannot be put into {folder}: {error.strerror}. Close programs that have it open.",
                    ) from error
        return placed

    def _remove(self) -> None:
        for work in self._folders.values():
            shutil.rmtree(work, ignore_errors=True)
