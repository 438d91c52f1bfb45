"""Page of an assessment: one HTML file that needs nothing beside it. Every text from outside is escaped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from ...maps.report import STYLE
from ...system.version import package_version
from ..assessment import Assessment
from ..estimates.accuracy import ClassAccuracy
from ..estimates.estimator import Estimate
from . import page_parts
from .chart import GREY, Bar, interval_chart, percent
from .page_parts import number, table


def assessment_page(assessment: Assessment) -> str:
    """Return the page."""
    a = assessment
    parts = [
        "<!DOCTYPE html>",
        '<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        f"<title>{escape(a.title)}: accuracy</title><style>{STYLE}</style></head><body>",
        f"<h1>{escape(a.title)}</h1>",
        f'<p class="m">Accuracy and area from {a.accuracy.points:,} labelled points</p>',
        *(f'<div class="w">{escape(text)}</div>' for text in a.warnings),
        f"<p><b>Overall accuracy {escape(_full(a.accuracy.overall))}</b></p>",
        "<h2>Area of each class</h2>",
        _area_chart(a),
        '<p class="m">Points: area estimated from the sample, with its interval. Red lines: area on the map.</p>',
        _area_table(a),
        "<h2>User's accuracy: of what is mapped as a class, this part is right</h2>",
        _accuracy_chart(a, "users", "User's accuracy"),
        "<h2>Producer's accuracy: of the class on the ground, this part is mapped</h2>",
        _accuracy_chart(a, "producers", "Producer's accuracy"),
        _accuracy_table(a),
        "<h2>Error matrix, points</h2>",
        page_parts.matrix_table(a, a.accuracy.counts.tolist(), str),
        "<h2>Error matrix, shares of the area</h2>",
        page_parts.matrix_table(a, a.accuracy.proportions.tolist(), lambda v: f"{v:.6f}"),
        '<p class="m">Rows: class on the map. Columns: reference class.</p>',
        *page_parts.more_sections(a),
        "<h2>Method</h2>",
        f"<p>{escape(a.method)}</p>",
        *(f'<p class="m">{escape(text)}</p>' for text in a.notes),
        "<h2>What was assessed</h2>",
        table(["", ""], [[name, value] for name, value in a.facts if value], numbers=False),
        f'<p class="m">UHR Land Cover {escape(package_version())}</p></body></html>',
    ]
    return "\n".join(part for part in parts if part) + "\n"


def _area_chart(a: Assessment) -> str:
    total = a.areas.total or 1.0
    marks = [float(v) / total for v in a.areas.mapped]
    bars = [
        Bar(name=c.name, estimate=f.share, color=_color(c.color), mark=m)
        for c, f, m in zip(a.classes, a.accuracy.classes, marks, strict=True)
    ]
    highest = max([b.estimate.upper for b in bars if b.estimate] + marks)
    return interval_chart(bars, "Area of each class with interval", highest=min(1.0, highest * 1.05))


def _accuracy_chart(a: Assessment, name: str, label: str) -> str:
    bars = [
        Bar(name=c.name, estimate=getattr(f, name), color=_color(c.color))
        for c, f in zip(a.classes, a.accuracy.classes, strict=True)
    ]
    return interval_chart(bars, f"{label} with interval", highest=1.0)


def _area_table(a: Assessment) -> str:
    unit = f" ({a.areas.unit})" if a.areas.unit else ""
    header = ["Class", f"Mapped area{unit}", f"Adjusted area{unit}", "Interval", "Wald ±", "CV"]
    rows = []
    for k, (name, found) in enumerate(zip(a.classes, a.accuracy.classes, strict=True)):
        area, cv = found.area, found.area.coefficient_of_variation
        rows.append(
            [
                name.name,
                number(float(a.areas.mapped[k])),
                number(area.value),
                f"{number(area.lower)} to {number(area.upper)}",
                _wald_cell(area.half_width, number, found),
                "" if cv is None else percent(cv),
            ]
        )
    if a.areas.planar is not None:
        header.insert(2, f"Mapped area in the plane{unit}")
        for k, row in enumerate(rows):
            row.insert(2, number(float(a.areas.planar[k])))
    return table(header, rows)


def _accuracy_table(a: Assessment) -> str:
    header = ["Class", "User's", "Wald ±", "Producer's", "Wald ±", "F1", "IoU", "Points mapped", "Points of the class"]
    return table(header, [_accuracy_row(c.name, f) for c, f in zip(a.classes, a.accuracy.classes, strict=True)])


def _accuracy_row(name: str, found: ClassAccuracy) -> list[str]:
    producers = "" if found.producers is None else _wald_cell(found.producers.half_width, percent, found)
    return [
        name,
        page_parts.interval_cell(found.users),
        "" if found.users is None else _plain_wald(found.users),
        page_parts.interval_cell(found.producers),
        producers,
        page_parts.interval_cell(found.f1),
        page_parts.interval_cell(found.iou),
        f"{found.mapped_points:,}",
        f"{found.reference_points:,}",
    ]


def _plain_wald(estimate: Estimate) -> str:
    return percent(estimate.half_width) if estimate.half_width is not None else "no spread in the sample"


def _wald_cell(half_width: float | None, text: Callable[[float], str], found: ClassAccuracy) -> str:
    """Return a symmetric half width, with the sentence that it is too narrow where it is."""
    value = "no spread in the sample" if half_width is None else text(half_width)
    if not found.is_wald_too_narrow:
        return value
    k = found.omission_points
    return f"{value}; interval too narrow: {k} omission point{'' if k == 1 else 's'}"


def _full(overall: Estimate) -> str:
    wald = overall.wald
    symmetric = f"; symmetric ± {percent(overall.half_width)}" if wald and overall.half_width else ""
    return f"{page_parts.interval_cell(overall)}{symmetric}"


def _color(color: Sequence[int] | None) -> str:
    return GREY if color is None else "#" + "".join(f"{min(255, max(0, int(v))):02x}" for v in color[:3])
