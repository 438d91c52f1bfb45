"""The report of a run: one HTML page that needs nothing beside it, to read, to print and to send on.

Every text that comes from outside (names of files, classes and models, warnings) is escaped; the page has no
script, no link and no external resource. Picture, chart, areas and recipe are the same whenever a job is repeated;
the section "How it ran" holds time and memory, which never are, so a report is not compared byte by byte.
"""

from __future__ import annotations

import base64
import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path
from typing import Any

from ...models.card import ModelCard
from ...models.errors import CheckpointDamaged
from ..contract.job import JobResult, SegmentationJob
from ..contract.words import Words
from ..raster.grid import RasterGrid
from ..system.files import write_atomically
from ..system.version import package_version
from .area_report import AreaRow
from .picture import draw_picture

PICTURE_SIDE_PX = 1280
SOURCE_LIMIT_PX = 40_000_000
"""Above this the picture leaves the source out: averaging it down would read all of it once more."""

LEARNT_IOU = 0.4
"""As in ui/model_store/info.py: below this intersection over union a class counts as hardly learnt."""

FACTS_ID = "uhr-facts"
"""Part of the page, not shown, that holds what it was made of."""

AGAIN = "This job makes the same results again, up to time and memory above:"
ONE_CORRECTION = "One correction by hand is in this map."
NOT_TRUE_AREAS = (
    "They are areas of the map; how far the map is right is another question, which the model's figures "
    "answer for their own scenes only."
)

