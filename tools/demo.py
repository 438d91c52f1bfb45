"""The demo: one raster through the engine, from pixels to polygons and a picture of the map."""

import os
import subprocess
import sys
from pathlib import Path

import environments

OUT = environments.ROOT / "out" / "demo"
PHOTOGRAPH = environments.ROOT / "resources" / "samples" / "carolina_coast.tif"
SCENE = OUT / "scene.tif"
SCENE_SIZE = ("2600", "1900")
SCENE_SEED = "1"


class DemoFailed(Exception):
    """The engine refused or broke off; the message is its sentence."""


def run(python, raster):
    """Classify `raster`, or else an aerial photograph and a generated scene; return the exit status."""
    OUT.mkdir(parents=True, exist_ok=True)
    try:
        for source in [Path(raster).resolve()] if raster else [PHOTOGRAPH, _generated_scene(python)]:
            _classify(python, source)
    except DemoFailed as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _classify(python, source):
    print(f"{source.name}:", flush=True)
    # The demo's own folder: its results of last time are replaced.
    result = _engine(python, "segment", source, "--method", "isdnet", "--out", OUT, "--overwrite")
    picture = OUT / f"{Path(result['class_raster']).stem}.png"
    _engine(python, "picture", result["class_raster"], "--raster", source, "--out", picture, "--overwrite")
    _report(result, picture)


def _generated_scene(python):
    if not SCENE.exists():
        _engine(python, "scene", SCENE, "--size", *SCENE_SIZE, "--seed", SCENE_SEED)
    return SCENE


def _engine(python, command, *arguments):
    """Run one engine command, show its events, and return the data of its result."""
    line = [str(python), "-m", "uhr_landcover.engine", "--json", command, *map(str, arguments)]
    environment = {**os.environ, **environments.engine_variables(python)}
    # From another folder than the repository, whose own folders would be taken for packages.
    child = subprocess.Popen(line, stdout=subprocess.PIPE, env=environment, cwd=OUT, encoding="utf-8")
    outcome = None
    for text in child.stdout:
        outcome = _show(command, text) or outcome
    status = child.wait()
    if outcome is None:
        raise DemoFailed(f"The engine's command '{command}' ended with status {status} and without a result.")
    if outcome[0] == "error":
        raise DemoFailed(f"The engine's command '{command}' failed: {outcome[1]}")
    return outcome[1]


def _show(command, text):
    """Show one event; return ("result", data) or ("error", sentence) for the last one, else None."""
    from uhr_landcover.engine.contract import events

    event = events.decode(text)
    if isinstance(event, events.Progress):
        _show_progress(command, event)
    elif isinstance(event, events.Note):
        print(f"  {event.level}: {event.message}", flush=True)
    elif isinstance(event, events.Result):
        return "result", event.data
    elif isinstance(event, events.Failure):
        return "error", event.message + ("\n" + event.details if event.code is events.ErrorCode.INTERNAL else "")
    return None


def _show_progress(command, event):
    # On a terminal the line is rewritten; in a log only the end of each stage is worth a line.
    done = event.total and event.done >= event.total
    if sys.stdout.isatty() or done:
        line = f"  {command}: {event.stage.value} {event.done}/{event.total} {event.unit}"
        print(f"\r{line:<70}" if sys.stdout.isatty() else line, end="\n" if done else "", flush=True)


def _report(result, picture):
    print(f"\nLand cover by {result.get('model_name') or 'the engine'} in {result.get('seconds', 0):.1f} s:")
    for row in result.get("areas", ()):
        area = "" if row.get("area_m2") is None else f"{row['area_m2'] / 1e4:12.2f} ha"
        print(f"  {row['class_name']:<20}{row['share']:8.1%}{area}")
    if result.get("model_notice"):
        print(f"Note: {result['model_notice']}")
    print("Wrote:")
    for name in [*result["files"], picture]:
        print(f"  {os.path.relpath(name)}")
