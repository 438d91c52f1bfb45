"""Segmentation job: what a run is asked to do, as plain data that survives a trip through JSON.

Part of the contract between QGIS and the engine: standard library only, Python 3.9 syntax.
The job file is also the recipe that is saved beside the outputs and reproduces them.
"""

import json
import os
from dataclasses import MISSING, asdict, dataclass, field, fields
from datetime import datetime, timezone
from enum import Enum
from typing import Any, Dict, Optional, Tuple

from .fields import JobError, check_fields, check_plain_text
from .words import LANGUAGES

JOB_FORMAT = "uhr-landcover-job/2"
OLD_JOB_FORMAT = "uhr-landcover-job/1"
"""Of version 0.1: the polygons' options stood among those of the output, and patches were called looked at twice."""

MAX_NAME_BYTES = 200
"""Longest stem of results: their endings come on top, and file systems take 255 bytes in all."""

FIRST_YEAR, LAST_YEAR = 1970, 2155
"""Years that the date of every polygon format can hold: a Shapefile counts them from 1900 in a byte."""

MOST_SCALES = 4
"""Further scales of test-time augmentation: each costs as much as all looks before it."""

MAX_SIZE = 1e12
"""Largest length in metres and area in square metres that a job may ask for."""


class Method(str, Enum):
    """The three published systems, heads taught on a frozen encoder, networks of another origin in ONNX files."""

    GLNET = "glnet"
    PPN = "ppn"
    ISDNET = "isdnet"
    TAUGHT = "taught"
    ONNX = "onnx"


class Preset(str, Enum):
    """The user's trade-off between speed and memory; it never changes the map."""

    SPEED = "speed"
    BALANCED = "balanced"
    MEMORY = "memory"


class Augmentation(str, Enum):
    """Forms of an image that the network looks at besides the image itself; its answers are averaged."""

    NONE = "none"
    FLIPS = "flips"
    TURNS = "turns"


class VectorFormat(str, Enum):
    """Polygon file formats the engine writes; the value is the file extension."""

    GEOPACKAGE = "gpkg"
    SHAPEFILE = "shp"
    GEOJSON = "geojson"
    FLATGEOBUF = "fgb"


class RasterFormat(str, Enum):
    """Layouts of the class raster; both are GeoTIFF files."""

    GEOTIFF = "gtiff"
    COG = "cog"


class ReadErrorPolicy(str, Enum):
    """What to do with blocks of the raster that cannot be read."""

    FAIL = "fail"
    NODATA = "nodata"


@dataclass(frozen=True)
class PolygonSpec:
    """How polygons are made of a class raster.

    Attributes:
        minimum_mapping_unit_m2: Areas smaller than this join a neighbour; 0 keeps all.
        minimum_mapping_units_m2: The same for each class id from 0 on, before the one for all; empty for none.
        simplify_m: Tolerance of the gap-free border simplification, in metres; 0 keeps pixel borders.
        smooth: Round the borders, still without gaps, after a simplification by a pixel at least.
        layer_per_class: Keep classes apart: a layer each in a GeoPackage, files named "<name>_<class>" of other
            formats.
        cut_px: Side of the squares along which areas are cut; 0 leaves them whole, None those of rasters of up to
            32 768 px a side.
    """

    minimum_mapping_unit_m2: float = 0.0
    simplify_m: float = 0.0
    smooth: bool = False
    layer_per_class: bool = False
    cut_px: Optional[int] = None
    minimum_mapping_units_m2: Tuple[float, ...] = ()

    def __post_init__(self) -> None:
        check_fields(self, "polygons.")
        if len(self.minimum_mapping_units_m2) > 255 or any(
            not 0 <= v <= MAX_SIZE for v in self.minimum_mapping_units_m2
        ):
            raise JobError(
                f"polygons.minimum_mapping_units_m2 must be at most 255 numbers between 0 and {MAX_SIZE:g}, one for "
                "each class id."
            )
        for name in ("minimum_mapping_unit_m2", "simplify_m"):
            if not 0 <= getattr(self, name) <= MAX_SIZE:
                raise JobError(f"polygons.{name} is {getattr(self, name):g}; it must lie between 0 and {MAX_SIZE:g}.")
        if self.cut_px is not None and not 0 <= self.cut_px < 2**31:
            raise JobError(f"polygons.cut_px is {self.cut_px}; it must be a whole number of pixels, or 0.")


