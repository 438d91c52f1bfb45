"""What the parts of benchmarks/engine.py share: a run of the engine in this process, and how rows are told."""

import itertools
import resource
import tempfile
import time
from pathlib import Path


def device_of(point):
    from uhr_landcover.engine.system.device import choose_device

    return choose_device(point["device"])


def settings_of(preset):
    from uhr_landcover.engine.contract.job import Preset
    from uhr_landcover.engine.plan.presets import PRESETS

    return PRESETS[Preset(preset)]


def megabytes(size):
    return round(size / 1e6)


def loaded(row):
    return " (loaded)" if row["loaded"] else ""


def processor_seconds():
    """Return the processor time of this process and of those that it has waited for."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


class Stages:
    """Notes when the stages of a run begin, and the peak of resident memory of each."""

    def __init__(self):
        self.begun, self.peaks = {}, {}
        self._now = "start"

    def enter(self, name):
        """Note that a stage begins; nothing happens if it has begun already."""
        from uhr_landcover.engine.system.host import peak_memory_bytes

        if name == self._now:
            return
        self.peaks[self._now] = max(self.peaks.get(self._now, 0), peak_memory_bytes())
        forget_peak()
        self.begun.setdefault(name, (time.perf_counter(), processor_seconds()))
        self._now = name

    def durations(self):
        """Return wall and processor seconds by stage."""
        steps = itertools.pairwise([*self.begun.items(), ("end", (time.perf_counter(), processor_seconds()))])
        return {a: [round(e - b, 2) for b, e in zip(begin, end, strict=True)] for (a, begin), (_, end) in steps}


class Waits:
    """Measures how long the thread of the network waits for tiles to be read, and for the one before to be written."""

    def __init__(self):
        self.for_reading = self.for_writing = 0.0

    def __enter__(self):
        from uhr_landcover.engine.run import classification

        self._own = read_ahead, finish = classification._read_ahead, classification._Writer.finish

        def timed_reading(*args):
            tiles = read_ahead(*args)
            while True:
                began = time.perf_counter()
                tile = next(tiles, None)
                self.for_reading += time.perf_counter() - began
                if tile is None:
                    return
                yield tile

        def timed_finish(writer):
            began = time.perf_counter()
            finish(writer)
            self.for_writing += time.perf_counter() - began

        classification._read_ahead, classification._Writer.finish = timed_reading, timed_finish
        return self

    def __exit__(self, *_):
        from uhr_landcover.engine.run import classification

        classification._read_ahead, classification._Writer.finish = self._own


def forget_peak():
    """Let the peak of this process's resident memory begin anew, where the system can."""
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:
        pass


def run_engine(point, raster, checkpoint="", formats=("gpkg",)):
    """Run a job on a raster in this process; return the row's data."""
    import torch

    from uhr_landcover.engine.contract.job import SegmentationJob
    from uhr_landcover.engine.run.pipeline import run
    from uhr_landcover.engine.system.run_context import RunContext
    from uhr_landcover.models.inference.timing import gpu_process_bytes

    plan, stages = {}, Stages()

    def emit(event):
        plan.update(getattr(event, "plan", None) or {})
        if stage := getattr(event, "stage", None):
            stages.enter(stage.value)

    with tempfile.TemporaryDirectory(dir=point["work"]) as out:
        output = {"directory": out, "name": "map", "vector_formats": list(formats)}
        job = SegmentationJob.from_dict({
            "raster": str(raster), "method": point.get("method", "isdnet"), "preset": point["preset"],
            "device": point["device"], "checkpoint": str(checkpoint), "output": output,
        })  # fmt: skip
        started, used = time.perf_counter(), processor_seconds()
        with Waits() as waits:
            result = run(job, RunContext(emit))
        seconds, used = time.perf_counter() - started, processor_seconds() - used
        durations = stages.durations()
        stages.enter("end")
    host = max(stages.peaks.values())
    on_gpu = plan["device"].startswith("cuda")
    pixels = plan["area_px"][0] * plan["area_px"][1]
    return {
        "device_title": plan["device_title"], "precision": plan["precision"], "batch": plan["batch"],
        "threads": plan["torch_threads"], "tiles": result.tiles, "pixels": pixels, "seconds": round(seconds, 2),
        "cpu_s": round(used, 2), "mpx_per_s": pixels / 1e6 / seconds, "stage_s": durations,
        "waits_s": [round(waits.for_reading, 2), round(waits.for_writing, 2)],
        "stage_mb": {name: megabytes(size) for name, size in stages.peaks.items() if name != "end"},
        "host_mb": megabytes(host), "predicted_host_mb": megabytes(plan["predicted_host_bytes"]),
        "allocated_mb": megabytes(result.peak_device_bytes),
        "reserved_mb": megabytes(torch.cuda.max_memory_reserved()) if on_gpu else 0,
        "process_mb": megabytes(gpu_process_bytes() if on_gpu else host),
        "predicted_seconds": plan["predicted_seconds"],
    }  # fmt: skip
