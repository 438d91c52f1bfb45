"""Linter, formatter and type checker over the checkout; how many findings of types a room may have.

The versions are pinned in tests/requirements-lint.txt. Runs on QGIS's Python: standard library only, Python 3.9 syntax.
"""

import json
import os
import re
import subprocess
from collections import Counter

import environments

ALLOWED = environments.ROOT / "tools" / "type_findings.json"
"""Findings of types by room. A count may only fall; rooms that are not named have none."""

PACKAGES = ("engine", "models", "ui")
FINDING = re.compile(r"uhr_landcover[/\\]((?:engine|models|ui)(?:[/\\]\w+)?)[/\\].*: error: ")


def run(python, update=False):
    """Check style, format and types with an interpreter that has the tools; return the exit status."""
    ruff = [str(python), "-m", "ruff"]
    states = [subprocess.call([*ruff, *step], cwd=environments.ROOT) for step in (["check"], ["format", "--check"])]
    return max(*states, check_types(python, update))


def check_types(python, update=False):
    """Count the type checker's findings by room and compare them with what is allowed."""
    done = subprocess.run(
        [str(python), "-m", "mypy", *(part for name in PACKAGES for part in ("-p", f"uhr_landcover.{name}"))],
        cwd=environments.ROOT,
        env={**os.environ, "MYPYPATH": str(environments.PLUGINS)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in (0, 1) or "checked" not in done.stdout:
        print(done.stdout[-2000:], done.stderr[-2000:])
        return 2
    found = counts(done.stdout)
    if update:
        ALLOWED.write_text(json.dumps(found, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    allowed = json.loads(ALLOWED.read_text(encoding="utf-8"))
    for sentence in (problems := verdicts(found, allowed)):
        print(sentence)
    more = [room for room in found if found[room] > allowed.get(room, 0)]
    print(*(line for line in done.stdout.splitlines() if _room(line) in more), sep="\n", end="\n" if more else "")
    print(f"Types: {sum(found.values())} findings, {sum(allowed.values())} allowed.")
    return 1 if problems else 0


def counts(output):
    """Return the number of findings of each room in the type checker's output."""
    return dict(Counter(room for line in output.splitlines() if (room := _room(line))))


def _room(line):
    found = FINDING.search(line)
    return found[1].replace("\\", "/") if found else None


def verdicts(found, allowed):
    """Return a sentence for each room whose count is not the allowed one."""
    more = [
        f"{room} has {n} findings of the type checker, {allowed.get(room, 0)} are allowed: mend the new ones below."
        for room, n in sorted(found.items())
        if n > allowed.get(room, 0)
    ]
    fewer = [
        f"{room} has {found.get(room, 0)} findings of the type checker, fewer than the {n} allowed: run "
        "./dev lint --update and commit tools/type_findings.json, so that they stay mended."
        for room, n in sorted(allowed.items())
        if found.get(room, 0) < n
    ]
    return more + fewer
