"""Equality with the public implementations, on the cases in tests/golden."""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
sys.path.insert(0, str(GOLDEN))

from check import check_folder  # noqa: E402
from fill import fill_tensor, golden_image  # noqa: E402

VECTORS = json.loads((GOLDEN / "fill_vectors.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("vector", VECTORS["weights"], ids=lambda v: v["key"])
def test_fill_rule_gives_the_recorded_values(vector):
    values = fill_tensor(vector["key"], vector["shape"], vector["gain"], vector["seed"]).numpy()

    assert hashlib.sha256(values.astype("<f4").tobytes()).hexdigest() == vector["sha256_float32_le"]


@pytest.mark.parametrize("name", ["isdnet_small", "glnet_small"])
def test_golden_image_rule_gives_the_recorded_pixels(name):
    facts = json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))

    image = golden_image(facts["h"], facts["w"], facts["image_seed"])

    assert hashlib.sha256(image.tobytes()).hexdigest() == facts["image_sha256"]


def test_networks_equal_the_public_implementations():
    rows = check_folder(GOLDEN)

    assert {row[0] for row in rows} == {"isdnet_small", "glnet_small"}
    assert [row for row in rows if not row[-1]] == []


def test_check_script_fails_on_a_folder_without_cases(tmp_path):
    done = subprocess.run([sys.executable, GOLDEN / "check.py", tmp_path], capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert "No golden case" in done.stdout
