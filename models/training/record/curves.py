"""The curves of a training run: a CSV file always, TensorBoard where it is installed."""

from __future__ import annotations

import csv
from pathlib import Path

from .saved_state import CURVES

FIELDS = ("step", "minutes", "lr", "loss", "val_mean_iou")


class Curves:
    """Appends points to `curves.csv`, and to an event file that TensorBoard shows if the package is there.

    A resumed run goes on in the same files; points that it repeats are written twice.

    Args:
        folder: Folder of the run.
    """

    def __init__(self, folder: Path) -> None:
        self._path = Path(folder) / CURVES
        self._tensorboard = _tensorboard(Path(folder))

    def add(self, *, step: int, minutes: float, lr: float, loss: float, val_mean_iou: float | None) -> None:
        """Add one point; `val_mean_iou` is None where nothing was validated."""
        is_new = not self._path.exists()
        score = "" if val_mean_iou is None else f"{val_mean_iou:.4f}"
        with self._path.open("a", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            if is_new:
                writer.writerow(FIELDS)
            writer.writerow((step, f"{minutes:.2f}", f"{lr:.3g}", f"{loss:.4f}", score))
        if self._tensorboard is None:
            return
        values = {"loss": loss, "lr": lr} | ({} if val_mean_iou is None else {"val_mean_iou": val_mean_iou})
        for name, value in values.items():
            self._tensorboard.add_scalar(name, value, step)
        self._tensorboard.flush()


def _tensorboard(folder: Path):  # noqa: ANN202 - a type of a package that may be missing
    try:
        from torch.utils.tensorboard import SummaryWriter
    except ImportError:
        return None
    return SummaryWriter(str(folder))
