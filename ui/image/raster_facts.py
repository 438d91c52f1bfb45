"""Facts of a raster layer as far as they matter to a run, and how the form says them."""

from dataclasses import dataclass
from typing import List, Optional, Tuple

from qgis.core import (
    Qgis,
    QgsDistanceArea,
    QgsPointXY,
    QgsProject,
    QgsRasterDataProvider,
    QgsRasterLayer,
)

from ..base.i18n import tr
from ..base.notes import Note, Remedy
from ..base.numbers import count_text, number_text
from ..form.job_builder import JobRefused, NotAFile, raster_path
from ..model_store.info import ModelInfo

COARSE_FACTOR = 2.0
FINE_FACTOR = 4.0
"""Beyond these ratios to the model's resolution the card warns: a coarser raster lacks the detail the
model relies on; a finer one is reduced, which costs time and gains nothing."""

RGB = 3
"""Bands of a picture in colour."""


@dataclass(frozen=True)
class RasterFacts:
    """A raster in figures.

    Attributes:
        width_px, height_px: Size.
        data_types: Type of each band, e.g. "Byte".
        resolution_m: Ground size of a pixel at the centre; None without a usable CRS.
        crs: Authority id or name of the CRS; empty if there is none.
        has_nodata: True if some band declares a nodata value.
        has_palette: True if the values of its first band are numbers of colours.
        num_transparency: Number of bands that say how transparent a pixel is.
    """

    width_px: int
    height_px: int
    data_types: Tuple[str, ...]
    resolution_m: Optional[float]
    crs: str
    has_nodata: bool
    has_palette: bool = False
    num_transparency: int = 0

    @property
    def num_bands(self) -> int:
        """Number of bands."""
        return len(self.data_types)

    @property
    def num_data_bands(self) -> int:
        """Number of bands that show something: what the model can take."""
        return self.num_bands - self.num_transparency


@dataclass(frozen=True)
class InputCard:
    """What the form says about the chosen layer.

    Attributes:
        summary: One line of facts.
        notes: What may spoil the map, and, as an error, what makes a run impossible; each with its remedies.
    """

    summary: str = ""
    notes: Tuple[Note, ...] = ()

    @property
    def refusal(self) -> str:
        """Sentence why no run is possible; empty if one is."""
        return next((note.text for note in self.notes if note.level == "error"), "")

    @property
    def remedies(self) -> Tuple[str, ...]:
        """Keys of the remedies that are offered."""
        return tuple(remedy.key for note in self.notes for remedy in note.remedies)


def describe_layer(
    layer: Optional[QgsRasterLayer], model: Optional[ModelInfo], *, bands_are_chosen: bool = False, pixel_m: float = 0.0
) -> InputCard:
    """Return the input card of a layer for a model (None where the model is not known).

    Args:
        layer: The layer; None if none is chosen.
        model: The model that would classify it.
        bands_are_chosen: True if the user says which bands the model gets: one may be named three times.
        pixel_m: Ground size of a pixel that the user gave; 0 takes the layer's own.
    """
    if layer is None:
        text = tr("Add an image to the project, open a file, or try a sample.")
        return InputCard(notes=(Note("error", text, (open_remedy(), sample_remedy())),))
    try:
        raster_path(layer)
    except NotAFile as error:
        return InputCard(notes=(_service_note(layer, str(error)),))
    except JobRefused as error:
        return InputCard(notes=(Note("error", str(error), (open_remedy(),)),))
    facts = facts_of(layer)
    refusals = [] if bands_are_chosen else _refusals(facts, model)
    return InputCard(_summary(facts), (*refusals, *_warnings(facts, model, pixel_m)))


def open_remedy() -> Remedy:
    """Return the way to another image."""
    return Remedy("open", tr("Open an image…"), tr("Open an image file that is not in the project"))


def sample_remedy() -> Remedy:
    """Return the way to an image for who has none."""
    tip = tr("Adds an aerial photograph that comes with the plugin")
    return Remedy("sample", tr("Try with a sample scene"), tip)


def _service_note(layer: QgsRasterLayer, why: str) -> Note:
    if not (layer.isValid() and layer.crs().isValid()):
        return Note("error", why, (open_remedy(),))
    text = tr(
        "This layer comes from a {kind} source, not from a file. “Make a file of it” takes what the map shows, "
        "or the rectangle under “Area”, at the model's resolution."
    ).format(kind=layer.providerType().upper())
    tip = tr("Renders the layer to a GeoTIFF and chooses that")
    return Note("error", text, (Remedy("render", tr("Make a file of it"), tip),))


def facts_of(layer: QgsRasterLayer) -> RasterFacts:
    """Read the facts of a valid raster layer."""
    provider = layer.dataProvider()
    bands = range(1, layer.bandCount() + 1)
    return RasterFacts(
        width_px=layer.width(),
        height_px=layer.height(),
        data_types=tuple(_type_name(provider, band) for band in bands),
        resolution_m=_ground_resolution(layer),
        crs=(layer.crs().authid() or layer.crs().description()) if layer.crs().isValid() else "",
        has_nodata=any(provider.sourceHasNoDataValue(band) for band in bands),
        has_palette=bool(provider.colorTable(1)),
        num_transparency=sum(provider.colorInterpretationName(band).lower() == "alpha" for band in bands),
    )


