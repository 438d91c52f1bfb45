"""Sentinel-2 scenes: the files of a SAFE folder, or of a folder of its JP2 images, as one raster (a VRT).

Pixels of 20 and 60 m are repeated on the grid of the 10 m ones. From processing baseline 04.00 on, stored values are
1000 higher than reflectance × 10 000; the metadata says by how much (BOA_ADD_OFFSET, RADIO_ADD_OFFSET), and the raster
takes it away, so that scenes of all baselines compare. The scene classification (SCL) masks clouds, their shadows and
saturated pixels.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree  # nosec B405 - metadata is read with a check for entities

from ...system.errors import ErrorCode, RasterError
from ..opening import open_raster

BANDS = {
    "B01": ("coastal", 442.7, 60), "B02": ("blue", 492.4, 10), "B03": ("green", 559.8, 10), "B04": ("red", 664.6, 10),
    "B05": ("rededge1", 704.1, 20), "B06": ("rededge2", 740.5, 20), "B07": ("rededge3", 782.8, 20),
    "B08": ("nir", 832.8, 10), "B8A": ("nir2", 864.7, 20), "B09": ("watervapour", 945.1, 60),
    "B10": ("cirrus", 1373.5, 60), "B11": ("swir1", 1613.7, 20), "B12": ("swir2", 2202.4, 20),
}  # fmt: skip
"""Name, centre in nm and finest pixel in m of each band, in the order of the metadata's band ids (S2A, ESA 2015)."""

USUAL = ("B02", "B03", "B04", "B05", "B06", "B07", "B08", "B8A", "B11", "B12")
"""Bands of 10 and 20 m."""

MASKED_CLASSES = (0, 1, 3, 8, 9, 10)
"""Scene classes left out: no data, saturated, cloud shadow, cloud of medium and high probability, cirrus."""

OFFSET_SINCE = 400
OFFSET = -1000
METADATA_BYTES = 20_000_000
IMAGE = re.compile(r"_(B\d\d|B8A|SCL)(?:_(\d\d)m)?\.(?:jp2|tif|tiff)$", re.IGNORECASE)
NUMBERS = re.compile(r"_N(\d{4})_")


@dataclass(frozen=True, kw_only=True)
class Sentinel2Scene:
    """The files of a scene.

    Attributes:
        name: What it is called.
        images: Finest file of each band.
        scene_classes: The scene classification; None if there is none.
        offsets: What is added to the values of each band.
        is_offset_known: Whether metadata or name say it.
    """

    name: str
    images: dict[str, Path]
    scene_classes: Path | None
    offsets: dict[str, int]
    is_offset_known: bool


def is_scene(path: str | Path) -> bool:
    """Return whether a path is a Sentinel-2 folder or the metadata file of one."""
    path = Path(path)
    if path.is_file():
        return re.fullmatch(r"MTD_MSIL(1C|2A)\.xml", path.name) is not None
    if not path.is_dir():
        return False
    return path.suffix.upper() == ".SAFE" or any(path.glob("MTD_MSIL*.xml")) or len(_images(path.iterdir())) > 1


def read_scene(path: str | Path) -> Sentinel2Scene:
    """Find the files of a scene.

    Args:
        path: A .SAFE folder, its metadata file, or a folder of JP2 (or GeoTIFF) images with Sentinel-2's names.

    Raises:
        RasterError: If there are no bands, or several scenes.
    """
    path = Path(path)
    folder = path.parent if path.is_file() else path
    granules = sorted(p for p in folder.glob("GRANULE/*") if p.is_dir())
    if len(granules) > 1:
        raise RasterError(
            ErrorCode.RASTER_UNSUITABLE,
            f"{folder.name} holds {len(granules)} granules; name the folder of one of them, such as {granules[0]}.",
        )
    images = _images(p for p in (granules[0] if granules else folder).rglob("*") if p.is_file())
    if not any(band in BANDS for band in images):
        raise RasterError(
            ErrorCode.RASTER_UNSUITABLE,
            f"There are no Sentinel-2 bands in {folder}; expected files such as T32UQD_20220101T101421_B04_10m.jp2.",
        )
    scene_classes = images.pop("SCL", None)
    offsets, is_known = _offsets(folder, images)
    return Sentinel2Scene(
        name=folder.name.removesuffix(".SAFE"),
        images={band: images[band] for band in BANDS if band in images},
        scene_classes=scene_classes,
        offsets=offsets,
        is_offset_known=is_known,
    )


