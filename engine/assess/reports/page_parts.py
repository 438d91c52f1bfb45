"""Parts of an assessment's page: tables, and the sections that not every assessment has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape

from ..assessment import Assessment, DistrictAccuracy, MapComparison, UnlabelledCases
from ..estimates.estimator import Estimate
from .chart import interval_text, percent


def table(header: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: bool = True) -> str:
    """Return a table whose first column is text and whose others are numbers."""
    kind = " class=n" if numbers else ""
    head = "".join(f"<th{kind if i else ''}>{escape(text)}</th>" for i, text in enumerate(header))
    body = "".join(
        "<tr>" + "".join(f"<td{kind if i else ''}>{escape(text)}</td>" for i, text in enumerate(row)) + "</tr>"
        for row in rows
    )
    return f"<table>{f'<tr>{head}</tr>' if any(header) else ''}{body}</table>"


def number(value: float) -> str:
    """Return an area with at least four digits."""
    if value == 0:
        return "0"
    return f"{value:,.0f}" if abs(value) >= 10_000 else f"{value:,.2f}" if abs(value) >= 10 else f"{value:,.4g}"


def interval_cell(estimate: Estimate | None) -> str:
    """Return an estimate with its interval; a dash where there is none."""
    return "–" if estimate is None else interval_text(estimate)


def matrix_table(a: Assessment, matrix: Sequence[Sequence[float]], text: Callable[[float], str]) -> str:
    """Return an error matrix, rows and columns named."""
    names = [c.name for c in a.classes]
    rows = [[name, *(text(v) for v in row)] for name, row in zip(names, matrix, strict=True)]
    return table(["", *names], rows)


def more_sections(a: Assessment) -> Iterator[str]:
    """Yield the sections on strata, points without a label, districts, other maps, interpreters."""
    yield "<h2>Strata</h2>"
    header = ["Stratum", "Area", "Units", "Drawn", "Labelled", "Not sure", "Skipped", "Not reached"]
    yield table(
        header,
        [
            [
                s.name,
                number(s.area),
                "" if s.units is None else f"{s.units:,.0f}",
                *(f"{v:,}" for v in (s.drawn, s.labelled, s.not_sure, s.skipped, s.not_reached)),
            ]
            for s in a.strata
        ],
    )
    if a.unlabelled:
        yield from _unlabelled(a, a.unlabelled)
    if a.districts:
        yield "<h2>Parts of the area</h2>"
        yield from (_district(a, d) for d in a.districts)
    if a.comparisons:
        yield "<h2>Other maps on the same points</h2>"
        yield table(
            ["Map", "Overall accuracy", "First map less this one", "Right on the first only", "Right on this only"],
            [_comparison(c) for c in a.comparisons],
        )
    if a.agreement:
        yield "<h2>Interpreters</h2>"
        yield table(
            ["Interpreters", "Points labelled by all", "Same label"],
            [
                [" and ".join(g.interpreters), f"{g.points:,}", "" if g.share is None else percent(g.share)]
                for g in a.agreement
            ],
        )


def _unlabelled(a: Assessment, cases: UnlabelledCases) -> Iterator[str]:
    yield "<h2>If the points without a label were all wrong, or all right</h2>"
    rows = [["Overall accuracy", interval_cell(cases.worst), interval_cell(cases.best)]]
    for name, c in zip(a.classes, cases.classes, strict=True):
        for title, pair in (("user's accuracy", c.users), ("producer's accuracy", c.producers), ("share", c.share)):
            rows.append([f"{name.name}, {title}", interval_cell(pair[0]), interval_cell(pair[1])])
    yield table([f"{cases.points} points", "All against", "All in favour"], rows)


def _district(a: Assessment, d: DistrictAccuracy) -> str:
    title = f"<h3>{escape(d.name)}</h3>"
    note = f"<p>{escape(d.note)}</p>" if d.note else ""
    if d.accuracy is None:
        return title + note
    rows = [["Overall accuracy", interval_cell(d.accuracy.overall), ""]]
    for name, found in zip(a.classes, d.accuracy.classes, strict=True):
        area = found.area
        text = f"{number(area.value)} ({number(area.lower)} to {number(area.upper)})"
        rows.append([name.name, interval_cell(found.share), text])
    unit = f"Area ({a.areas.unit})" if a.areas.unit else "Area"
    return title + note + table([f"{d.accuracy.points} points", "Share", unit], rows)


def _comparison(c: MapComparison) -> list[str]:
    d = c.difference
    difference = f"{percent(d.value)} ({percent(d.lower)} to {percent(d.upper)})"
    return [c.name, interval_cell(c.accuracy.overall), difference, f"{c.only_first:,}", f"{c.only_other:,}"]
