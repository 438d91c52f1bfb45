"""Parameters of a segmentation job: the dock's form as Processing declares and reads it."""

import tempfile
from typing import Optional, Tuple

from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterBand,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
    QgsRectangle,
)

from ...engine.contract.job import (
    Augmentation,
    Method,
    OutputSpec,
    PolygonSpec,
    Preset,
    RasterFormat,
    ReadErrorPolicy,
    SegmentationJob,
    VectorFormat,
)
from ..base.i18n import language, tr
from ..form.advanced_section import looks
from ..form.job_builder import JobRefused, MapExtent, draft_job
from ..model_store.info import list_methods, read_model_info
from .base import (
    EngineAlgorithm,
    checkpoint_parameter,
    device_parameter,
    explained,
    is_given,
    metres,
    square_metres,
)

FORMATS = tuple(f.value for f in VectorFormat)
FORMAT_TITLES = ["GeoPackage", "Shapefile", "GeoJSON", "FlatGeobuf"]
PRESETS = tuple(p.value for p in Preset)
AUGMENTATIONS = tuple(a.value for a in Augmentation)
RASTER_FORMATS = tuple(f.value for f in RasterFormat)
BANDS = ("RED", "GREEN", "BLUE")


class JobAlgorithm(EngineAlgorithm):
    """An algorithm that makes a SegmentationJob of its parameters."""

    def declare_input(self) -> None:
        """Declare what is classified, how, and at which trade-off."""
        methods = list_methods()
        self.addParameter(QgsProcessingParameterRasterLayer("INPUT", tr("Image")))
        method = QgsProcessingParameterEnum("METHOD", tr("Method"), [m.title for m in methods], defaultValue=0)
        self.addParameter(explained(method, "\n".join(f"{m.title}: {m.sentence}" for m in methods)))
        presets = [tr("Fast"), tr("Balanced"), tr("Low memory")]
        preset = QgsProcessingParameterEnum("PRESET", tr("Preset"), presets, defaultValue=1)
        self.addParameter(explained(preset, tr("Trades speed for memory. The map is the same.")))

    def declare_polygons(self) -> None:
        """Declare which polygons are wanted."""
        formats = QgsProcessingParameterEnum(
            "FORMATS", tr("Polygons"), FORMAT_TITLES, allowMultiple=True, optional=True, defaultValue=[0, 1]
        )
        self.addParameter(explained(formats, tr("File formats of the polygons; none for no polygons.")))
        self.addParameter(min_area_parameter())
        self.addParameter(simplify_parameter())

    def declare_model(self) -> None:
        """Declare area, bands, model and device."""
        polygons = QgsProcessing.SourceType.TypeVectorPolygon
        colors = zip(BANDS, (tr("Red band"), tr("Green band"), tr("Blue band")))  # noqa: B905 - not in Python 3.9
        by_itself = tr("Empty: the bands that say they are red, green and blue, else the first three.")
        self.add_advanced(
            explained(
                QgsProcessingParameterExtent("EXTENT", tr("Area (rectangle)"), optional=True),
                tr("Empty: the whole image."),
            ),
            explained(
                QgsProcessingParameterFeatureSource("AREA", tr("Area (polygons)"), [polygons], optional=True),
                tr("Only what lies inside is classified; with a rectangle, what lies in both."),
            ),
            *(
                explained(QgsProcessingParameterBand(name, title, None, "INPUT", True), by_itself)
                for name, title in colors
            ),
            checkpoint_parameter(tr("Checkpoint (empty: the starter of the method)")),
            device_parameter(),
            explained(
                QgsProcessingParameterEnum("AUGMENTATION", tr("Looks"), looks(), defaultValue=0),
                tr("The mean of several looks makes a slightly better map and takes as many times as long."),
            ),
            explained(
                metres("GROUND_RESOLUTION", tr("Size of a pixel on the ground (m)")),
                tr("For images that do not tell it themselves; 0 takes it from the image."),
            ),
        )

    def declare_results(self) -> None:
        """Declare what else is wanted, and how it is written."""
        boolean = QgsProcessingParameterBoolean
        layouts = [tr("GeoTIFF"), tr("Cloud-optimised GeoTIFF")]
        self.add_advanced(
            QgsProcessingParameterEnum("RASTER_FORMAT", tr("Class raster"), layouts, defaultValue=0),
            explained(
                boolean("CONFIDENCE", tr("Also write the confidence (raster)"), False),
                tr("The probability of the class that was chosen, in per cent."),
            ),
            explained(
                boolean("PROBABILITIES", tr("Also write the probabilities of all classes (raster)"), False),
                tr("A raster with a band for each class, in per cent"),
            ),
            boolean("REPORT", tr("Also write a report (HTML)"), True),
            smooth_parameter(),
            boolean("LAYER_PER_CLASS", tr("One polygon layer for each class"), False),
            boolean("LOOKED_AT_TWICE", tr("Also write the patches that PPN refined"), False),
            explained(
                boolean("SKIP_UNREADABLE", tr("Leave unreadable blocks empty"), False),
                tr("Otherwise a damaged block ends the run."),
            ),
            boolean("OVERWRITE", tr("Replace results of that name"), False),
            boolean("LOAD", tr("Add the results to the project"), True),
        )
        name = QgsProcessingParameterString("NAME", tr("Name of the results"), optional=True)
        self.addParameter(explained(name, tr("Empty: the name of the image and “_landcover”.")))

    def draft(self, parameters, context) -> SegmentationJob:
        """Return what the parameters say as the dock's form does; without the area.

        Raises:
            JobRefused: If they contradict each other.
            JobError: If a value is out of range.
        """
        has = {p.name() for p in self.parameterDefinitions()}
        chosen = self.parameterAsEnums(parameters, "FORMATS", context) if "FORMATS" in has else [0, 1]
        layout = self.parameterAsEnum(parameters, "RASTER_FORMAT", context) if "RASTER_FORMAT" in has else 0

        def ticked(name: str) -> bool:
            return name in has and self.parameterAsBool(parameters, name, context)

        output = OutputSpec(
            directory=self.parameterAsString(parameters, "OUTPUT", context) or tempfile.gettempdir(),
            name=self.text(parameters, "NAME", context) if "NAME" in has else "",
            vector_formats=tuple(VectorFormat(FORMATS[i]) for i in chosen),
            polygons=PolygonSpec(
                minimum_mapping_unit_m2=self.parameterAsDouble(parameters, "MIN_AREA", context),
                simplify_m=self.parameterAsDouble(parameters, "SIMPLIFY", context),
                smooth=ticked("SMOOTH"),
                layer_per_class=ticked("LAYER_PER_CLASS"),
            ),
            raster_format=RasterFormat(RASTER_FORMATS[layout]),
            confidence=ticked("CONFIDENCE"),
            probabilities=ticked("PROBABILITIES"),
            refined_patches=ticked("LOOKED_AT_TWICE"),
            report=ticked("REPORT"),
            language=language(),
            overwrite=ticked("OVERWRITE"),
        )
        draft = draft_job(
            output,
            method=Method(list_methods()[self.parameterAsEnum(parameters, "METHOD", context)].key),
            preset=Preset(PRESETS[self.parameterAsEnum(parameters, "PRESET", context)]),
            device=self.text(parameters, "DEVICE", context) or "auto",
            checkpoint=self.parameterAsFile(parameters, "CHECKPOINT", context),
            bands=self._bands(parameters, context),
            ground_resolution_m=self.parameterAsDouble(parameters, "GROUND_RESOLUTION", context),
            augmentation=Augmentation(AUGMENTATIONS[self.parameterAsEnum(parameters, "AUGMENTATION", context)]),
            on_read_error=ReadErrorPolicy.NODATA if ticked("SKIP_UNREADABLE") else ReadErrorPolicy.FAIL,
        )
        _refuse_other_method(draft)
        return draft

    def map_extent(self, parameters, context) -> Optional[MapExtent]:
        """Return the rectangle in the image's coordinates as a job takes it; None where none is given."""
        extent = self.extent(parameters, context)
        if extent is None:
            return None
        return MapExtent((extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum()))

    def extent(self, parameters, context) -> Optional[QgsRectangle]:
        """Return the rectangle in the image's coordinates; None where none is given."""
        if not is_given(parameters, "EXTENT"):
            return None
        layer = self.layer(parameters, context)
        extent = (
            self.parameterAsExtent(parameters, "EXTENT", context, layer.crs())
            if layer is not None and layer.crs().isValid()
            else self.parameterAsExtent(parameters, "EXTENT", context)
        )
        return None if extent.isNull() else extent

    def _bands(self, parameters, context) -> Tuple[int, ...]:
        chosen = tuple(self.parameterAsInt(parameters, name, context) for name in BANDS if is_given(parameters, name))
        if len(chosen) not in (0, len(BANDS)):
            raise JobRefused(tr("Choose the bands for red, green and blue, or none of them to have them found."))
        return chosen


