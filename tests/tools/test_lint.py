"""What ./dev lint makes of the type checker's output."""

from pathlib import Path

import pytest

TOOLS = Path(__file__).resolve().parents[2] / "tools"

OUTPUT = """\
.venv/plugins/uhr_landcover/engine/raster/classes/a.py:5: error: Wrong  [arg-type]
.venv/plugins/uhr_landcover/engine/bootstrap.py:7: error: Wrong  [arg-type]
.venv/plugins/uhr_landcover/models/card.py:7: error: Wrong  [arg-type]
.venv/plugins/uhr_landcover/models/card.py:8: note: See there
Found 3 errors in 3 files (checked 9 source files)
"""


@pytest.fixture
def lint(monkeypatch):
    monkeypatch.syspath_prepend(str(TOOLS))
    import lint

    return lint


def test_findings_are_counted_by_room(lint):
    assert lint.counts(OUTPUT) == {"engine/raster": 1, "engine": 1, "models": 1}


@pytest.mark.parametrize(("found", "sentences"), [(3, 0), (4, 1), (2, 1)])
def test_a_count_that_is_not_the_allowed_one_is_told(lint, found, sentences):
    told = lint.verdicts({"engine/run": found}, {"engine/run": 3})

    assert len(told) == sentences
    assert all("engine/run" in sentence for sentence in told)


def test_rooms_that_are_to_hold_have_no_finding_allowed(lint):
    import json

    allowed = json.loads(lint.ALLOWED.read_text(encoding="utf-8"))

    assert [
        f"engine/{r}" for r in ("contract", "system", "raster", "tiles", "coverage") if f"engine/{r}" in allowed
    ] == []
