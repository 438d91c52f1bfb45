"""What the engine takes around a network that costs next to nothing, beside what Deepness takes with such a network.

    python benchmarks/against_deepness.py [--size 10000] [--work DIR] [--out DIR]

An ONNX network of three layers (3×3, 1×1, 1×1; random weights) maps a generated image of 10 000 × 10 000 px. A
process of its own does the whole run: planning, reading, tiles, seams, class raster with overviews, polygons with
borders simplified by one pixel as a GeoPackage, areas and styles. Told are the seconds that were not spent inside
onnxruntime, the largest resident memory, how far the polygons' areas are from the pixels they were made of, and how
many are invalid. Deepness's figures are those that the plugin reached on a like network, raster and machine when this
project was designed.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from bench_support import RESULTS, Points, table, write_markdown

DEEPNESS = {"outside_s_per_mpx": 0.11, "peak_gb": 1.2, "area_per_cent": -1.05, "invalid_per_cent": 27.0}
CLASSES, TILE_PX, PIXEL_M, CELL_PX, SEED = 5, 512, 0.5, 100, 7


def main() -> None:
    """Run the case and write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--size", type=int, default=10_000, help="side of the image in pixels")
    parser.add_argument("--work", type=Path, help="folder for image and results; else one that is removed")
    parser.add_argument("--out", type=Path, default=RESULTS)
    parser.add_argument("--one", nargs=3, metavar=("RASTER", "NETWORK", "FOLDER"), help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        print(json.dumps(_one(*args.one)))
        return
    with tempfile.TemporaryDirectory() as folder:
        work = args.work or Path(folder)
        work.mkdir(parents=True, exist_ok=True)
        points = Points(args.out / "against_deepness.jsonl")
        points.run(f"three layers, {args.size} px", lambda: _measured(work, args.size))
    write_markdown(args.out / "against_deepness.md", _report(points.rows()))


def _measured(work: Path, side: int) -> dict[str, object]:
    raster = _image(work / f"image_{side}.tif", side)
    network = _network(work / "three_layers.onnx")
    command = [sys.executable, __file__, "--one", str(raster), str(network), str(work / "results")]
    clock = time.monotonic()
    run = subprocess.run(command, check=True, capture_output=True, text=True)
    wall_s = time.monotonic() - clock
    row = json.loads(run.stdout.splitlines()[-1])
    mpx = side * side / 1e6
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {
        **row,
        **_polygons(work / "results"),
        "mpx": mpx,
        "wall_s": round(wall_s, 2),
        "processor_s": round(used.ru_utime + used.ru_stime, 2),
        "outside_s_per_mpx": round((wall_s - row["network_s"]) / mpx, 4),
    }


def _one(raster: str, network: str, folder: str) -> dict[str, float]:
    """Do the run in this process, with a clock around onnxruntime."""
    from uhr_landcover.engine.contract.job import Method, OutputSpec, PolygonSpec, SegmentationJob, VectorFormat
    from uhr_landcover.engine.run.pipeline import run
    from uhr_landcover.models.onnx.session import OnnxSession

    inside, plain = [0.0], OnnxSession.run

    def timed(self: OnnxSession, *arguments: object) -> None:
        clock = time.monotonic()
        plain(self, *arguments)
        inside[0] += time.monotonic() - clock

    OnnxSession.run = timed
    output = OutputSpec(
        directory=folder, name="map", vector_formats=(VectorFormat.GEOPACKAGE,), overwrite=True,
        polygons=PolygonSpec(simplify_m=PIXEL_M),
    )  # fmt: skip
    result = run(SegmentationJob(raster=raster, output=output, method=Method.ONNX, checkpoint=network, device="cpu"))
    peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return {
        "network_s": round(inside[0], 2),
        "run_s": round(result.seconds, 2),
        "peak_gb": round(max(peaks) * 1024 / 1e9, 3),
        "tiles": result.tiles,
    }


def _polygons(folder: Path) -> dict[str, object]:
    """Return how many polygons there are and are invalid, and what the areas of classes are off by at most."""
    import pyogrio
    import rasterio
    import shapely

    with rasterio.open(folder / "map.tif") as file:
        pixels = np.bincount(file.read(1).reshape(-1), minlength=256)
    _, _, wkb, (class_ids,) = pyogrio.raw.read(folder / "map_polygons.gpkg", layer="map_polygons", columns=["class_id"])
    shapes = shapely.from_wkb(wkb)
    areas = np.bincount(class_ids, shapely.area(shapes), minlength=256)
    present = np.flatnonzero(pixels[:255])
    off = areas[present] / (pixels[present] * PIXEL_M**2) - 1
    whole = areas.sum() / (pixels[:255].sum() * PIXEL_M**2) - 1
    return {
        "polygons": len(shapes),
        "invalid_per_cent": round(100 * float((~shapely.is_valid(shapes)).mean()), 3),
        "area_per_cent": round(100 * float(whole), 4),
        "worst_class_per_cent": round(100 * float(off[np.abs(off).argmax()]), 4),
        "classes": {int(k): float(pixels[k] / pixels[:255].sum()) for k in present},
    }


def _image(path: Path, side: int) -> Path:
    """Write three bands of broad waves with grain, in strips, unless they are there."""
    import cv2
    import rasterio
    from rasterio.transform import from_origin
    from rasterio.windows import Window

    if path.exists():
        return path
    rng = np.random.default_rng(SEED)
    cells = side // CELL_PX + 3
    coarse = rng.uniform(0, 255, (cells, cells, 3)).astype(np.float32)
    profile = {
        "driver": "GTiff", "width": side, "height": side, "count": 3, "dtype": "uint8", "tiled": True,
        "blockxsize": 512, "blockysize": 512, "compress": "deflate", "crs": "EPSG:32633",
        "transform": from_origin(500_000, 5_000_000, PIXEL_M, PIXEL_M), "photometric": "rgb",
    }  # fmt: skip
    fine = cv2.resize(coarse, (cells * CELL_PX, cells * CELL_PX), interpolation=cv2.INTER_CUBIC)
    with rasterio.open(path, "w", **profile) as file:
        for top in range(0, side, 512):
            rows = min(512, side - top)
            strip = fine[top : top + rows, :side] + rng.normal(0, 2, (rows, side, 1)).astype(np.float32)
            file.write(np.clip(strip, 0, 255).astype(np.uint8).transpose(2, 0, 1), window=Window(0, top, side, rows))
    return path


def _network(path: Path) -> Path:
    """Write the network, with the metadata that Deepness reads."""
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    rng = np.random.default_rng(SEED)
    widths, kernels = (3, 8, 8, CLASSES), (3, 1, 1)
    nodes, constants, last = [], [], "image"
    for k, kernel in enumerate(kernels):
        given, made = widths[k], widths[k + 1]
        weight = rng.normal(0, 1 / np.sqrt(given * kernel**2), (made, given, kernel, kernel)) * 3
        if kernel > 1:
            weight[:] = weight.mean((2, 3), keepdims=True)  # an average, so that grain makes no class of its own
        constants += [
            numpy_helper.from_array(weight.astype(np.float32), f"weight{k}"),
            numpy_helper.from_array(rng.normal(0, 0.2, made).astype(np.float32), f"bias{k}"),
        ]
        nodes.append(
            helper.make_node(
                "Conv",
                [last, f"weight{k}", f"bias{k}"],
                [f"conv{k}"],
                kernel_shape=[kernel] * 2,
                pads=[kernel // 2] * 4,
            )
        )
        last = f"conv{k}"
        if k < 2:
            nodes.append(helper.make_node("Relu", [last], [f"relu{k}"]))
            last = f"relu{k}"
    nodes.append(helper.make_node("Softmax", [last], ["classes"], axis=1))
    shape = ["batch", 3, TILE_PX, TILE_PX]
    inputs = [helper.make_tensor_value_info("image", TensorProto.FLOAT, shape)]
    outputs = [helper.make_tensor_value_info("classes", TensorProto.FLOAT, ["batch", CLASSES, TILE_PX, TILE_PX])]
    graph = helper.make_graph(nodes, "three_layers", inputs, outputs, constants)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    facts = {
        "model_type": "Segmentor", "class_names": {k: f"class {k}" for k in range(CLASSES)},
        "resolution": 100 * PIXEL_M, "tile_size": TILE_PX, "tiles_overlap": 15,
    }  # fmt: skip
    for key, value in facts.items():
        entry = model.metadata_props.add()
        entry.key, entry.value = key, json.dumps(value)
    onnx.save(model, str(path))
    return path


def _report(rows: list[dict]) -> str:
    text = "# Around a network: this engine and Deepness\n\n" + " ".join(__doc__.split("\n\n")[2].split()) + "\n\n"
    header = ["", "Deepness", *(f"here, {r['mpx']:g} Mpx" for r in rows), "of Deepness's"]
    lines = [
        ("seconds outside the network, a Mpx", "outside_s_per_mpx", True),
        ("largest memory, GB", "peak_gb", True),
        ("area of all polygons, off by per cent", "area_per_cent", False),
        ("invalid polygons, per cent", "invalid_per_cent", False),
    ]
    body = []
    for title, key, has_share in lines:
        share = f"{rows[-1][key] / DEEPNESS[key]:.2f}" if has_share and rows else ""
        body.append([title, DEEPNESS[key], *(r[key] for r in rows), share])
    text += table(header, body)
    for r in rows:
        text += (
            f"\n{r['mpx']:g} Mpx: {r['wall_s']} s in all, {r['network_s']} s in onnxruntime, {r['processor_s']} s "
            f"of processors; {r['tiles']} tiles, {r['polygons']} polygons; the class that is worst off differs by "
            f"{r['worst_class_per_cent']} per cent. {r['machine']}, {r['date']}, others had "
            f"{100 * (r['others_share'] or 0):.0f} % of the machine.\n"
        )
    return text


if __name__ == "__main__":
    main()
