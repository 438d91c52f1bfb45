"""The class raster as other programs read it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

import numpy as np
import pytest
import rasterio
from affine import Affine
from rasterio.crs import CRS

from uhr_landcover.engine.maps.raster_writer import LEGEND_TAG, RasterSpec, write_attribute_table, write_class_raster
from uhr_landcover.engine.raster.grid import RasterGrid, Window
from uhr_landcover.models.legend import NODATA, LandCoverClass, Legend, load_legend

UTM = CRS.from_epsg(32633).to_wkt()
PLACE = Affine(0.5, 0, 500_010.25, 0, -0.5, 4_649_999.75)


def write(path, class_ids, *, crs_wkt=UTM, transform=PLACE, legend=None, area=None):
    height, width = class_ids.shape
    grid = RasterGrid(crs_wkt=crs_wkt, transform=transform, width=width, height=height)
    return write_class_raster(
        path,
        RasterSpec(grid=grid, area=area or grid.window, tags={"UHR_MODEL": "test"}),
        legend or load_legend(),
        lambda window: class_ids[window.slices_in(grid.window)],
    )


def blobs(height, width):
    rows, cols = np.mgrid[:height, :width]
    class_ids = ((rows // 97 + cols // 131) % 7).astype(np.uint8)
    class_ids[: height // 5, : width // 4] = NODATA
    return class_ids


def test_pixels_counts_and_tags_come_back(tmp_path):
    class_ids = blobs(700, 1300)

    counts = write(tmp_path / "map.tif", class_ids)

    with rasterio.open(tmp_path / "map.tif") as raster:
        assert (raster.read(1) == class_ids).all()
        assert raster.nodata == NODATA
        assert raster.profile["compress"] == "deflate"
        assert raster.block_shapes == [(512, 512)]
        assert json.loads(raster.tags()[LEGEND_TAG]) == load_legend().to_dict()
    assert (counts.pixels == np.bincount(class_ids.ravel(), minlength=256)).all()


def test_overviews_hold_only_classes_that_are_there(tmp_path):
    """Interpolating overviews would invent class 1 between 0 and 2."""
    class_ids = (np.random.default_rng(0).random((1200, 1200)) < 0.5).astype(np.uint8) * 2

    write(tmp_path / "map.tif", class_ids)

    with rasterio.open(tmp_path / "map.tif") as raster:
        assert raster.overviews(1) == [2, 4]
        for factor in (2, 4):
            assert set(np.unique(raster.read(1, out_shape=(1200 // factor, 1200 // factor)))) <= {0, 2}


@pytest.mark.parametrize(
    "transform",
    [
        PLACE,
        Affine(0.1 + 0.2, 0, 1 / 3, 0, -0.7, 2e6 / 7),
        Affine.translation(5e5, 4e6) @ Affine.rotation(33.3) @ Affine.scale(0.5, -0.25),
        Affine(0.5, 0, 500_000, 0, 0.5, 4_650_000),
    ],
    ids=["north-up", "awkward numbers", "rotated", "south-up"],
)
def test_transform_is_bit_identical(tmp_path, transform):
    write(tmp_path / "map.tif", blobs(40, 50), transform=transform)

    with rasterio.open(tmp_path / "map.tif") as raster:
        assert raster.transform == transform


@pytest.mark.parametrize(
    "crs", ["EPSG:32633", "EPSG:4326", "EPSG:3857", "EPSG:28992", "EPSG:2263", "ESRI:102039", "EPSG:3035", "local"]
)
def test_crs_wkt_is_identical(tmp_path, crs):
    local = 'LOCAL_CS["site",UNIT["metre",1],AXIS["Easting",EAST],AXIS["Northing",NORTH]]'
    wkt = local if crs == "local" else CRS.from_string(crs).to_wkt()

    write(tmp_path / "map.tif", blobs(40, 50), crs_wkt=CRS.from_wkt(wkt).to_wkt())

    with rasterio.open(tmp_path / "map.tif") as raster:
        assert raster.crs.to_wkt() == CRS.from_wkt(wkt).to_wkt()


def test_crs_that_geotiff_cannot_hold_goes_to_the_side_file(tmp_path):
    """A custom projection loses its name in GeoTIFF keys; GDAL prefers the .aux.xml, which holds it exactly."""
    wkt = CRS.from_string(
        "+proj=omerc +lat_0=36 +lonc=147 +alpha=-54 +k=1 +x_0=0 +y_0=0 +gamma=20 +ellps=WGS84"
    ).to_wkt()

    write(tmp_path / "map.tif", blobs(40, 50), crs_wkt=wkt)

    with rasterio.open(tmp_path / "map.tif") as raster:
        assert raster.crs.to_wkt() == wkt
        assert raster.transform == PLACE


def test_blocks_outside_the_area_take_no_space(tmp_path):
    class_ids = np.full((2000, 6000), NODATA, np.uint8)
    class_ids[100:200, 300:400] = 3

    counts = write(tmp_path / "map.tif", class_ids, area=Window(300, 100, 100, 100))

    assert (tmp_path / "map.tif").stat().st_size < 30_000  # 48 full blocks would be more, even compressed
    assert counts.pixels[3] == 10_000
    assert counts.area_m2[3] == pytest.approx(10_000 * 0.25 / 0.9996**2, rel=1e-3)
    assert counts.pixels[NODATA] == 2000 * 6000 - 10_000


def gdal_info(path):
    if not shutil.which("gdalinfo"):
        pytest.skip("gdalinfo (QGIS's GDAL) is not installed")
    return json.loads(subprocess.run(["gdalinfo", "-json", path], check=True, capture_output=True, text=True).stdout)


def test_gdal_of_qgis_reads_colours_and_names(tmp_path):
    write(tmp_path / "map.tif", blobs(300, 300))

    band = gdal_info(tmp_path / "map.tif")["bands"][0]

    assert band["noDataValue"] == NODATA
    assert band["colorInterpretation"] == "Palette"
    assert band["colorTable"]["entries"][2][:3] == [255, 255, 0]
    table = gdal_info(tmp_path / "map.tif")["rat"]
    assert [f["name"] for f in table["fieldDefn"]] == ["Value", "Class", "Count", "Red", "Green", "Blue"]
    assert [r["f"][1] for r in table["row"]] == [c.name for c in load_legend().classes]


READ_TABLE = """
import json, sys
from osgeo import gdal
raster = gdal.Open(sys.argv[1])
band = raster.GetRasterBand(1)
table = band.GetDefaultRAT()
names = [table.GetValueAsString(i, 1) for i in range(table.GetRowCount())]
usages = [table.GetUsageOfCol(i) for i in range(table.GetColumnCount())]
counts = [table.GetValueAsInt(i, 2) for i in range(table.GetRowCount())]
print(json.dumps([gdal.VersionInfo(), band.GetCategoryNames(), names, usages, counts]))
"""


def system_python():
    """An interpreter that has QGIS's osgeo."""
    for python in ("/usr/bin/python3", sys.executable):
        if subprocess.run([python, "-c", "from osgeo import gdal"], capture_output=True, check=False).returncode == 0:
            return python
    pytest.skip("no Python with QGIS's osgeo on this machine")