HECTARE_M2, KM2_M2 = 1e4, 1e6
BAR_WIDTH, ROW_HEIGHT, NAME_WIDTH, VALUE_WIDTH = 360, 26, 150, 70
STYLE = """
body{font:15px/1.5 system-ui,sans-serif;color:#222;background:#fff;max-width:84em;margin:2em auto;padding:0 1em}
h1{font-size:1.6em;margin:0 0 .2em}h2{font-size:1.15em;margin:1.6em 0 .5em;border-bottom:1px solid #ccc}
table{border-collapse:collapse}th,td{padding:.25em .9em .25em 0;text-align:left;vertical-align:top}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
.s{display:inline-block;width:1em;height:1em;border:1px solid #888;vertical-align:-.15em}
.w{background:#fff4d6;border:1px solid #e0b84c;padding:.6em .9em;margin:.8em 0}
img,svg{max-width:100%;height:auto}pre{background:#f5f5f5;padding:.8em;overflow:auto;font-size:12px}
.m{color:#666}@media print{body{margin:0;max-width:none}pre{white-space:pre-wrap}}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFacts:
    """What a report tells beside the result.

    Attributes:
        job: What was asked.
        card: The model's card.
        grid: Grid of the raster.
        rows: Table of areas.
        class_raster: The classified raster where it lies now, which may not yet be its final place.
        corrections: Number of corrections that the map was given.
    """

    job: SegmentationJob
    card: ModelCard
    grid: RasterGrid
    rows: Sequence[AreaRow]
    class_raster: Path
    corrections: int = 0

    @property
    def words(self) -> Words:
        """Words in the language that was asked for."""
        return Words(self.job.output.language)


def write_report(path: Path, result: JobResult, facts: RunFacts) -> None:
    """Write the page, complete when this returns.

    Args:
        path: HTML file to make.
        result: The run as it will be told: names of files, time, memory, warnings.
        facts: What it was made of.

    Raises:
        RasterError: If the class raster or its source cannot be read for the picture.
    """
    write_atomically(path, report_html(result, facts, _picture(facts)))


def report_html(result: JobResult, facts: RunFacts, picture: bytes) -> str:
    """Return the page; `picture` is a PNG."""
    name, words, say = Path(result.class_raster).stem, facts.words, facts.words.say
    parts = [
        "<!DOCTYPE html>",
        f'<html lang="{words.language}"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        f"<title>{escape(name)}: land cover</title><style>{STYLE}</style></head><body>",
        f"<h1>{escape(name)}</h1>",
        f'<p class="m">{escape(_subtitle(facts))}</p>',
        *(_box(text) for text in (say(result.model_notice), _weak_sentence(facts), *result.warnings) if text),
        f"<p>{escape(_corrected(facts))}</p>" if facts.corrections else "",
        _heading(say("Map")),
        f'<img alt="{escape(say("Map of the classes with legend"))}" src="data:image/png;base64,{_base64(picture)}">',
        _heading(say("Areas")),
        _chart(facts),
        _area_table(facts),
        f'<p class="m">{escape(_area_note(facts))}</p>',
        _heading(say("Model")),
        _table(_model_rows(facts)),
        *_list(say("What it is not good for"), [say(text) for text in facts.card.limits]),
        _heading(say("Image")),
        _table(_image_rows(facts)),
        _heading(say("How it ran")),
        _table(_run_rows(result, words)) + f'<pre hidden id="{FACTS_ID}">{escape(_facts_text(result, facts))}</pre>',
        _heading(say("Files")),
        "<ul>" + "".join(f"<li>{escape(Path(file).name)}</li>" for file in result.files) + "</ul>",
        _heading(say("Recipe")),
        f"<p>{escape(say(AGAIN))} <code>python -m uhr_landcover.engine run JOB.json</code></p>",
        f"<pre>{escape(facts.job.to_json())}</pre>",
        f'<p class="m">UHR Land Cover {escape(package_version())}</p></body></html>',
    ]
    return "\n".join(part for part in parts if part) + "\n"


def read_facts(path: Path) -> tuple[JobResult, SegmentationJob, ModelCard] | None:
    """Return what a report was made of, so that it can be made again; None if it does not tell."""
    try:
        found = re.search(rf'<pre hidden id="{FACTS_ID}">(.*?)</pre>', path.read_text(encoding="utf-8"), re.DOTALL)
        data = json.loads(unescape(found[1])) if found else None
        if data is None:
            return None
        job = SegmentationJob.from_dict(data["job"])
        return JobResult.from_dict(data["result"]), job, ModelCard.from_json(data["card"])
    except (OSError, UnicodeError, ValueError, KeyError, TypeError, CheckpointDamaged):
        return None


def _facts_text(result: JobResult, facts: RunFacts) -> str:
    data = {"result": result.to_dict(), "job": facts.job.to_dict(), "card": facts.card.to_json()}
    return json.dumps(data, ensure_ascii=False)


def _corrected(facts: RunFacts) -> str:
    text = "{n} corrections by hand are in this map." if facts.corrections > 1 else ONE_CORRECTION
    return facts.words.say(text, n=facts.corrections)


def _subtitle(facts: RunFacts) -> str:
    """Return what the map is of, and the day on which it was asked for."""
    name = facts.words.say("Land cover of {name}", name=Path(facts.job.raster).name)
    return " · ".join(part for part in (name, facts.job.created[:10]) if part)


def _heading(text: str) -> str:
    return f"<h2>{escape(text)}</h2>"


def _picture(facts: RunFacts) -> bytes:
    small = facts.grid.width * facts.grid.height <= SOURCE_LIMIT_PX
    with tempfile.TemporaryDirectory(prefix="uhr-report-") as folder:
        path = Path(folder) / "map.png"
        draw_picture(
            facts.class_raster,
            facts.card.legend,
            path,
            source=Path(facts.job.raster) if small else None,
            side_px=PICTURE_SIDE_PX // 2 if small else PICTURE_SIDE_PX,
            rows=facts.rows,
        )
        return path.read_bytes()


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _chart(facts: RunFacts) -> str:
    """Return horizontal bars as inline SVG, the largest class first."""
    rows, words = _present(facts.rows), facts.words
    if not rows:
        return f"<p>{escape(facts.words.say('The map has no classified pixel.'))}</p>"
    colors = {c.class_id: c.color for c in facts.card.legend.classes}
    top = max(row.share for row in rows) or 1.0
    width, height = NAME_WIDTH + BAR_WIDTH + VALUE_WIDTH, ROW_HEIGHT * len(rows)
    bars = []
    for i, row in enumerate(rows):
        name = escape(_shortened(words.class_name(row.class_name)))
        y, length = i * ROW_HEIGHT, max(1.0, BAR_WIDTH * row.share / top)
        bars.append(
            f'<text x="{NAME_WIDTH - 8}" y="{y + 18}" text-anchor="end">{name}</text>'
            f'<rect x="{NAME_WIDTH}" y="{y + 4}" width="{length:.1f}" height="{ROW_HEIGHT - 8}" '
            f'fill="{_hex(colors.get(row.class_id, (128, 128, 128)))}" stroke="#888"/>'
            f'<text x="{NAME_WIDTH + length + 6:.1f}" y="{y + 18}">{words.share(row.share)}</text>'
        )
    return (
        f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" font-size="13" fill="#222" '
        f'role="img" aria-label="{escape(facts.words.say("Share of each class"))}">{"".join(bars)}</svg>'
    )


def _area_table(facts: RunFacts) -> str:
    colors = {c.class_id: c.color for c in facts.card.legend.classes}
    words = facts.words
    name, *columns = (escape(words.say(text)) for text in ("Class", "Pixels", "ha", "km²", "Share"))
    head = f"<tr><th>{name}</th>" + "".join(f"<th class=n>{column}</th>" for column in columns) + "</tr>"
    body = "".join(
        f'<tr><td><span class="s" style="background:{_hex(colors.get(row.class_id, (128, 128, 128)))}"></span> '
        f"{escape(words.class_name(row.class_name))}</td><td class=n>{_pixels(row, words)}</td>"
        f"<td class=n>{_area(row.area_m2, HECTARE_M2, words)}</td><td class=n>{_area(row.area_m2, KM2_M2, words)}</td>"
        f"<td class=n>{words.share(row.share, 2)}</td></tr>"
        for row in _present(facts.rows)
    )
    return f"<table>{head}{body}</table>"


def _area_note(facts: RunFacts) -> str:
    known = any(row.area_m2 is not None for row in facts.rows)
    how = (
        facts.grid.ground_note or "Areas are measured on the ellipsoid, pixel by pixel."
        if known
        else "The raster has no coordinate reference system: areas are counted in pixels."
    )
    return f"{facts.words.say(how)} {facts.words.say(NOT_TRUE_AREAS)}"


def _weak_sentence(facts: RunFacts) -> str:
    """Name the classes that a model with a warning has hardly learnt: below `LEARNT_IOU` on all scenes held out."""
    card, words = facts.card, facts.words
    held_out = [m for name, m in card.metrics.items() if name.endswith(", test") and isinstance(m, dict)]
    if not card.notice or not held_out:
        return ""
    learnt = {name for metrics in held_out for name, iou in _class_figures(metrics) if iou >= LEARNT_IOU}
    legend = card.legend
    weak = [
        words.class_name(c.name) for c in legend.classes if c.class_id != legend.unknown_id and c.name not in learnt
    ]
    return words.say("Hardly learnt, do not rely on: {names}.", names=", ".join(weak)) if weak else ""


def _class_figures(metrics: dict[str, Any]) -> Iterator[tuple[str, float]]:
    """Yield name and IoU of the classes that were measured; what a stranger's card has in their place is left out."""
    rows = metrics.get("classes")
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, dict) and row.get("pixels") and isinstance(row.get("iou"), (int, float)):
            yield str(row.get("class_name")), float(row["iou"])


