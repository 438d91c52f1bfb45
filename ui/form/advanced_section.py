"""Advanced choices of a run: what most people leave alone, remembered from run to run."""

from dataclasses import replace
from typing import Iterable, List, Optional, Tuple

from qgis.core import QgsRasterLayer
from qgis.gui import QgsCollapsibleGroupBox, QgsRasterBandComboBox
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QDoubleSpinBox, QLineEdit

from ...engine.contract.job import Augmentation, OutputSpec, RasterFormat, ReadErrorPolicy, SegmentationJob
from ..base.buttons import CheckBox
from ..base.i18n import language, tr
from ..base.widgets import Heading, folding_form, narrow
from ..image.raster_facts import color_bands
from .polygon_fields import BorderFields, FormatBoxes


class AdvancedSection(QgsCollapsibleGroupBox):
    """Which results, how polygons are made, what computes, and how the image is read.

    Signals:
        changed: Another choice.
        image_changed: Another choice that matters to whether the image suits the model.
    """

    changed = pyqtSignal()
    image_changed = pyqtSignal()

    def __init__(self) -> None:
        super().__init__(tr("Advanced"))
        self.setCollapsed(True)
        self.setScrollOnExpand(False)
        self.name = QLineEdit()
        self.name.setToolTip(tr("File name of the results, without extension. A number is added if it is taken."))
        self.formats = FormatBoxes()
        self.borders = BorderFields(with_layers=True)
        self.report = CheckBox(
            tr("Report (HTML)"), tr("One page with the map, the areas, the recipe and the warnings, to read or print")
        )
        self.report.setChecked(True)
        self.confidence = CheckBox(
            tr("Confidence raster"),
            tr("How sure the model was of each pixel, in per cent; it is not the chance of being right"),
        )
        self.probabilities = CheckBox(
            tr("Probabilities of all classes"), tr("A raster with a band for each class, in per cent")
        )
        self.refined_patches = CheckBox(
            tr("Patches that PPN refined"), tr("The patches that the method chose to refine, as polygons")
        )
        self.raster_format = narrow(QComboBox())
        self.raster_format.addItem(tr("GeoTIFF"), RasterFormat.GEOTIFF)
        self.raster_format.addItem(tr("Cloud-optimised GeoTIFF"), RasterFormat.COG)
        self.raster_format.setToolTip(tr("Layout of the class raster; both open in every GIS"))
        self.device = narrow(QComboBox())
        self.device.setToolTip(tr("What computes: the processor, or a graphics card that the engine found"))
        self.augmentation = narrow(QComboBox())
        for title, kind in zip(looks(), Augmentation):  # noqa: B905 - not in Python 3.9
            self.augmentation.addItem(title, kind)
        self.augmentation.setToolTip(
            tr("The mean of several looks makes a slightly better map and takes as many times as long.")
        )
        self.resolution = _metres()
        self.choose_bands = CheckBox(
            tr("Choose bands"), tr("Otherwise the bands that say they are red, green and blue are taken")
        )
        self.bands = tuple(QgsRasterBandComboBox() for _ in range(3))
        tip = tr("Otherwise a damaged block ends the run.")
        self.skip_unreadable = CheckBox(tr("Leave unreadable blocks empty"), tip)
        self.offer_devices([("cpu", tr("CPU"))])
        self._build()
        self._connect()

    def set_layer(self, layer: Optional[QgsRasterLayer]) -> None:
        """Offer the bands of a layer, red, green and blue first where it says which they are."""
        for combo in self.bands:
            combo.blockSignals(True)
            combo.setLayer(layer)
        if layer is not None:
            self.show_bands(color_bands(layer))
        for combo in self.bands:
            combo.blockSignals(False)

    def show_bands(self, bands: Iterable[int]) -> None:
        """Show these bands as red, green and blue."""
        for combo, band in zip(self.bands, bands):  # noqa: B905 - not in Python 3.9
            combo.setBand(band)

    def chosen_bands(self) -> Tuple[int, ...]:
        """Return red, green and blue band; empty to let the engine find them."""
        return tuple(combo.currentBand() for combo in self.bands) if self.choose_bands.isChecked() else ()

    def take_bands(self, bands: Tuple[int, ...]) -> None:
        """Choose these bands by hand; none leaves it to the engine."""
        self.show_bands(bands)
        self.choose_bands.setChecked(bool(bands))

    def offer_devices(self, devices: Iterable[Tuple[str, str]]) -> None:
        """Offer (name, title) pairs beside the automatic choice; what is chosen stays chosen."""
        chosen = self.device.currentData()
        self.device.clear()
        for name, title in (("auto", tr("Automatic")), *devices):
            self.device.addItem(title, name)
        self.choose_device(chosen or "auto")

    def choose_device(self, name: str) -> None:
        """Choose a device; one that is not known (yet) is offered by its bare name."""
        if self.device.findData(name) < 0:
            self.device.addItem(name, name)
        self.device.setCurrentIndex(self.device.findData(name))

    def show_method(self, method: str) -> None:
        """Offer what only this method has."""
        self.refined_patches.setVisible(method == "ppn")

    def output(self, directory: str, method: str) -> OutputSpec:
        """Return which files are wanted, into a folder.

        Raises:
            JobError: If a value is out of range.
        """
        return OutputSpec(
            directory=directory,
            name=self.name.text().strip(),
            vector_formats=self.formats.chosen(),
            polygons=self.borders.spec(),
            raster_format=self.raster_format.currentData(),
            confidence=self.confidence.isChecked(),
            probabilities=self.probabilities.isChecked(),
            refined_patches=self.refined_patches.isChecked() and method == "ppn",
            report=self.report.isChecked(),
            language=language(),
        )

    def read_errors(self) -> ReadErrorPolicy:
        """Return what to do with damaged blocks."""
        return ReadErrorPolicy.NODATA if self.skip_unreadable.isChecked() else ReadErrorPolicy.FAIL

    def show_job(self, job: SegmentationJob) -> None:
        """Show what a job says."""
        output = job.output
        self.name.setText(output.name)
        self.formats.choose(tuple(f.value for f in output.vector_formats))
        self.borders.show_spec(output.polygons)
        self.report.setChecked(output.report)
        self.confidence.setChecked(output.confidence)
        self.probabilities.setChecked(output.probabilities)
        self.refined_patches.setChecked(output.refined_patches)
        self.raster_format.setCurrentIndex(self.raster_format.findData(output.raster_format))
        self.choose_device(job.device)
        self.augmentation.setCurrentIndex(self.augmentation.findData(job.augmentation))
        self.resolution.setValue(job.ground_resolution_m)
        self.take_bands(job.bands)
        self.skip_unreadable.setChecked(job.on_read_error is ReadErrorPolicy.NODATA)

    def what_stays(self, job: SegmentationJob) -> SegmentationJob:
        """Return the part of a job that is remembered: nothing that belongs to one image."""
        return replace(job, output=replace(job.output, name=""), bands=(), ground_resolution_m=0.0, area=None)

    def _build(self) -> None:
        form = folding_form(self)
        form.addRow(Heading(tr("Polygons")))
        form.addRow(self.formats)
        self.borders.add_to(form)
        form.addRow(Heading(tr("Results")))
        form.addRow(tr("Name"), self.name)
        form.addRow(tr("Class raster"), self.raster_format)
        for box in (self.report, self.confidence, self.probabilities, self.refined_patches):
            form.addRow(box)
        form.addRow(Heading(tr("Computing")))
        form.addRow(tr("Device"), self.device)
        form.addRow(tr("Looks"), self.augmentation)
        form.addRow(Heading(tr("Image")))
        form.addRow(tr("Pixel size"), self.resolution)
        form.addRow(self.choose_bands)
        for text, combo in zip((tr("Red"), tr("Green"), tr("Blue")), self.bands):  # noqa: B905 - not in Python 3.9
            combo.setEnabled(False)
            combo.setToolTip(tr("Band of the image that the model gets as {color}").format(color=text.lower()))
            self.choose_bands.toggled.connect(combo.setEnabled)
            form.addRow(text, narrow(combo))
        form.addRow(self.skip_unreadable)

    def _connect(self) -> None:
        for signal in (self.formats.changed, self.borders.changed):
            signal.connect(self.changed)
        for box in (self.report, self.confidence, self.probabilities, self.refined_patches, self.skip_unreadable):
            box.toggled.connect(lambda _on: self.changed.emit())
        for combo in (self.raster_format, self.device, self.augmentation):
            combo.currentIndexChanged.connect(lambda _index: self.changed.emit())
        self.resolution.valueChanged.connect(lambda _value: self.image_changed.emit())
        self.choose_bands.toggled.connect(lambda _on: self.image_changed.emit())
        for combo in self.bands:
            combo.bandChanged.connect(lambda _band: self.image_changed.emit())
        self.image_changed.connect(self.changed)


def looks() -> List[str]:
    """Return the kinds of test-time augmentation in words, in the order of Augmentation."""
    return [tr("One"), tr("Four, mirrored"), tr("Eight, mirrored and turned")]


def _metres() -> QDoubleSpinBox:
    spin = QDoubleSpinBox()
    spin.setRange(0.0, 10_000.0)
    spin.setDecimals(3)
    spin.setSuffix(tr(" m"))
    spin.setSpecialValueText(tr("As the image says"))
    spin.setToolTip(tr("Ground size of a pixel, for images that do not tell it themselves"))
    return spin
