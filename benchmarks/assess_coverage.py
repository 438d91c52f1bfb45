"""How often the intervals of an assessment cover the truth: 2000 designs a case, drawn from known truths.

    python benchmarks/assess_coverage.py [--designs 2000] [--cases NAME …]

A case is a truth (shares of each reference class in each stratum, or two rasters) and a design. Every draw is estimated
by the engine's own code, and the row says in which part of the draws each interval held the truth: the symmetric one
of the papers (Wald) and the one that stays within its bounds (Wilson's of the strata, combined). A symmetric interval
of no width holds nothing. A row that is in the results file is not run again.
"""

from __future__ import annotations

import argparse
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from affine import Affine
from bench_support import RESULTS, Points
from rasterio.crs import CRS

from uhr_landcover.engine.assess.estimates.cells import SampleCells, Strata, cells_of_units
from uhr_landcover.engine.assess.estimates.estimator import Estimate, Estimator
from uhr_landcover.engine.assess.estimates.events import MIXED, is_mapped, is_right, is_truly
from uhr_landcover.engine.assess.estimates.stratification import Design, by_design
from uhr_landcover.engine.assess.sampling.drawing import Sizes, UnitDraw
from uhr_landcover.engine.assess.sampling.population import Population
from uhr_landcover.engine.assess.sampling.random_stream import RandomStream
from uhr_landcover.engine.assess.sampling.strata import StrataBy, form_strata
from uhr_landcover.engine.assess.sampling.systematic import lattice_places
from uhr_landcover.engine.raster.grid import RasterGrid
from uhr_landcover.engine.raster.ground_area import ground_area_of
from uhr_landcover.models.legend import load_legend

DESIGNS = 2000
OUT = RESULTS / "assess_coverage.jsonl"
ENOUGH = 20
"""Expected omission points from which on the symmetric intervals are held to cover."""


@dataclass(frozen=True, kw_only=True)
class Truth:
    """What is true of a map: cells with their shares of the area, by stratum, class on the map and reference class."""

    stratum: np.ndarray
    map_class: np.ndarray
    reference: np.ndarray
    share: np.ndarray
    classes: int

    def values(self) -> dict[str, float]:
        """Return every quantity that is estimated."""
        right = self.map_class == self.reference
        found = {"overall": self.share[right].sum()}
        for k in range(self.classes):
            mapped, true = self.map_class == k, self.reference == k
            found[f"area {k + 1}"] = self.share[true].sum()
            found[f"producers {k + 1}"] = self.share[true & mapped].sum() / self.share[true].sum()
            found[f"users {k + 1}"] = self.share[true & mapped].sum() / self.share[mapped].sum()
        return found


@dataclass(frozen=True, kw_only=True)
class Case:
    """A truth with a design: `draw` gives cells and strata of one sample."""

    text: str
    truth: Truth
    draw: Callable[[np.random.Generator], tuple[SampleCells, Strata]]
    design: Design


