"""Algorithms on class rasters: polygons and areas, from a run or from anywhere else."""

import os
import shutil
import tempfile
from typing import Any, Dict, List

from qgis.core import (
    QgsProcessing,
    QgsProcessingOutputNumber,
    QgsProcessingOutputVectorLayer,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterVectorDestination,
)

from ..base.i18n import tr
from ..form.area_layer import area_file
from ..form.job_builder import JobRefused, raster_path
from .base import EngineAlgorithm, is_given, run_engine, stage_percent
from .job_parameters import FORMATS, min_area_parameter, simplify_parameter, smooth_parameter
from .styling import StylePostProcessor, load_result, polygon_layers, style_result


class ClassRasterAlgorithm(EngineAlgorithm):
    """An algorithm that reads a class raster."""

    def declare_classes(self) -> None:
        """Declare the class raster."""
        self.addParameter(QgsProcessingParameterRasterLayer("INPUT", tr("Class raster")))

    def declare_legend(self) -> None:
        """Declare the legend."""
        self.add_advanced(
            QgsProcessingParameterFile(
                "LEGEND", tr("Legend (JSON; empty: what the raster says)"), extension="json", optional=True
            )
        )

    def classes(self, parameters, context) -> str:
        """Return the path of the class raster.

        Raises:
            JobRefused: If it is no file, or has more than one band.
        """
        layer = self.layer(parameters, context)
        path = raster_path(layer)
        if layer.bandCount() != 1:
            raise JobRefused(
                tr("“{name}” has {n} bands; a class raster has one. Choose a land-cover raster.").format(
                    name=layer.name(), n=layer.bandCount()
                )
            )
        return path

    def legend(self, parameters, context) -> List[str]:
        """Return the arguments that name a legend."""
        path = self.parameterAsFile(parameters, "LEGEND", context)
        return ["--legend", path] if path else []


class VectorizeAlgorithm(ClassRasterAlgorithm):
    """Polygons from a class raster."""

    ID = "vectorize"
    ICON = "vectorize.svg"

    def displayName(self) -> str:
        """Return the name in the toolbox."""
        return tr("Make polygons from a class raster")

    def tags(self) -> list:
        """Return words the toolbox finds it by."""
        return tr("vectorize,polygonize,polygons,coverage,simplify,smooth,minimum mapping unit,land cover").split(",")

    def shortHelpString(self) -> str:
        """Return what the dialog shows beside the parameters."""
        return tr(
            "Makes polygons from a class raster of any size. Neighbours share their borders: they are simplified "
            "once for both sides, so neither gaps nor overlaps appear. Patches below the smallest size join the "
            "neighbour they share most border with.\n\n"
            "The ending of the output decides the format: GeoPackage (gpkg), Shapefile (shp), GeoJSON (geojson) or "
            "FlatGeobuf (fgb). One layer for each class needs a GeoPackage."
        )

    def declare(self) -> None:
        """Declare parameters and outputs."""
        self.declare_classes()
        for parameter in (min_area_parameter(), simplify_parameter(), smooth_parameter()):
            self.addParameter(parameter)
        self.add_advanced(
            QgsProcessingParameterBoolean("LAYER_PER_CLASS", tr("One polygon layer for each class"), False),
            QgsProcessingParameterRasterLayer(
                "CONFIDENCE", tr("Confidence raster, for its mean per polygon"), None, True
            ),
        )
        self.declare_legend()
        self.addParameter(
            QgsProcessingParameterVectorDestination(
                "OUTPUT", tr("Polygons"), QgsProcessing.SourceType.TypeVectorPolygon
            )
        )

    def check(self, parameters, context) -> None:
        """Refuse what is no class raster, and endings that no format has."""
        self.classes(parameters, context)
        self._confidence(parameters, context)

    def prepare(self, parameters, context) -> None:
        """Take the paths of the layers."""
        self._arguments = ["vectorize", self.classes(parameters, context), *self._confidence(parameters, context)]

    def process(self, parameters, context, feedback) -> Dict[str, Any]:
        """Make the polygons; called in a worker thread."""
        path = os.path.abspath(self.parameterAsOutputLayer(parameters, "OUTPUT", context))
        stem, ending = os.path.splitext(path)
        if ending[1:].lower() not in FORMATS:
            raise JobRefused(
                tr("Polygons cannot be written as '{ending}'. Choose one of {known}.").format(
                    ending=ending, known=", ".join(FORMATS)
                )
            )
        apart = self.parameterAsBool(parameters, "LAYER_PER_CLASS", context)
        if apart and ending.lower() != ".gpkg":
            raise JobRefused(tr("Only a GeoPackage (.gpkg) holds a layer for each class. Choose it as the output."))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        data = run_engine(
            [
                *self._arguments,
                *("--out", stem, "--formats", ending[1:].lower(), "--overwrite"),
                *("--mmu-m2", repr(self.parameterAsDouble(parameters, "MIN_AREA", context))),
                *("--simplify-m", repr(self.parameterAsDouble(parameters, "SIMPLIFY", context))),
                *(["--smooth"] if self.parameterAsBool(parameters, "SMOOTH", context) else []),
                *(["--layer-per-class"] if apart else []),
                *self.legend(parameters, context),
            ],
            feedback,
            stage_percent,
        )
        made = data["vectors"].get(ending[1:].lower(), path)
        layers = polygon_layers(made)
        waiting = context.layersToLoadOnCompletion()
        if path in waiting and [source for source, _ in layers] != [path]:
            del waiting[path]
            context.setLayersToLoadOnCompletion(waiting)
            for source, name in layers:
                load_result(context, source, name, "OUTPUT", StylePostProcessor("polygons"))
        else:
            style_result(context, path, StylePostProcessor("polygons"))
        return {"OUTPUT": made}

    def _confidence(self, parameters, context) -> List[str]:
        if not is_given(parameters, "CONFIDENCE"):
            return []
        return ["--confidence-raster", raster_path(self.parameterAsRasterLayer(parameters, "CONFIDENCE", context))]


