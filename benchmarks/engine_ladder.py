"""From the plain form to each technique: timed in turns, each form in a process of its own, with an equality check.

The allocator's settings are those of a process and some cannot be taken back; so no two forms share one.
"""

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

from bench_support import published_checkpoint, scene, table
from engine_support import device_of, loaded, settings_of

PLAIN = "plain: unfolded, float32, contiguous, patches by 6"
LONG = (PLAIN, "+ channels last")
"""Forms of GLNet that take more than a minute on a CPU: a pass before the one that is timed changes nothing there."""


def points(args):
    side, turns = (512, 1) if args.quick else (2448, 3)
    for method in ("glnet", "isdnet"):
        if method in args.methods:
            long = method == "glnet" and not args.device.startswith("cuda") and not args.quick
            yield {"method": method, "side": side, "turns": 2 if long else turns, "threads": args.threads}


def measure(point):
    """Time all forms in turns (A B C, A B C …)."""
    if "rung" in point:
        return _measure_form(point)
    device = device_of(point)
    names, times, rows = tuple(_rungs(device)), {}, []
    folder = Path(point["work"])
    kept = {name: folder / f"ladder-{i}.npy" for i, name in enumerate(names)}
    published_checkpoint(folder, point["method"])
    for turn in range(point["turns"]):
        for name in names:
            result = "" if turn else str(kept[name])
            times.setdefault(name, []).append(_in_own_process({**point, "rung": name, "result": result}))
    for name in names:
        wall, cpu = (statistics.median(t[k] for t in times[name]) for k in ("wall_s", "cpu_s"))
        rows.append({"rung": name, "wall_s": wall, "cpu_s": cpu, **_compared(kept[name], kept[PLAIN])})
    for path in kept.values():
        path.unlink()
    return {"device_title": device.title, "threads": times[PLAIN][0]["threads"], "rungs": rows}


def _in_own_process(point):
    engine = Path(__file__).with_name("engine.py")
    command = [sys.executable, str(engine), "--point", json.dumps(point)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def _measure_form(point):
    """Time a form, after a pass that is not timed where that matters; save its logits if asked for."""
    import numpy as np
    import torch

    from uhr_landcover.models.checkpoint import load_checkpoint

    device = device_of(point)
    checkpoint = load_checkpoint(published_checkpoint(point["work"], point["method"]))
    torch.set_num_threads(point["threads"] or device.cores)
    image = _image(point, checkpoint, device)
    run = _form(checkpoint.network, device=device, **_rungs(device)[point["rung"]])
    if not (point["method"] == "glnet" and point["rung"] in LONG):
        run(image)
    passes = []
    for _ in range(20 if device.is_cuda else 1):
        wall, cpu = time.perf_counter(), time.process_time()
        logits = run(image)
        if device.is_cuda:
            torch.cuda.synchronize()
        passes.append((time.perf_counter() - wall, time.process_time() - cpu))
    times = {name: statistics.median(p[i] for p in passes) for i, name in enumerate(("wall_s", "cpu_s"))}
    if point["result"]:
        np.save(point["result"], logits.float().cpu().numpy())
    return {**times, "threads": torch.get_num_threads()}


def _compared(path, plain_path):
    import numpy as np

    logits, plain = np.load(path), np.load(plain_path)
    return {
        "equal_pixels": float((logits.argmax(1) == plain.argmax(1)).mean()),
        "difference": float(np.abs(logits - plain).max() / np.abs(plain).max()),
    }


def _image(point, checkpoint, device):
    import rasterio
    import torch

    from uhr_landcover.models.preprocess import normalize

    side = point["side"]
    with rasterio.open(scene(Path(point["work"]) / f"scene{side}.tif", side)) as raster:
        pixels = torch.from_numpy(raster.read())[None].to(device.name)
    return normalize(pixels, checkpoint.card.normalization)


def _rungs(device):
    """Return the settings of the forms by name, from the plain one to what the engine runs."""
    plain, folded = {"patch_batch": 6}, {"patch_batch": 6, "folds": True}
    rungs = {PLAIN: {**plain, "last": False}, "+ channels last": plain, "+ folded": folded}
    if device.is_cuda:
        rungs["+ float16"] = {**folded, "precision": "float16"}
        rungs["+ weights kept in 16 bits"] = {**folded, "precision": "float16", "lower": True}
        return rungs
    speed, balanced, memory = ({"folds": True, **_as_in(preset, device)} for preset in ("speed", "balanced", "memory"))
    rungs["+ Winograd's convolutions"] = {**folded, "quick": True}
    rungs["+ freed memory kept, up to 32 MiB (preset balanced)"] = balanced
    rungs["+ all freed memory kept (preset speed)"] = speed
    rungs["folded, in strips, patches one by one (preset memory)"] = memory
    rungs["not used: bfloat16, all freed memory kept"] = {**speed, "quick": False, "precision": "bfloat16"}
    return rungs


def _as_in(preset, device):
    preset_settings = settings_of(preset)
    return {
        "patch_batch": preset_settings.patches_on(device),
        "row_strips": preset_settings.row_strips,
        "kept": preset_settings.kept_bytes,
        "quick": preset_settings.winograd,
    }


def _form(
    network, *, device, folds=False, last=True, quick=False, precision="float32", lower=False, kept=0, **settings
):  # fmt: skip
    """Return how a network is run; ``kept`` is what the C library is told to keep, 0 leaves it as it is."""
    import torch

    from uhr_landcover.engine.system.host import keep_freed_memory
    from uhr_landcover.models.inference.low_precision import lower_weights
    from uhr_landcover.models.inference.winograd import use_winograd

    dtype = getattr(torch, precision)
    network = (network.for_inference() if folds else network).eval()
    if quick:
        network = use_winograd(network)
    if lower:
        lower_weights(network, dtype)
    layout = torch.channels_last if last else torch.contiguous_format
    network = network.to(device.name, memory_format=layout)
    for name, value in settings.items():
        if hasattr(network, name):
            setattr(network, name, value)
    if kept:
        keep_freed_memory(kept)

    def forward(image):
        given = image.contiguous(memory_format=layout)
        torch.backends.cudnn.allow_tf32 = not lower  # the plain form is given what torch gives
        with torch.inference_mode(), torch.autocast(given.device.type, dtype, enabled=precision != "float32"):
            return network(given)

    return forward


def section(rows):
    parts = []
    for r in rows:
        first = r["rungs"][0]
        body = [
            (x["rung"], f"{x['wall_s']:.3g}", f"{x['cpu_s']:.3g}", f"{first['wall_s'] / x['wall_s']:.2f} ×",
             f"{first['cpu_s'] / x['cpu_s']:.2f} ×", f"{100 * x['equal_pixels']:.3f} %", f"{x['difference']:.1e}")
            for x in r["rungs"]
        ]  # fmt: skip
        header = ("form", "wall s", "processor s", "ratio (wall)", "ratio (processor)", "equal pixels", "difference")
        parts.append(
            f"## Ladder, {r['method']}, published size, {r['side']} px, {r['device_title']}, {r['threads']} threads, "
            f"median of {r['turns']} turns{loaded(r)}\n\n{table(header, body)}"
        )
    return "\n".join(parts)