@dataclass(frozen=True)
class OutputSpec:
    """Which files to make, and where.

    Attributes:
        directory: Folder that receives the results; made if missing.
        name: File stem of every result; empty means "<raster stem>_landcover".
        vector_formats: Polygon formats to write; empty for none.
        polygons: How they are made.
        raster_format: Plain tiled GeoTIFF, or cloud-optimised.
        confidence: Also write a raster of the winner's probability, in per cent.
        probabilities: Also write a raster with a band for each class: its probability.
        refined_patches: Also write the patches that PPN refined, as polygons; other methods have none.
        report: Also write a self-contained HTML report.
        overwrite: Replace results of that name instead of refusing.
        keep_corrections: Apply the corrections beside older results of that name to the new map.
        language: Language of the report: "en", "de", "es" or "fr".
    """

    directory: str
    name: str = ""
    vector_formats: Tuple[VectorFormat, ...] = (VectorFormat.GEOPACKAGE, VectorFormat.SHAPEFILE)
    polygons: PolygonSpec = PolygonSpec()
    raster_format: RasterFormat = RasterFormat.GEOTIFF
    confidence: bool = False
    probabilities: bool = False
    refined_patches: bool = False
    report: bool = False
    overwrite: bool = False
    keep_corrections: bool = False
    language: str = "en"

    def __post_init__(self) -> None:
        check_fields(self, "output.")
        if not self.directory:
            raise JobError("The job names no output folder. Set output.directory to the folder for the results.")
        _expand_home(self, "directory")
        check_plain_text(self.directory, "The output folder")
        _check_name(self.name)
        if self.language not in LANGUAGES:
            raise JobError(f"output.language is {self.language!r}; expected one of {', '.join(LANGUAGES)}.")
        object.__setattr__(self, "vector_formats", tuple(dict.fromkeys(self.vector_formats)))


@dataclass(frozen=True)
class AreaOfInterest:
    """Part of the raster to classify: a rectangle, or the polygons of a file. Given both, what lies in both.

    Attributes:
        bounds: left, bottom, right, top in the raster's CRS (pixel/line space if it has none); None
            for no rectangle.
        polygons: Path of a polygon file in any CRS; empty for none.
        layer: Layer of that file; empty takes the only or first one.
    """

    bounds: Optional[Tuple[float, float, float, float]] = None
    polygons: str = ""
    layer: str = ""

    def __post_init__(self) -> None:
        check_fields(self, "area.")
        _expand_home(self, "polygons")
        if self.bounds is None:
            if not self.polygons:
                raise JobError("The job's area has neither bounds nor a polygon file. Give one, or leave the area out.")
            return
        left, bottom, right, top = self.bounds
        if not (left < right and bottom < top):
            raise JobError(f"Area {self.bounds} is empty; expected left < right and bottom < top.")


