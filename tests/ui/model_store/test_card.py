"""The model card: complete for the starters, harmless whatever a checkpoint's author wrote."""

from dataclasses import replace

import pytest

from uhr_landcover.ui.base import class_names
from uhr_landcover.ui.model_store.card import STARTER_NOTICES, ModelCardDialog, card_html, notice_sentence
from uhr_landcover.ui.model_store.info import model_in_use

HOSTILE = "<script>alert(1)</script><img src='file:///etc/passwd'>&"


def test_card_of_the_starter_tells_classes_figures_data_licence_and_limits(qgis_app):
    dialog = ModelCardDialog(model_in_use("isdnet", ""))

    text = dialog.text.toPlainText()

    for part in ("Water", "dubai_mbrsc, test", "Apache-2.0", "Hardly learnt", "Trained on", "A starter"):
        assert part in text, part


def test_card_escapes_what_the_checkpoint_says(qgis_app):
    model = model_in_use("isdnet", "")
    hostile = replace(
        model,
        title=HOSTILE,
        notice=HOSTILE,
        licence=HOSTILE,
        data=(HOSTILE,),
        limits=(HOSTILE,),
        class_names=(HOSTILE,) * len(model.class_names),
        weak_classes=(HOSTILE,),
        scores=(replace(model.scores[0], scenes=HOSTILE, iou=((HOSTILE, 0.5),)),),
    )

    page = card_html(hostile)

    assert "<script" not in page
    assert "<img" not in page
    assert page.count("&lt;script") >= 8


@pytest.mark.parametrize("method", ["isdnet", "ppn", "glnet"])
def test_warning_of_the_starters_is_a_text_of_the_plugin(method):
    model = model_in_use(method, "")

    assert model.notice in STARTER_NOTICES
    assert notice_sentence("Another card's own words.") == "Another card's own words."


@pytest.mark.parametrize("method", ["isdnet", "ppn", "glnet"])
@pytest.mark.parametrize("locale", ["de", "es", "fr"])
def test_every_sentence_of_the_starters_cards_is_translated(method, locale, monkeypatch):
    monkeypatch.setattr(class_names, "language", lambda: locale)
    model = model_in_use(method, "")

    assert [s for s in (model.notice, *model.data, *model.limits) if notice_sentence(s) == s] == []


def test_card_speaks_the_language_of_qgis(monkeypatch):
    monkeypatch.setattr(class_names, "language", lambda: "de")
    from uhr_landcover.engine.requests.fine_tune import OWN_NOTICE

    page = card_html(model_in_use("isdnet", ""))

    assert "Ein Startmodell: Gelernt an offenen Bildern" in page
    assert "Wasser" in page
    assert "Water" not in page
    assert notice_sentence(OWN_NOTICE).startswith("Vom Benutzer")
