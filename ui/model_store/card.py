"""The card of a model, for people: what it tells apart, where it comes from, how well it did."""

from html import escape
from typing import Iterable, List, Optional

from qgis.PyQt.QtCore import QLocale
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from ..base.class_names import card_text, class_name
from ..base.i18n import tr
from .info import ModelInfo, Score

WIDTH_PX, HEIGHT_PX = 560, 620


STARTER_NOTICES = (
    "A starter: trained on open imagery of a few places, it finds towns, fields, woods and water on many images and is "
    "often wrong about rangeland and barren land. Measure it on yours.",
    "A starter for trying out the software: trained on 36 small scenes of one city, "
    "seven small patches and generated landscapes, it does not transfer to other regions.",
)
"""The warnings in the cards of the starters that ship."""


class ModelCardDialog(QDialog):
    """Shows a card; nothing in it is a link, a picture or a script, whatever the checkpoint's author wrote."""

    def __init__(self, model: ModelInfo, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Model card: {title}").format(title=model.title))
        self.setObjectName("UhrLandCoverModelCard")
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.setHtml(card_html(model))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self.text)
        layout.addWidget(buttons)
        self.resize(WIDTH_PX, HEIGHT_PX)


def card_html(model: ModelInfo) -> str:
    """Return a card as rich text; every text of the card is escaped."""
    parts = [f"<h2>{escape(model.title)}</h2>"]
    if model.notice:
        parts.append(f"<p><b>{escape(notice_sentence(model.notice))}</b></p>")
    parts += [
        _heading(tr("Classes")),
        "<table cellpadding='3'>" + "".join(_class_rows(model)) + "</table>",
        f"<p>{escape(_figures(model))}</p>",
    ]
    if model.weak_classes:
        parts.append(f"<p>{escape(weak_sentence(model))}</p>")
    parts += _listed(tr("What it is not good for"), map(card_text, model.limits))
    if model.scores:
        parts += [_heading(tr("Measured")), "<table cellpadding='3'>", _score_head(), *map(_score_row, model.scores)]
        parts.append("</table><p>" + escape(tr("Scenes named “test” were held out from training.")) + "</p>")
    parts += _listed(tr("Trained on"), map(card_text, model.data))
    if model.licence:
        parts += [_heading(tr("Licence")), f"<p>{escape(model.licence)}</p>"]
    return "".join(parts)


def notice_sentence(notice: str) -> str:
    """Return a card's warning, ours in the language of QGIS; other cards speak for themselves."""
    return card_text(notice)


def short_notice(model: ModelInfo) -> str:
    """Return a card's warning in a line or two, with the classes that the model has hardly learnt; empty for none."""
    parts = [notice_sentence(model.notice)]
    if model.notice in STARTER_NOTICES:
        parts = [tr("For trying out: it was trained on few places.")]
    if model.weak_classes:
        parts.append(tr("Weak in: {names}.").format(names=", ".join(map(class_name, model.weak_classes))))
    return " ".join(part for part in parts if part)


def weak_sentence(model: ModelInfo) -> str:
    """Return the sentence that names the classes a model has hardly learnt; empty if there are none."""
    if not model.weak_classes:
        return ""
    return tr("Hardly learnt, do not rely on: {names}.").format(names=", ".join(map(class_name, model.weak_classes)))


def _figures(model: ModelInfo) -> str:
    return tr("Needs {n} bands. Made for {m} m per pixel.").format(
        n=model.num_bands, m=QLocale().toString(model.ground_resolution_m, "g", 3)
    )


def _class_rows(model: ModelInfo) -> Iterable[str]:
    for name, color in zip(model.class_names, model.class_colors):  # noqa: B905 - not in Python 3.9
        red, green, blue = (min(255, max(0, v)) for v in color)
        # A line around it: one of the classes is as white as the page.
        style = f"background-color:#{red:02x}{green:02x}{blue:02x}; border:1px solid #808080"
        yield f"<tr><td style='{style}'>&nbsp;&nbsp;&nbsp;&nbsp;</td><td>{escape(class_name(name))}</td></tr>"


def _score_head() -> str:
    titles = (tr("Scenes"), tr("Mean IoU"), tr("Right pixels"), tr("IoU of each class"))
    return "<tr>" + "".join(f"<th align='left'>{escape(title)}</th>" for title in titles) + "</tr>"


def _score_row(score: Score) -> str:
    each = ", ".join(f"{class_name(name)} {_share(value)}" for name, value in score.iou)
    cells = (score.scenes, _share(score.mean_iou), _share(score.accuracy), each)
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"


def _share(value: Optional[float]) -> str:
    return "–" if value is None else QLocale().toString(value, "f", 2)


def _listed(title: str, sentences: Iterable[str]) -> List[str]:
    items = "".join(f"<li>{escape(text)}</li>" for text in sentences)
    return [_heading(title), f"<ul>{items}</ul>"] if items else []


def _heading(text: str) -> str:
    return f"<h3>{escape(text)}</h3>"