class AreasAlgorithm(ClassRasterAlgorithm):
    """Area of each class, of the whole raster, within polygons, or zone by zone."""

    ID = "areas"
    ICON = "areas.svg"

    def displayName(self) -> str:
        """Return the name in the toolbox."""
        return tr("Measure areas of classes")

    def tags(self) -> list:
        """Return words the toolbox finds it by."""
        return tr("area,hectares,statistics,zonal,zones,table,CSV,land cover").split(",")

    def shortHelpString(self) -> str:
        """Return what the dialog shows beside the parameters."""
        return tr(
            "Measures how much ground each class of a class raster covers and writes a table (CSV). Areas are measured "
            "on the ellipsoid, so they are right in degrees and in web maps too.\n\n"
            "With polygons of an area only what lies inside counts; pixels on its border count in part. With zones the "
            "table has one row for each zone and class. Zones may overlap; the total then counts ground twice."
        )

    def declare(self) -> None:
        """Declare parameters and outputs."""
        polygons = [QgsProcessing.SourceType.TypeVectorPolygon]
        self.declare_classes()
        self.addParameter(QgsProcessingParameterFeatureSource("AREA", tr("Only within"), polygons, optional=True))
        self.addParameter(QgsProcessingParameterFeatureSource("ZONES", tr("Zones"), polygons, optional=True))
        self.addParameter(QgsProcessingParameterField("ZONE_FIELD", tr("Name of a zone"), None, "ZONES", optional=True))
        self.declare_legend()
        self.addParameter(QgsProcessingParameterFileDestination("OUTPUT", tr("Areas"), tr("Table") + " (*.csv)"))
        self.add_advanced(QgsProcessingParameterBoolean("LOAD", tr("Add the table to the project"), False))
        self.addOutput(QgsProcessingOutputVectorLayer("TABLE", tr("Areas as a table")))
        self.addOutput(QgsProcessingOutputNumber("TOTAL_M2", tr("Area of all classes (m²)")))

    def check(self, parameters, context) -> None:
        """Refuse what is no class raster, and a field without zones."""
        self.classes(parameters, context)
        if is_given(parameters, "ZONE_FIELD") and not is_given(parameters, "ZONES"):
            raise JobRefused(tr("A field names zones, but no zones are chosen. Choose a polygon layer of zones."))

    def prepare(self, parameters, context) -> None:
        """Take the paths of the layers; polygons that are no file are copied to one."""
        self._folder = tempfile.mkdtemp(prefix="uhr-landcover-")
        try:
            self._arguments = ["areas", self.classes(parameters, context), *self._polygons(parameters, context)]
        except Exception:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise

    def process(self, parameters, context, feedback) -> Dict[str, Any]:
        """Measure; called in a worker thread."""
        path = os.path.abspath(self.parameterAsFileOutput(parameters, "OUTPUT", context))
        os.makedirs(os.path.dirname(path), exist_ok=True)
        try:
            data = run_engine(
                [*self._arguments, "--out", path, "--overwrite", *self.legend(parameters, context)],
                feedback,
                stage_percent,
            )
        finally:
            shutil.rmtree(self._folder, ignore_errors=True)
        if self.parameterAsBool(parameters, "LOAD", context):
            load_result(context, path, tr("Areas"), "TABLE")
        rows = [row for zone in data.get("zones", ()) for row in zone.get("classes", ())] or data.get("areas", ())
        measured = [row.get("area_m2") for row in rows]
        total = sum(measured) if measured and None not in measured else None
        return {"OUTPUT": path, "TABLE": path, "TOTAL_M2": total}

    def _polygons(self, parameters, context) -> List[str]:
        arguments, field = [], self.text(parameters, "ZONE_FIELD", context)
        for name, option, needed in (("AREA", "--area", None), ("ZONES", "--zones", field or None)):
            layer, selected = self.polygons(parameters, name, context)
            if layer is not None:
                copy = os.path.join(self._folder, name.lower() + ".gpkg")
                path, part = area_file(layer, selected, copy, needed)
                arguments += [option, path, *([f"{option}-layer", part] if part else [])]
        return [*arguments, *(["--zone-field", field] if field else [])]
