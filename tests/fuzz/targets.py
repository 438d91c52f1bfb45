"""Targets of fuzzing: readers of what strangers hand over, each a function of bytes, with inputs that are whole.

A reader takes an input or refuses it by one of this program's own errors, whose message is one clean sentence. Anything
else, such as an error of a library, is a finding. What is taken must survive being written and read again.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import rasterio
import shapely
from affine import Affine
from fakes import fake_checkpoint
from safetensors.numpy import save

from uhr_landcover.engine.assess.matrix.matrix_file import read_matrix
from uhr_landcover.engine.commands.run import read_job
from uhr_landcover.engine.contract.events import Failure, Note, Progress, Result, Stage, decode, encode
from uhr_landcover.engine.contract.job import JobError, OutputSpec, SegmentationJob
from uhr_landcover.engine.contract.teach import (
    AgreementRequest,
    CloseRequest,
    Example,
    ExamplesRequest,
    NextRequest,
    SaveRequest,
    ViewRequest,
    decode_request,
    encode_request,
)  # fmt: skip
from uhr_landcover.engine.contract.text import sentence
from uhr_landcover.engine.maps.zones import read_zones
from uhr_landcover.engine.raster.classes.legend_files import named_values
from uhr_landcover.engine.raster.classes.value_names import values_of_raster
from uhr_landcover.engine.raster.mosaic import read_mosaic
from uhr_landcover.engine.raster.opening import open_raster
from uhr_landcover.engine.raster.raster_info import read_info
from uhr_landcover.engine.raster.vector_input import shapes_of
from uhr_landcover.engine.run.interrupted import find_jobs
from uhr_landcover.engine.system.errors import ErrorCode, UhrError
from uhr_landcover.engine.tiles.journal import FORMAT, read_journal
from uhr_landcover.models.card import ModelCard
from uhr_landcover.models.checkpoint import read_card
from uhr_landcover.models.errors import ModelError
from uhr_landcover.models.legend import LEGEND_DIR
from uhr_landcover.models.training.config import read_training_config
from uhr_landcover.models.weights_file import opened_weights, shapes_in

EXPECTED = (UhrError, JobError, ModelError)
"""What a reader may raise."""

LONGEST_MESSAGE = 5_000
SLOWEST_S = 20.0
"""Longest processor time of one input, whatever else the machine does; one that multiplies itself takes minutes."""

REPOSITORY = Path(__file__).resolve().parents[2]


class Finding(AssertionError):
    """An input that a reader neither takes nor refuses by a sentence."""


@dataclass(frozen=True)
class Target:
    """A reader.

    Attributes:
        name: Its name, and that of its folder in the corpus.
        read: Reads an input, with a folder for files; raises AssertionError if what it took does not survive.
        seeds: Inputs that are whole.
    """

    name: str
    read: Callable[[bytes, Path], None]
    seeds: Callable[[], list[bytes]]


def outcome(target: Target, content: bytes, folder: Path) -> str:
    """Return "taken" or "refused".

    Raises:
        Finding: If neither was the case, or it took far too long.
    """
    begun = time.process_time()
    try:
        target.read(content, folder)
        result = "taken"
    except EXPECTED as error:
        message = sentence(str(error))
        if not message or len(message) > LONGEST_MESSAGE or "\n" in message:
            raise Finding(f"{target.name}: {type(error).__name__} says {message[:200]!r}") from error
        result = "refused"
    except (Exception, RecursionError) as error:
        raise Finding(f"{target.name}: {type(error).__name__}: {str(error)[:300]}") from error
    if time.process_time() - begun > SLOWEST_S:
        raise Finding(f"{target.name}: {time.process_time() - begun:.0f} s for {len(content)} bytes")
    return result


def _text(content: bytes) -> str:
    return content.decode("utf-8", "replace")


def _file(content: bytes, path: Path) -> Path:
    path.write_bytes(content)
    return path


def _job(content: bytes, folder: Path) -> None:
    job = read_job(str(_file(content, folder / "job.json")))
    assert SegmentationJob.from_json(job.to_json()) == job


def _jobs() -> list[bytes]:
    whole = SegmentationJob(raster="a.tif", output=OutputSpec(directory="out", name="x"), bands=(1, 2, 3))
    area = {**whole.to_dict(), "area": {"bounds": [0, 0, 10, 10], "polygons": "a.gpkg"}, "ground_resolution_m": 0.5}
    return [whole.to_json().encode(), json.dumps(area).encode()]


def _legend(content: bytes, folder: Path) -> None:
    known = named_values(str(_file(content, folder / "legend.json")))
    assert all(isinstance(value, int) and isinstance(name, str) for value, name in known.names.items())


def _legends() -> list[bytes]:
    return [(LEGEND_DIR / f"{name}.json").read_bytes() for name in ("deepglobe", "worldcover") if
            (LEGEND_DIR / f"{name}.json").is_file()]  # fmt: skip


def _card(content: bytes, folder: Path) -> None:
    card = ModelCard.from_json(_text(content))
    assert ModelCard.from_json(card.to_json()) == card


def _cards() -> list[bytes]:
    return [fake_checkpoint().card.to_json().encode()]


def _journal(content: bytes, folder: Path) -> None:
    state = read_journal(_file(content, folder / "journal"))
    assert state.done >= 0
    assert isinstance(state.total, int)


def _journals() -> list[bytes]:
    rows = [
        {"row": "begin", "format": FORMAT, "identity": {"version": "0.1.0"}, "kept": {"created": ""}, "tiles": 4},
        {"row": "tile", "index": 0, "sha256": "ab" * 32},
        {"row": "empty", "index": 1},
        {"row": "unreadable", "window": [0, 0, 8, 8]},
        {"row": "stage", "name": "assemble", "files": {"a.tif": "cd" * 32}},
        {"row": "publish", "files": ["a.tif"], "result": {"class_raster": "a.tif"}},
        {"row": "unpublish"},
    ]
    return [b"".join(json.dumps(row).encode() + b"\n" for row in rows)]


def _interrupted(content: bytes, folder: Path) -> None:
    """Read a job's folder: the first line of the input is its job, the rest its journal."""
    hidden = folder / ".x.uhr-job"
    hidden.mkdir(exist_ok=True)
    job, _, rows = content.partition(b"\n\n")
    (hidden / "job.json").write_bytes(job)
    (hidden / "journal").write_bytes(rows)
    assert all(found.describe() if hasattr(found, "describe") else str(found) for found in find_jobs(folder))