def _model_rows(facts: RunFacts) -> Iterable[tuple[str, str]]:
    card, words, say = facts.card, facts.words, facts.words.say
    yield say("Model"), f"{card.title} ({card.name})"
    yield say("Method"), card.method
    metres = words.number(card.ground_resolution_m, _decimals(card.ground_resolution_m))
    yield say("Made for"), say("{m} m per pixel", m=metres)
    yield say("Licence"), card.licence
    yield say("Weights (SHA-256)"), card.weights_sha256
    for scenes, figures in card.metrics.items():
        if not isinstance(figures, dict):
            continue
        mean, right = figures.get("mean_iou"), figures.get("accuracy")
        if isinstance(mean, float) and isinstance(right, float) and abs(mean) + abs(right) < 1e3:
            figures = {"mean": words.number(mean, 2), "right": words.share(right, 0)}
            yield say("Measured on {scenes}", scenes=scenes), say("mean IoU {mean}, right pixels {right}", **figures)


def _image_rows(facts: RunFacts) -> Iterable[tuple[str, str]]:
    grid, job, words, say = facts.grid, facts.job, facts.words, facts.words.say
    yield say("File"), job.raster
    yield say("Size"), f"{words.number(grid.width)} × {words.number(grid.height)} px"
    if grid.ground_resolution_m:
        across, down = (words.number(v, _decimals(v)) for v in grid.ground_resolution_m)
        yield say("Pixel on the ground"), f"{across} × {down} m"
    if grid.crs is not None:
        yield say("CRS"), _crs_name(grid)
        yield say("Extent"), " … ".join(", ".join(f"{v:.10g}" for v in corner) for corner in _corners(grid))
    if job.bands:
        yield say("Bands"), ", ".join(map(str, job.bands))
    if job.area is not None:
        yield say("Area"), _area_text(job, words)


