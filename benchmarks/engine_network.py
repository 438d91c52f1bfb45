"""Frames per second of the networks alone at the published size, by method and preset."""

from bench_support import published_checkpoint, table
from engine_support import device_of, loaded, megabytes, processor_seconds, settings_of


def points(args):
    on_gpu = args.device.startswith("cuda")
    side = 512 if args.quick else 2448
    warmups, runs = (1, 1) if args.quick else (20, 100) if on_gpu else (1, 3)
    for method in args.methods:
        for preset in args.presets:
            yield {"method": method, "preset": preset, "side": side, "warmups": warmups, "runs": runs}


def measure(point):
    """Time a network as ISDNet's script does: warm-ups, then runs one by one, each synchronised."""
    import torch

    from uhr_landcover.engine.system.host import keep_freed_memory
    from uhr_landcover.models.checkpoint import load_checkpoint
    from uhr_landcover.models.inference.low_precision import lower_weights
    from uhr_landcover.models.inference.timing import time_network
    from uhr_landcover.models.inference.winograd import use_winograd

    device, preset_settings = device_of(point), settings_of(point["preset"])
    torch.set_num_threads(max(1, device.cores - preset_settings.idle_cores))
    keep_freed_memory(preset_settings.kept_bytes)
    network = load_checkpoint(published_checkpoint(point["work"], point["method"])).network.for_inference()
    if preset_settings.winograd and not device.is_cuda:
        network = use_winograd(network)
    for name, value in {
        "patch_batch": preset_settings.patches_on(device),
        "row_strips": preset_settings.row_strips,
    }.items():
        if hasattr(network, name):
            setattr(network, name, value)
    if device.precision != "float32":
        lower_weights(network, getattr(torch, device.precision))
    used = processor_seconds()
    timing = time_network(
        network, size_px=(point["side"], point["side"]), device=device.name, precision=device.precision,
        warmups=point["warmups"], runs=point["runs"],
    )  # fmt: skip
    return {
        "device_title": device.title, "precision": device.precision, "threads": torch.get_num_threads(),
        "fps": timing.fps, "median_s": timing.median_s, "fastest_s": timing.fastest_s, "slowest_s": timing.slowest_s,
        "cpu_s": round((processor_seconds() - used) / (point["warmups"] + point["runs"]), 3),
        "allocated_mb": megabytes(timing.allocated_bytes), "reserved_mb": megabytes(timing.reserved_bytes),
        "process_mb": megabytes(timing.process_bytes),
    }  # fmt: skip


def section(rows):
    header = ("method", "preset", "px", "images/s", "median s", "processor s", "threads", "warm-ups + runs",
              "precision", "allocated", "held", "process")  # fmt: skip
    body = [
        (r["method"], r["preset"], r["side"], f"{r['fps']:.3g}{loaded(r)}", f"{r['median_s']:.3g}", r["cpu_s"],
         r["threads"], f"{r['warmups']} + {r['runs']}", r["precision"], r["allocated_mb"], r["reserved_mb"],
         r["process_mb"])
        for r in rows
    ]  # fmt: skip
    return f"## Networks alone, published sizes, {rows[0]['device_title']}\n\n{table(header, body)}"
