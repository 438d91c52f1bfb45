"""How much each folding step of GLNet brings: `python benchmarks/glnet_folding.py [--image-px 2448] [--runs 3]`.

All rungs of the ladder run in turns (A B C A B C) within one process on random weights of the published size and one
random image, laid out as the engine does it, so that their ratios hold on a machine that also does other things: the
median of processor time is compared, wall time is told. Every rung's scores are compared with the first one's. On the
CPU every form but the first does its wide convolutions by Winograd's method, as the engine does.
Writes a Markdown file and JSON lines into benchmarks/results.
"""

import argparse
import datetime
import json
import os
import platform
import statistics
import sys
import time
from pathlib import Path

import torch

from uhr_landcover.models.glnet.config import PATHS, GLNetConfig
from uhr_landcover.models.glnet.folded import STEPS, FoldedGLNet
from uhr_landcover.models.glnet.network import build_glnet
from uhr_landcover.models.inference.winograd import use_winograd
from uhr_landcover.models.layers.patching import plan_patches

RESULTS = Path(__file__).resolve().parent / "results"

PUBLIC_WALL_S = {"global_to_local": 46.0, "global_and_local": 51.0}
"""Wall seconds of the public code for 2448 × 2448 px, fp32, on two otherwise idle cores of an AVX-512 server."""
PUBLIC_PX, PUBLIC_THREADS = 2448, 2

UNFOLDED = "unfolded"
"""What the folding steps are compared with: the published graph, its wide convolutions as fast as the folded form's."""