def _corners(grid: RasterGrid) -> tuple[tuple[float, float], tuple[float, float]]:
    left, bottom, right, top = grid.bounds_of(grid.window)
    return (left, bottom), (right, top)


def _crs_name(grid: RasterGrid) -> str:
    authority = grid.crs.to_authority()
    named = re.match(r'\w+\["([^"]+)"', grid.crs_wkt)
    return " · ".join(part for part in (":".join(authority or ()), named[1] if named else "") if part)


def _run_rows(result: JobResult, words: Words) -> Iterable[tuple[str, str]]:
    say, tiles = words.say, words.number(result.tiles)
    yield say("Device"), result.device
    yield say("Time"), _duration(result.seconds)
    resumed = words.number(result.resumed_tiles)
    with_resumed = say("{tiles}, of which {resumed} from an interrupted run", tiles=tiles, resumed=resumed)
    yield say("Tiles"), with_resumed if result.resumed_tiles else tiles
    yield say("Largest memory"), _gigabytes(result.peak_host_bytes, words)
    yield say("Largest memory of the graphics card"), _gigabytes(result.peak_device_bytes, words)


def _gigabytes(size: int, words: Words) -> str:
    return f"{words.number(size / 1e9, 2)} GB" if size else ""


def _decimals(value: float) -> int:
    """Return how many decimals three significant digits take; none are written for nothing."""
    return len(f"{value:.3g}".partition(".")[2]) if abs(value) < 1e3 and "e" not in f"{value:.3g}" else 0


def _area_text(job: SegmentationJob, words: Words) -> str:
    parts = []
    if job.area.bounds is not None:
        parts.append(words.say("rectangle {bounds}", bounds=", ".join(f"{v:.10g}" for v in job.area.bounds)))
    if job.area.polygons:
        parts.append(words.say("polygons of {name}", name=Path(job.area.polygons).name))
    return "; ".join(parts)


def _table(rows: Iterable[tuple[str, str]]) -> str:
    lines = (f"<tr><th>{escape(name)}</th><td>{escape(str(value))}</td></tr>" for name, value in rows if value)
    return f"<table>{''.join(lines)}</table>"


def _list(title: str, sentences: Sequence[str]) -> list[str]:
    if not sentences:
        return []
    return [f"<h3>{escape(title)}</h3><ul>" + "".join(f"<li>{escape(text)}</li>" for text in sentences) + "</ul>"]


def _box(text: str) -> str:
    return f'<div class="w">{escape(text)}</div>'


def _present(rows: Sequence[AreaRow]) -> list[AreaRow]:
    return sorted((row for row in rows if row.pixels), key=lambda row: (-row.share, row.class_id))


def _pixels(row: AreaRow, words: Words) -> str:
    return words.number(row.pixels, 0 if row.pixels == int(row.pixels) else 1)


def _area(area_m2: float | None, unit: float, words: Words) -> str:
    return "" if area_m2 is None else words.number(area_m2 / unit, 2 if unit == HECTARE_M2 else 4)


def _hex(color: Sequence[int]) -> str:
    return "#" + "".join(f"{min(255, max(0, int(v))):02x}" for v in color[:3])


def _shortened(name: str, most: int = 20) -> str:
    return name if len(name) <= most else name[: most - 1] + "…"


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02d} min" if hours else f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"