@dataclass(frozen=True)
class SegmentationJob:
    """One request: this raster, this method, this trade-off, these results.

    Attributes:
        raster: Path of the raster to classify.
        method: Which of the systems; it must be that of the checkpoint.
        output: Files to make.
        preset: Speed or memory.
        device: "auto", "cpu", "cuda" or "cuda:N".
        checkpoint: Path of a checkpoint; empty takes the starter of the method.
        bands: 1-based raster bands to use as red, green, blue (as many as the model has); empty
            lets the engine find them by colour interpretation, else 1, 2, 3.
        ground_resolution_m: Size of a raster pixel on the ground, for rasters whose own
            georeference does not tell; 0 takes it from the raster.
        area: Part to classify; None for all.
        on_read_error: Fail, or leave unreadable blocks as nodata and report them.
        augmentation: Looks at mirrored (4 in all) or also at turned (8) forms of every tile; as many times the work.
        augmentation_scales: Scales of further looks, in all forms; 0.5 looks at half the resolution.
        created: ISO 8601 time stamp of the request; the only date that goes into outputs.
    """

    raster: str
    output: OutputSpec
    method: Method = Method.ISDNET
    preset: Preset = Preset.BALANCED
    device: str = "auto"
    checkpoint: str = ""
    bands: Tuple[int, ...] = ()
    ground_resolution_m: float = 0.0
    area: Optional[AreaOfInterest] = None
    on_read_error: ReadErrorPolicy = ReadErrorPolicy.FAIL
    augmentation: Augmentation = Augmentation.NONE
    augmentation_scales: Tuple[float, ...] = ()
    created: str = ""

    def __post_init__(self) -> None:
        check_fields(self)
        if not self.raster:
            raise JobError("The job names no raster. Set 'raster' to the path of the image to classify.")
        _expand_home(self, "raster", "checkpoint")
        _check_scales(self.augmentation_scales)
        if any(b < 1 for b in self.bands):
            raise JobError(f"Bands {list(self.bands)} are not valid; bands count from 1.")
        if not 0 <= self.ground_resolution_m <= MAX_SIZE:
            raise JobError(f"Ground resolution {self.ground_resolution_m:g} m is not valid; give metres per pixel.")
        _check_time(self.created)

    def to_dict(self) -> Dict[str, Any]:
        """Return the job as JSON-ready data, with its format name."""
        return {"format": JOB_FORMAT, **_plain(asdict(self))}

    def to_json(self) -> str:
        """Return the job as an indented JSON text."""
        return json.dumps(self.to_dict(), indent=2, ensure_ascii=False) + "\n"

    @staticmethod
    def from_dict(data: Any) -> "SegmentationJob":
        """Build a job from JSON data.

        Raises:
            JobError: If the data is not a job, names unknown fields or holds values out of range.
        """
        data = _checked(data, SegmentationJob, "job", extra=("format",))
        if data.pop("format", JOB_FORMAT) not in (JOB_FORMAT, OLD_JOB_FORMAT):
            raise JobError(f"The job file is not in the format {JOB_FORMAT!r}; it was made by another version.")
        data["output"] = OutputSpec(**_checked(_renewed(data["output"]), OutputSpec, "output"))
        if data.get("area") is not None:
            data["area"] = AreaOfInterest(**_checked(data["area"], AreaOfInterest, "area"))
        return SegmentationJob(**data)

    @staticmethod
    def from_json(text: str) -> "SegmentationJob":
        """Build a job from JSON text; see `from_dict`."""
        try:
            data = json.loads(text[1:] if text.startswith("\ufeff") else text)
        except (ValueError, RecursionError) as error:
            raise JobError(f"The job file is not valid JSON: {error}.") from error
        return SegmentationJob.from_dict(data)


@dataclass(frozen=True)
class JobResult:
    """What a finished run left on disk, and what to say about it.

    Attributes:
        class_raster: Path of the classified GeoTIFF.
        vectors: Polygon files, format name to path.
        files: Every file that was made, the above included.
        area_csv: Path of the table of areas.
        confidence_raster: Path of the raster of the winner's probability; empty if none was asked for.
        probability_raster: Path of the raster of all probabilities; empty if none was asked for.
        report: Path of the HTML report; empty if none was asked for.
        recipe: Path of the saved job.
        legend: JSON data of the legend (see resources/legends).
        model_name: Name on the model card.
        model_notice: Sentence of warning from the card ("for trying out …"); empty if none.
        device: Device that did the work, for people.
        seconds: Wall time of the run.
        tiles: Tiles run; tiles skipped for having no data are not counted.
        resumed_tiles: Tiles that an earlier, interrupted run had finished.
        peak_host_bytes: Largest resident memory of the engine.
        peak_device_bytes: Largest memory allocated on the GPU; 0 on CPU.
        areas: Rows of the area table: class_id, class_name, pixels, area_m2 (null when unknown), share.
        warnings: Sentences, in the order they came up.
    """

    class_raster: str
    vectors: Dict[str, str]
    files: Tuple[str, ...]
    area_csv: str
    recipe: str
    legend: Dict[str, Any]
    confidence_raster: str = ""
    probability_raster: str = ""
    report: str = ""
    model_name: str = ""
    model_notice: str = ""
    device: str = ""
    seconds: float = 0.0
    tiles: int = 0
    resumed_tiles: int = 0
    peak_host_bytes: int = 0
    peak_device_bytes: int = 0
    areas: Tuple[Dict[str, Any], ...] = ()
    warnings: Tuple[str, ...] = field(default=())

    def to_dict(self) -> Dict[str, Any]:
        """Return the result as JSON-ready data."""
        return _plain(asdict(self))

    @staticmethod
    def from_dict(data: Any) -> "JobResult":
        """Build a result from JSON data; unknown fields of a newer engine are ignored."""
        if not isinstance(data, dict):
            raise JobError("The engine's result is not a JSON object.")
        known = {f.name for f in fields(JobResult)}
        picked = {k: v for k, v in data.items() if k in known}
        for name in ("files", "areas", "warnings"):
            picked[name] = tuple(picked.get(name, ()))
        return JobResult(**picked)