def stack(scene: Sentinel2Scene, out: Path, bands: Sequence[str] = (), *, masks_clouds: bool = True) -> str:
    """Return a scene as the text of a VRT.

    Args:
        scene: The scene.
        out: Where the text will lie: files are named from there.
        bands: Bands, by Sentinel-2's names or by what they see; empty takes those of 10 and 20 m that there are.
        masks_clouds: Whether pixels that the scene classification calls cloud, shadow or saturated have no data.

    Raises:
        RasterError: If a band is not there or files do not fit together.
    """
    chosen = [_band(scene, name) for name in bands] or [b for b in USUAL if b in scene.images]
    grids = {band: _grid(scene.images[band]) for band in chosen}
    finest = min(grids.values(), key=lambda g: g.pixel)
    for band, grid in grids.items():
        if not grid.covers_like(finest):
            raise RasterError(
                ErrorCode.RASTER_UNSUITABLE,
                f"{scene.images[band].name} lies elsewhere than the other bands. Take the bands of one tile and date.",
            )
    root = ElementTree.Element("VRTDataset", rasterXSize=str(finest.width), rasterYSize=str(finest.height))
    ElementTree.SubElement(root, "SRS").text = finest.crs_wkt
    ElementTree.SubElement(root, "GeoTransform").text = ", ".join(repr(v) for v in finest.transform)
    for number, band in enumerate(chosen, 1):
        _add_band(root, number, scene, band, grids[band], finest, out)
    if masks_clouds and scene.scene_classes is not None:
        _add_mask(root, scene.scene_classes, finest, out)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode") + "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grid:
    crs_wkt: str
    transform: tuple[float, ...]
    width: int
    height: int

    @property
    def pixel(self) -> float:
        return abs(self.transform[1])

    def covers_like(self, other: _Grid) -> bool:
        sizes = [(g.width * g.transform[1], g.height * g.transform[5]) for g in (self, other)]
        corners = [(g.transform[0], g.transform[3]) for g in (self, other)]
        near = other.pixel / 2
        apart = [abs(a - b) for pair in (sizes, corners) for a, b in zip(*pair, strict=True)]
        return self.crs_wkt == other.crs_wkt and max(apart) <= near


def _images(paths: Iterable[Path]) -> dict[str, Path]:
    """Return the finest image of each band among files."""
    found: dict[str, tuple[int, Path]] = {}
    for path in sorted(paths):
        match = IMAGE.search(path.name)
        if match is None or "QI_DATA" in path.parts:
            continue
        band, pixel = match[1].upper(), int(match[2] or 0)
        if band not in found or pixel < found[band][0]:
            found[band] = (pixel, path)
    return {band: path for band, (_, path) in found.items()}


def _offsets(folder: Path, images: dict[str, Path]) -> tuple[dict[str, int], bool]:
    metadata = next((m for place in (folder, *folder.parents[:2]) for m in sorted(place.glob("MTD_MSIL*.xml"))), None)
    if metadata is not None:
        found = _offsets_of_metadata(metadata)
        return {band: found.get(band, 0) for band in images}, True
    names = (folder.name, *(p.name for p in images.values()))
    baseline = next((int(m[1]) for name in names if (m := NUMBERS.search(name))), None)
    offset = OFFSET if baseline is not None and baseline >= OFFSET_SINCE else 0
    return dict.fromkeys(images, offset), baseline is not None