def _protocol(content: bytes, folder: Path) -> None:
    event = decode(_text(content))
    if event is not None:
        assert decode(encode(event)) == event


def _events() -> list[bytes]:
    events = [
        Progress(Stage.CLASSIFY, 3, 10, eta_s=4.5), Note("warning", "A note."), Result({"a": [1, 2]}),
        Failure(ErrorCode.DISK_FULL, "The disk is full.", "…"),
    ]  # fmt: skip
    return [encode(event).encode() for event in events]


def _request(content: bytes, folder: Path) -> None:
    request = decode_request(_text(content))
    assert decode_request(encode_request(request)) == request


def _requests() -> list[bytes]:
    example = Example(id=1, wkt="POINT (1 2)", class_id=1, class_name="water", color=(1, 2, 3))
    asked = (
        ViewRequest(1, (0.0, 0.0, 9.0, 9.0)), ExamplesRequest(2, (example,), shares={"water": 0.5}),
        NextRequest(3), AgreementRequest(4), SaveRequest(5, "a.safetensors"), CloseRequest(6),
    )  # fmt: skip
    return [encode_request(request).encode() for request in asked]


def _weights(content: bytes, folder: Path) -> None:
    path = _file(content, folder / "weights.safetensors")
    with opened_weights(path) as file:
        shapes_in(file)
    read_card(path)


def _weight_files() -> list[bytes]:
    arrays = {"a": np.zeros((2, 3), np.float32), "b": np.ones(4, np.float16)}
    return [save(arrays, metadata={"uhr_landcover_card": fake_checkpoint().card.to_json()}), save(arrays)]


def _table(content: bytes, folder: Path) -> None:
    raster = folder / "classes.tif"
    if not raster.exists():
        _tiff(raster, 1)
    _file(content, folder / "classes.tif.aux.xml")
    with open_raster(raster) as dataset:
        known = values_of_raster(dataset)
    assert all(isinstance(value, int) and isinstance(name, str) for value, name in known.names.items())


def _tables() -> list[bytes]:
    rows = "".join(
        f'<Row index="{k}"><F>{v}</F><F>{n}</F><F>9</F></Row>' for k, (v, n) in enumerate(((11, "Water"), (95, "Fen")))
    )
    fields = "".join(
        f'<FieldDefn index="{k}"><Name>{n}</Name><Type>{t}</Type><Usage>{u}</Usage></FieldDefn>'
        for k, (n, t, u) in enumerate((("Value", 0, 5), ("Class", 2, 2), ("Red", 0, 6)))
    )
    table = f'<PAMDataset><PAMRasterBand band="1"><GDALRasterAttributeTable tableType="thematic">{fields}{rows}'
    names = '<PAMDataset><PAMRasterBand band="1"><CategoryNames><Category>a</Category><Category/></CategoryNames>'
    ends = "</PAMRasterBand></PAMDataset>"
    return [f"{table}</GDALRasterAttributeTable>{ends}".encode(), f"{names}{ends}".encode()]


def _mosaic(content: bytes, folder: Path) -> None:
    if not (folder / "member.tif").exists():
        _tiff(folder / "member.tif", 3)
    with open_raster(_file(content, folder / "mosaic.vrt")) as dataset:
        read_mosaic(dataset)