def _check_scales(scales: Tuple[float, ...]) -> None:
    if len(scales) > MOST_SCALES or len(set(scales)) < len(scales) or any(not 0.25 <= s <= 4 or s == 1 for s in scales):
        raise JobError(
            f"augmentation_scales is {list(scales)}; it must hold at most {MOST_SCALES} different numbers from 0.25 "
            "to 4, other than 1."
        )


def _check_name(name: str) -> None:
    if any(part in name for part in ("/", "\\")) or name in (".", ".."):
        raise JobError(f"Output name {name!r} is a path; it must be a plain file stem such as 'city_landcover'.")
    check_plain_text(name, "Output name")
    if len(name.encode()) > MAX_NAME_BYTES:
        raise JobError(
            f"Output name {name[:20]}... has {len(name.encode())} bytes; {MAX_NAME_BYTES} are allowed, so that the "
            "results' endings fit. Choose a shorter name."
        )


def _expand_home(spec: Any, *names: str) -> None:
    """Give fields that begin with the user's home folder, as shells write it, its path."""
    for name in names:
        path = getattr(spec, name)
        if not path.startswith(("~/", "~" + os.sep)) and path != "~":
            continue
        full = os.path.expanduser(path)
        if full == path:
            raise JobError(f"The path {path!r} begins with the home folder, which this user has not. Write it in full.")
        object.__setattr__(spec, name, full)


def _check_time(text: str) -> None:
    """Refuse what is no time stamp; it goes into results as it is, and readers turn it into UTC."""
    try:
        if not text:
            return
        moment = datetime.fromisoformat(text[:-1] + "+00:00" if text.endswith("Z") else text).astimezone(timezone.utc)
        if FIRST_YEAR <= moment.year <= LAST_YEAR:
            return
    except (ValueError, OverflowError):
        pass
    raise JobError(
        f"created is {text[:40]!r}; it must be a time such as 2026-01-31T12:00:00+00:00, of {FIRST_YEAR} to "
        f"{LAST_YEAR}, or empty. Set the computer's clock if that wrote it."
    )


def _renewed(output: Any) -> Any:
    """Return the data of an output in the words of today; `polygons` as the object it stands for."""
    if not isinstance(output, dict):
        return output
    data = dict(output)
    if "looked_at_twice" in data:
        data["refined_patches"] = data.pop("looked_at_twice")
    polygons = data.pop("polygons", {})
    if isinstance(polygons, dict):
        of_old = {f.name: data.pop(f.name) for f in fields(PolygonSpec) if f.name in data}
        polygons = PolygonSpec(**_checked({**of_old, **polygons}, PolygonSpec, "polygons"))
    return {**data, "polygons": polygons}


def _checked(data: Any, cls: type, where: str, extra: Tuple[str, ...] = ()) -> Dict[str, Any]:
    if not isinstance(data, dict):
        raise JobError(f"'{where}' is a {type(data).__name__}; expected a JSON object.")
    known = {f.name: f for f in fields(cls)}
    unknown = sorted(set(data) - set(known) - set(extra))
    if unknown:
        raise JobError(f"'{where}' has unknown entries {unknown}; known are {sorted(known)}.")
    missing = [n for n, f in known.items() if n not in data and f.default is MISSING and f.default_factory is MISSING]
    if missing:
        raise JobError(f"'{where}' has no {missing[0]!r}. Add it; a saved job beside any result shows how.")
    return dict(data)


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value
