"""The matrix of faults names tests that there are."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "faults.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`([\w/]+\.py)::(\w+)`", PAGE)))


def test_matrix_has_its_34_rows_each_with_a_test_or_the_word_that_there_is_none():
    rows = {int(r[1]): r[0] for r in re.finditer(r"^\| (\d+) \|.*\|$", PAGE, re.MULTILINE)}

    assert sorted(rows) == list(range(1, 35))
    without = [number for number, row in rows.items() if "::" not in row]
    assert all("no test" in rows[number] for number in without)
    assert without == [24]


@pytest.mark.parametrize(("path", "name"), NAMED, ids=[f"{p}::{n}" for p, n in NAMED])
def test_named_test_is_there(path, name):
    text = (ROOT / "tests" / path).read_text(encoding="utf-8")

    assert re.search(rf"^(def )?{name}\b", text, re.MULTILINE), f"docs/faults.md names {path}::{name}; mend the page."
