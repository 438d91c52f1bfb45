"""Chart of estimates with their intervals, as SVG."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from ..estimates.estimator import Estimate

NAME_WIDTH, PLOT_WIDTH, VALUE_WIDTH, ROW_HEIGHT, AXIS_HEIGHT = 170, 380, 190, 24, 22
TICKS = 5
"""At most so many steps of the axis."""

GREY = "#9a9a9a"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A row of the chart.

    Attributes:
        name: Text on the left.
        estimate: What is drawn as a point with its interval; None leaves the row empty.
        color: Fill of the point, as in "#2a8c3f".
        mark: A value drawn as a line across the row, such as the mapped area; None for none.
    """

    name: str
    estimate: Estimate | None
    color: str
    mark: float | None = None


def interval_chart(bars: Sequence[Bar], label: str, *, highest: float) -> str:
    """Return an SVG of points with intervals over an axis from 0 to `highest`, both shares of 1."""
    height = ROW_HEIGHT * len(bars) + AXIS_HEIGHT
    width = NAME_WIDTH + PLOT_WIDTH + VALUE_WIDTH
    step = _round_step(max(highest, 1e-6) / TICKS)
    top = step * math.ceil(max(highest, 1e-6) / step - 1e-9)
    parts = [_axis(top, step, height), *(_row(bar, i, top) for i, bar in enumerate(bars))]
    return (
        f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" font-size="13" fill="#222" '
        f'role="img" aria-label="{escape(label)}">{"".join(parts)}</svg>'
    )


def percent(value: float) -> str:
    """Return a share in per cent with enough digits to tell small ones from nothing."""
    share = abs(value)
    if share >= 0.01 or share == 0:
        return f"{value:.1%}".replace("%", " %")
    return f"{value * 100:.2g} %"


def interval_text(estimate: Estimate | None) -> str:
    """Return an estimate with the interval that stays within its bounds."""
    if estimate is None:
        return "not found"
    return f"{percent(estimate.value)} ({percent(estimate.lower)} to {percent(estimate.upper)})"


def _round_step(least: float) -> float:
    """Return 1, 2 or 5 times a power of ten that is no less."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(f * power for f in (1, 2, 5, 10) if f * power >= least * (1 - 1e-9))


def _axis(top: float, step: float, height: int) -> str:
    base = height - AXIS_HEIGHT
    lines = []
    for i in range(round(top / step) + 1):
        x, value = _x(step * i, top), step * i
        lines.append(
            f'<line x1="{x:.1f}" y1="0" x2="{x:.1f}" y2="{base}" stroke="#ddd"/>'
            f'<text x="{x:.1f}" y="{base + 16}" text-anchor="middle" font-size="11" fill="#666">'
            f"{value * 100:.6g} %</text>"
        )
    return "".join(lines)


def _row(bar: Bar, i: int, top: float) -> str:
    y = i * ROW_HEIGHT + ROW_HEIGHT / 2
    name = bar.name if len(bar.name) <= 24 else bar.name[:23] + "…"
    parts = [f'<text x="{NAME_WIDTH - 8}" y="{y + 4:.1f}" text-anchor="end">{escape(name)}</text>']
    if bar.mark is not None:
        x = _x(bar.mark, top)
        parts.append(f'<line x1="{x:.1f}" y1="{y - 9}" x2="{x:.1f}" y2="{y + 9}" stroke="#c0392b" stroke-width="2"/>')
    if bar.estimate is not None:
        low, high, at = (_x(v, top) for v in (bar.estimate.lower, bar.estimate.upper, bar.estimate.value))
        parts.append(
            f'<line x1="{low:.1f}" y1="{y}" x2="{high:.1f}" y2="{y}" stroke="#333" stroke-width="1.5"/>'
            f'<line x1="{low:.1f}" y1="{y - 5}" x2="{low:.1f}" y2="{y + 5}" stroke="#333" stroke-width="1.5"/>'
            f'<line x1="{high:.1f}" y1="{y - 5}" x2="{high:.1f}" y2="{y + 5}" stroke="#333" stroke-width="1.5"/>'
            f'<circle cx="{at:.1f}" cy="{y}" r="4.5" fill="{bar.color}" stroke="#333"/>'
        )
    right = NAME_WIDTH + PLOT_WIDTH + 14
    parts.append(f'<text x="{right}" y="{y + 4:.1f}" font-size="12">{escape(interval_text(bar.estimate))}</text>')
    return "".join(parts)


def _x(value: float, top: float) -> float:
    return NAME_WIDTH + PLOT_WIDTH * min(max(value / top, 0.0), 1.0)