def _mosaics() -> list[bytes]:
    bands = "".join(
        f'<VRTRasterBand dataType="Byte" band="{band}"><SimpleSource><SourceFilename relativeToVRT="1">member.tif'
        f"</SourceFilename><SourceBand>{band}</SourceBand><SrcRect xOff='0' yOff='0' xSize='8' ySize='8'/>"
        "<DstRect xOff='0' yOff='0' xSize='8' ySize='8'/></SimpleSource></VRTRasterBand>"
        for band in (1, 2, 3)
    )
    place = "<GeoTransform>500000, 0.5, 0, 5400000, 0, -0.5</GeoTransform><SRS>EPSG:32633</SRS>"
    return [f'<VRTDataset rasterXSize="8" rasterYSize="8">{place}{bands}</VRTDataset>'.encode()]


def _raster(content: bytes, folder: Path) -> None:
    info = read_info(str(_file(content, folder / "raster.tif")), ("red", "green", "blue"))
    assert info.grid.width > 0
    assert info.grid.height > 0


@lru_cache(maxsize=1)
def _rasters() -> list[bytes]:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        return [_tiff(Path(folder) / f"{count}.tif", count).read_bytes() for count in (3, 1, 4)]


def _vectors(content: bytes, folder: Path) -> None:
    raster = folder / "grid.tif"
    if not raster.exists():
        _tiff(raster, 3)
    zones = read_zones(_file(content, folder / "zones.geojson"), _grid(str(raster)))
    assert zones
    assert all(isinstance(zone.name, str) for zone in zones)


@lru_cache(maxsize=4)
def _grid(path: str) -> object:
    return read_info(path, ("red", "green", "blue")).grid


def _features() -> list[bytes]:
    ring = [[15.0, 48.7], [15.001, 48.7], [15.001, 48.701], [15.0, 48.7]]
    feature = {"type": "Feature", "properties": {"name": "a"}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    many = {**feature, "geometry": {"type": "MultiPolygon", "coordinates": [[ring]]}}
    return [json.dumps({"type": "FeatureCollection", "features": [feature, many]}).encode()]


def _geometry(content: bytes, folder: Path) -> None:
    shapes = shapes_of(np.array([content, None], object), "the layer")
    assert len(shapes) == 2
    shapely.bounds(shapes)


def _geometries() -> list[bytes]:
    ring = shapely.box(0, 0, 4, 4).difference(shapely.box(1, 1, 2, 2))
    shapes = (ring, shapely.MultiPolygon([ring]), shapely.Point(1, 2), shapely.GeometryCollection([ring]))
    return [shapely.to_wkb(shape, byte_order=order) for shape in shapes for order in (0, 1)]


def _matrix(content: bytes, folder: Path) -> None:
    matrix = read_matrix(_file(content, folder / "matrix.csv"))
    assert matrix.counts.shape == (len(matrix.classes),) * 2


def _matrices() -> list[bytes]:
    return [b"map,forest,water,area\nforest,40,2,1200.5\nwater,1,30,80\n", b"map;a;b;area\na;4;2;12\nb;1;3;8\n"]


def _recipe(content: bytes, folder: Path) -> None:
    read_training_config(_file(content, folder / "recipe.toml"))


def _recipes() -> list[bytes]:
    return [path.read_bytes() for path in sorted((REPOSITORY / "recipes").glob("*starter*.toml"))[:3]]


def _tiff(path: Path, count: int) -> Path:
    place = {"crs": "EPSG:32633", "transform": Affine(0.5, 0, 500_000, 0, -0.5, 5_400_000)}
    photometric = {"photometric": "rgb"} if count >= 3 else {}
    with rasterio.open(
        path, "w", driver="GTiff", width=8, height=8, count=count, dtype="uint8", **place, **photometric
    ) as raster:
        raster.write(np.arange(64 * count, dtype=np.uint8).reshape(count, 8, 8))
        raster.update_tags(UHR_NOTE="a note", AREA_OR_POINT="Area")
        raster.update_tags(1, wavelength="665", wavelength_units="nm")
        raster.descriptions = tuple(f"band {k}" for k in range(count))
    return path


TARGETS = {
    target.name: target
    for target in (
        Target("job", _job, _jobs),
        Target("legend", _legend, _legends),
        Target("card", _card, _cards),
        Target("journal", _journal, _journals),
        Target("interrupted", _interrupted, lambda: [_jobs()[0].replace(b"\n", b"") + b"\n\n" + _journals()[0]]),
        Target("protocol", _protocol, _events),
        Target("request", _request, _requests),
        Target("weights", _weights, _weight_files),
        Target("attribute_table", _table, _tables),
        Target("mosaic", _mosaic, _mosaics),
        Target("raster", _raster, _rasters),
        Target("zones", _vectors, _features),
        Target("geometry", _geometry, _geometries),
        Target("matrix", _matrix, _matrices),
        Target("recipe", _recipe, _recipes),
    )
}
"""All readers, by name."""
