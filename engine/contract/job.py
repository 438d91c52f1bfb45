"""What a run is asked to do, as plain data that survives a trip through JSON.

Part of the contract between QGIS and the engine: standard library only, Python 3.9 syntax.
The job file is also the recipe that is saved beside the outputs and reproduces them.
"""

import json
from dataclasses import asdict, dataclass, field, fields
from enum import Enum
from typing import Any, Dict, Optional, Tuple

JOB_FORMAT = "uhr-landcover-job/1"


class JobError(ValueError):
    """A job that cannot be understood; the message is a sentence for the user."""


class Method(str, Enum):
    """The three published systems."""

    GLNET = "glnet"
    PPN = "ppn"
    ISDNET = "isdnet"


class Preset(str, Enum):
    """The user's trade-off between speed and memory; it never changes the map."""

    SPEED = "speed"
    BALANCED = "balanced"
    MEMORY = "memory"


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
class OutputSpec:
    """Which files to make, and where.

    Attributes:
        directory: Folder that receives the results; made if missing.
        name: File stem of every result; empty means "<raster stem>_landcover".
        vector_formats: Polygon formats to write; empty for none.
        minimum_mapping_unit_m2: Areas smaller than this join a neighbour; 0 keeps all.
        simplify_m: Tolerance of the gap-free border simplification, in metres; 0 keeps pixel borders.
        smooth: Round the simplified borders, still without gaps.
        layer_per_class: Write one polygon layer per class instead of one for all.
        cut_px: Side of the squares along which areas are cut; 0 leaves them whole, None those of rasters of up to
            32 768 px a side.
        raster_format: Plain tiled GeoTIFF, or cloud-optimised.
        confidence: Also write a raster of the winner's probability, in per cent.
        looked_at_twice: Also write the patches that PPN refined, as polygons; other methods have none.
        report: Also write a self-contained HTML report.
        overwrite: Replace results of that name instead of refusing.
    """

    directory: str
    name: str = ""
    vector_formats: Tuple[VectorFormat, ...] = (VectorFormat.GEOPACKAGE, VectorFormat.SHAPEFILE)
    minimum_mapping_unit_m2: float = 0.0
    simplify_m: float = 0.0
    smooth: bool = False
    layer_per_class: bool = False
    cut_px: Optional[int] = None
    raster_format: RasterFormat = RasterFormat.GEOTIFF
    confidence: bool = False
    looked_at_twice: bool = False
    report: bool = False
    overwrite: bool = False

    def __post_init__(self) -> None:
        if not self.directory:
            raise JobError("The job names no output folder. Set output.directory to the folder for the results.")
        if any(part in self.name for part in ("/", "\\", "\0")) or self.name in (".", ".."):
            raise JobError(
                f"Output name {self.name!r} is a path; it must be a plain file stem such as 'city_landcover'."
            )
        object.__setattr__(self, "vector_formats", tuple(VectorFormat(f) for f in self.vector_formats))
        object.__setattr__(self, "raster_format", RasterFormat(self.raster_format))
        for name in ("minimum_mapping_unit_m2", "simplify_m"):
            if not 0 <= getattr(self, name) < float("inf"):
                raise JobError(f"output.{name} is {getattr(self, name)}; it must be 0 or more.")
        if self.cut_px is not None and not 0 <= int(self.cut_px) == self.cut_px:
            raise JobError(f"output.cut_px is {self.cut_px}; it must be a whole number of pixels, or 0.")


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
        if self.bounds is None:
            if not self.polygons:
                raise JobError("The job's area has neither bounds nor a polygon file. Give one, or leave the area out.")
            return
        object.__setattr__(self, "bounds", tuple(float(v) for v in self.bounds))
        left, bottom, right, top = self.bounds
        if not (left < right and bottom < top):
            raise JobError(f"Area {self.bounds} is empty; expected left < right and bottom < top.")


@dataclass(frozen=True)
class SegmentationJob:
    """One request: this raster, this method, this trade-off, these results.

    Attributes:
        raster: Path of the raster to classify.
        method: Which of the three systems.
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
    created: str = ""

    def __post_init__(self) -> None:
        if not self.raster:
            raise JobError("The job names no raster. Set 'raster' to the path of the image to classify.")
        try:
            object.__setattr__(self, "method", Method(self.method))
            object.__setattr__(self, "preset", Preset(self.preset))
            object.__setattr__(self, "on_read_error", ReadErrorPolicy(self.on_read_error))
        except ValueError as error:
            raise JobError(f"The job asks for something unknown: {error}.") from error
        object.__setattr__(self, "bands", tuple(int(b) for b in self.bands))
        if any(b < 1 for b in self.bands):
            raise JobError(f"Bands {self.bands} are not valid; bands count from 1.")
        if not 0 <= self.ground_resolution_m < float("inf"):
            raise JobError(f"Ground resolution {self.ground_resolution_m} m is not valid; give metres per pixel.")

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
        if data.pop("format", JOB_FORMAT) != JOB_FORMAT:
            raise JobError(f"The job file is not in the format {JOB_FORMAT!r}; it was made by another version.")
        if "output" not in data:
            raise JobError("The job has no 'output'. Give it an output folder.")
        try:
            data["output"] = OutputSpec(**_checked(data["output"], OutputSpec, "output"))
            if data.get("area") is not None:
                data["area"] = AreaOfInterest(**_checked(data["area"], AreaOfInterest, "area"))
            return SegmentationJob(**data)
        except JobError:
            raise
        except (TypeError, ValueError) as error:
            raise JobError(f"The job file has a value of the wrong kind: {error}.") from error

    @staticmethod
    def from_json(text: str) -> "SegmentationJob":
        """Build a job from JSON text; see `from_dict`."""
        try:
            data = json.loads(text)
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
        confidence_raster: Path of the raster of probabilities; empty if none was asked for.
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


def _checked(data: Any, cls: type, where: str, extra: Tuple[str, ...] = ()) -> Dict[str, Any]:
    if not isinstance(data, dict):
        raise JobError(f"'{where}' is a {type(data).__name__}; expected a JSON object.")
    known = {f.name for f in fields(cls)}
    unknown = sorted(set(data) - known - set(extra))
    if unknown:
        raise JobError(f"'{where}' has unknown entries {unknown}; known are {sorted(known)}.")
    return dict(data)


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value
