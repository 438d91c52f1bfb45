"""The report of `teach.py`: tables of its rows, and the curve as a picture for the docs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from bench_support import ROOT, table, write_markdown

KINDS = ("2", "5", "15", "suggested", "random")
TITLES = {"suggested": "2 + 10 suggested", "random": "2 + 10 random"}
CLASS_NAMES = ("urban", "agriculture", "rangeland", "forest", "water", "barren")
CURVE = ROOT / "docs" / "images" / "teach-curve.svg"
PROTOTYPE = {"2": 0.52, "5": 0.65, "15": 0.71, "suggested": 0.72, "random": 0.67}


def write_report(rows: Iterable[dict], path: Path) -> None:
    """Write the tables of all rows, and the curve of the default encoder."""
    rows = list(rows)
    parts = ["# How good a map a few examples make\n", _intro(rows)]
    groups = defaultdict(list)
    for row in rows:
        groups[row["encoder"], row["set"]].append(row)
    for (encoder, name), own in sorted(groups.items()):
        parts += [f"## {name}{f', encoder {Path(encoder).stem}' if encoder else ''}\n", _figures(own), _by_class(own)]
        parts += [_by_scene(own)]
    write_markdown(path, "\n".join(parts))
    shown = {name: _curve(own) for (encoder, name), own in groups.items() if not encoder}
    if "deepglobe" in shown:
        CURVE.write_text(_picture({"prototype": PROTOTYPE, **shown}), encoding="utf-8")


def mean_iou(confusion: np.ndarray) -> float:
    """Return the mean intersection over union of the classes that the truth has."""
    hits = np.diag(confusion)
    union = confusion.sum(axis=0) + confusion.sum(axis=1) - hits
    present = confusion.sum(axis=1) > 0
    return float((hits[present] / union[present]).mean())


def _intro(rows: list[dict]) -> str:
    last = max(rows, key=lambda row: row["date"])
    return (
        f"`{last['command']}`, {last['date'][:10]}, commit {last['commit']}, torch {last['torch']}, {last['machine']}. "
        "Protocol: benchmarks/teach.py. Mean IoU over a set's classes, all scenes summed, mean of three drawings. "
        f"{' '.join(sorted({row['note'] for row in rows if row.get('note')}))}\n"
    )


def _summed(rows: list[dict], kind: str, seed: int) -> np.ndarray:
    parts = [np.array(row["confusion"]) for row in rows if row["kind"] == kind and row["seed"] == seed]
    return np.sum(parts, axis=0)[1:, 1:]


def _seeds(rows: list[dict]) -> list[int]:
    return sorted({row["seed"] for row in rows})


def _kinds(rows: list[dict]) -> list[str]:
    return [kind for kind in KINDS if any(row["kind"] == kind for row in rows)]


def _curve(rows: list[dict]) -> dict[str, float]:
    return {k: float(np.mean([mean_iou(_summed(rows, k, s)) for s in _seeds(rows)])) for k in _kinds(rows)}


def _figures(rows: list[dict]) -> str:
    lines = []
    for kind in _kinds(rows):
        values = [mean_iou(_summed(rows, kind, s)) for s in _seeds(rows)]
        own = [row for row in rows if row["kind"] == kind]
        taught = [row for row in own if row["left_out"][1]]
        truth = [np.trace(c := np.array(row["confusion"])) / c.sum() for row in taught]
        by_class = [_balanced(np.array(row["confusion"])) for row in taught]
        seconds = [np.median([row[k] for row in taught if k in row]) for k in ("features_s", "learn_s", "map_s")]
        lines.append(
            (
                TITLES.get(kind, f"{kind} a class"),
                f"{np.mean(values):.3f}",
                f"{min(values):.3f}–{max(values):.3f}",
                f"{100 * sum(r['left_out'][0] for r in taught) / sum(r['left_out'][1] for r in taught):.0f} %",
                f"{100 * np.mean([r['left_out_mean'] for r in taught]):.0f} %",
                f"{100 * np.mean(by_class):.0f} %",
                f"{100 * np.mean(truth):.0f} %",
                *(f"{s:.2f}" for s in seconds),
            )
        )
    header = (
        "Examples", "Mean IoU", "of three drawings", "Left-out examples recognised", "Left-out pixels right, by class",
        "The rest right, by class", "The rest right", "Features, s", "Learning, s", "Map, s",
    )  # fmt: skip
    return table(header, lines)


def _balanced(confusion: np.ndarray) -> float:
    totals = confusion.sum(axis=1)
    return float((np.diag(confusion)[totals > 0] / totals[totals > 0]).mean())


def _by_class(rows: list[dict]) -> str:
    lines = []
    for kind in _kinds(rows):
        summed = [_summed(rows, kind, seed) for seed in _seeds(rows)]
        cells = []
        for i in range(len(CLASS_NAMES)):
            if summed[0][i].sum() == 0:
                cells.append("–")
                continue
            iou = np.mean([c[i, i] / (c[i].sum() + c[:, i].sum() - c[i, i]) for c in summed])
            bias = np.mean([c[:, i].sum() / c[i].sum() - 1 for c in summed])
            cells.append(f"{iou:.2f} ({100 * bias:+.0f} %)")
        lines.append((TITLES.get(kind, f"{kind} a class"), *cells))
    return "IoU of each class, and how much too large its area is:\n\n" + table(("Examples", *CLASS_NAMES), lines)


def _by_scene(rows: list[dict]) -> str:
    lines = []
    for scene in sorted({row["scene"] for row in rows}):
        own = [row for row in rows if row["scene"] == scene]
        cells = [
            f"{np.mean([mean_iou(np.array(r['confusion'])[1:, 1:]) for r in own if r['kind'] == k]):.2f}"
            for k in _kinds(rows)
        ]
        lines.append((scene, *cells))
    return "Mean IoU of each scene:\n\n" + table(("Scene", *(TITLES.get(k, k) for k in _kinds(rows))), lines)


def _picture(curves: dict[str, dict[str, float]]) -> str:
    """Return the curves of mean IoU against polygons a class as SVG."""
    colors = {"prototype": "#999999", "deepglobe": "#0072b2", "open2": "#d55e00"}
    left, top, width, height = 60, 20, 460, 260

    def at(count: float, value: float) -> tuple[float, float]:
        x = left + width * (np.log(count) - np.log(2)) / (np.log(15) - np.log(2))
        return round(x, 1), round(top + height * (1 - (value - 0.3) / 0.6), 1)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {left + width + 150} {top + height + 60}" '
        'font-family="sans-serif" font-size="13">',
        '<rect width="100%" height="100%" fill="white"/>',
    ]
    for value in np.arange(0.3, 0.91, 0.1):
        _, y = at(2, value)
        parts.append(f'<path d="M{left} {y}H{left + width}" stroke="#ddd"/>')
        parts.append(f'<text x="{left - 8}" y="{y + 4}" text-anchor="end">{value:.1f}</text>')
    for count in (2, 5, 15):
        x, _ = at(count, 0.3)
        parts.append(f'<text x="{x}" y="{top + height + 20}" text-anchor="middle">{count}</text>')
    parts.append(f'<text x="{left + width / 2}" y="{top + height + 42}" text-anchor="middle">polygons a class</text>')
    parts.append(f'<text x="16" y="{top + height / 2}" transform="rotate(-90 16 {top + height / 2})" '
                 'text-anchor="middle">mean IoU</text>')  # fmt: skip
    for name, curve in curves.items():
        color = colors.get(name, "#009e73")
        points = [at(int(k), curve[k]) for k in ("2", "5", "15") if k in curve]
        path = "L".join(f"{x} {y}" for x, y in points)
        parts.append(f'<path d="M{path}" fill="none" stroke="{color}" stroke-width="2"/>')
        parts += [f'<circle cx="{x}" cy="{y}" r="3.5" fill="{color}"/>' for x, y in points]
        parts.append(f'<text x="{points[-1][0] + 8}" y="{points[-1][1] + 4}" fill="{color}">{name}</text>')
    parts.append("</svg>")
    return "\n".join(parts) + "\n"
