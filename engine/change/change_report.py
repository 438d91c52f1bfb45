"""Report of a change analysis: JSON, tables and a page."""

from __future__ import annotations

from dataclasses import asdict
from html import escape
from typing import Any

import numpy as np

from ..contract.names import CHANGE_FORMAT
from ..maps.report import STYLE
from ..system.version import package_version
from .analysis import ChangeAnalysis
from .class_table import HECTARE_M2
from .flow_diagram import flow_diagram
from .request import ChangeRequest

TRANSITION_HEADER = ("old_class", "new_class", "possible_misregistration", "class_id", "pixels", "area_ha", "share")
CLASS_HEADER = (
    "class", "old_ha", "new_ha", "net_ha", "gain_ha", "loss_ha", "gain_possible_misregistration_ha",
    "loss_possible_misregistration_ha", "net_ha_a_year", "rate_a_year", "gained_by_resampling_ha",
    "only_on_old_map_ha", "only_on_new_map_ha",
)  # fmt: skip


def change_data(a: ChangeAnalysis, request: ChangeRequest) -> dict[str, Any]:
    """Return everything that an analysis says, as JSON-ready data."""
    grouping = a.grouping
    return {
        "format": CHANGE_FORMAT,
        "old_map": request.old.path.name,
        "new_map": request.new.path.name,
        "old_date": request.old_date,
        "new_date": request.new_date,
        "years": a.years,
        "shift": asdict(a.shift) if a.shift else None,
        "misregistration_strip_m": a.strip_m,
        "resampling": a.resampled,
        "warnings": list(a.warnings),
        "classes": list(a.classes.names),
        "total_ha": a.total_ha,
        "area_ha": (a.counts.area_m2.sum(axis=0) / HECTARE_M2).tolist(),
        "possible_misregistration_ha": (a.counts.area_m2[1] / HECTARE_M2).tolist(),
        "transitions": [dict(zip(TRANSITION_HEADER, row, strict=True)) for row in transition_rows(a)],
        "per_class": [asdict(row) for row in a.rows],
        "groups": None
        if grouping is None
        else {
            "names": list(grouping.names),
            "is_change": list(grouping.is_change),
            "of_pair": grouping.of_pair.tolist(),
        },
    }


def transition_rows(a: ChangeAnalysis) -> list[list[Any]]:
    """Return rows under TRANSITION_HEADER, one for each class of the change raster."""
    rows = []
    for t in a.transitions:
        kind = int(t.is_border)
        area = float(a.counts.area_m2[kind, t.old, t.new]) / HECTARE_M2
        names = a.classes.names
        pixels = int(a.counts.pixels[kind, t.old, t.new])
        rows.append([names[t.old], names[t.new], kind, t.class_id, pixels, area, area / a.total_ha])
    return rows


def class_rows(a: ChangeAnalysis) -> list[list[Any]]:
    """Return rows under CLASS_HEADER."""
    return [
        [
            r.name, r.old_ha, r.new_ha, r.net_ha, r.gain_ha, r.loss_ha, r.border_gain_ha, r.border_loss_ha,
            "" if r.net_ha_a_year is None else r.net_ha_a_year, "" if r.rate_a_year is None else r.rate_a_year,
            r.resampled_ha, r.old_only_ha, r.new_only_ha,
        ]
        for r in a.rows
    ]  # fmt: skip


def diagram(a: ChangeAnalysis, request: ChangeRequest) -> str:
    """Return the diagram of the flows."""
    titles = request.old_date or "before", request.new_date or "after"
    return flow_diagram(a.classes.names, a.classes.colors, a.counts.area_m2.sum(axis=0), titles)


def change_page(a: ChangeAnalysis, request: ChangeRequest) -> str:
    """Return a page that needs nothing beside it; every text from outside is escaped."""
    title = escape(f"{request.old.path.name} → {request.new.path.name}")
    parts = [
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">',
        f"<title>{title}: change</title><style>{STYLE}</style></head><body><h1>Change</h1>",
        f'<p class="m">{title}{escape(_dates(a, request))}</p>',
        *(f'<div class="w">{escape(text)}</div>' for text in a.warnings),
        f'<div class="w">{escape(UNASSESSED)}</div>',
        "<h2>What became what, in ha</h2>",
        _matrix(a),
        '<p class="m">Rows: class before. Columns: class after. In brackets what may be misregistration.</p>',
        "<h2>Classes</h2>",
        _classes(a),
        *(f"<p>{escape(text)}</p>" for text in (_strip_sentence(a), a.resampled, _one_sided_sentence(a)) if text),
        "<h2>Flows</h2>",
        diagram(a, request),
        f'<p class="m">UHR Land Cover {escape(package_version())}</p></body></html>',
    ]
    return "\n".join(part for part in parts if part) + "\n"


