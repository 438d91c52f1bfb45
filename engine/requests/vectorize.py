"""Request of polygons of a class raster."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from ..contract.job import PolygonSpec, VectorFormat
from ..system.run_context import QUIET, RunContext

USUAL_FORMATS = (VectorFormat.GEOPACKAGE, VectorFormat.SHAPEFILE)


@dataclass(frozen=True, slots=True, kw_only=True)
class VectorizeSpec:
    """Polygons to make.

    Attributes:
        classes: Class raster, of any integer type.
        out: Folder and name of the files; the ending is added, or says the format.
        formats: File formats; empty for that of the ending, else GeoPackage and Shapefile.
        polygons: Smallest area (m²), tolerance (m) and so on.
        confidence_raster: Raster of per cent, of which polygons get their mean; empty for none.
        legend: Name of a legend or a JSON file; empty for what the raster says.
        layer: Name of the layer; empty for that of the files.
        overwrite: Replace existing files.
    """

    classes: str | Path
    out: Path
    formats: tuple[VectorFormat, ...] = ()
    polygons: PolygonSpec = field(default_factory=PolygonSpec)
    confidence_raster: str | Path = ""
    legend: str = ""
    layer: str = ""
    overwrite: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class VectorizeResult:
    """Polygons that were made.

    Attributes:
        files: All files, styles included.
        vectors: For each format its file; of several files of a format the first.
    """

    files: tuple[Path, ...]
    vectors: dict[VectorFormat, Path]


def vectorize(spec: VectorizeSpec, context: RunContext = QUIET) -> VectorizeResult:
    """Write the polygons of a class raster, a true coverage, and their styles.

    Raises:
        RasterError: If the raster cannot be read or holds no class ids.
        OutputError: If a file cannot be written, or is there and may not be replaced.
        Cancelled: If asked to stop; nothing is left behind.
    """
    from ..raster.classes.class_legend import legend_of
    from ..raster.classes.class_raster import ClassRaster
    from ..raster.raster_info import READING_CACHE_BYTES, gdal_session
    from ..system.staging import Staging
    from ..vectors.vectorize import write_vectors

    out, formats = _stem_and_formats(spec)
    vectors = {kind: _with_ending(out, kind.value) for kind in formats}
    styles = [_with_ending(out, ending) for ending in ("qml", "sld")]
    with gdal_session(READING_CACHE_BYTES):
        legend = legend_of(spec.classes, spec.legend)
        with Staging(*vectors.values(), *styles, inputs=_inputs(spec), overwrite=spec.overwrite) as staging:
            made = write_vectors(
                spec.classes,
                legend,
                {kind: staging.path(path) for kind, path in vectors.items()},
                spec.polygons,
                layer_name=spec.layer or out.name,
                confidence_raster=spec.confidence_raster or None,
                context=context,
            )
            with ClassRaster(spec.classes) as raster:
                note = raster.grid.ground_note
            if note:
                context.warn(note)
            files = staging.publish()
    # Of a format that has become several files the first one stands for all.
    first = {path.suffix[1:]: out.parent / path.name for path in reversed(made)}
    return VectorizeResult(files=tuple(files), vectors={kind: first[kind.value] for kind in vectors})


def _inputs(spec: VectorizeSpec) -> list[str]:
    from ..raster.input_files import legend_files, raster_files

    rasters = [f for path in (spec.classes, spec.confidence_raster) if path for f in raster_files(path)]
    return [*rasters, *legend_files(spec.legend)]


def _stem_and_formats(spec: VectorizeSpec) -> tuple[Path, tuple[VectorFormat, ...]]:
    """Return the name without a format's ending; an ending alone says which format is meant."""
    ending = spec.out.suffix[1:].lower()
    if ending not in {kind.value for kind in VectorFormat}:
        return spec.out, spec.formats or USUAL_FORMATS
    return spec.out.with_suffix(""), spec.formats or (VectorFormat(ending),)


def _with_ending(path: Path, ending: str) -> Path:
    # Not with_suffix: a name such as "plan 1.5" would lose a part.
    return path.with_name(f"{path.name}.{ending}")
