import pytest
from qgis.core import Qgis

from uhr_landcover.engine.contract.events import ErrorCode, Failure, Progress, Stage
from uhr_landcover.ui.base import messages


@pytest.mark.parametrize("code", list(ErrorCode), ids=lambda c: c.value)
def test_every_error_code_has_a_title_and_keeps_the_engine_s_sentence(code):
    message = messages.explain(Failure(code, "Found 1 band."))

    assert message.title
    assert message.full_text.startswith(f"{message.title}: Found 1 band.")
    assert message.is_error is (code is not ErrorCode.CANCELLED)


@pytest.mark.parametrize("stage", list(Stage), ids=lambda s: s.value)
def test_every_stage_has_a_name(stage):
    assert messages.stage_name(stage)


def test_progress_text_tells_stage_count_and_time_left():
    text = messages.progress_text(Progress(Stage.CLASSIFY, 12, 60, "tiles", 200.0))

    assert text == "Classifying · 12 of 60 tiles · about 3 min left"


@pytest.mark.parametrize(("seconds", "text"), [(0.2, "1 s"), (59, "59 s"), (61, "1 min"), (7300, "2 h 2 min")])
def test_duration(seconds, text):
    assert messages.duration(seconds) == text
    assert Qgis.QGIS_VERSION