UNASSESSED = (
    "These are areas of the maps. The errors of both maps add up in them, so that areas of change are often wrong by "
    "much: assess them with a sample before they are published."
)


def _dates(a: ChangeAnalysis, request: ChangeRequest) -> str:
    if a.years is None:
        return ""
    return f", {request.old_date} to {request.new_date} ({a.years:.1f} years)"


def _strip_sentence(a: ChangeAnalysis) -> str:
    if not a.strip_m:
        return ""
    border = float(a.counts.area_m2[1].sum()) / HECTARE_M2
    how = "The shift of the images was stated"
    if a.shift:
        how = (
            f"The later image lies {a.shift.east_m:+.2f} m east and {a.shift.north_m:+.2f} m north of the earlier one "
            f"(median of {a.shift.tiles} tiles; 90 % are within {a.shift.width_m:.2f} m)"
        )
    return (
        f"{how}. Change along old borders up to {a.strip_m:.2f} m wide may be misregistration: {_ha(border)} ha, told "
        "apart in raster, polygons and tables and taken away nowhere."
    )


def _one_sided_sentence(a: ChangeAnalysis) -> str:
    old, new = (float(v) / HECTARE_M2 for v in a.counts.one_sided_m2.sum(axis=1))
    if not (old or new):
        return ""
    return (
        f"Where one map has no class nothing is compared: {_ha(old)} ha have a class on the old map only, {_ha(new)} "
        "ha on the new one only."
    )


def _matrix(a: ChangeAnalysis) -> str:
    area, border = a.counts.area_m2.sum(axis=0) / HECTARE_M2, a.counts.area_m2[1] / HECTARE_M2
    names = a.classes.names
    used = [k for k in range(len(names)) if area[k].sum() + area[:, k].sum() > 0]
    head = "".join(f"<th class=n>{escape(names[k])}</th>" for k in used)
    rows = [f"<tr><th></th>{head}<th class=n>all</th></tr>"]
    for i in used:
        cells = "".join(f"<td class=n>{_cell(area[i, j], border[i, j])}</td>" for j in used)
        rows.append(f"<tr><th>{escape(names[i])}</th>{cells}<td class=n>{_ha(area[i].sum())}</td></tr>")
    sums = "".join(f"<td class=n>{_ha(area[:, j].sum())}</td>" for j in used)
    rows.append(f"<tr><th>all</th>{sums}<td class=n>{_ha(area.sum())}</td></tr>")
    return f"<table>{''.join(rows)}</table>"


def _cell(area: float, border: float) -> str:
    return f"{_ha(area)} ({_ha(border)})" if border else _ha(area)


def _classes(a: ChangeAnalysis) -> str:
    header = ["Class", "Before, ha", "After, ha", "Net, ha", "Gain, ha", "Loss, ha", "Net a year, ha", "Rate a year"]
    resampled = any(np.isfinite(r.resampled_ha) and r.resampled_ha for r in a.rows)
    header += ["Gained by resampling, ha"] if resampled else []
    rows = ["".join(f"<th{' class=n' if k else ''}>{text}</th>" for k, text in enumerate(header))]
    for r in a.rows:
        if not (r.old_ha or r.new_ha):
            continue
        year = "" if r.net_ha_a_year is None else f"{r.net_ha_a_year:+,.2f}"
        rate = "" if r.rate_a_year is None else f"{r.rate_a_year * 100:+.2f} %"
        cells = [_ha(r.old_ha), _ha(r.new_ha), f"{r.net_ha:+,.2f}", _ha(r.gain_ha), _ha(r.loss_ha), year, rate]
        cells += [f"{r.resampled_ha:+,.2f}"] if resampled else []
        rows.append(f"<td>{escape(r.name)}</td>" + "".join(f"<td class=n>{c}</td>" for c in cells))
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def _ha(value: float) -> str:
    return "0" if not value else f"{value:,.2f}" if value >= 0.01 else f"{value:.1g}"
