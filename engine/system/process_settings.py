"""Settings of the whole process, made by entry points only: threads that wait, and the store of memory."""

from __future__ import annotations

import os

from .host import share_freed_memory


def configure_process() -> None:
    """Set up this process for networks; to be called before PyTorch is loaded and before there are other threads.

    Lets a network's threads that wait for each other sleep, where nobody has chosen otherwise. GNU OpenMP, which
    PyTorch brings along on Linux, lets them spin. Where other programs take the cores, the halves of each layer then
    wait for each other at the cost of whole time slices: a run took six times as long (measured). And lets all threads
    take memory from one store.
    """
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    share_freed_memory()
