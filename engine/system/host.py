"""Host: its cores, memory, disk space and folder for what may be lost. Standard library only."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from . import container


def usable_cores() -> int:
    """Return how many processor cores this process may use, in a container those of its share."""
    there = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    allowed = container.processors() if sys.platform.startswith("linux") else None
    return max(1, min(there, allowed or there))


def free_memory_bytes() -> int:
    """Return how much host memory is free for use; 0 if the system does not tell."""
    if sys.platform.startswith("linux"):
        return _least(_linux_status("/proc/meminfo", "MemAvailable"), container.free_memory_bytes())
    if sys.platform == "win32":
        return int(_windows_memory().free)
    return 0


def total_memory_bytes() -> int:
    """Return how much memory the host has; 0 if the system does not tell."""
    if sys.platform.startswith("linux"):
        return _least(_linux_status("/proc/meminfo", "MemTotal"), container.memory_limit_bytes())
    if sys.platform == "win32":
        return int(_windows_memory().total)
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):
        return 0


def resident_memory_bytes() -> int:
    """Return the resident memory of this process now; where the system does not tell, its peak so far."""
    if sys.platform.startswith("linux"):
        return _linux_status("/proc/self/status", "VmRSS")
    return _windows_process_bytes()[0] if sys.platform == "win32" else peak_memory_bytes()


def peak_memory_bytes() -> int:
    """Return the largest resident memory of this process so far; 0 if the system does not tell."""
    if sys.platform.startswith("linux"):
        return _linux_status("/proc/self/status", "VmHWM")
    if sys.platform == "darwin":
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return _windows_process_bytes()[1] if sys.platform == "win32" else 0


def share_freed_memory() -> None:
    """Let all threads take memory from one store; to be called before there are any.

    Each thread of its own keeps what it has freed to itself, and nobody else can use it. Other systems than Linux are
    left as they are.
    """
    library = _linux_c_library()
    if library is not None:
        library.mallopt(_M_ARENA_MAX, 1)


ANY_SIZE = 2**62
"""Larger than any piece of memory."""


def keep_freed_memory(above_bytes: int) -> None:
    """Let freed memory be used again instead of going back to the system, in pieces up to a size.

    The C library of Linux gives large pieces back at once, and getting them again costs a page fault for every 4 KB: a
    quarter of a forward pass (measured). Other systems are left as they are.

    Args:
        above_bytes: Larger pieces than this still go back at once; 32 MiB is the most that the C library can keep
            apart from `ANY_SIZE`, for which everything is kept, and the gaps between what is used with it.
    """
    library = _linux_c_library()
    if library is not None:
        keeps_all = above_bytes > _MOST_KEPT_BYTES
        library.mallopt(_M_MMAP_THRESHOLD, _MOST_KEPT_BYTES if keeps_all else above_bytes)
        library.mallopt(_M_MMAP_MAX, 0 if keeps_all else _USUAL_MMAP_MAX)
        library.mallopt(_M_TRIM_THRESHOLD, 2**31 - 1)


def give_back_freed_memory() -> None:
    """Return what is free to the system, and from now on large freed pieces at once."""
    library = _linux_c_library()
    if library is not None:
        library.mallopt(_M_MMAP_THRESHOLD, _LARGE_PIECE_BYTES)
        library.mallopt(_M_MMAP_MAX, _USUAL_MMAP_MAX)
        library.mallopt(_M_TRIM_THRESHOLD, _LARGE_PIECE_BYTES)
        library.malloc_trim(0)


def free_disk_bytes(folder: Path) -> int:
    """Return the free space of the file system that holds a folder, which need not exist yet."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return shutil.disk_usage(folder).free


def cache_folder() -> Path:
    """Return this program's folder for what may be lost; it need not exist."""
    try:
        home = Path.home()
    except RuntimeError:  # no HOME, and a user whom the system does not know, as in containers
        home = Path(tempfile.gettempdir()) / f"uhr_landcover-{getattr(os, 'getuid', int)()}"
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = str(home / "Library" / "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(home / ".cache")
    return Path(base) / "uhr_landcover"


def _least(of_machine: int, of_container: int | None) -> int:
    return of_machine if of_container is None else min(of_machine or of_container, of_container)


def _linux_status(path: str, key: str) -> int:
    with open(path, encoding="ascii", errors="replace") as file:
        for line in file:
            if line.startswith(f"{key}:"):
                return int(line.split()[1]) * 1024
    return 0


_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_MMAP_MAX, _M_ARENA_MAX = -1, -3, -4, -8
_MOST_KEPT_BYTES = 32 * 1024**2
_USUAL_MMAP_MAX = 65536
_LARGE_PIECE_BYTES = 1024**2


def _linux_c_library() -> ctypes.CDLL | None:
    if not sys.platform.startswith("linux"):
        return None
    library = ctypes.CDLL(None)
    return library if hasattr(library, "mallopt") and hasattr(library, "gnu_get_libc_version") else None


def _windows_process_bytes() -> tuple[int, int]:
    """Return the resident memory of this process, now and at its peak."""

    class Counters(ctypes.Structure):
        _fields_ = (
            ("length", ctypes.c_ulong),
            ("faults", ctypes.c_ulong),
            *((name, ctypes.c_size_t) for name in ("peak", "now", "a", "b", "c", "d", "e", "f")),
        )

    counters = Counters(length=ctypes.sizeof(Counters))
    kernel = _windows_kernel()
    kernel.GetCurrentProcess.restype = ctypes.c_void_p
    kernel.K32GetProcessMemoryInfo.argtypes = (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_ulong)
    kernel.K32GetProcessMemoryInfo(kernel.GetCurrentProcess(), ctypes.byref(counters), counters.length)
    return int(counters.now), int(counters.peak)


def _windows_memory() -> ctypes.Structure:
    class Status(ctypes.Structure):
        _fields_ = (
            ("length", ctypes.c_ulong),
            ("load", ctypes.c_ulong),
            *((name, ctypes.c_ulonglong) for name in ("total", "free", "c", "d", "e", "f", "g")),
        )

    status = Status(length=ctypes.sizeof(Status))
    _windows_kernel().GlobalMemoryStatusEx(ctypes.byref(status))
    return status


def _windows_kernel() -> Any:
    return ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
