"""What this machine has: cores, memory, disk space. Standard library only."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from pathlib import Path


def usable_cores() -> int:
    """Return how many processor cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1


def free_memory_bytes() -> int:
    """Return how much host memory is free for use; 0 if the system does not tell."""
    if sys.platform.startswith("linux"):
        return _linux_status("/proc/meminfo", "MemAvailable")
    if sys.platform == "win32":
        return _windows_free_memory()
    return 0


def peak_memory_bytes() -> int:
    """Return the largest resident memory of this process so far; 0 if the system does not tell."""
    if sys.platform.startswith("linux"):
        return _linux_status("/proc/self/status", "VmHWM")
    if sys.platform == "darwin":
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return 0


def free_disk_bytes(folder: Path) -> int:
    """Return the free space of the file system that holds a folder, which need not exist yet."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return shutil.disk_usage(folder).free


def _linux_status(path: str, key: str) -> int:
    with open(path, encoding="ascii", errors="replace") as file:
        for line in file:
            if line.startswith(f"{key}:"):
                return int(line.split()[1]) * 1024
    return 0


def _windows_free_memory() -> int:
    class Status(ctypes.Structure):
        _fields_ = (
            ("length", ctypes.c_ulong),
            ("load", ctypes.c_ulong),
            *((name, ctypes.c_ulonglong) for name in ("total", "free", "c", "d", "e", "f", "g")),
        )

    status = Status(length=ctypes.sizeof(Status))
    ctypes.windll.kernel32.GlobalMemoryStatusEx(ctypes.byref(status))
    return int(status.free)
