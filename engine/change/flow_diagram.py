"""Diagram of the flows between classes: two columns of areas and bands between them, as SVG."""

from __future__ import annotations

from html import escape

import numpy as np

WIDTH, HEIGHT, TOP, BAR = 720, 420, 26, 16
LEFT, RIGHT = 170, 550
GAP = 6
SMALLEST_SHARE = 0.0005
"""Flows below this share of the area are not drawn: they would be thinner than a line."""


def flow_diagram(
    names: tuple[str, ...], colors: tuple[tuple[int, int, int], ...], areas: np.ndarray, titles: tuple[str, str]
) -> str:
    """Return the diagram.

    Args:
        names: Names of the K classes.
        colors: Their colours.
        areas: ``(K, K)`` area of each old and new class.
        titles: What stands over the two columns.
    """
    total = float(areas.sum()) or 1.0
    used = [k for k in range(len(names)) if areas[k].sum() + areas[:, k].sum() > 0]
    scale = (HEIGHT - TOP - GAP * max(0, len(used) - 1)) / total
    old = _tops(areas.sum(axis=1), used, scale)
    new = _tops(areas.sum(axis=0), used, scale)
    from_y, to_y = dict(old), dict(new)
    parts = []
    for a in used:
        for b in used:
            size = float(areas[a, b]) * scale
            if areas[a, b] >= SMALLEST_SHARE * total:
                title = f"{names[a]} → {names[b]}: {areas[a, b] / total:.2%}"
                opacity = 0.25 if a == b else 0.75
                parts.append(_band(from_y[a], to_y[b], size, _hex(colors[b]), opacity, title))
            from_y[a], to_y[b] = from_y[a] + size, to_y[b] + size
    for x, tops, sums, anchor in (
        (LEFT - BAR, old, areas.sum(axis=1), "end"),
        (RIGHT, new, areas.sum(axis=0), "start"),
    ):
        parts += [_bar(x, tops[k], float(sums[k]) * scale, colors[k], names[k], anchor) for k in used if sums[k] > 0]
    heads = (
        f'<text x="{LEFT}" y="14" text-anchor="end" font-weight="bold">{escape(titles[0])}</text>'
        f'<text x="{RIGHT}" y="14" font-weight="bold">{escape(titles[1])}</text>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT + 4}" width="{WIDTH}" '
        f'height="{HEIGHT + 4}" font-size="12" font-family="sans-serif" fill="#222" role="img" '
        f'aria-label="Flows between classes">{heads}{"".join(parts)}</svg>'
    )


def _tops(sums: np.ndarray, used: list[int], scale: float) -> dict[int, float]:
    tops, y = {}, float(TOP)
    for k in used:
        tops[k] = y
        y += float(sums[k]) * scale + (GAP if sums[k] > 0 else 0)
    return tops


def _band(y0: float, y1: float, size: float, color: str, opacity: float, title: str) -> str:
    middle = (LEFT + RIGHT) / 2
    path = (
        f"M{LEFT},{y0:.1f}C{middle},{y0:.1f} {middle},{y1:.1f} {RIGHT},{y1:.1f}"
        f"L{RIGHT},{y1 + size:.1f}C{middle},{y1 + size:.1f} {middle},{y0 + size:.1f} {LEFT},{y0 + size:.1f}Z"
    )
    return f'<path d="{path}" fill="{color}" fill-opacity="{opacity}"><title>{escape(title)}</title></path>'


def _bar(x: float, y: float, size: float, color: tuple[int, int, int], name: str, anchor: str) -> str:
    text = name if len(name) <= 24 else name[:23] + "…"
    at = x - 6 if anchor == "end" else x + BAR + 6
    return (
        f'<rect x="{x}" y="{y:.1f}" width="{BAR}" height="{max(size, 0.5):.1f}" fill="{_hex(color)}" stroke="#888"/>'
        f'<text x="{at}" y="{y + size / 2 + 4:.1f}" text-anchor="{anchor}">{escape(text)}</text>'
    )


def _hex(color: tuple[int, int, int]) -> str:
    return "#{:02x}{:02x}{:02x}".format(*(min(255, max(0, int(v))) for v in color))