def color_bands(layer: QgsRasterLayer) -> Tuple[int, int, int]:
    """Return the bands that say they are red, green and blue; bands 1 to 3 where they do not say."""
    provider = layer.dataProvider()
    kinds = [provider.colorInterpretationName(band).lower() for band in range(1, layer.bandCount() + 1)]
    if all(color in kinds for color in ("red", "green", "blue")):
        return kinds.index("red") + 1, kinds.index("green") + 1, kinds.index("blue") + 1
    last = layer.bandCount()
    return 1, min(2, last), min(3, last)


def _summary(facts: RasterFacts) -> str:
    bands = tr("1 band") if facts.num_bands == 1 else tr("{n} bands").format(n=facts.num_bands)
    parts = [f"{count_text(facts.width_px)} × {count_text(facts.height_px)} px", bands, facts.data_types[0]]
    if facts.resolution_m:
        parts.append(tr("{m} m per pixel").format(m=number_text(facts.resolution_m)))
    if facts.has_nodata:
        parts.append(tr("nodata value set"))
    # A word joiner keeps "EPSG:32633" from being broken at its colon.
    parts.append(facts.crs.replace(":", ":\u2060") or tr("no CRS"))
    return " · ".join(parts)


def _refusals(facts: RasterFacts, model: Optional[ModelInfo]) -> List[Note]:
    needed = model.num_bands if model else RGB
    if facts.num_data_bands >= needed or (facts.has_palette and needed == RGB):
        return []  # the engine expands a palette to its colours
    if facts.num_data_bands == 1:
        text = tr(
            "The image has one band and no colour palette; the model needs {needed} (red, green, blue). Choose an "
            "image in colour."
        ).format(needed=needed)
        grey = Remedy("grey", tr("Use it as grey"), tr("Gives the model the one band as red, green and blue"))
        return [Note("error", text, (grey, open_remedy()))]
    text = tr("The raster has {found} bands; the model needs {needed} (red, green, blue).")
    choose = Remedy("bands", tr("Choose bands"), tr("Say which band the model gets as red, green and blue"))
    return [Note("error", text.format(found=facts.num_data_bands, needed=needed), (choose, open_remedy()))]


def _warnings(facts: RasterFacts, model: Optional[ModelInfo], pixel_m: float) -> List[Note]:
    said = []
    if not facts.crs and not pixel_m:
        text = tr("No CRS: areas are counted in pixels, and the pixel size is taken to be the model's.")
        crs = Remedy("crs", tr("Set the CRS…"), tr("Say which coordinate reference system the layer has"))
        size = Remedy("resolution", tr("Give the pixel size"), tr("Say how many metres a pixel has on the ground"))
        said.append(Note("warning", text, (crs, size)))
    if facts.data_types[0] != tr("8-bit"):
        said.append(Note("info", tr("Not 8-bit: the values are stretched once, the same for the whole raster.")))
    resolution_m = pixel_m or facts.resolution_m
    if model and resolution_m:
        said.extend(_resolution_notes(resolution_m, model.ground_resolution_m))
    return said


def _resolution_notes(raster_m: float, model_m: float) -> List[Note]:
    figures = {"raster": number_text(raster_m), "model": number_text(model_m)}
    if raster_m > COARSE_FACTOR * model_m:
        text = tr("Pixels of {raster} m are coarser than the model's {model} m: expect a poor map.").format(**figures)
        other = Remedy("models", tr("Another model…"), tr("Look for a model that was made for such pixels"))
        return [Note("warning", text, (other,))]
    if raster_m * FINE_FACTOR < model_m:
        text = tr("Pixels of {raster} m are finer than the model's {model} m: detail below that is not used.")
        return [Note("info", text.format(**figures))]
    return []


def _ground_resolution(layer: QgsRasterLayer) -> Optional[float]:
    """Measure the pixel at the layer's centre on the ellipsoid, in metres."""
    if not layer.crs().isValid():
        return None
    measure = QgsDistanceArea()
    measure.setSourceCrs(layer.crs(), QgsProject.instance().transformContext())
    measure.setEllipsoid(layer.crs().ellipsoidAcronym() or "WGS84")
    centre = layer.extent().center()
    dx, dy = layer.rasterUnitsPerPixelX(), layer.rasterUnitsPerPixelY()
    east = measure.measureLine(centre, QgsPointXY(centre.x() + dx, centre.y()))
    north = measure.measureLine(centre, QgsPointXY(centre.x(), centre.y() + dy))
    resolution = (east * north) ** 0.5
    return resolution if 0 < resolution < 1e6 else None


def _type_name(provider: QgsRasterDataProvider, band: int) -> str:
    kind = Qgis.DataType
    return {
        kind.Byte: tr("8-bit"),
        kind.UInt16: tr("16-bit"),
        kind.Int16: tr("16-bit signed"),
        kind.UInt32: tr("32-bit"),
        kind.Int32: tr("32-bit signed"),
        kind.Float32: tr("32-bit float"),
        kind.Float64: tr("64-bit float"),
    }.get(provider.sourceDataType(band), tr("other type"))