def _offsets_of_metadata(path: Path) -> dict[str, int]:
    content = path.read_bytes() if path.stat().st_size <= METADATA_BYTES else b""
    try:
        if not content or b"<!ENTITY" in content:
            raise ValueError("it is far longer than such files are, or defines entities of its own")
        root = ElementTree.fromstring(content)  # nosec B314 - no entities
        order = list(BANDS)
        return {
            order[int(e.get("band_id", ""))]: round(float(e.text or ""))
            for e in root.iter()
            if e.tag in ("BOA_ADD_OFFSET", "RADIO_ADD_OFFSET")
        }
    except (ElementTree.ParseError, ValueError, IndexError) as error:
        raise RasterError(
            ErrorCode.RASTER_UNSUITABLE, f"The scene's metadata {path.name} cannot be read: {error}."
        ) from error


def _band(scene: Sentinel2Scene, name: str) -> str:
    wanted = name.strip().lower()
    for band in scene.images:
        if wanted in (band.lower(), band.lower().replace("b0", "b"), BANDS[band][0]):
            return band
    there = ", ".join(f"{band} ({BANDS[band][0]})" for band in scene.images)
    raise RasterError(ErrorCode.BANDS_UNSUITABLE, f"The scene has no band {name!r}; it has {there}.")


def _grid(path: Path) -> _Grid:
    with open_raster(path) as file:
        return _Grid(
            crs_wkt=file.crs.to_wkt() if file.crs else "",
            transform=tuple(file.transform.to_gdal()),
            width=file.width,
            height=file.height,
        )


def _add_band(
    root: ElementTree.Element, number: int, scene: Sentinel2Scene, band: str, grid: _Grid, finest: _Grid, out: Path
) -> None:
    name, wavelength_nm, _ = BANDS[band]
    element = ElementTree.SubElement(root, "VRTRasterBand", dataType="UInt16", band=str(number))
    ElementTree.SubElement(element, "Description").text = name
    items = ElementTree.SubElement(element, "Metadata")
    for key, value in (("BANDNAME", band), ("WAVELENGTH", str(wavelength_nm)), ("WAVELENGTH_UNIT", "nm")):
        ElementTree.SubElement(items, "MDI", key=key).text = value
    ElementTree.SubElement(element, "NoDataValue").text = "0"
    if name in ("red", "green", "blue"):
        ElementTree.SubElement(element, "ColorInterp").text = name.capitalize()
    source = _source(element, scene.images[band], grid, finest, out)
    offset = scene.offsets.get(band, 0)
    if offset:
        # Dark pixels stay data: 0 is none.
        ElementTree.SubElement(source, "LUT").text = f"0:0,1:1,{1 - offset}:1,65535:{65535 + offset}"


def _add_mask(root: ElementTree.Element, path: Path, finest: _Grid, out: Path) -> None:
    mask = ElementTree.SubElement(root, "MaskBand")
    band = ElementTree.SubElement(mask, "VRTRasterBand", dataType="Byte")
    source = _source(band, path, _grid(path), finest, out)
    table = ((k, 0 if k in MASKED_CLASSES else 255) for k in range(12))
    ElementTree.SubElement(source, "LUT").text = ",".join(f"{k}:{value}" for k, value in table)


def _source(band: ElementTree.Element, path: Path, grid: _Grid, finest: _Grid, out: Path) -> ElementTree.Element:
    source = ElementTree.SubElement(band, "ComplexSource")  # nearest: no data does not bleed into its neighbours
    try:
        name, is_relative = os.path.relpath(path, out.parent), "1"
    except ValueError:  # another drive
        name, is_relative = str(path.resolve()), "0"
    ElementTree.SubElement(source, "SourceFilename", relativeToVRT=is_relative).text = name
    ElementTree.SubElement(source, "SourceBand").text = "1"
    for tag, place in (("SrcRect", grid), ("DstRect", finest)):
        size = {"xOff": "0", "yOff": "0", "xSize": str(place.width), "ySize": str(place.height)}
        ElementTree.SubElement(source, tag, size)
    return source
