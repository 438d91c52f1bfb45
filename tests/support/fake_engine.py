"""A scripted stand-in for the engine's interpreter: an executable that plays a few lines of Python."""

import json
import stat
import sys
from pathlib import Path

PRELUDE = """\
import json, signal, sys, time

def say(event, **data):
    sys.stdout.write(json.dumps({"event": event, **data}) + "\\n")
    sys.stdout.flush()

if "-c" in sys.argv:  # the probe
    sys.stdout.write(json.dumps({"python": [3, 11, 2], "missing": []}))
    sys.exit(0)
job = json.load(open(sys.argv[-1], encoding="utf-8")) if sys.argv[-1].endswith("job.json") else {}
say("hello", protocol=1, version="0.1.0", pid=1)
if sys.argv[-1] == "check":
    devices = [{"name": "cpu", "title": "CPU, 2 cores"}, {"name": "cuda:0", "title": "Fake GPU, 8 GB"}]
    say("result", data={"devices": devices, "passed": ["network"]})
    sys.exit(0)
"""


def write_fake_python(folder: Path, body: str) -> str:
    """Write an executable that speaks the engine's protocol as `body` says; return its path."""
    path = folder / "fake-python"
    path.write_text(f"#!{sys.executable} -S\n{PRELUDE}{body}", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def result_line(data: dict) -> str:
    """Return Python source that says a result."""
    return f"say('result', data=json.loads({json.dumps(json.dumps(data))}))\n"
