"""The model card: complete for the starters, harmless whatever a checkpoint's author wrote."""

from dataclasses import replace

from uhr_landcover.ui.model_card import ModelCardDialog, card_html
from uhr_landcover.ui.model_info import model_in_use

HOSTILE = "<script>alert(1)</script><img src='file:///etc/passwd'>&"


def test_card_of_the_starter_tells_classes_figures_data_licence_and_limits(qgis_app):
    dialog = ModelCardDialog(model_in_use("isdnet", ""))

    text = dialog.text.toPlainText()

    for part in ("Water", "dubai_mbrsc, test", "CC0-1.0", "Hardly learnt", "Trained on", "for trying out"):
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
