"""Rows of a comparison with a golden case; whatever the case holds is compared or told."""

import hashlib
import re

import numpy as np

CLASS_TOLERANCE = 1e-3
SUM_TOLERANCE = 1e-5
SAME_TO = 1e-6
"""Scores that agree so well have the same classes everywhere, so that their hash can be compared."""


class Checks:
    """Collects (name, error, tolerance, ok); what the case does not hold is not compared."""

    def __init__(self, case, facts, entries, tolerance, labels=None):
        self.facts, self.tolerance, self.labels, self.rows = facts, tolerance, labels, []
        self.expected = dict(np.load(case.with_suffix(".npz")))
        self._unused = set(self.expected)
        for name in sorted(set(facts) - entries):
            self.equal(f"unknown entry {name}", False)

    def finished(self):
        """Return the rows; an array that nothing was compared with is a failure, and so is a case without arrays."""
        for name in sorted(self._unused):
            self.equal(f"unknown array {name}", False)
        if not self.expected:
            self.equal("no array at all", False)
        return self.rows

    def close(self, name, ours, label=None):
        """Compare values; return the largest difference, infinite where nothing was compared."""
        if name not in self.expected:
            return float("inf")
        self._unused.discard(name)
        theirs, ours = self.expected[name], ours.numpy()
        error = float(np.abs(ours - theirs).max()) if ours.shape == theirs.shape else float("inf")
        self.rows.append((label or name, error, self.tolerance, error <= self.tolerance))
        return error

    def classes(self, name, scores, label=None, stride=None):
        """Compare a class map at every so many pixels."""
        if name not in self.expected:
            return
        self._unused.discard(name)
        s, theirs = stride or self.facts["stride"], self.expected[name]
        ours = scores.argmax(0)[::s, ::s].numpy()
        wrong = float((ours != theirs).mean()) if ours.shape == theirs.shape else 1.0
        self.rows.append((label or name, wrong, CLASS_TOLERANCE, wrong <= CLASS_TOLERANCE))

    def scores(self, mode, name, scores):
        """Compare full-resolution scores, their classes, and what was recorded of these."""
        s = self.facts["stride"]
        error = self.close(f"{mode}_{name}_scores_strided", scores[:, s // 2 :: s, s // 2 :: s])
        self.classes(f"{mode}_{name}_pred_strided", scores)
        recorded = self.facts.get("stats", {}).get(mode, {})
        self.histogram(f"{mode} {name}", scores, recorded, f"{name}_", error)
        self.accuracy(mode, {"ensemble": "ens"}.get(name, name), scores)

    def histogram(self, label, scores, recorded, prefix, error):
        """Compare pixels per class and, where the scores agree to the last digits, the hash of the class map."""
        classes = scores.argmax(0).numpy().astype(np.uint8)
        if f"{prefix}argmax_hist" in recorded:
            theirs = np.array(recorded[f"{prefix}argmax_hist"])
            moved = float(np.abs(np.bincount(classes.ravel(), minlength=len(theirs)) - theirs).sum() / 2 / classes.size)
            self.rows.append((f"{label} histogram", moved, CLASS_TOLERANCE, moved <= CLASS_TOLERANCE))
        if f"{prefix}argmax_sha256" in recorded and error <= SAME_TO:
            self.equal(
                f"{label} class map",
                hashlib.sha256(classes.tobytes()).hexdigest() == recorded[f"{prefix}argmax_sha256"],
            )

    def patches(self, mode, name, logits):
        """Compare the logits of single patches, and the sum over all."""
        for key in list(self.expected):
            if found := re.fullmatch(rf"{mode}_{name}_patch(\d+)", key):
                self.close(key, logits[int(found[1])])
        self.statistics(mode, f"{name}_logits", logits)

    def accuracy(self, mode, name, scores):
        """Compare IoU and mean accuracy on the random labels."""
        recorded = self.facts.get("scores", {}).get(mode, {}).get(name)
        if not recorded:
            return
        k = self.facts["n_class"]
        counts = np.bincount(
            self.labels.ravel().astype(np.int64) * k + scores.argmax(0).numpy().ravel(), minlength=k * k
        )
        counts = counts.reshape(k, k)
        hit, of_label, found = np.diag(counts), counts.sum(1), counts.sum(0)
        iou = hit / np.maximum(of_label + found - hit, 1)
        self.numbers(f"{mode} {name} iou", list(iou), recorded["iou"], CLASS_TOLERANCE)
        self.numbers(
            f"{mode} {name} accuracy",
            [float(np.mean(hit / np.maximum(of_label, 1)))],
            [recorded["acc_mean"]],
            CLASS_TOLERANCE,
        )

    def equal(self, name, same):
        """Add a row that is right or wrong."""
        self.rows.append((name, 0.0 if same else 1.0, 0.0, same))

    def numbers(self, name, ours, recorded, tolerance=SUM_TOLERANCE):
        """Compare a list of numbers, relative to the largest, unless nothing was recorded."""
        if not recorded:
            return
        error = float("inf")
        if len(ours) == len(recorded):
            error = float(np.abs(np.array(ours) - recorded).max() / max(np.abs(recorded).max(), 1e-12))
        self.rows.append((name, error, tolerance, error <= tolerance))

    def grid(self, grid):
        """Compare number, corners and share of the patches."""
        facts = self.facts
        if "n_patches" in facts:
            self.equal("n_patches", len(grid) == facts["n_patches"])
        if "coords" in facts:
            ours = np.array([[top / grid.height, left / grid.width] for top, left in grid.corners])
            theirs = np.array(facts["coords"])
            self.equal("coords", ours.shape == theirs.shape and np.allclose(ours, theirs, atol=1e-12))
        if "ratio" in facts:
            share = (grid.patch_px / grid.height, grid.patch_px / grid.width)
            self.equal("ratio", np.allclose(share, facts["ratio"], atol=1e-12))

    def statistics(self, mode, name, ours):
        """Compare shape and sum of absolute values with what was recorded under a name."""
        self.absolute_sum(f"{mode} {name}", ours, self.facts.get("stats", {}).get(mode, {}).get(name))

    def absolute_sum(self, name, ours, recorded):
        """Compare shape and sum of absolute values."""
        if not recorded:
            return
        same_shape = list(ours.shape) == list(recorded.get("shape", ours.shape))
        error = abs(float(ours.double().abs().sum()) / recorded["absum"] - 1) if same_shape else float("inf")
        self.rows.append((name, error, SUM_TOLERANCE, error <= SUM_TOLERANCE))

    def maps(self, mode, group, maps):
        """Compare intermediate maps (name, values), to find where a difference begins."""
        recorded = self.facts.get("stats", {}).get(mode, {}).get(group) or {}
        for name, ours in maps:
            self.absolute_sum(f"{mode} {group.rstrip('_')} {name}", ours, recorded.get(name))
