"""Limits of a container: memory and processors that Linux's control groups (versions 1 and 2) leave to this process.

The files of the machine tell of all its memory; who takes more than the group may have is killed without a word.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

PROC, GROUPS = Path("/proc"), Path("/sys/fs/cgroup")

NO_LIMIT = 1 << 60
"""Version 1 writes a number close to 2⁶³ where there is no limit."""


def memory_limit_bytes(proc: Path = PROC, groups: Path = GROUPS) -> int | None:
    """Return the memory that the group may have; None if nothing limits it."""
    found = (_number(f / name) for f, name in _files("memory", proc, groups, "memory.max", "memory.limit_in_bytes"))
    return min((limit for limit in found if limit is not None and limit < NO_LIMIT), default=None)


def free_memory_bytes(proc: Path = PROC, groups: Path = GROUPS) -> int | None:
    """Return what is left of the memory that the group may have; None if nothing limits it.

    What the system keeps of files counts as free: it gives it up when memory is asked for.
    """
    left = []
    for folder, name in _files("memory", proc, groups, "memory.max", "memory.limit_in_bytes"):
        limit = _number(folder / name)
        if limit is None or limit >= NO_LIMIT:
            continue
        is_new = name == "memory.max"
        used = _number(folder / ("memory.current" if is_new else "memory.usage_in_bytes")) or 0
        cached = _statistic(folder / "memory.stat", "inactive_file" if is_new else "total_inactive_file")
        left.append(max(0, limit - max(0, used - cached)))
    return min(left, default=None)


def processors(proc: Path = PROC, groups: Path = GROUPS) -> int | None:
    """Return the processors whose time the group may have, a begun one as a whole; None if nothing limits it."""
    shares = []
    for folder, name in _files("cpu", proc, groups, "cpu.max", "cpu.cfs_quota_us"):
        if name == "cpu.max":
            quota, _, period = _text(folder / name).partition(" ")
        else:
            quota, period = _text(folder / name), _text(folder / "cpu.cfs_period_us")
        if quota.isdigit() and period.isdigit() and int(period) > 0:
            shares.append(int(quota) / int(period))
    return max(1, math.ceil(min(shares))) if shares else None


def _files(controller: str, proc: Path, groups: Path, new: str, old: str) -> Iterator[tuple[Path, str]]:
    """Yield the folders that limit this process, the group's own and those around it, and the file's name there."""
    for line in _text(proc / "self" / "cgroup").splitlines():
        number, _, rest = line.partition(":")
        controllers, _, path = rest.partition(":")
        if number == "0" and not controllers:
            yield from _upwards(groups, path, new)
        elif controller in controllers.split(","):
            yield from _upwards(groups / controller, path, old)
            yield from _upwards(groups / controllers, path, old)


def _upwards(root: Path, path: str, name: str) -> Iterator[tuple[Path, str]]:
    # In a container the path may be that of the machine, of which only the container's own part is mounted.
    folder = root / path.lstrip("/") if ".." not in path else root
    while True:
        if (folder / name).is_file():
            yield folder, name
        if folder == root or root not in folder.parents:
            return
        folder = folder.parent


def _number(path: Path) -> int | None:
    text = _text(path)
    return int(text) if text.isdigit() else None


def _statistic(path: Path, key: str) -> int:
    for line in _text(path).splitlines():
        name, _, value = line.partition(" ")
        if name == key and value.isdigit():
            return int(value)
    return 0


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""
