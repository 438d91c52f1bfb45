"""Do tiles show in the map? The rate of class changes across core borders against the rate elsewhere.

    python benchmarks/seams.py --real FOLDER_OF_DUBAI_IMAGES

Three ratios, all 1.0 where tiles leave no trace:

* *inside*: changes per pixel pair across core borders, over those across all other lines of the same direction in the
  cores on both sides. What lies in the scene along a border is chance, so this one varies a lot.
* *crossed*: the same scene is classified a second time with the tiles moved by a part of a core, another part in every
  scene. Borders of one run are inside cores in the other: changes at the borders of both runs, over the mean of
  changes in the other run at the 16 lines around the same places. What lies in the scene counts in both; what is left
  is what the tiling does.
* *nearby*: the same for all lines from which neighbours are mixed, up to 32 px on both sides of a border: a change of
  class that mixing has only moved away from the border counts here.

A unit of all is a border of one core's length; intervals are 95 % bootstraps over the units. "Set side by side" is
the map without mixing neighbours near the edges, for comparison. "Equal when moved" is the share of pixels that have
the same class in both runs: networks that look at a whole tile do not say the same in another tile.
Generated landscapes have at least 5 × 5 cores of the starters' own size. Dubai's scenes are too small for that; tile
and halo are smaller there, in proportion.
"""

import argparse
import dataclasses
import itertools
import os
from pathlib import Path

import bench_support as support
import numpy as np

METHODS = ("isdnet", "ppn", "glnet")
CELLS = 5
"""Cores along a side of a generated landscape."""

SEEDS = (11, 12, 13, 14)
REAL_SCENES = tuple(f"tile7_{number:03}" for number in (1, 5, 3, 7, 2, 4, 6, 8, 9))
SHIFTS = (6, 4, 2, 5, 3)
"""Twelfths of a core by which tiles are moved, in turn: what networks say varies over a tile, and no place of it is
typical. All leave the lines near borders inside the other run's cores."""

REAL_TILE_PX = 512
AROUND = 8
"""Lines on either side of a border's place in the other run."""

NEARBY = 32
"""Lines on either side of a border at which neighbours are mixed."""

DRAWS = 4000
LIMIT = 1.05


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--results", type=Path, default=support.RESULTS / "seams.jsonl")
    parser.add_argument("--work", type=Path, default=support.ROOT / "out" / "seams", help="folder for scenes and maps")
    parser.add_argument("--real", type=Path, help="folder with the images of Dubai; left out if not given")
    parser.add_argument("--methods", nargs="+", default=METHODS, choices=METHODS)
    parser.add_argument("--cells", type=int, default=CELLS)
    parser.add_argument("--seeds", type=int, nargs="+", default=SEEDS, help="generated landscapes")
    parser.add_argument("--halo-px", type=int, default=0, help="another halo than the card's, generated scenes alone")
    parser.add_argument("--blend-px", type=int, nargs="+", default=(-1, 0), help="-1 for the engine's own")
    parser.add_argument("--max-minutes", type=float, default=0.0)
    args = parser.parse_args()

    args.work.mkdir(parents=True, exist_ok=True)
    points = support.Points(args.results, args.max_minutes)
    for method in args.methods:
        for blend in args.blend_px:
            # Without mixing, one scene of each kind is enough: the ratio is far from 1.
            for name, scene, tile, twelfths in scenes(args, method)[: None if blend else 2]:
                key = f"{method} {name} {'mixed' if blend < 0 else f'blend {blend}'}"
                key += f" halo {args.halo_px}" if args.halo_px else ""
                case = {"method": method, "tile_px": tile, "halo_px": args.halo_px, "twelfths": twelfths}
                points.run(key, lambda s=scene, c=case, b=blend: measure(args.work, s(), b, **c))
    support.write_markdown(args.results.with_suffix(".md"), report(points))


def scenes(args, method):
    """Return name, function that gives a raster's path, tile size (0: the card's) and shift of a method's scenes."""
    card = checkpoint_of(method, 0, args.halo_px).card
    side = args.cells * (card.tile_px - 2 * card.halo_px)
    turns = itertools.cycle(SHIFTS)
    made = [(f"generated {seed}", lambda s=seed: generated(args.work, side, s), 0, next(turns)) for seed in args.seeds]
    turns = itertools.cycle(SHIFTS)
    real = [(f"dubai {stem}", lambda s=stem: args.real / f"{s}.jpg", REAL_TILE_PX, next(turns)) for stem in REAL_SCENES]
    return made[:1] + (real if args.real and not args.halo_px else []) + made[1:]


