"""What the published sizes put on a GPU: `python benchmarks/gpu_tensors.py [--max-minutes N]`.

Runs each network at its published size, with random weights, on one generated image of 2448 × 2448 px on the stand-in
GPU of the tests, which counts tensors as torch's allocator does (it works where there is no GPU), and compares the
peak with what the plan foresees for tensors and in all. What a GPU's libraries take besides is not in it.
"""

import argparse
import sys

from bench_support import RESULTS, ROOT, Points, table, write_markdown

SIDE = 2448
NETWORKS = {"glnet": {}, "ppn": {}, "ppn, all patches": {"selection": "all"}, "isdnet": {}}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--max-minutes", type=float, default=0)
    args = parser.parse_args()
    sys.path.append(str(ROOT / "tests"))
    points = Points(RESULTS / "gpu_tensors.jsonl", args.max_minutes)
    for network in NETWORKS:
        for preset in ("memory", "balanced", "speed"):
            points.run(f"{network}, {preset}", lambda n=network, p=preset: measure(n, p))
    write_markdown(points.path.with_suffix(".md"), report(points.rows()))


def measure(name, preset):
    import torch
    from fakes import fake_card
    from stand_in_gpu import stand_in_gpu

    from uhr_landcover.engine.contract.job import Preset
    from uhr_landcover.engine.plan.needs import device_need
    from uhr_landcover.engine.plan.presets import PRESETS
    from uhr_landcover.models.inference.form import MAP_SETTINGS, prepare_for_inference, trace_classify
    from uhr_landcover.models.inference.low_precision import forbid_shortened_sums
    from uhr_landcover.models.inference.prediction import predict
    from uhr_landcover.models.registry import build_network
    from uhr_landcover.models.scenes.landscape import render_window

    torch.manual_seed(0)
    forbid_shortened_sums()
    network = build_network(name.partition(",")[0], NETWORKS[name], num_classes=7).eval()
    card, preset_settings = fake_card(tile_px=SIDE), PRESETS[Preset(preset)]
    settings = {"patch_batch": preset_settings.patch_batch, "row_strips": preset_settings.row_strips}
    planned = trace_classify(
        network, card, (SIDE, SIDE), precision="float16", batch=1, winograd=False, **settings
    )  # fmt: skip
    pixels = torch.from_numpy(render_window(3, 0, 0, SIDE, SIDE)[0].transpose(2, 0, 1).copy())[None]
    valid = torch.ones(1, SIDE, SIDE, dtype=torch.bool)
    with stand_in_gpu() as memory:
        form = prepare_for_inference(
            network, torch.device("cuda:0"), torch.float16, {**MAP_SETTINGS, **settings}, winograd=False
        )
        weights = memory.live
        memory.peak = 0
        with torch.inference_mode(), torch.autocast("cuda", torch.float16):
            pixels, valid = pixels.to("cuda:0"), valid.to("cuda:0")
            predict(form, pixels, valid, card.normalization, confidence=True).on_host()
        del form, pixels, valid
    return {
        "network": name, "preset": preset, "weights_mb": _megabytes(weights), "peak_mb": _megabytes(memory.peak),
        "planned_tensors_mb": _megabytes(planned.live_bytes + planned.weight_bytes),
        "planned_mb": _megabytes(device_need(planned)),
    }  # fmt: skip


def _megabytes(size):
    return round(size / 1e6, 1)


def report(rows):
    lines = [
        (row["network"], row["preset"], row["weights_mb"], row["peak_mb"], row["planned_tensors_mb"],
         f"{row['planned_tensors_mb'] / row['peak_mb']:.3f}", row["planned_mb"])
        for row in rows
    ]  # fmt: skip
    header = (
        "network",
        "preset",
        "weights MB",
        "peak MB",
        "planned for tensors MB",
        "planned / peak",
        "planned in all",
    )
    first = rows[0]
    return (
        "# Tensors of one image of 2448 × 2448 px on a GPU, published sizes\n\n"
        f"{first['date'][:10]}, torch {first['torch']}, {first['machine']}, commit {first['commit']}; "
        f"`{first['command']}`. Batch of one image, float16, counted on the stand-in GPU of the tests: what torch's "
        "allocator would have given at the peak (`max_memory_allocated` without the workspaces of cuDNN and cuBLAS, "
        "for which the plan adds a quarter of the tensors and 34 MB). No GPU has been measured.\n\n"
        + table(header, lines)
    )


if __name__ == "__main__":
    main()
