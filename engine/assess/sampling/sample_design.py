"""Sample design: all that is known of a sample but its labels, and its JSON file.

The file is not for interpreters: it tells the stratum of every point, which the response files do not.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from affine import Affine

from ....models.legend import LandCoverClass
from ...raster.grid import RasterGrid
from ...system.errors import InvalidJob
from ..estimates.stratification import Design
from .strata import StrataBy, Stratum
from .support import Support, SupportRule, SupportShape

FORMAT = "uhr-sample/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessedMap:
    """The map from which a sample was drawn.

    Attributes:
        path: Where it lay, relative to the design's file where that can be.
        field: Field of polygons with the class; empty for a raster.
        layer: Layer of the file of polygons.
        digest: SHA-256 of its class ids and grid.
        file_bytes: Size of its file.
        modified_ns: When its file was last written, in nanoseconds since 1970; with the size it tells that a map is
            still the same without its being read.
        unit: Sentence on what a unit is.
        smallest_patch_m2: Area of the smallest polygon; None for a raster.
    """

    path: str
    field: str
    layer: str
    digest: str
    file_bytes: int
    modified_ns: int
    unit: str
    smallest_patch_m2: float | None


@dataclass(frozen=True, kw_only=True)
class SamplePoints:
    """Points in the order in which they are to be labelled.

    Attributes:
        number: ``(n,)`` int64 1, 2, 3 …
        row: ``(n,)`` int64 row of the pixel.
        col: ``(n,)`` int64 its column.
        x: ``(n,)`` float64 its middle in the map's CRS.
        y: ``(n,)`` float64 likewise.
        lon: ``(n,)`` float64 degrees east, WGS 84.
        lat: ``(n,)`` float64 degrees north.
        stratum: ``(n,)`` int64 index of the stratum.
        class_id: ``(n,)`` int64 class of the pixel on the map.
        area_m2: ``(n,)`` float64 its area.
        is_reserve: ``(n,)`` bool.
    """

    number: np.ndarray
    row: np.ndarray
    col: np.ndarray
    x: np.ndarray
    y: np.ndarray
    lon: np.ndarray
    lat: np.ndarray
    stratum: np.ndarray
    class_id: np.ndarray
    area_m2: np.ndarray
    is_reserve: np.ndarray

    def __len__(self) -> int:
        return len(self.number)

    def take(self, index: np.ndarray) -> SamplePoints:
        """Return some of the points, in the order of their positions."""
        return SamplePoints(**{f.name: getattr(self, f.name)[index] for f in fields(self)})


@dataclass(frozen=True, kw_only=True)
class SampleDesign:
    """All that is known of a sample but its labels.

    Attributes:
        map: The map it was drawn from.
        grid: Grid of the map's units.
        classes: The map's classes: those with pixels, and those that its legend names.
        class_pixels: Pixels of each class in the population.
        class_area_m2: Their area on the ellipsoid.
        design: How units were drawn.
        by: What strata are formed by.
        allocation: How the sample was divided; empty where it was not.
        seed: Seed of the draw.
        by_area: Whether a pixel's probability is in proportion to its area.
        unequal: Largest over smallest area of a pixel, less 1.
        support: Support of a label.
        strata: Strata; of a simple random or systematic sample those that it is stratified by afterwards.
        points: The points.
        left_out: File of examples that are no part of the population, relative to the design's; empty for none.
        left_out_pixels: Pixels of them.
        left_out_m2: Their area.
        targets: What the size was found for, as text.
    """

    map: AssessedMap
    grid: RasterGrid
    classes: tuple[LandCoverClass, ...]
    class_pixels: tuple[int, ...]
    class_area_m2: tuple[float, ...]
    design: Design
    by: StrataBy
    allocation: str
    seed: int
    by_area: bool
    unequal: float
    support: Support
    strata: tuple[Stratum, ...]
    points: SamplePoints
    left_out: str = ""
    left_out_pixels: int = 0
    left_out_m2: float = 0.0
    targets: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the design as JSON-ready data."""
        p = self.points
        drawn = np.bincount(p.stratum[~p.is_reserve], minlength=len(self.strata)).tolist()
        reserve = np.bincount(p.stratum[p.is_reserve], minlength=len(self.strata)).tolist()
        return {
            "format": FORMAT,
            "map": asdict(self.map),
            "grid": {
                "crs_wkt": self.grid.crs_wkt,
                "transform": [float(v) for v in self.grid.transform[:6]],
                "width": self.grid.width,
                "height": self.grid.height,
            },
            "classes": [
                {"class_id": c.class_id, "name": c.name, "color": list(c.color), "pixels": n, "area_m2": a}
                for c, n, a in zip(self.classes, self.class_pixels, self.class_area_m2, strict=True)
            ],
            "design": self.design.value,
            "strata_by": self.by.value,
            "allocation": self.allocation,
            "seed": self.seed,
            "probability": "area" if self.by_area else "equal",
            "unequal_pixels": self.unequal,
            "support": {"shape": self.support.shape.value, "size": self.support.size, "rule": self.support.rule.value},
            "left_out": {"path": self.left_out, "pixels": self.left_out_pixels, "area_m2": self.left_out_m2},
            "targets": list(self.targets),
            "strata": [
                {**asdict(s), "drawn": n, "reserve": r} for s, n, r in zip(self.strata, drawn, reserve, strict=True)
            ],
            "points": [
                {
                    "point": int(p.number[i]),
                    "row": int(p.row[i]),
                    "col": int(p.col[i]),
                    "x": float(p.x[i]),
                    "y": float(p.y[i]),
                    "lon": float(p.lon[i]),
                    "lat": float(p.lat[i]),
                    "stratum": int(p.stratum[i]),
                    "class_id": int(p.class_id[i]),
                    "area_m2": float(p.area_m2[i]),
                    "reserve": bool(p.is_reserve[i]),
                }
                for i in range(len(p))
            ],
        }

    @staticmethod
    def from_dict(data: Mapping[str, Any]) -> SampleDesign:
        """Build a design from JSON data.

        Raises:
            ValueError: If something is missing or of another type.
        """
        try:
            if data["format"] != FORMAT:
                raise ValueError(f"its format is {data['format']!r}, expected {FORMAT!r}")
            grid, support, out = data["grid"], data["support"], data["left_out"]
            strata = tuple(
                Stratum(**{k: s[k] for k in ("name", "class_id", "part", "pixels", "area_m2")}) for s in data["strata"]
            )
            return SampleDesign(
                map=AssessedMap(**data["map"]),
                grid=RasterGrid(
                    crs_wkt=grid["crs_wkt"],
                    transform=Affine(*grid["transform"]),
                    width=grid["width"],
                    height=grid["height"],
                ),
                classes=tuple(
                    LandCoverClass(class_id=c["class_id"], name=c["name"], color=tuple(c["color"]))
                    for c in data["classes"]
                ),
                class_pixels=tuple(c["pixels"] for c in data["classes"]),
                class_area_m2=tuple(c["area_m2"] for c in data["classes"]),
                design=Design(data["design"]),
                by=StrataBy(data["strata_by"]),
                allocation=data["allocation"],
                seed=data["seed"],
                by_area=data["probability"] == "area",
                unequal=data["unequal_pixels"],
                support=Support(
                    shape=SupportShape(support["shape"]), size=support["size"], rule=SupportRule(support["rule"])
                ),
                strata=strata,
                points=_points(data["points"], len(strata)),
                left_out=out["path"],
                left_out_pixels=out["pixels"],
                left_out_m2=out["area_m2"],
                targets=tuple(data["targets"]),
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"something is missing or of another type: {error!r}") from error