def generated(work, side, seed):
    """Return the path of a landscape, made unless it is there."""
    from uhr_landcover.engine.training.scene_writer import SceneSpec, write_scene

    path = work / f"scene_{side}_{seed}.tif"
    if not path.exists():
        write_scene(path, SceneSpec(width=side, height=side, seed=seed), overwrite=True)
    return path


def checkpoint_of(method, tile_px=0, halo_px=0):
    """Return a starter, with a smaller tile and its halo in proportion, or with another halo, if asked for."""
    from uhr_landcover.models.checkpoint import load_checkpoint, starter_path

    checkpoint = load_checkpoint(starter_path(method))
    card = checkpoint.card
    if halo_px:
        return dataclasses.replace(checkpoint, card=dataclasses.replace(card, halo_px=halo_px))
    if not tile_px or tile_px >= card.tile_px:
        return checkpoint
    halo = card.halo_px * tile_px // card.tile_px
    return dataclasses.replace(checkpoint, card=dataclasses.replace(card, tile_px=tile_px, halo_px=halo))


def measure(work, scene, blend_px, method, tile_px, halo_px, twelfths):
    """Classify a scene twice and return the row of a point, with the counts of every unit."""
    checkpoint = checkpoint_of(method, tile_px, halo_px)
    if blend_px >= 0:
        checkpoint.network.blend_px = blend_px
    card = checkpoint.card
    shift = (card.tile_px - 2 * card.halo_px) * twelfths // 12
    first, plan, seconds = classified(work, method, checkpoint, scene)
    second, moved_plan, _ = classified(work, method, checkpoint, cropped(work, scene, shift))
    units = [
        *border_units(first[shift:, shift:], borders(plan, shift), second),
        *border_units(second, borders(moved_plan, 0), first[shift:, shift:]),
    ]
    data = {
        "tile_px": card.tile_px,
        "halo_px": card.halo_px,
        "blend_px": plan.x.blend_px,
        "shift_px": shift,
        "width": first.shape[1],
        "height": first.shape[0],
    }
    equal = round(float((first[shift:, shift:] == second).mean()), 5)
    device = {"device": "cpu", "seconds": round(seconds, 1), "threads": os.environ.get("OMP_NUM_THREADS", "all")}
    return {**data, "tiles": len(plan.tiles), "equal_share": equal, **device, "units": units}


def classified(work, method, checkpoint, scene):
    """Return the map of a raster, its tile plan and the seconds it took."""
    import rasterio

    from uhr_landcover.engine.contract.job import Method, OutputSpec, SegmentationJob
    from uhr_landcover.engine.plan.planning import plan_run
    from uhr_landcover.engine.run.pipeline import run
    from uhr_landcover.engine.system.run_context import RunContext

    name = f"{Path(scene).stem}_{method}_{checkpoint.card.tile_px}_{checkpoint.card.halo_px}"
    output = OutputSpec(directory=str(work / "maps"), name=name, vector_formats=(), overwrite=True)
    job = SegmentationJob(
        raster=str(scene), output=output, method=Method(method), device="cpu", ground_resolution_m=0.5
    )
    result = run(job, RunContext(), checkpoint=checkpoint)
    plan = plan_run(job, checkpoint).tiles
    with rasterio.open(result.class_raster) as raster:
        return raster.read(1), plan, result.seconds


def cropped(work, scene, shift):
    """Return the path of a scene without its first columns and rows."""
    import rasterio
    from rasterio.windows import Window

    path = work / f"{Path(scene).stem}_from_{shift}.tif"
    if not path.exists():
        with rasterio.open(scene) as source:
            window = Window(shift, shift, source.width - shift, source.height - shift)
            place = {"width": window.width, "height": window.height, "transform": source.window_transform(window)}
            profile = {"driver": "GTiff", "dtype": "uint8", "count": 3, "crs": source.crs, "tiled": True, **place}
            with rasterio.open(path, "w", **profile) as out:
                out.write(source.read([1, 2, 3], window=window))
    return path


def borders(plan, shift):
    """Return the inner core edges of a plan, (along columns, along rows), in pixels from `shift` on."""
    return [[a.edge(c) - shift for c in range(1, a.cells) if a.edge(c) > shift] for a in (plan.x, plan.y)]


