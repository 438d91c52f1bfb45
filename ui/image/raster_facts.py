"""What a raster layer is, as far as it matters to a run, and how the form says it."""

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
        warnings: Sentences that do not hinder a run.
        refusal: Sentence why no run is possible; empty if one is.
        can_be_rendered: True for a layer that is no file but shows something: a part of it can be made a file.
    """

    summary: str = ""
    warnings: Tuple[str, ...] = ()
    refusal: str = ""
    can_be_rendered: bool = False


def describe_layer(
    layer: Optional[QgsRasterLayer], model: Optional[ModelInfo], *, bands_are_chosen: bool = False
) -> InputCard:
    """Return the input card of a layer for a model (None where the model is not known).

    Args:
        layer: The layer; None if none is chosen.
        model: The model that would classify it.
        bands_are_chosen: True if the user says which bands the model gets: one may be named three times.
    """
    if layer is None:
        return InputCard(refusal=tr("Add an image to the project, or open a file with the button beside the list."))
    try:
        raster_path(layer)
    except JobRefused as error:
        if isinstance(error, NotAFile) and layer.isValid() and layer.crs().isValid():
            said = tr(
                "This layer comes from a {kind} source, not from a file. “Make a file of it” takes what the map shows, "
                "or the rectangle under “Area”, at the model's resolution."
            )
            return InputCard(refusal=said.format(kind=layer.providerType().upper()), can_be_rendered=True)
        return InputCard(refusal=str(error))
    facts = facts_of(layer)
    return InputCard(
        _summary(facts), tuple(_warnings(facts, model)), "" if bands_are_chosen else _refusal(facts, model)
    )


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
    parts = [f"{facts.width_px:,} × {facts.height_px:,} px".replace(",", "\u202f"), bands, facts.data_types[0]]
    if facts.resolution_m:
        parts.append(tr("{m} m per pixel").format(m=f"{facts.resolution_m:.3g}"))
    # A word joiner keeps "EPSG:32633" from being broken at its colon.
    parts.append(tr("nodata value set") if facts.has_nodata else tr("no nodata value"))
    parts.append(facts.crs.replace(":", ":\u2060") or tr("no CRS"))
    return " · ".join(parts)


def _refusal(facts: RasterFacts, model: Optional[ModelInfo]) -> str:
    needed = model.num_bands if model else 3
    if facts.num_data_bands >= needed or (facts.has_palette and needed == RGB):
        return ""  # the engine expands a palette to its colours
    if facts.num_data_bands == 1:
        return tr(
            "The image has one band and no colour palette; the model needs {needed} (red, green, blue). Choose an "
            "image in colour."
        ).format(needed=needed)
    return tr("The raster has {found} bands; the model needs {needed} (red, green, blue).").format(
        found=facts.num_data_bands, needed=needed
    )


def _warnings(facts: RasterFacts, model: Optional[ModelInfo]) -> List[str]:
    said = []
    if not facts.crs:
        said.append(tr("No CRS: areas are counted in pixels, and the pixel size is taken to be the model's."))
    if facts.data_types[0] != tr("8-bit"):
        said.append(tr("Not 8-bit: the values are stretched once, the same for the whole raster."))
    if model and facts.resolution_m:
        said.extend(_resolution_warnings(facts.resolution_m, model.ground_resolution_m))
    return said


def _resolution_warnings(raster_m: float, model_m: float) -> List[str]:
    figures = {"raster": f"{raster_m:.3g}", "model": f"{model_m:.3g}"}
    if raster_m > COARSE_FACTOR * model_m:
        return [tr("Pixels of {raster} m are coarser than the model's {model} m: expect a poor map.").format(**figures)]
    if raster_m * FINE_FACTOR < model_m:
        return [
            tr("Pixels of {raster} m are finer than the model's {model} m: detail below that is not used.").format(
                **figures
            )
        ]
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