def _points(rows: list[Mapping[str, Any]], strata: int) -> SamplePoints:
    def column(name: str, kind: type) -> np.ndarray:
        return np.array([row[name] for row in rows], kind)

    points = SamplePoints(
        number=column("point", np.int64),
        row=column("row", np.int64),
        col=column("col", np.int64),
        x=column("x", np.float64),
        y=column("y", np.float64),
        lon=column("lon", np.float64),
        lat=column("lat", np.float64),
        stratum=column("stratum", np.int64),
        class_id=column("class_id", np.int64),
        area_m2=column("area_m2", np.float64),
        is_reserve=column("reserve", np.bool_),
    )
    if len(points) and (points.stratum.min() < 0 or points.stratum.max() >= strata):
        raise ValueError("a point lies in a stratum that is not listed")
    return points


def read_design(path: Path) -> SampleDesign:
    """Return the design in a file.

    Raises:
        InvalidJob: If there is no such file or it is no design.
    """
    try:
        return SampleDesign.from_dict(json.loads(path.read_text(encoding="utf-8-sig")))
    except FileNotFoundError:
        raise InvalidJob(f"There is no sample design {str(path)!r}. Make one with 'assess design'.") from None
    except (OSError, ValueError, RecursionError) as error:
        raise InvalidJob(
            f"{str(path)!r} is no sample design: {error}. Name the file ending in _design.json of 'assess design'."
        ) from error
