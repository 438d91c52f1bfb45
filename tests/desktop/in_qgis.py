"""Runs pytest inside the QGIS desktop that was started with `--code` on this file (see run.sh)."""

import os
import shlex
import sys
import traceback
from pathlib import Path

from qgis.PyQt.QtCore import QTimer

ARGUMENTS = ["-q", "-ra", "-p", "no:pytest_qgis", "-p", "no:cacheprovider", "--capture=no", "--import-mode=importlib"]


def run_tests():
    """Run the tests in the running desktop, leave their status behind and end the process."""
    status = 99
    try:
        sys.path.append(os.environ["UHR_DESKTOP_SITE"])
        import pytest

        # QGIS replaces the streams by its own console.
        sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
        root = Path(os.environ["UHR_DESKTOP_TESTS"]).parents[1]
        extra = shlex.split(os.environ.get("UHR_DESKTOP_ARGS", ""))
        status = int(pytest.main([*ARGUMENTS, "--rootdir", str(root), *extra, os.environ["UHR_DESKTOP_TESTS"]]))
    except BaseException:
        traceback.print_exc()
    Path(os.environ["UHR_DESKTOP_STATUS"]).write_text(str(status))
    sys.stdout.flush()
    # Not through the menu: a question about unsaved layers would wait for an answer.
    os._exit(status)


QTimer.singleShot(0, run_tests)
