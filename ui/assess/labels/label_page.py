"""Page on which points are labelled: a button and a key for each class, remarks, and the way through the points."""

from typing import Dict, Iterable, List

from qgis.gui import QgsScaleComboBox
from qgis.PyQt.QtCore import QSize, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QSpinBox,
    QWidget,
)

from ...base.i18n import tr
from ...base.widgets import MutedLabel, WrappingLabel, column_layout, form_layout, plain_tip, swatch
from ..drawn_sample import SampleClass
from .key_bindings import KeyBindings
from .label_file import PointLabel

CLASS_KEYS = "1234567890" + "QWERZUIOP" + "DFGHJKL"
"""Keys of the classes; those that QGIS uses by itself are left out."""

ALTERNATE_KEY, NOT_SURE_KEY, SKIP_KEY, BACK_KEY, NEXT_KEY = ",", ".", "-", "Backspace", "Return"
CONFIDENCES = ("high", "medium", "low")


class LabelPage(QWidget):
    """What is asked about a point, and what can be answered.

    Signals:
        class_chosen: Name of a class.
        not_sure_wanted: The label of this point is not to be counted.
        skip_wanted: Pass the point over.
        step_wanted: Points to go on by; below 0 back.
        jump_wanted: Number of the point to go to.
        scale_changed: Scale of the map, 1 over which.
        view_wanted: One more view of another layer.
        report_wanted: On to the estimates.
        remarks_changed: A remark was edited.
    """

    class_chosen = pyqtSignal(str)
    not_sure_wanted = pyqtSignal()
    skip_wanted = pyqtSignal()
    step_wanted = pyqtSignal(int)
    jump_wanted = pyqtSignal(int)
    scale_changed = pyqtSignal(float)
    view_wanted = pyqtSignal()
    report_wanted = pyqtSignal()
    remarks_changed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__()
        self.progress = QProgressBar()
        self.counts = MutedLabel()
        self.question = WrappingLabel()
        self.answer = MutedLabel()
        self.class_buttons: List[QPushButton] = []
        self._class_box = QWidget()
        self._grid = QGridLayout(self._class_box)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.keys = KeyBindings(self)
        self._make_controls()
        self._build()
        self.show_classes(())

    @property
    def is_alternate(self) -> bool:
        """Whether the next class is the second choice."""
        return self.alternate.isChecked()

    def show_classes(self, classes: Iterable[SampleClass]) -> None:
        """Show a button for each class, with its key."""
        self._clear_classes()
        for index, each in enumerate(classes):
            key = CLASS_KEYS[index] if index < len(CLASS_KEYS) else ""
            button = QPushButton(swatch(each.color), f"{key}  {each.name}".strip().replace("&", "&&"))
            button.setToolTip(plain_tip(tr("This point is “{name}”").format(name=each.name)))
            button.setStyleSheet("text-align: left")
            button.setMinimumSize(QSize(40, 0))
            button.clicked.connect(lambda _checked, name=each.name: self.class_chosen.emit(name))
            self._grid.addWidget(button, index // 2, index % 2)
            self.class_buttons.append(button)
        self.keys.set_actions(
            [
                (ALTERNATE_KEY, self.alternate.click),
                (NOT_SURE_KEY, self.not_sure.click),
                (SKIP_KEY, self.skip.click),
                (BACK_KEY, self.back.click),
                (NEXT_KEY, self.forward.click),
                *((key, button.click) for key, button in zip(CLASS_KEYS, self.class_buttons)),  # noqa: B905 - 3.9
            ]
        )

    def show_point(self, point: PointLabel, last: int) -> None:
        """Show what is known of a point; tells nobody."""
        kind = tr(" (reserve)") if point.is_reserve else ""
        self.question.setText(
            tr("Point {number} of {last}{kind}: what do you see inside the outline?").format(
                number=point.number, last=last, kind=kind
            )
        )
        self.answer.setText(_answer(point))
        for widget in (self.confidence, self.image_date, self.note, self.jump):
            widget.blockSignals(True)
        self.confidence.setCurrentIndex(max(0, self.confidence.findData(point.confidence)))
        self.image_date.setText(point.image_date or (self.image_date.text() if not point.is_done else ""))
        self.note.setText(point.note)
        self.jump.setMaximum(last)
        self.jump.setValue(point.number)
        for widget in (self.confidence, self.image_date, self.note, self.jump):
            widget.blockSignals(False)
        self.alternate.setChecked(False)

    def show_counts(self, points: Iterable[PointLabel]) -> None:
        """Show how far the work is; points of the reserve count once somebody has looked at them."""
        counted = [p for p in points if p.is_done or not p.is_reserve]
        done = sum(p.is_done for p in counted)
        self.progress.setRange(0, max(1, len(counted)))
        self.progress.setValue(done)
        self.counts.setText(
            tr("{done} of {all} looked at · {unsure} not sure · {skipped} skipped").format(
                done=done,
                all=len(counted),
                unsure=sum(p.not_sure for p in counted),
                skipped=sum(p.skipped for p in counted),
            )
        )

    def remarks(self) -> Dict[str, str]:
        """Return confidence, date of the image and note as they are written now."""
        return {
            "confidence": self.confidence.currentData(),
            "image_date": self.image_date.text().strip(),
            "note": self.note.text().strip(),
        }

    def _make_controls(self) -> None:
        self.alternate = QPushButton(tr("{key}  Second choice").format(key=ALTERNATE_KEY))
        self.alternate.setCheckable(True)
        self.alternate.setToolTip(tr("The class you click next is noted as the second choice"))
        self.not_sure = _button(NOT_SURE_KEY, tr("Not sure"), tr("Do not count the label of this point"))
        self.skip = _button(SKIP_KEY, tr("Skip"), tr("Pass this point over"))
        self.back = _button("⌫", tr("Back"), tr("To the point before"))
        self.forward = _button("⏎", tr("Next"), tr("To the next point"))
        self.jump = QSpinBox()
        self.jump.setMinimum(1)
        self.jump.setPrefix(tr("Point "))
        self.jump.setKeyboardTracking(False)
        self.jump.setToolTip(tr("Go to this point"))
        self.goes_on = QCheckBox(tr("Go on to the next point after a label"))
        self.goes_on.setChecked(True)
        self.goes_on.setToolTip(tr("A label turns to the next point by itself"))
        self.confidence = QComboBox()
        for key, title in (("", ""), *zip(CONFIDENCES, (tr("high"), tr("medium"), tr("low")))):  # noqa: B905 - 3.9
            self.confidence.addItem(title, key)
        self.confidence.setToolTip(tr("How sure you are of the label"))
        self.image_date = QLineEdit()
        self.image_date.setToolTip(tr("Date of the image that the label was taken from"))
        self.image_date.setPlaceholderText(tr("2024-06-30; kept for the next points"))
        self.note = QLineEdit()
        self.note.setToolTip(tr("Anything worth remembering of this point"))
        self.scale = QgsScaleComboBox()
        self.scale.setToolTip(tr("Scale of the map at every point"))
        self.hide_maps = QCheckBox(tr("Hide the map that is assessed"))
        self.hide_maps.setChecked(True)
        self.hide_maps.setToolTip(tr("Labels must not be taken from the map: it is hidden while you label"))
        self.view = QPushButton(tr("View of another layer…"))
        self.view.setToolTip(tr("Open a second map of the same place, with another layer: an older image, a service"))
        self.report = QPushButton(tr("Estimate…"))
        self.report.setToolTip(tr("To accuracy and areas from the labels so far"))
        self._connect()

    def _connect(self) -> None:
        self.not_sure.clicked.connect(lambda _checked: self.not_sure_wanted.emit())
        self.skip.clicked.connect(lambda _checked: self.skip_wanted.emit())
        self.back.clicked.connect(lambda _checked: self.step_wanted.emit(-1))
        self.forward.clicked.connect(lambda _checked: self.step_wanted.emit(1))
        self.jump.valueChanged.connect(self.jump_wanted)
        self.scale.scaleChanged.connect(self.scale_changed)
        self.view.clicked.connect(lambda _checked: self.view_wanted.emit())
        self.report.clicked.connect(lambda _checked: self.report_wanted.emit())
        self.confidence.currentIndexChanged.connect(lambda _index: self.remarks_changed.emit())
        self.image_date.editingFinished.connect(self.remarks_changed)
        self.note.editingFinished.connect(self.remarks_changed)

    def _build(self) -> None:
        layout = column_layout(self)
        for widget in (self.progress, self.counts, self.question, self._class_box, self.answer):
            layout.addWidget(widget)
        for pair in ((self.alternate, self.not_sure), (self.back, self.skip, self.forward)):
            row = QHBoxLayout()
            for button in pair:
                row.addWidget(button)
            layout.addLayout(row)
        form = form_layout()
        for title, widget in (
            (tr("Confidence"), self.confidence),
            (tr("Date of the image"), self.image_date),
            (tr("Note"), self.note),
            (tr("Scale"), self.scale),
            (tr("Go to"), self.jump),
        ):
            form.addRow(title, widget)
        layout.addLayout(form)
        for widget in (self.goes_on, self.hide_maps, self.view):
            layout.addWidget(widget)
        layout.addStretch(1)
        layout.addWidget(self.report)

    def _clear_classes(self) -> None:
        for button in self.class_buttons:
            button.hide()
            button.deleteLater()
        self.class_buttons = []


def _button(key: str, text: str, tip: str) -> QPushButton:
    button = QPushButton(f"{key}  {text}")
    button.setToolTip(tip)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def _answer(point: PointLabel) -> str:
    parts = [tr("Label: {name}").format(name=point.label)] if point.label else []
    parts += [tr("second choice: {name}").format(name=point.alternate)] if point.alternate else []
    parts += [tr("not sure")] if point.not_sure else []
    parts += [tr("skipped")] if point.skipped else []
    return " · ".join(parts) or tr("No label yet.")