def border_units(class_ids, edges, other):
    """Return the counts of every unit: see `units_across`.

    Args:
        class_ids: ``(H, W)`` map.
        edges: Its core edges along columns and along rows.
        other: ``(H, W)`` map of the same pixels, whose cores have other edges.
    """
    units = []
    for ids, across, along, there in (
        (class_ids, edges[0], edges[1], other),
        (class_ids.T, edges[1], edges[0], other.T),
    ):
        units += units_across(ids, across, along, there)
    return units


def units_across(ids, across, along, there):
    """Return the units of the core edges that run down a map.

    Changes at the border, their mean in the other run around there, pairs; changes inside, pairs; changes nearby in
    this run and in the other.
    """
    step = min(np.diff(across))
    ends = [0, *along, ids.shape[0]]
    units = []
    for edge in across:
        left, right = max(0, edge - step), min(ids.shape[1], edge + step)
        if edge <= NEARBY or edge + NEARBY >= ids.shape[1]:
            continue
        is_edge = np.isin(np.arange(left + 1, right), across)
        for top, bottom in itertools.pairwise(ends):
            changes = changes_of(ids[top:bottom], left, right)
            inside = changes[~is_edge]
            units.append([
                int(changes[edge - left - 1]),  # the pair across the border
                float(changes_of(there[top:bottom], edge - AROUND - 1, edge + AROUND).mean()),
                bottom - top, int(inside.sum()), inside.size * (bottom - top),
                int(changes_of(ids[top:bottom], edge - NEARBY - 1, edge + NEARBY).sum()),
                int(changes_of(there[top:bottom], edge - NEARBY - 1, edge + NEARBY).sum()),
            ])  # fmt: skip
    return units


def changes_of(ids, left, right):
    """Return how many rows change their class from each of some columns to the next."""
    part = ids[:, left:right]
    return (part[:, 1:] != part[:, :-1]).sum(axis=0)


def ratios(units):
    """Return the three ratios of units ``(n, 7)``: inside, crossed, nearby."""
    border, crossed, pairs, inside, inside_pairs, near, near_there = np.asarray(units, float).sum(axis=0)
    rate = inside / inside_pairs
    return (border / pairs) / max(rate, 1e-12), border / max(crossed, 1e-12), near / max(near_there, 1e-12)


def with_intervals(units):
    """Return (ratio, low, high) of all ratios."""
    units = np.asarray(units)
    draws = np.random.default_rng(0).integers(0, len(units), (DRAWS, len(units)))
    spread = np.array([ratios(units[d]) for d in draws])
    low, high = np.percentile(spread, (2.5, 97.5), axis=0)
    return list(zip(ratios(units), low, high, strict=True))


def report(points):
    """Return the result as Markdown."""
    rows, groups = [], {}
    for row in points.rows():
        method, kind = row["key"].split()[:2]
        groups.setdefault((method, kind, -row["blend_px"], row["halo_px"]), []).append(row)
    for (method, kind, *_), found in sorted(groups.items()):
        units = [unit for row in found for unit in row["units"]]
        found_ratios = with_intervals(units)
        first, blend = found[0], found[0]["blend_px"]
        rows.append([
            method, kind, len(found), f"{first['width']} × {first['height']}", f"{first['tile_px']}/{first['halo_px']}",
            f"mixed within {blend} px" if blend else "set side by side", sum(r["tiles"] for r in found),
            int(np.sum(units, axis=0)[0]), *map(shown, found_ratios),
            f"{100 * np.mean([r['equal_share'] for r in found]):.2f} %",
        ])  # fmt: skip
    header = ["method", "scenes", "number", "px", "tile/halo", "neighbours", "tiles", "changes at borders", "inside",
              "crossed", "nearby", "equal when moved"]  # fmt: skip
    last = points.rows()[-1] if points.rows() else {}
    facts = ", ".join(str(last.get(k, "")) for k in ("date", "machine", "device", "torch", "commit"))
    text = f"# Seams\n\n{facts}\n\n`{last.get('command', '')}`\n\n{__doc__.split('Three ratios', 1)[0].strip()}\n"
    loaded = "Other programs kept the machine busy meanwhile; times mean nothing.\n" if last.get("loaded") else ""
    explained = "Three ratios" + __doc__.split("Three ratios", 1)[1]
    return f"{text}\n{support.table(header, rows)}\nNo more than {LIMIT} is wanted.\n{loaded}\n{explained.strip()}\n"


def shown(ratio):
    return "{:.3f} ({:.3f} to {:.3f})".format(*ratio)


if __name__ == "__main__":
    main()