def min_area_parameter() -> QgsProcessingParameterDefinition:
    """Return the parameter for the minimum mapping unit."""
    text = tr("Smaller patches join the neighbour they share most border with; 0 keeps all.")
    return explained(square_metres("MIN_AREA", tr("Smallest patch (m²)")), text)


def simplify_parameter() -> QgsProcessingParameterDefinition:
    """Return the parameter for the tolerance of the borders."""
    text = tr("Borders are simplified once for both neighbours, so no gaps appear; 0 keeps the borders of the pixels.")
    return explained(metres("SIMPLIFY", tr("Simplify borders by (m)")), text)


def smooth_parameter() -> QgsProcessingParameterDefinition:
    """Return the parameter for round borders."""
    text = tr("Rounds the simplified borders, once for both neighbours.")
    return explained(QgsProcessingParameterBoolean("SMOOTH", tr("Round the borders"), False), text)


def _refuse_other_method(draft: SegmentationJob) -> None:
    model = read_model_info(draft.checkpoint) if draft.checkpoint else None
    if model is None or model.method == draft.method.value:
        return  # the engine says what is wrong with a file that has no card
    titles = {info.key: info.title for info in list_methods()}
    raise JobRefused(
        tr("The checkpoint is for {found}, the method is {wanted}. Choose {found} or another checkpoint.").format(
            found=titles.get(model.method, model.method), wanted=titles[draft.method.value]
        )
    )