def test_attribute_table_survives_class_names_of_any_kind(tmp_path):
    names = [
        "plain",
        "a 'b' \"c\" & <d>",
        "line\nbreak",
        "土地 \U0001f333 ñ",
        "many   spaces  ",
        "semi;colon,comma",
        "ctl\x01\x1f",
    ]
    legend = Legend(
        name="odd",
        title="odd",
        classes=tuple(LandCoverClass(class_id=i, name=n, color=(i, 2 * i, 3 * i)) for i, n in enumerate(names)),
    )
    class_ids = (np.arange(70 * 10) % 7).astype(np.uint8).reshape(10, 70)
    write(tmp_path / "map.tif", class_ids, legend=legend)

    out = subprocess.run(
        [system_python(), "-c", READ_TABLE, tmp_path / "map.tif"], check=True, capture_output=True, text=True
    )

    _, categories, rows, usages, counts = json.loads(out.stdout)
    expected = [*names[:-1], "ctl"]
    assert rows == expected
    assert categories == expected
    assert usages == [5, 2, 1, 6, 7, 8]
    assert counts == [100] * 7


def test_attribute_table_holds_counts_of_mosaics(tmp_path):
    write(tmp_path / "map.tif", blobs(30, 30))
    counts = np.zeros(256, np.int64)
    counts[3] = 2**40  # more than an integer column holds

    write_attribute_table(tmp_path / "map.tif.aux.xml", load_legend(), counts)

    out = subprocess.run(
        [system_python(), "-c", READ_TABLE.replace("AsInt", "AsDouble"), tmp_path / "map.tif"],
        check=True,
        capture_output=True,
        text=True,
    )
    assert json.loads(out.stdout)[4][3] == 2**40


def test_large_raster_is_bigtiff(tmp_path):
    grid = RasterGrid(crs_wkt=UTM, transform=PLACE, width=60_000, height=40_000)
    nothing = Window(0, 0, 512, 512)

    write_class_raster(
        tmp_path / "map.tif",
        RasterSpec(grid=grid, area=nothing),
        load_legend(),
        lambda window: np.full(window.shape, NODATA, np.uint8),
        overviews=False,
    )

    with (tmp_path / "map.tif").open("rb") as file:
        assert file.read(4)[2] == 43  # 42 is the classic TIFF
