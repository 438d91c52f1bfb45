"""From the plain form to each technique: timed in turns within one process, each with an equality check."""

import statistics
import time
from pathlib import Path

from bench_support import published_checkpoint, scene, table
from engine_support import device_of, loaded, trade_of

SMALL_PIECES = 128 * 1024
"""The C library's own start: larger pieces of memory go back to the system at once."""


def points(args):
    side, turns = (512, 1) if args.quick else (2448, 20 if args.device.startswith("cuda") else 3)
    for method in ("glnet", "isdnet"):
        if method in args.methods:
            # GLNet's plain form takes more than a minute on a CPU: no warm-up changes that.
            long = method == "glnet" and not args.device.startswith("cuda") and not args.quick
            runs = {"warm_up": 0, "turns": 2} if long else {"warm_up": 1, "turns": turns}
            yield {"method": method, "side": side, **runs, "threads": args.threads}


def measure(point):
    """Time all rungs in turns (A B C, A B C …); the ratios hold within this one process."""
    import torch

    from uhr_landcover.models.checkpoint import load_checkpoint

    device = device_of(point)
    checkpoint = load_checkpoint(published_checkpoint(point["work"], point["method"]))
    torch.set_num_threads(point["threads"] or device.cores)
    image = _image(point, checkpoint, device)
    rungs, times, results = _rungs(checkpoint.network, device), {}, {}
    for turn in range(point["warm_up"] + point["turns"]):
        for name, run in rungs.items():
            run.begin(image)
            wall, cpu = time.perf_counter(), time.process_time()
            results[name] = run(image)
            if device.is_cuda:
                torch.cuda.synchronize()
            if turn >= point["warm_up"]:
                times.setdefault(name, []).append((time.perf_counter() - wall, time.process_time() - cpu))
    plain = next(iter(results.values()))
    rows = []
    for name in rungs:
        wall, cpu = (statistics.median(t[i] for t in times[name]) for i in (0, 1))
        equal = float((results[name].argmax(1) == plain.argmax(1)).float().mean())
        difference = float((results[name].float() - plain).abs().max() / plain.abs().max())
        rows.append({"rung": name, "wall_s": wall, "cpu_s": cpu, "equal_pixels": equal, "difference": difference})
    return {"device_title": device.title, "threads": torch.get_num_threads(), "rungs": rows}


def _image(point, checkpoint, device):
    import rasterio
    import torch

    from uhr_landcover.models.preprocess import normalize

    side = point["side"]
    with rasterio.open(scene(Path(point["work"]) / f"scene{side}.tif", side)) as raster:
        pixels = torch.from_numpy(raster.read())[None].to(device.name)
    return normalize(pixels, checkpoint.card.normalization)


def _rungs(network, device):
    """Return the forms by name, from the plain one to what the engine runs."""
    from uhr_landcover.models.winograd import quicken

    common = {"device": device, "patch_batch": 6}
    folded = network.for_inference()
    rungs = {
        "plain: unfolded, float32, contiguous, patches by 6": _form(network, last=False, **common),
        "+ channels last": _form(network, **common),
        "+ folded": _form(folded, **common),
    }
    if device.is_cuda:
        rungs["+ float16"] = _form(folded, precision="float16", **common)
        rungs["+ weights kept in 16 bits"] = _form(folded, precision="float16", lower=True, **common)
        return rungs
    speed, balanced, memory = (_as_in(preset, device) for preset in ("speed", "balanced", "memory"))
    rungs["+ Winograd's convolutions"] = _form(folded, prepare=quicken, **common)
    rungs["+ freed memory kept, up to 32 MiB (preset balanced)"] = _form(folded, prepare=quicken, **balanced)
    rungs["+ all freed memory kept (preset speed)"] = _form(folded, prepare=quicken, **speed)
    rungs["folded, in strips, patches one by one (preset memory)"] = _form(folded, **memory)
    rungs["not used: bfloat16, all freed memory kept"] = _form(folded, precision="bfloat16", **speed)
    return rungs


def _as_in(preset, device):
    trade = trade_of(preset)
    return {"device": device, "patch_batch": trade.patch_batch, "strips": trade.row_strips, "kept": trade.kept_bytes}


class _Run:
    """A form of a network at work.

    Where freed memory is kept, a pass goes before the one that is timed: it takes from the system what later passes
    find there.
    """

    def __init__(self, kept, forward):
        self._kept, self._forward = kept, forward

    def begin(self, image):
        from uhr_landcover.engine.host import give_back_freed_memory, keep_freed_memory

        give_back_freed_memory()
        keep_freed_memory(self._kept)
        if self._kept > SMALL_PIECES:
            self._forward(image)

    def __call__(self, image):
        return self._forward(image)


def _form(
    network, *, device, last=True, precision="float32", lower=False, strips=1, kept=SMALL_PIECES, prepare=None,
    **settings,
):  # fmt: skip
    """Return how a copy of a network is run; ``prepare`` gives what is made of it further."""
    import copy

    import torch

    from uhr_landcover.engine.predictor import lower_weights

    network = copy.deepcopy(network).eval()
    dtype = getattr(torch, precision)
    if lower:
        lower_weights(network, dtype)
    layout = torch.channels_last if last else torch.contiguous_format
    network = network.to(device.name, memory_format=layout)
    for name, value in {"row_strips": strips, **settings}.items():
        if hasattr(network, name):
            setattr(network, name, value)
    if prepare is not None:
        network = prepare(network)

    def forward(image):
        given = image.contiguous(memory_format=layout)
        with torch.inference_mode(), torch.autocast(given.device.type, dtype, enabled=precision != "float32"):
            return network(given)

    return _Run(kept, forward)


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