def main() -> None:
    """Run the cases that have no row yet, and write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--designs", type=int, default=DESIGNS)
    parser.add_argument("--cases", nargs="+", choices=CASES, default=list(CASES))
    parser.add_argument("--results", type=Path, default=OUT)
    args = parser.parse_args()
    points = Points(args.results)
    for name in args.cases:
        points.run(name, lambda name=name: measure(name, args.designs))
    write_table(points.rows(), args.results.with_suffix(".md"))


def measure(name: str, designs: int) -> dict:
    """Return coverage and mean width of both intervals for every quantity of a case."""
    case = CASES[name]()
    truth, rng = case.truth.values(), np.random.default_rng(zlib.crc32(name.encode()))
    tally = {q: np.zeros(5) for q in truth}
    omissions = np.zeros(case.truth.classes)
    for _ in range(designs):
        cells, strata = case.draw(rng)
        sample = by_design(cells, strata, case.design)
        estimator = Estimator(sample.cells, sample.strata, sample.spread_weight, classes=case.truth.classes)
        for quantity, estimate in estimates(estimator, case.truth.classes).items():
            tally[quantity] += scored(estimate, truth[quantity])
        omissions += [estimator.count(is_truly(k) - is_mapped(k)) for k in range(case.truth.classes)]
    rows = [
        {
            "quantity": q,
            "truth": float(truth[q]),
            "found": int(t[4]),
            "wald": float(t[0] / t[4]),
            "bounded": float(t[1] / t[4]),
            "wald_width": float(t[2] / t[4]),
            "bounded_width": float(t[3] / t[4]),
        }
        for q, t in tally.items()
        if t[4]
    ]
    return {"text": case.text, "designs": designs, "omissions": (omissions / designs).tolist(), "quantities": rows}


def estimates(estimator: Estimator, classes: int) -> dict[str, Estimate | None]:
    """Return the estimate of every quantity."""
    found: dict[str, Estimate | None] = {"overall": estimator.total(is_right())}
    for k in range(classes):
        mapped, true = is_mapped(k), is_truly(k)
        found[f"area {k + 1}"] = estimator.total(true)
        found[f"producers {k + 1}"] = estimator.ratio(mapped & true, true)
        found[f"users {k + 1}"] = estimator.ratio(mapped & true, mapped)
    return found


def scored(estimate: Estimate | None, truth: float) -> np.ndarray:
    """Return hits and widths of both intervals, and 1 if there is an estimate at all."""
    if estimate is None:
        return np.zeros(5)
    wald = estimate.wald
    covers = float(wald is not None and wald[0] <= truth <= wald[1])
    bounded = float(estimate.lower <= truth <= estimate.upper)
    return np.array([covers, bounded, wald[1] - wald[0] if wald else 0.0, estimate.upper - estimate.lower, 1.0])


def of_matrix(
    text: str, areas: Sequence[float], counts: Sequence[Sequence[float]], sizes: Sequence[int] | int, design: Design
) -> Case:
    """Return a case whose truth is a printed matrix; one size is that of a simple random sample."""
    area, table = np.array(areas, np.float64), np.array(counts, np.float64)
    q, share = table / table.sum(axis=1, keepdims=True), area / area.sum()
    rows, cols = (index.ravel() for index in np.indices(table.shape))
    truth = Truth(stratum=rows, map_class=rows, reference=cols, share=(share[:, None] * q).ravel(), classes=len(area))
    strata = strata_of(area, np.arange(len(area)), np.full(len(area), np.inf))

    def draw(rng: np.random.Generator) -> tuple[SampleCells, Strata]:
        if design is Design.STRATIFIED:
            drawn = np.concatenate([rng.multinomial(n, p) for n, p in zip(sizes, q, strict=True)])
        else:
            drawn = rng.multinomial(sizes, truth.share)
        return cells_from(drawn, rows, rows, cols), strata

    return Case(text=text, truth=truth, draw=draw, design=design)


def cells_from(drawn: np.ndarray, stratum: np.ndarray, map_class: np.ndarray, reference: np.ndarray) -> SampleCells:
    """Return cells for numbers of units in each combination."""
    each = np.repeat(np.arange(len(drawn)), drawn)
    return cells_of_units(stratum=stratum[each], map_class=map_class[each], reference=reference[each])


def strata_of(area: np.ndarray, map_class: np.ndarray, units: np.ndarray) -> Strata:
    """Return strata in one domain."""
    names = tuple(f"s{h}" for h in range(len(area)))
    return Strata(names=names, area=area, units=units, map_class=map_class, domain=np.zeros(len(area), np.int64))


A_AREAS = (200_000, 150_000, 3_200_000, 6_450_000)
A_COUNTS = ((66, 0, 5, 4), (0, 55, 8, 12), (1, 0, 153, 11), (2, 1, 9, 313))
C_AREAS, C_COUNTS = (22_353, 1_122_543, 610_228), ((97, 0, 3), (3, 279, 18), (2, 1, 97))
F_AREAS, F_COUNTS = (145_078.56, 5_703.75, 64_029.69), ((287, 1, 25), (3, 43, 4), (11, 1, 127))


def changed_map() -> Case:
    """Example A, assessed after a third of the wrong pixels was corrected and 1 % of the right ones spoilt."""
    share = np.array(A_AREAS) / sum(A_AREAS)
    q = np.array(A_COUNTS, np.float64)
    q /= q.sum(axis=1, keepdims=True)
    cells = []
    for h, i in np.argwhere(q > 0).tolist():
        here = share[h] * q[h, i]
        if h == i:
            cells += [(h, h, i, 0.99 * here), (h, (h + 1) % 4, i, 0.01 * here)]
        else:
            cells += [(h, h, i, 2 / 3 * here), (h, i, i, 1 / 3 * here)]
    stratum, map_class, reference, size = (np.array(c) for c in zip(*cells, strict=True))
    truth = Truth(stratum=stratum, map_class=map_class, reference=reference, share=size, classes=4)
    strata = strata_of(np.array(A_AREAS, np.float64), np.full(4, MIXED), np.array(A_AREAS, np.float64))

    def draw(rng: np.random.Generator) -> tuple[SampleCells, Strata]:
        drawn = np.zeros(len(size), np.int64)
        for h, n in enumerate((300, 300, 1000, 3000)):
            mine = stratum == h
            drawn[mine] = rng.multinomial(n, size[mine] / size[mine].sum())
        return cells_from(drawn, stratum, map_class, reference), strata

    return Case(text="A, strata of an older map, 300/300/1000/3000", truth=truth, draw=draw, design=Design.STRATIFIED)


def small_population() -> Case:
    """A population of which a large part is labelled, so that the finite population correction matters."""
    units = np.array([[180, 15, 5], [10, 270, 20], [10, 30, 460]])
    rows, cols = (index.ravel() for index in np.indices(units.shape))
    share = (units / units.sum()).ravel()
    truth = Truth(stratum=rows, map_class=rows, reference=cols, share=share, classes=3)
    sizes = units.sum(axis=1).astype(np.float64)
    strata = strata_of(sizes, np.arange(3), sizes)

    def draw(rng: np.random.Generator) -> tuple[SampleCells, Strata]:
        pairs = zip((100, 150, 250), units, strict=True)
        drawn = np.concatenate([rng.multivariate_hypergeometric(row, n) for n, row in pairs])
        return cells_from(drawn, rows, rows, cols), strata

    return Case(text="1000 units of which 500 are labelled", truth=truth, draw=draw, design=Design.STRATIFIED)


def landscape(seed: int, height: int, width: int, blur: float) -> tuple[np.ndarray, np.ndarray]:
    """Return map and reference of three classes in blobs; the map is the reference with moved borders."""
    rng = np.random.default_rng(seed)
    fields = [cv2.GaussianBlur(rng.random((height, width), dtype=np.float32), (0, 0), blur) for _ in range(3)]
    noise = [cv2.GaussianBlur(rng.random((height, width), dtype=np.float32), (0, 0), blur) for _ in range(3)]
    spread = np.std(fields)
    offset = np.array([0.0, -0.5, 0.3]) * spread
    reference = np.stack([f + o for f, o in zip(fields, offset, strict=True)]).argmax(axis=0)
    mapped = np.stack([f + o + 0.25 * n for f, o, n in zip(fields, offset, noise, strict=True)]).argmax(axis=0)
    return mapped.astype(np.uint8), reference.astype(np.uint8)


class Pixels:
    """A class raster in memory, as far as drawing needs one."""

    values, block_rows = None, 64

    def __init__(self, class_ids: np.ndarray, crs: str, transform: Affine) -> None:
        self.class_ids = class_ids
        height, width = class_ids.shape
        self.grid = RasterGrid(
            crs_wkt=CRS.from_user_input(crs).to_wkt(), transform=transform, width=width, height=height
        )

    def read_rows(self, first: int, end: int) -> np.ndarray:
        """Return rows of class ids."""
        return self.class_ids[first:end]

    def read_window(self, window: object) -> np.ndarray:
        """Return class ids of a window."""
        return self.class_ids[window.row_off : window.row_end, window.col_off : window.col_end]


def of_rasters(text: str, crs: str, transform: Affine, design: Design, points: int, *, by_area: bool) -> Case:
    """Return a case that is drawn from two rasters by the engine's own draw."""
    mapped, reference = landscape(7, 360, 720, 12.0)
    source = Pixels(mapped, crs, transform)
    population = Population(source)
    census = population.census(should_stop=lambda: False, progress=lambda rows: None)
    table = form_strata(census, load_legend(), (), StrataBy.MAP)
    area = pixel_areas(source.grid)
    share = np.array([[area[(mapped == i) & (reference == j)].sum() for j in range(3)] for i in range(3)]) / area.sum()
    rows, cols = (index.ravel() for index in np.indices(share.shape))
    truth = Truth(stratum=rows, map_class=rows, reference=cols, share=share.ravel(), classes=3)
    units = np.array([np.inf if by_area else s.pixels for s in table.strata])
    strata = strata_of(np.array([s.area_m2 for s in table.strata]), np.arange(3), units)
    unit_draw = UnitDraw(population, census, table, by_area=by_area)

    def draw(rng: np.random.Generator) -> tuple[SampleCells, Strata]:
        stream = RandomStream(int(rng.integers(2**63)))
        if design is Design.SYSTEMATIC:
            row, col = lattice_places(source.grid, mapped.size, points, stream)
        elif design is Design.SIMPLE_RANDOM:
            drawn = unit_draw.simple_random(points, 0, stream)
            row, col = drawn.row, drawn.col
        else:
            drawn = unit_draw.stratified(Sizes(main=[points // 3] * 3, reserve=[0] * 3), stream)
            row, col = drawn.row, drawn.col
        weight = np.ones(len(row)) if by_area else area[row, col]
        classes = mapped[row, col].astype(np.int64)
        cells = cells_of_units(stratum=classes, map_class=classes, reference=reference[row, col], weight=weight)
        return cells, strata

    return Case(text=text, truth=truth, draw=draw, design=design)


def pixel_areas(grid: RasterGrid) -> np.ndarray:
    """Return the area of every pixel in m²."""
    ground, cols = ground_area_of(grid), np.arange(grid.width)
    return np.stack([ground.of_runs(np.full(grid.width, r), cols, cols + 1) for r in range(grid.height)])


PLANE = ("EPSG:3035", Affine(10, 0, 4_300_000, 0, -10, 3_200_000))
DEGREES = ("EPSG:4326", Affine(0.25, 0, -90, 0, -0.25, 80))
STRATIFIED, SIMPLE, SYSTEMATIC = Design.STRATIFIED, Design.SIMPLE_RANDOM, Design.SYSTEMATIC

CASES: dict[str, Callable[[], Case]] = {
    "A own": lambda: of_matrix("A, its own 75/75/165/325", A_AREAS, A_COUNTS, (75, 75, 165, 325), STRATIFIED),
    "A proportional": lambda: of_matrix("A, proportional, 640", A_AREAS, A_COUNTS, (13, 10, 205, 412), STRATIFIED),
    "A many": lambda: of_matrix("A, 500/500/1500/6500", A_AREAS, A_COUNTS, (500, 500, 1500, 6500), STRATIFIED),
    "A simple": lambda: of_matrix("A, simple random, 2000", A_AREAS, A_COUNTS, 2000, SIMPLE),
    "A simple many": lambda: of_matrix("A, simple random, 12 000", A_AREAS, A_COUNTS, 12_000, SIMPLE),
    "C own": lambda: of_matrix("C, its own 100/300/100", C_AREAS, C_COUNTS, (100, 300, 100), STRATIFIED),
    "C many": lambda: of_matrix("C, 400/2000/2000", C_AREAS, C_COUNTS, (400, 2000, 2000), STRATIFIED),
    "F own": lambda: of_matrix("F, its own 313/50/139", F_AREAS, F_COUNTS, (313, 50, 139), STRATIFIED),
    "F many": lambda: of_matrix("F, 3200/500/1500", F_AREAS, F_COUNTS, (3200, 500, 1500), STRATIFIED),
    "changed map": changed_map,
    "small population": small_population,
    "plane stratified": lambda: of_rasters("rasters in the plane, 600", *PLANE, STRATIFIED, 600, by_area=False),
    "plane simple": lambda: of_rasters("the same, simple random, 600", *PLANE, SIMPLE, 600, by_area=False),
    "plane systematic": lambda: of_rasters("the same, systematic, 600", *PLANE, SYSTEMATIC, 600, by_area=False),
    "degrees by area": lambda: of_rasters("rasters in degrees, by area, 600", *DEGREES, STRATIFIED, 600, by_area=True),
    "degrees weighted": lambda: of_rasters("the same, weighted by area, 600", *DEGREES, STRATIFIED, 600, by_area=False),
}


def write_table(rows: Sequence[dict], path: Path) -> None:
    """Write the table that people read."""
    order = {name: k for k, name in enumerate(CASES)}
    rows = sorted((r for r in rows if "quantities" in r), key=lambda r: order.get(r["key"], 99))
    lines = [
        "# Coverage of an assessment's intervals",
        "",
        "`python benchmarks/assess_coverage.py`",
        "",
        "Part of the draws in which the 95 % interval held the truth. *Wald*: estimate ± 1.96 standard errors. "
        "*Bounded*: Wilson's intervals of the strata, combined. *Omissions*: expected omission points of the class.",
        "",
        *summary(rows),
        "",
        "| case | designs | quantity | omissions | truth | Wald | bounded | Wald width | bounded width |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        for q in row["quantities"]:
            lines.append(
                f"| {row['text']} | {row['designs']} | {q['quantity']} | {omission_text(row, q)} | {q['truth']:.4f} | "
                f"{q['wald']:.3f} | {q['bounded']:.3f} | {q['wald_width']:.4f} | {q['bounded_width']:.4f} |"
            )
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def omission_text(row: dict, quantity: dict) -> str:
    """Return the expected omission points of a quantity's class; empty for overall accuracy."""
    k = omissions_of(row, quantity)
    return "" if k is None else f"{k:.1f}"


def omissions_of(row: dict, quantity: dict) -> float | None:
    """Return the expected omission points of a quantity's class."""
    kind, _, number = quantity["quantity"].partition(" ")
    return row["omissions"][int(number) - 1] if kind != "overall" else None


def summary(rows: Sequence[dict]) -> list[str]:
    """Return the range of coverage by kind of quantity, where omissions are many and where they are few."""
    lines = [
        "| quantity | omission points | quantities | Wald, least to most | bounded, least to most |",
        "|---|---|---|---|---|",
    ]
    for kind in ("overall", "area", "producers", "users"):
        for text, wanted in ((f"{ENOUGH} or more", True), (f"fewer than {ENOUGH}", False)):
            found = [
                q
                for row in rows
                for q in row["quantities"]
                if q["quantity"].split()[0] == kind
                and ((k := omissions_of(row, q)) is None or (k >= ENOUGH - 0.5) == wanted)
            ]
            if found and not (kind == "overall" and not wanted):
                wald, bounded = [q["wald"] for q in found], [q["bounded"] for q in found]
                cells = (kind, "" if kind == "overall" else text, str(len(found)), span(wald), span(bounded))
                lines.append(f"| {' | '.join(cells)} |")
    return lines


def span(shares: Sequence[float]) -> str:
    """Return the least and the most of some shares."""
    return f"{min(shares):.3f} to {max(shares):.3f}"


if __name__ == "__main__":
    main()
