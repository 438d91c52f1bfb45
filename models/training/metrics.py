"""Metrics of a map: confusion matrix over a whole set, then accuracy, IoU and F1 per class."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..legend import IGNORE_INDEX


class ConfusionMatrix:
    """Counts pixels by (reference class, predicted class), summed over a whole set.

    Args:
        num_classes: Number of classes K.
        unknown_id: Class left out of the means but kept in the matrix, as in the papers; None for none.
    """

    def __init__(self, num_classes: int, unknown_id: int | None = 0) -> None:
        self.num_classes = num_classes
        self.unknown_id = unknown_id
        self.counts = np.zeros((num_classes, num_classes), np.int64)

    def add(self, reference: np.ndarray, predicted: np.ndarray) -> None:
        """Count one image; both are class ids of equal shape, reference 255 is left out."""
        k = self.num_classes
        used = (reference != IGNORE_INDEX) & (reference < k) & (predicted < k)
        pairs = reference[used].astype(np.int64) * k + predicted[used]
        self.counts += np.bincount(pairs, minlength=k * k).reshape(k, k)

    def iou(self) -> np.ndarray:
        """Return TP / (TP + FP + FN) per class, NaN where a class neither is nor was predicted."""
        hit = np.diag(self.counts).astype(float)
        union = self.counts.sum(0) + self.counts.sum(1) - hit
        return np.divide(hit, union, out=np.full(self.num_classes, np.nan), where=union > 0)

    def f1(self) -> np.ndarray:
        """Return 2 TP / (2 TP + FP + FN) per class, NaN where a class neither is nor was predicted."""
        hit = np.diag(self.counts).astype(float)
        total = self.counts.sum(0) + self.counts.sum(1)
        return np.divide(2 * hit, total, out=np.full(self.num_classes, np.nan), where=total > 0)

    def class_accuracy(self) -> np.ndarray:
        """Return the share of each class's pixels that were found (its recall), NaN where it has none."""
        hit, total = np.diag(self.counts).astype(float), self.counts.sum(1)
        return np.divide(hit, total, out=np.full(self.num_classes, np.nan), where=total > 0)

    def classes_present(self) -> np.ndarray:
        """Return the ids of the classes that the reference holds, the unknown one left out."""
        present = np.flatnonzero(self.counts.sum(1))
        return present[present != (-1 if self.unknown_id is None else self.unknown_id)]

    def mean_iou(self) -> float:
        """Return the mean IoU over the classes that the reference holds; NaN if it holds none."""
        present = self.classes_present()
        return float(np.mean(self.iou()[present])) if len(present) else float("nan")

    def mean_iou_all(self) -> float:
        """Return the papers' mean IoU: over every class but the unknown one, a missing class counts 0."""
        ids = [c for c in range(self.num_classes) if c != self.unknown_id]
        return float(np.mean(np.nan_to_num(self.iou()[ids])))

    def accuracy(self) -> float:
        """Return the share of right pixels; NaN without pixels."""
        total = self.counts.sum()
        return float(np.diag(self.counts).sum() / total) if total else float("nan")

    def to_dict(self, names: list[str]) -> dict[str, Any]:
        """Return all figures as JSON-ready data; ``names`` are the classes' names."""
        iou, f1, found, reference = self.iou(), self.f1(), self.class_accuracy(), self.counts.sum(1)
        classes = [
            {
                "class_id": i,
                "class_name": names[i],
                "pixels": int(reference[i]),
                "iou": _number(iou[i]),
                "f1": _number(f1[i]),
                "accuracy": _number(found[i]),
            }
            for i in range(self.num_classes)
        ]
        return {
            "mean_iou": _number(self.mean_iou()),
            "mean_iou_classes": [names[i] for i in self.classes_present()],
            "mean_iou_all_classes": _number(self.mean_iou_all()),
            "mean_f1": _number(np.mean(self.f1()[self.classes_present()]) if len(self.classes_present()) else np.nan),
            "accuracy": _number(self.accuracy()),
            "classes": classes,
            "confusion_matrix": self.counts.tolist(),
        }

    def to_markdown(self, names: list[str]) -> str:
        """Return a table of the figures with a line per class, in per cent, and one of the confusion matrix."""
        figures = self.to_dict(names)
        lines = ["| class | pixels | IoU | F1 | accuracy |", "|---|---|---|---|---|"]
        for row in figures["classes"]:
            if row["pixels"]:
                values = " | ".join(_percent(row[name]) for name in ("iou", "f1", "accuracy"))
                lines.append(f"| {row['class_name']} | {row['pixels']} | {values} |")
        count, mean_f1 = len(self.classes_present()), _percent(figures["mean_f1"])
        lines.append(f"| mean over {count} classes | | {_percent(figures['mean_iou'])} | {mean_f1} | |")
        lines.append(f"| all pixels | {int(self.counts.sum())} | | | {_percent(figures['accuracy'])} |")
        return "\n".join([*lines, "", *self._confusion_lines(names)]) + "\n"

    def _confusion_lines(self, names: list[str]) -> list[str]:
        used = np.flatnonzero(self.counts.sum(0) + self.counts.sum(1))
        lines = [
            "| pixels of … found as | " + " | ".join(names[i] for i in used) + " |",
            "|---" * (len(used) + 1) + "|",
        ]
        for i in used:
            lines.append(f"| {names[i]} | " + " | ".join(str(int(self.counts[i, j])) for j in used) + " |")
        return lines


def _number(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 5)


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f}"
