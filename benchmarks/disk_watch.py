"""Watches how much a folder holds, from a process of its own: `python benchmarks/disk_watch.py FOLDER PID`.

Ends when its standard input does, and prints the largest sum of sizes that it saw. Files of the watched process that
were removed but are still open count. Some hundreds of looks a second catch what lies there for hundredths of a
second, such as a database beside its journal.
"""

import os
import subprocess
import sys
import threading

PAUSE_S = 0.003


class DiskWatch:
    """Context manager around a run of this process; `peak` is there after leaving, less what was there before."""

    def __init__(self, folder):
        self.folder, self.peak = folder, 0
        self._before = held_bytes(str(folder), os.getpid())

    def __enter__(self):
        command = [sys.executable, __file__, str(self.folder), str(os.getpid())]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._process.stdout.readline()  # it is looking
        return self

    def __exit__(self, *_):
        out, _ = self._process.communicate()
        self.peak = int(out) - self._before


def held_bytes(folder, pid):
    """Return the bytes of all files in a folder and of those that a process holds open without a name."""
    total, folders = 0, [folder]
    while folders:
        try:
            entries = list(os.scandir(folders.pop()))
        except OSError:
            continue
        for entry in entries:
            try:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                else:
                    total += entry.stat(follow_symlinks=False).st_size
            except OSError:
                continue
    try:
        handles = list(os.scandir(f"/proc/{pid}/fd"))
    except OSError:
        return total
    for handle in handles:
        try:
            if not os.readlink(handle.path).startswith(folder):
                continue
            status = os.stat(handle.path)
        except OSError:
            continue
        if status.st_nlink == 0:
            total += status.st_size
    return total


def main():
    folder, pid = sys.argv[1], int(sys.argv[2])
    stopped = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), stopped.set()), daemon=True).start()
    print("looking", flush=True)
    peak = held_bytes(folder, pid)
    while not stopped.wait(PAUSE_S):
        peak = max(peak, held_bytes(folder, pid))
    print(peak)


if __name__ == "__main__":
    main()
