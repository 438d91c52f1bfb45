"""How a network's threads wait for each other on a busy machine: `python benchmarks/thread_waiting.py [--busy N]`.

Times the starter of ISDNet on one tile with all cores, in turns: with the way of waiting that PyTorch's GNU OpenMP has
of its own (threads spin), and with the one that the engine's command line sets (OMP_WAIT_POLICY=PASSIVE: they sleep).
`--busy` starts as many processes that do nothing but count. Each row says what share of the machine others took.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time

from bench_support import RESULTS, Points, table, write_markdown

CHILD = """
import json, sys, time, torch
from uhr_landcover.models.checkpoint import load_checkpoint, starter_path
torch.set_num_threads(int(sys.argv[1]))
network = load_checkpoint(starter_path("isdnet")).network.for_inference().to(memory_format=torch.channels_last)
image = torch.rand(1, 3, 1024, 1024).contiguous(memory_format=torch.channels_last)
with torch.inference_mode():
    network(image)
    wall, used = time.perf_counter(), time.process_time()
    for _ in range(int(sys.argv[2])):
        network(image)
    wall, used = time.perf_counter() - wall, time.process_time() - used
print(json.dumps([wall / int(sys.argv[2]), used / int(sys.argv[2])]))
"""
WAYS = {"spin (OpenMP's own)": {}, "sleep (ours)": {"OMP_WAIT_POLICY": "PASSIVE"}}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--busy", type=int, nargs="+", default=(0, 1))
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--passes", type=int, default=4)
    args = parser.parse_args()
    points = Points(RESULTS / "thread_waiting.jsonl")
    for busy in args.busy:
        points.run(f"{busy} busy, {args.turns} turns of {args.passes}", lambda b=busy: measure(b, args))
    write_markdown(points.path.with_suffix(".md"), report(points.rows()))


def measure(busy, args):
    counting = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(busy)]
    times = {name: [] for name in WAYS}
    try:
        time.sleep(1)
        for _ in range(args.turns):
            for name, settings in WAYS.items():
                times[name].append(_time(settings, args.passes))
    finally:
        for process in counting:
            process.kill()
            process.wait()
    return {
        "busy": busy, "threads": os.cpu_count(),
        "ways": {name: [statistics.median(t[i] for t in own) for i in (0, 1)] for name, own in times.items()},
        "all": times,
    }  # fmt: skip


def _time(settings, passes):
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("OMP_", "GOMP_"))}
    command = [sys.executable, "-c", CHILD, str(os.cpu_count()), str(passes)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={**plain, **settings})
    return json.loads(done.stdout)


def report(rows):
    body = [
        (r["busy"], name, r["threads"], f"{wall:.3g}", f"{used:.3g}", f"{r['ways'][next(iter(WAYS))][0] / wall:.2f} ×",
         f"{100 * r['others_share']:.0f} %")
        for r in rows for name, (wall, used) in r["ways"].items()
    ]  # fmt: skip
    header = ("processes that count", "threads that wait", "threads", "wall s", "processor s", "faster", "others took")
    return (
        f"# How threads wait\n\n{rows[-1]['date'][:10]}, torch {rows[-1]['torch']}, {rows[-1]['machine']}, commit "
        f"{rows[-1]['commit']}. The starter of ISDNet on a tile of 1024 px, median of the turns. The last column "
        f"leaves out the processes that count, which belong to the benchmark.\n\n{table(header, body)}"
    )


if __name__ == "__main__":
    main()
