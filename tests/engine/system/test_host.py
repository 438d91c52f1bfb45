"""What freed memory does: kept for the next tile, or given back."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

PROBE = """
import json, resource
import numpy as np
from uhr_landcover.engine.system.host import ANY_SIZE, give_back_freed_memory, keep_freed_memory, resident_memory_bytes

def faults_of_a_piece():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    np.empty(80 << 20, np.uint8).fill(1)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

def twice(size):
    give_back_freed_memory()
    keep_freed_memory(size)
    return [faults_of_a_piece() for _ in range(2)]

found = {"all": twice(ANY_SIZE), "small": twice(32 << 20)}
keep_freed_memory(ANY_SIZE)
faults_of_a_piece()
held = resident_memory_bytes()
give_back_freed_memory()
print(json.dumps({**found, "given back": held - resident_memory_bytes()}))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems are left as they are")
def test_large_freed_pieces_are_used_again_only_where_all_are_kept():
    done = subprocess.run([sys.executable, "-c", PROBE], capture_output=True, text=True, check=True, timeout=120)

    found = json.loads(done.stdout)
    assert found["all"][1] * 10 < found["all"][0]
    assert found["small"][1] * 10 > found["small"][0]
    assert found["given back"] > 70 << 20
