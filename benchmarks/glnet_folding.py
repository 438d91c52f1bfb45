"""How much each folding step of GLNet brings: `python benchmarks/glnet_folding.py [--image-px 2448] [--runs 3]`.

All rungs of the ladder are timed in turns within one run on random weights and one random image, so that their ratios
hold on a machine that also does other things; every rung's scores are compared with the unfolded ones. Writes a
Markdown file into benchmarks/results.
"""

import argparse
import datetime
import platform
import sys
import time
from pathlib import Path

import torch

from uhr_landcover.models.glnet import build_glnet
from uhr_landcover.models.glnet_base import GLNetConfig
from uhr_landcover.models.glnet_folded import STEPS, FoldedGLNet

RESULTS = Path(__file__).resolve().parent / "results"


def main() -> None:
    """Run the ladder and write its result file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--path", default="global_and_local", choices=("global_to_local", "global_and_local"))
    parser.add_argument("--image-px", type=int, default=2448)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--out", type=Path, default=None)
    args = parser.parse_args()
    out = args.out or RESULTS / f"glnet_folding_{args.path}_{args.device.split(':')[0]}_{datetime.date.today()}.md"
    rows = measure(args)
    out.parent.mkdir(parents=True, exist_ok=True)
    temporary = out.with_suffix(".tmp")
    temporary.write_text(report(args, rows), encoding="utf-8")
    temporary.replace(out)
    print(out.read_text(encoding="utf-8"))


def measure(args: argparse.Namespace) -> list[tuple[str, float, float, float]]:
    """Return (name, wall seconds, process seconds, largest relative difference) of every rung; the best of the runs."""
    torch.manual_seed(0)
    plain = random_network(args.path).to(args.device)
    image = torch.rand(1, 3, args.image_px, args.image_px, device=args.device)
    rungs = [("unfolded", plain)]
    rungs += [("+ " + STEPS[i].replace("_", " "), FoldedGLNet(plain, STEPS[: i + 1])) for i in range(len(STEPS))]
    best = {name: (float("inf"), float("inf")) for name, _ in rungs}
    reference, differences = None, {}
    with torch.inference_mode():
        for _ in range(args.runs):
            for name, network in rungs:
                wall, cpu = time.perf_counter(), time.process_time()
                scores = network.scores(image)
                if args.device != "cpu":
                    torch.cuda.synchronize()
                seconds = (time.perf_counter() - wall, time.process_time() - cpu)
                best[name] = tuple(map(min, best[name], seconds))
                reference = scores if reference is None else reference
                differences[name] = float((scores - reference).abs().max())
    scale = float(reference.abs().max())
    return [(name, *best[name], differences[name] / scale) for name, _ in rungs]


def random_network(path: str) -> torch.nn.Module:
    """Return a network of the published size whose scores have about the magnitude of a trained one's."""
    network = build_glnet(config=GLNetConfig(path=path)).eval()
    for name, module in network.named_modules():
        if isinstance(module, torch.nn.Conv2d) and "resnet" not in name:
            torch.nn.init.normal_(module.weight, std=(1.5 / module.weight[0].numel()) ** 0.5)
    return network


def report(args: argparse.Namespace, rows: list[tuple[str, float, float, float]]) -> str:
    """Return the result file's text."""
    device = torch.cuda.get_device_name(args.device) if args.device != "cpu" else platform.machine()
    command = "python benchmarks/glnet_folding.py " + " ".join(sys.argv[1:])
    lines = [
        f"# GLNet's folding ladder, {args.path}, {args.image_px} × {args.image_px} px",
        "",
        f"{datetime.date.today()}, torch {torch.__version__}, {device}, {torch.get_num_threads()} threads, fp32, "
        f"best of {args.runs} runs in turns. Command: `{command.strip()}`. Published widths, random weights.",
        "",
        "| form | wall s | process s | ratio (process) | largest difference / largest score |",
        "|---|---|---|---|---|",
    ]
    base = rows[0][2]
    lines += [f"| {n} | {wall:.2f} | {cpu:.2f} | {base / cpu:.2f} × | {d:.1e} |" for n, wall, cpu, d in rows]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