def main() -> None:
    """Run the ladder for each path and write the result files."""
    args = _arguments()
    if args.threads:
        torch.set_num_threads(args.threads)
    device = args.device.split(":")[0]
    out = args.out or RESULTS / f"glnet_folding_{device}_{datetime.date.today()}.md"
    out.parent.mkdir(parents=True, exist_ok=True)
    rows = []
    for path in args.paths:
        rows.append(measure(args, path))
        out.with_suffix(".jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        out.write_text(report(args, rows), encoding="utf-8")
    print(out.read_text(encoding="utf-8"))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--paths", nargs="+", default=list(PATHS[1:]), choices=PATHS[1:])
    parser.add_argument("--image-px", type=int, default=2448)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--threads", type=int, default=0, help="0 leaves the choice to torch")
    parser.add_argument("--forms", nargs="+", metavar="FORM", help="only these, by their names in the table")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--out", type=Path, default=None, help="Markdown file; the JSON lines lie beside it")
    return parser.parse_args()


def measure(args: argparse.Namespace, path: str) -> dict:
    """Return what was measured of one inference path."""
    torch.manual_seed(0)
    plain = random_network(path)
    rungs = {"unfolded, torch's convolutions": plain, UNFOLDED: use_winograd(plain)}
    for i, step in enumerate(STEPS if path == "global_to_local" else STEPS[:-1]):  # the last is of this path only
        rungs["+ " + step.replace("_", " ")] = use_winograd(FoldedGLNet(plain, STEPS[: i + 1]))
    rungs = {name: network for name, network in rungs.items() if name in args.forms} if args.forms else rungs
    layout = {"memory_format": torch.channels_last}
    rungs = {name: network.to(args.device, **layout) for name, network in rungs.items()}
    image = torch.rand(1, 3, args.image_px, args.image_px, device=args.device).contiguous(**layout)
    seconds = {name: [] for name in rungs}
    reference, differences, changed = None, {}, {}
    load = os.getloadavg()[0]
    with torch.inference_mode():
        for run in range(args.runs):
            for name, network in rungs.items():
                scores, *times = timed(network, image)
                seconds[name].append(times)
                reference = scores if reference is None else reference
                differences[name] = float((scores - reference).abs().max())
                changed[name] = float((scores.argmax(1) != reference.argmax(1)).float().mean())
                print(f"{path}, run {run + 1}, {name}: {times[0]:.1f} s, {times[1]:.1f} s of processor", flush=True)
    medians = {name: [statistics.median(t[i] for t in times) for i in (0, 1)] for name, times in seconds.items()}
    used, passed = (sum(t[i] for times in seconds.values() for t in times) for i in (1, 0))
    return {
        "path": path, "image_px": args.image_px, "patches": len(plan_patches(*image.shape[-2:], 508)),
        "device": args.device, "machine": device_name(args.device), "threads": torch.get_num_threads(),
        "runs": args.runs, "torch": torch.__version__, "date": datetime.date.today().isoformat(),
        "load_before": round(load, 2), "processor_share_got": round(used / passed / torch.get_num_threads(), 2),
        "largest_score": float(reference.abs().max()),
        "rungs": [
            {"form": name, "wall_s": medians[name][0], "cpu_s": medians[name][1], "all": seconds[name],
             "largest_difference": differences[name], "pixels_of_another_class": changed[name]} for name in rungs
        ],
    }  # fmt: skip


def timed(network: torch.nn.Module, image: torch.Tensor) -> tuple[torch.Tensor, float, float]:
    """Return scores, wall seconds and processor seconds of one image."""
    wall, cpu = time.perf_counter(), time.process_time()
    scores = network.scores(image)
    if image.is_cuda:
        torch.cuda.synchronize()
    return scores, time.perf_counter() - wall, time.process_time() - cpu


def random_network(path: str) -> torch.nn.Module:
    """Return a network of the published size whose scores have about the magnitude of a trained one's."""
    network = build_glnet(config=GLNetConfig(path=path)).eval()
    for name, module in network.named_modules():
        if isinstance(module, torch.nn.Conv2d) and "resnet" not in name:
            torch.nn.init.normal_(module.weight, std=(1.5 / module.weight[0].numel()) ** 0.5)
    return network


def device_name(device: str) -> str:
    """Return the device's name for people."""
    return platform.machine() if device == "cpu" else torch.cuda.get_device_name(device)


def report(args: argparse.Namespace, rows: list[dict]) -> str:
    """Return the Markdown file's text."""
    first, by = rows[0], 0 if rows[0]["device"] != "cpu" else 1
    unit = ("wall", "processor")[by]
    lines = [
        "# GLNet's folding ladder",
        "",
        f"{first['date']}, torch {first['torch']}, {first['machine']}, {first['threads']} threads, fp32, median of "
        f"{first['runs']} runs in turns. Published widths, random weights, {first['image_px']} × {first['image_px']} "
        f"px, {first['patches']} patches. Command: `python benchmarks/glnet_folding.py {' '.join(sys.argv[1:])}`.",
        "Each step is on top of those above it. The last one is taken on the CPU in fp32 only. On the CPU all forms "
        "but the first do their wide 3×3 convolutions by Winograd's method (`models/inference/winograd.py`), as the "
        "engine does.",
    ]
    for row in rows:
        base = next((r for r in row["rungs"] if r["form"] == UNFOLDED), row["rungs"][0])
        lines += [
            "",
            f"## {row['path']}",
            "",
            f"Load of the machine before: {row['load_before']}; the process got {row['processor_share_got']:.0%} of "
            "the processors it asked for.",
            "",
            f"| form | wall s | processor s | faster by ({unit}) | largest difference (scores up to "
            f"{row['largest_score']:.0f}) | pixels of another class |",
            "|---|---|---|---|---|---|",
        ]
        for r in row["rungs"]:
            ratio = (base["wall_s"] / r["wall_s"], base["cpu_s"] / r["cpu_s"])[by]
            lines.append(
                f"| {r['form']} | {r['wall_s']:.2f} | {r['cpu_s']:.2f} | {ratio:.2f} × | {r['largest_difference']:.1e} "
                f"| {r['pixels_of_another_class']:.1e} |"
            )
        if (row["image_px"], row["threads"], row["device"]) == (PUBLIC_PX, PUBLIC_THREADS, "cpu"):
            public = PUBLIC_WALL_S[row["path"]]
            lines += [
                "",
                f"The public code took {public:.0f} s (wall) on two idle cores of another machine; the unfolded form "
                f"took {base['wall_s'] / public:.2f} times that here. How the machines compare: machine_speed.py.",
            ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
