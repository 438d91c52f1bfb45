"""Only inside the desktop that run.sh starts: elsewhere this test is left out."""

import os
import sys
from pathlib import Path

IN_FRESH_PROFILE = "UHR_FIRST_MAP_ZIP" in os.environ
collect_ignore_glob = [] if IN_FRESH_PROFILE else ["test_*.py"]
sys.path.append(str(Path(__file__).parent))
sys.path.append(str(Path(__file__).resolve().parents[1] / "support"))
