"""Time and memory against area: the starters, and a small stand-in network on rasters up to 100 000 px a side.

The stand-in is there to measure the engine around a network, not a network: the starter of ISDNet with a card that
says that it wants pixels of 2 m, so that it sees a raster of 0.5 m reduced four times and has a sixteenth of the work.
Reading, writing, assembling and polygons have the whole raster to do. Rasters are VRTs that repeat one file.
"""

import itertools
import math
from pathlib import Path

from bench_support import scene, table
from engine_support import loaded, run_engine

STAND_IN_RESOLUTION_M = 2.0
STAND_IN_NAME = "stand-in (starter at 2 m)"
STARTER_SIDES, STAND_IN_SIDES = (2448, 5000, 10_000), (2448, 10_000, 30_000, 100_000)
REPEATED_PX = 2500


def points(args):
    sides = (600, 1200) if args.quick else STARTER_SIDES
    starters = [("starter", method, side) for method in args.methods for side in sides]
    sides = (600, 1200) if args.quick else STAND_IN_SIDES
    stand_ins = [(STAND_IN_NAME, "isdnet", side) for side in sides]
    for network, method, side in [*stand_ins, *starters]:
        if side <= args.largest_side and network.split(" ")[0] in args.sweep_networks:
            yield {"method": method, "preset": "balanced", "network": network, "side": side}


def measure(point):
    work, side = Path(point["work"]), point["side"]
    if point["network"] == "starter":
        return run_engine(point, scene(work / f"scene{side}.tif", side))
    source = scene(work / f"scene{REPEATED_PX}.tif", REPEATED_PX)
    return run_engine(point, repeated(work / f"repeated{side}.vrt", source, REPEATED_PX, side), stand_in(work))


def repeated(path, source, source_side, side):
    """Write a VRT of ``side`` pixels that shows one file again and again; return its path."""
    import rasterio

    with rasterio.open(source) as raster:
        wkt, transform, count = raster.crs.to_wkt(), raster.transform.to_gdal(), raster.count
    bands = []
    for band in range(1, count + 1):
        parts = []
        for top in range(0, side, source_side):
            for left in range(0, side, source_side):
                w, h = min(source_side, side - left), min(source_side, side - top)
                parts.append(
                    f'<SimpleSource><SourceFilename relativeToVRT="0">{source}</SourceFilename>'
                    f"<SourceBand>{band}</SourceBand>"
                    f'<SourceProperties RasterXSize="{source_side}" RasterYSize="{source_side}" DataType="Byte"/>'
                    f'<SrcRect xOff="0" yOff="0" xSize="{w}" ySize="{h}"/>'
                    f'<DstRect xOff="{left}" yOff="{top}" xSize="{w}" ySize="{h}"/></SimpleSource>'
                )
        colour = ("Red", "Green", "Blue")[band - 1]
        bands.append(
            f'<VRTRasterBand dataType="Byte" band="{band}"><ColorInterp>{colour}</ColorInterp>{"".join(parts)}'
            "</VRTRasterBand>"
        )
    numbers = ", ".join(map(repr, transform))
    place = f"<SRS>{wkt.replace('&', '&amp;').replace('<', '&lt;')}</SRS><GeoTransform>{numbers}</GeoTransform>"
    text = f'<VRTDataset rasterXSize="{side}" rasterYSize="{side}">{place}{"".join(bands)}</VRTDataset>'
    path.write_text(text, encoding="utf-8")
    return path


def stand_in(work):
    """Save the stand-in as a checkpoint; return its path."""
    from dataclasses import replace

    from uhr_landcover.models.checkpoint import load_checkpoint, save_checkpoint, starter_path

    path = Path(work) / "stand-in-2m.safetensors"
    if not path.exists():
        starter = load_checkpoint(starter_path("isdnet"))
        card = replace(starter.card, name="stand-in", ground_resolution_m=STAND_IN_RESOLUTION_M)
        save_checkpoint(path, starter.network, card)
    return path


def _stages(row):
    return ", ".join(
        f"{name} {wall:g} s, {used:g} s, {row['stage_mb'][name]} MB" for name, (wall, used) in row["stage_s"].items()
    )


def section(rows):
    header = ("method", "network", "px", "tiles", "s", "processor s", "Mpx/s", "host", "predicted host", "allocated",
              "stages: wall, processor, host")  # fmt: skip
    rows = sorted(rows, key=lambda r: (r["method"], r["network"], r["side"]))
    body = [
        (r["method"], r["network"], r["side"], r["tiles"], f"{r['seconds']}{loaded(r)}", r["cpu_s"],
         f"{r['mpx_per_s']:.3g}", r["host_mb"], r["predicted_host_mb"], r["allocated_mb"], _stages(r))
        for r in rows
    ]  # fmt: skip
    lines = [f"## Time and memory against area, {rows[0]['device_title']}\n", table(header, body)]
    for (method, network), group in itertools.groupby(rows, key=lambda r: (r["method"], r["network"])):
        own = list(group)
        if len(own) > 1:
            lines.append(f"{method}, {network}: {'; '.join(_growth(a, b) for a, b in _spans(own))}.\n")
    return "\n".join(lines)


def _spans(rows):
    """Return the pairs of rows between which growth is told: each with the next, and the first with the last."""
    return [*itertools.pairwise(rows), *([(rows[0], rows[-1])] if len(rows) > 2 else [])]


def _growth(a, b):
    slopes = [math.log(b[k] / a[k]) / math.log(b["pixels"] / a["pixels"]) for k in ("seconds", "cpu_s")]
    return (
        f"from {a['side']} to {b['side']} px the slope of log time over log pixels is {slopes[0]:.2f} (processor time "
        f"{slopes[1]:.2f}) and host memory goes from {a['host_mb']} to {b['host_mb']} MB "
        f"({100 * (b['host_mb'] / a['host_mb'] - 1):+.0f} %)"
    )
